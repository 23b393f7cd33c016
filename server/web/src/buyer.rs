//! Who buys: a member by their session, a guest by a cookie of their own or a bearer token.
//!
//! A guest who signs in brings the cart along. What that takes is asked of a [`CartDoor`], which the composition root
//! puts into the kernel: this crate knows no carts.

use crate::{cookies, pages, scope::Scope, session};
use async_trait::async_trait;
use axum::extract::FromRequestParts;
use cookie::Cookie;
use http::{HeaderMap, request::Parts};
use kernel::{Buyer, Cx, GuestKey, GuestToken};
use leptos::prelude::use_context;
use model::{AppError, ids::AccountId};
use time::Duration;

/// As long as a guest's cart is kept after the last change.
const KEEP: Duration = Duration::days(30);

/// Takes over what a guest has who turns out to be a member.
#[async_trait]
pub trait Carts: Send + Sync + 'static {
    async fn come_in(&self, cx: &Cx, guest: GuestKey, account: AccountId) -> Result<(), sqlx::Error>;
}

/// The one of this process, as a part of the kernel.
pub struct CartDoor(pub Box<dyn Carts>);

/// The prefix has browsers refuse the cookie from other hosts of the domain, and without TLS.
const fn name(secure: bool) -> &'static str {
    if secure { "__Host-cart" } else { "cart" }
}

fn by_cookie(headers: &HeaderMap, secure: bool) -> Option<GuestToken> {
    GuestToken::parse(&cookies::get(headers, name(secure))?)
}

fn by_header(headers: &HeaderMap) -> Option<GuestToken> {
    let token = session::bearer(headers)?;
    token.starts_with(GuestToken::PREFIX).then(|| GuestToken::parse(&token)).flatten()
}

/// The context of this request, and who buys: none for a visitor who has no cart yet.
pub async fn buyer() -> Result<(Cx, Option<Buyer>), AppError> {
    let cx = pages::cx().await?;
    let sent = use_context::<Parts>().and_then(|parts| by_cookie(&parts.headers, secure(&parts)));
    let buyer = cx.buyer(sent.as_ref()).ok();
    if let (Some(Buyer::Member(account)), Some(token)) = (buyer, sent) {
        if let Some(door) = cx.part::<CartDoor>() {
            door.0.come_in(&cx, token.key(), account).await.map_err(pages::database)?;
        }
        forget();
    }
    Ok((cx, buyer))
}

/// As [`buyer`], but a visitor becomes a guest.
pub async fn new_buyer() -> Result<(Cx, Buyer), AppError> {
    let (cx, buyer) = buyer().await?;
    if let Some(buyer) = buyer {
        if let Buyer::Guest(_) = buyer {
            renew();
        }
        return Ok((cx, buyer));
    }
    let token = GuestToken::new(cx.ids());
    let buyer = Buyer::Guest(token.key());
    keep(&token);
    Ok((cx, buyer))
}

/// As [`buyer`], for pages that only somebody with a cart or orders has.
pub async fn known_buyer() -> Result<(Cx, Buyer), AppError> {
    let (cx, buyer) = buyer().await?;
    buyer.map(|buyer| (cx, buyer)).ok_or_else(pages::not_found)
}

/// Who buys by a request to the API: a member, or a guest by `Authorization: Bearer guest_…` or the cookie.
pub struct BuyerCx(pub Cx, pub Option<Buyer>);

impl<S: Send + Sync> FromRequestParts<S> for BuyerCx {
    type Rejection = crate::Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let secure = secure(parts);
        let crate::InCx(cx) = crate::InCx::from_request_parts(parts, state).await?;
        let sent = by_header(&parts.headers).or_else(|| by_cookie(&parts.headers, secure));
        let buyer = cx.buyer(sent.as_ref()).ok();
        Ok(Self(cx, buyer))
    }
}

/// Of a request to the API by which somebody signs in: what they had as a guest, whose token or cookie it bears, is the
/// account's from now on. Pages do the same when they are first looked at.
pub async fn bring_cart(
    cx: &Cx,
    headers: &HeaderMap,
    secure: bool,
    account: AccountId,
) -> Result<(), sqlx::Error> {
    let sent = by_header(headers).or_else(|| by_cookie(headers, secure));
    match (sent, cx.part::<CartDoor>()) {
        (Some(token), Some(door)) => door.0.come_in(cx, token.key(), account).await,
        _ => Ok(()),
    }
}

fn secure(parts: &Parts) -> bool {
    parts.extensions.get::<Scope>().is_some_and(|scope| scope.secure)
}

fn keep(token: &GuestToken) {
    with_cookie(&token.text(), KEEP);
}

/// Lets the cookie last as long again as the cart.
fn renew() {
    let sent = use_context::<Parts>().and_then(|parts| by_cookie(&parts.headers, secure(&parts)));
    if let Some(token) = sent {
        keep(&token);
    }
}

fn forget() {
    with_cookie("", Duration::ZERO);
}

fn with_cookie(value: &str, keep: Duration) {
    let Some(parts) = use_context::<Parts>() else { return };
    let secure = secure(&parts);
    let mut cookie: Cookie<'static> = cookies::build(name(secure), value, secure).build().into_owned();
    cookie.set_max_age(keep);
    pages::set_cookie(&cookie);
}
