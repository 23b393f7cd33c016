//! What somebody means to buy. Everybody has one cart; whoever asks for another's finds nothing.

use crate::{
    ApiError,
    buying::{CartLineBody, CodeBody, SummaryBody, VoucherOfferBody, refused},
    extract::{Buying, IdempotencyKey, Json, Path},
};
use axum::{
    extract::{FromRequestParts, RawPathParams},
    response::{IntoResponse, Response},
};
use flows::cart as flow;
use http::{HeaderMap, HeaderName, Method, StatusCode, request::Parts};
use kernel::{Buyer, Cx, GuestToken};
use model::{
    Code,
    ids::{CartId, CartLineId, VariantId},
    views::{CartShop, CartView},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::BuyerCx;

/// The cart that `{id}` of the path names, of whoever is asking. 401 for who is nobody, 404 where it is not theirs. Whether
/// there is a current one at all is found out by who changes it.
pub(crate) struct Own {
    pub cx: Cx,
    pub buyer: Buyer,
    id: Option<CartId>,
    /// They do not want to be told how things are after what they change.
    minimal: bool,
}

/// How things are after a change; or only that it was made, for who prefers that.
pub(crate) enum Changed<T> {
    Shown(T),
    Done,
}

impl<T: Serialize> IntoResponse for Changed<T> {
    fn into_response(self) -> Response {
        match self {
            Self::Shown(body) => axum::Json(body).into_response(),
            Self::Done => (StatusCode::NO_CONTENT, [(PREFERENCE_APPLIED, MINIMAL)]).into_response(),
        }
    }
}

const PREFER: HeaderName = HeaderName::from_static("prefer");
const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");
/// <https://www.rfc-editor.org/rfc/rfc7240#section-4.2>
const MINIMAL: &str = "return=minimal";

/// Whether one of the preferences is to be answered with as little as can be.
fn prefers_minimal(headers: &HeaderMap) -> bool {
    let all = headers.get_all(PREFER).iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|value| value.split(',')).any(|one| one.trim().eq_ignore_ascii_case(MINIMAL))
}

impl Own {
    async fn id(&self) -> Result<CartId, ApiError> {
        let id = if self.id.is_some() { self.id } else { flow::id(&self.cx, &self.buyer).await? };
        id.ok_or_else(|| Code::NotFound.into())
    }

    /// How it is after a change, unless they can do without.
    pub async fn shown<T>(
        &self,
        body: impl Future<Output = Result<T, ApiError>>,
    ) -> Result<Changed<T>, ApiError> {
        Ok(if self.minimal { Changed::Done } else { Changed::Shown(body.await?) })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Own {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Buying(cx, buyer) = Buying::from_request_parts(parts, state).await?;
        let minimal = prefers_minimal(&parts.headers);
        let path = RawPathParams::from_request_parts(parts, state).await.map_err(|_| Code::NotFound)?;
        let named = path.iter().find(|(name, _)| *name == "id").map(|(_, id)| id);
        let current = named == Some("current");
        if current && parts.method != Method::GET {
            return Ok(Self { cx, buyer, id: None, minimal });
        }
        let own = flow::id(&cx, &buyer).await?;
        let is_own = |id: &CartId| current || named.is_some_and(|named| named.parse() == Ok(*id));
        let id = Some(own.filter(is_own).ok_or(Code::NotFound)?);
        Ok(Self { cx, buyer, id, minimal })
    }
}

/// A cart, priced as of now. Only ticked lines count for the summary.
#[derive(Serialize, ToSchema)]
pub(crate) struct CartBody {
    id: String,
    shops: Vec<CartShopBody>,
    /// Put aside; not bought with the rest.
    saved: Vec<CartLineBody>,
    vouchers: Vec<CodeBody>,
    /// Without shipping, which the checkout has.
    summary: SummaryBody,
    /// Vouchers that would apply now and are not in the cart, the best first.
    voucher_offers: Vec<VoucherOfferBody>,
    /// Lines are ticked, and all of these can be bought as they stand.
    can_check_out: bool,
    /// So many lines of a guest's cart had no room in the member's, until it is said that this was seen.
    lines_left_out: u32,
    /// So many lines were more than may be bought at once after the two carts became one: there are fewer pieces, or they
    /// were put aside.
    lines_reduced: u32,
}

/// What is bought of one shop.
#[derive(Serialize, ToSchema)]
pub(crate) struct CartShopBody {
    id: String,
    slug: String,
    name: String,
    tier: &'static str,
    city: String,
    lines: Vec<CartLineBody>,
}

impl From<CartShop> for CartShopBody {
    fn from(shop: CartShop) -> Self {
        Self {
            id: shop.id.to_string(),
            slug: shop.slug.into(),
            name: shop.name,
            tier: shop.tier.as_str(),
            city: shop.city,
            lines: shop.items.into_iter().map(CartLineBody::from).collect(),
        }
    }
}

impl CartBody {
    fn new(id: CartId, cart: CartView) -> Self {
        let can_check_out = cart.can_check_out();
        Self {
            id: id.to_string(),
            shops: cart.shops.into_iter().map(CartShopBody::from).collect(),
            saved: cart.saved.into_iter().map(CartLineBody::from).collect(),
            vouchers: cart.codes.into_iter().map(CodeBody::from).collect(),
            summary: cart.summary.into(),
            voucher_offers: cart.offers.into_iter().map(VoucherOfferBody::from).collect(),
            can_check_out,
            lines_left_out: cart.merged.left_out,
            lines_reduced: cart.merged.reduced,
        }
    }

    /// As it is now.
    pub(crate) async fn read(cx: &Cx, buyer: &Buyer, id: CartId) -> Result<Self, ApiError> {
        Ok(Self::new(id, flow::view(cx, Some(buyer)).await?))
    }
}

type Cart = Result<Changed<CartBody>, ApiError>;

async fn here(own: &Own) -> Cart {
    own.shown(async { CartBody::read(&own.cx, &own.buyer, own.id().await?).await }).await
}

/// A cart that was opened.
#[derive(Serialize, ToSchema)]
pub(crate) struct OpenedCartBody {
    #[serde(flatten)]
    cart: CartBody,
    /// Of a new guest, told this once: sent as `Authorization: Bearer guest_…` it opens this cart and what is ordered
    /// from it, to whoever holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "guest_pSJ0cVb0mN4x2qYh1tLr9aKeUwGzDf3oXcVb0mN4x2q")]
    token: Option<String>,
}

/// Open a cart
///
/// Everybody has one: who has it already is answered with it, and 200. Whoever is not signed in and sends no guest's
/// token becomes a guest and is given one.
#[utoipa::path(post, path = "/api/v1/carts", tag = "buying",
    responses((status = 201, description = "The cart, and a new guest's token", body = OpenedCartBody),
        (status = 200, description = "The cart there was", body = OpenedCartBody), ApiError))]
pub(crate) async fn open(BuyerCx(cx, buyer): BuyerCx) -> Result<impl IntoResponse, ApiError> {
    let (buyer, token) = if let Some(buyer) = buyer {
        (buyer, None)
    } else {
        let token = GuestToken::new(cx.ids());
        (Buyer::Guest(token.key()), Some(token.text()))
    };
    // A guest who has come just now has none.
    let there = if token.is_some() { None } else { flow::id(&cx, &buyer).await? };
    let (id, status) = match there {
        Some(id) => (id, StatusCode::OK),
        None if token.is_some() => (flow::open_new(&cx, &buyer).await.map_err(refused)?, StatusCode::CREATED),
        None => (flow::open(&cx, &buyer).await.map_err(refused)?, StatusCode::CREATED),
    };
    let cart = CartBody::read(&cx, &buyer, id).await?;
    Ok((status, axum::Json(OpenedCartBody { cart, token })))
}

/// A cart
#[utoipa::path(get, path = "/api/v1/carts/{id}", tag = "buying",
    params(("id" = String, Path, description = "Its id, or `current`")),
    responses((status = 200, description = "The cart, priced", body = CartBody), ApiError))]
pub(crate) async fn one(own: Own) -> Result<axum::Json<CartBody>, ApiError> {
    Ok(axum::Json(CartBody::read(&own.cx, &own.buyer, own.id().await?).await?))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewLineBody {
    #[schema(value_type = String)]
    variant_id: VariantId,
    #[schema(minimum = 1, example = 1)]
    quantity: i32,
    /// For the shop.
    #[serde(default)]
    #[schema(max_length = 200)]
    note: Option<String>,
}

/// Put something into the cart
///
/// Pieces of the same variant and note join the line that is there; who has no `current` cart yet gets one. 409 `sold_out` where there are fewer. Again under the
/// same `Idempotency-Key` nothing more is added; 409 `conflict` while that is under way, 422 `key_reused` for another body.
#[utoipa::path(post, path = "/api/v1/carts/{id}/lines", tag = "buying",
    params(("id" = String, Path, description = "Its id, or `current`"), IdempotencyKey), request_body = NewLineBody,
    responses((status = 200, description = "The cart, priced", body = CartBody), ApiError))]
pub(crate) async fn add(own: Own, key: IdempotencyKey, Json(body): Json<NewLineBody>) -> Cart {
    let note = body.note.unwrap_or_default();
    let wanted = (body.variant_id, body.quantity);
    flow::add_once(&own.cx, &own.buyer, key.get(), wanted, &note).await.map_err(refused)?;
    here(&own).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeLineBody {
    #[serde(default)]
    #[schema(minimum = 1)]
    quantity: Option<i32>,
    /// For the shop; empty takes it away. A line that comes to have the same note as another joins it.
    #[serde(default)]
    #[schema(max_length = 200)]
    note: Option<String>,
    /// Whether it is checked out with the others that are ticked.
    #[serde(default)]
    ticked: Option<bool>,
    /// Whether it is put aside.
    #[serde(default)]
    saved: Option<bool>,
}

/// Change a line
///
/// What is absent stays. All of it is changed, or nothing.
#[utoipa::path(patch, path = "/api/v1/carts/{id}/lines/{line}", tag = "buying", request_body = ChangeLineBody,
    params(("id" = String, Path, description = "The cart's id, or `current`"),
        ("line" = String, Path, description = "The line's id")),
    responses((status = 200, description = "The cart, priced", body = CartBody), ApiError))]
pub(crate) async fn change(
    own: Own,
    Path(path): Path<(String, CartLineId)>,
    Json(body): Json<ChangeLineBody>,
) -> Cart {
    let (_, line) = path;
    let ChangeLineBody { quantity, note, ticked, saved } = body;
    let change = flow::Change { quantity, saved, ticked, note };
    flow::change(&own.cx, &own.buyer, line, &change).await.map_err(refused)?;
    here(&own).await
}

/// Take something out of the cart
///
/// Again, it is out already.
#[utoipa::path(delete, path = "/api/v1/carts/{id}/lines/{line}", tag = "buying",
    params(("id" = String, Path, description = "The cart's id, or `current`"),
        ("line" = String, Path, description = "The line's id")),
    responses((status = 200, description = "The cart, priced", body = CartBody), ApiError))]
pub(crate) async fn remove(own: Own, Path(path): Path<(String, CartLineId)>) -> Cart {
    let (_, line) = path;
    flow::remove(&own.cx, &own.buyer, line).await.map_err(refused)?;
    here(&own).await
}

/// Say that what has changed was seen
///
/// Prices as they are now are the ones that were seen, and `price_before` is gone until they change again; so is what is
/// told of two carts that became one.
#[utoipa::path(post, path = "/api/v1/carts/{id}/seen", tag = "buying",
    params(("id" = String, Path, description = "Its id, or `current`")),
    responses((status = 200, description = "The cart, priced", body = CartBody), ApiError))]
pub(crate) async fn seen(own: Own) -> Cart {
    flow::see_changes(&own.cx, &own.buyer).await.map_err(refused)?;
    here(&own).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCodeBody {
    #[schema(example = "HEMAT50", max_length = 24)]
    code: String,
}

/// Give a voucher code
///
/// It stays in the cart whether it applies now or not; under `vouchers` stands what it takes off, or why it does not.
#[utoipa::path(post, path = "/api/v1/carts/{id}/vouchers", tag = "buying",
    params(("id" = String, Path, description = "Its id, or `current`")), request_body = NewCodeBody,
    responses((status = 200, description = "The cart, priced", body = CartBody), ApiError))]
pub(crate) async fn add_code(own: Own, Json(body): Json<NewCodeBody>) -> Cart {
    flow::add_code(&own.cx, &own.buyer, &body.code).await.map_err(refused)?;
    here(&own).await
}

/// Use the vouchers that save the most together
///
/// Of those given and those anybody may have. What was given goes only where another takes its place.
#[utoipa::path(post, path = "/api/v1/carts/{id}/vouchers/best", tag = "buying",
    params(("id" = String, Path, description = "Its id, or `current`")),
    responses((status = 200, description = "The cart, priced", body = CartBody), ApiError))]
pub(crate) async fn use_best(own: Own) -> Cart {
    flow::use_best(&own.cx, &own.buyer).await.map_err(refused)?;
    here(&own).await
}

/// Take a voucher code back
#[utoipa::path(delete, path = "/api/v1/carts/{id}/vouchers/{code}", tag = "buying",
    params(("id" = String, Path, description = "The cart's id, or `current`"),
        ("code" = String, Path, description = "The voucher's code")),
    responses((status = 200, description = "The cart, priced", body = CartBody), ApiError))]
pub(crate) async fn remove_code(own: Own, Path(path): Path<(String, String)>) -> Cart {
    let (_, code) = path;
    flow::remove_code(&own.cx, &own.buyer, &code).await.map_err(refused)?;
    here(&own).await
}
