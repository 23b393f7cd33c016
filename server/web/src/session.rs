//! Who is asking: the token of a session, as it comes and goes with requests.
//!
//! Whom a token belongs to is asked of a [`Doorman`], which the composition root puts into the kernel: this crate knows
//! no accounts. It is asked at most once a request, only where a page or endpoint wants to know, and never for who
//! carries no token.

use crate::{cookies, scope::Scope};
use async_trait::async_trait;
use cookie::Cookie;
use http::{HeaderMap, header};
use kernel::{Cx, Member, Viewer};
use model::{Lang, Theme};
use std::{fmt, sync::Arc};
use time::Duration;
use tokio::sync::OnceCell;

/// How a token came. Each is good only the way it was given out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Carried {
    Cookie,
    /// `Authorization: Bearer`.
    Bearer,
}

/// Knows whom a token belongs to.
#[async_trait]
pub trait Doorman: Send + Sync + 'static {
    /// A visitor where it is nobody's.
    async fn recognise(&self, cx: &Cx, carried: Carried, token: &str) -> Result<Viewer, sqlx::Error>;

    /// Keeps what somebody chose in the header, for their messages and their other browsers.
    async fn prefer(
        &self,
        cx: &Cx,
        member: &Member,
        lang: Option<Lang>,
        theme: Option<Theme>,
    ) -> Result<(), sqlx::Error>;
}

/// The doorman of this process, as a part of the kernel.
pub struct Door(pub Box<dyn Doorman>);

/// What a request brought along to say who is asking.
#[derive(Clone)]
pub(crate) struct Credential {
    carried: Carried,
    token: Arc<str>,
    viewer: Arc<OnceCell<Viewer>>,
}

impl Credential {
    /// A token in the header is meant for this request; a cookie merely comes along.
    pub(crate) fn of(headers: &HeaderMap, secure: bool) -> Option<Self> {
        let found = match bearer(headers).filter(|token| !token.starts_with(kernel::GuestToken::PREFIX)) {
            Some(token) => Some((Carried::Bearer, token)),
            None => cookies::get(headers, session_name(secure)).map(|token| (Carried::Cookie, token)),
        };
        let (carried, token) = found.filter(|(_, token)| !token.is_empty() && token.len() <= 200)?;
        Some(Self { carried, token: token.into(), viewer: Arc::default() })
    }
}

pub(crate) fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential").field("carried", &self.carried).finish_non_exhaustive()
    }
}

/// The context with whoever is asking in it.
pub(crate) async fn identified(cx: Cx, scope: Option<&Scope>) -> Result<Cx, sqlx::Error> {
    let Some(credential) = scope.and_then(|scope| scope.credential.as_ref()) else { return Ok(cx) };
    let Some(door) = cx.part::<Door>() else { return Ok(cx) };
    let asked = || door.0.recognise(&cx, credential.carried, &credential.token);
    let viewer = credential.viewer.get_or_try_init(asked).await?.clone();
    Ok(cx.as_viewer(viewer))
}

/// The prefix has browsers refuse the cookie from other hosts of the domain, and without TLS.
const fn session_name(secure: bool) -> &'static str {
    if secure { "__Host-session" } else { "session" }
}

const fn device_name(secure: bool) -> &'static str {
    if secure { "__Host-device" } else { "device" }
}

const fn registration_name(secure: bool) -> &'static str {
    if secure { "__Host-registration" } else { "registration" }
}

const fn trip_name(secure: bool) -> &'static str {
    if secure { "__Host-provider-trip" } else { "provider-trip" }
}

/// The cookies by which a browser is known again.
#[derive(Clone, Copy, Debug)]
pub struct SessionCookies {
    secure: bool,
}

impl SessionCookies {
    pub fn of(scope: &Scope) -> Self {
        Self { secure: scope.secure }
    }

    /// A session that has begun or goes on under a new token. Without `keep` it ends with the browser.
    pub fn session(self, token: &str, keep: Option<Duration>) -> Cookie<'static> {
        self.build(session_name(self.secure), token, keep)
    }

    /// Asks the browser to forget the session.
    pub fn no_session(self) -> Cookie<'static> {
        self.build(session_name(self.secure), "", Some(Duration::ZERO))
    }

    /// Says beside the session whether it outlasts the browser, and says nothing else.
    pub fn kept(self, keep: Option<Duration>) -> Cookie<'static> {
        self.build("kept", "1", Some(keep.unwrap_or(Duration::ZERO)))
    }

    /// For how long the session this browser has is kept: the server ends it sooner.
    pub fn keeps(self, headers: &HeaderMap) -> Option<Duration> {
        cookies::get(headers, "kept").map(|_| Duration::days(180))
    }

    /// By which the browser is known at the next sign-in, for a year.
    pub fn device(self, token: &str) -> Cookie<'static> {
        self.build(device_name(self.secure), token, Some(Duration::days(365)))
    }

    /// What shows that it was this browser that registered, for as long as it can be confirmed.
    pub fn registration(self, id: &str, keep: Duration) -> Cookie<'static> {
        self.build(registration_name(self.secure), id, Some(keep))
    }

    /// What a browser carries to the provider somebody signs in through, and back.
    pub fn trip(self, token: &str, keep: Duration) -> Cookie<'static> {
        self.build(trip_name(self.secure), token, Some(keep))
    }

    pub fn sent_trip(self, headers: &HeaderMap) -> Option<String> {
        cookies::get(headers, trip_name(self.secure))
    }

    pub fn sent_device(self, headers: &HeaderMap) -> Option<String> {
        cookies::get(headers, device_name(self.secure))
    }

    pub fn sent_registration(self, headers: &HeaderMap) -> Option<String> {
        cookies::get(headers, registration_name(self.secure))
    }

    fn build(self, name: &'static str, value: &str, keep: Option<Duration>) -> Cookie<'static> {
        let mut cookie = cookies::build(name, value, self.secure).build().into_owned();
        cookie.set_max_age(keep);
        cookie
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(lines: &[(&str, &str)], secure: bool) -> Option<(Carried, String)> {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(http::HeaderName::try_from(*name).unwrap(), value.parse().unwrap());
        }
        Credential::of(&headers, secure).map(|it| (it.carried, it.token.to_string()))
    }

    #[test]
    fn a_token_comes_in_one_of_two_ways() {
        assert_eq!(sent(&[], false), None);
        assert_eq!(sent(&[("cookie", "session=abc")], false), Some((Carried::Cookie, "abc".to_owned())));
        assert_eq!(
            sent(&[("cookie", "session=abc")], true),
            None,
            "behind TLS only the protected name counts"
        );
        assert_eq!(
            sent(&[("cookie", "__Host-session=abc")], true),
            Some((Carried::Cookie, "abc".to_owned()))
        );
        let both = [("cookie", "session=abc"), ("authorization", "bearer xyz")];
        assert_eq!(sent(&both, false), Some((Carried::Bearer, "xyz".to_owned())));
        assert_eq!(sent(&[("authorization", "Basic xyz")], false), None);
        assert_eq!(sent(&[("cookie", &format!("session={}", "a".repeat(300)))], false), None);
    }

    #[test]
    fn cookies_are_out_of_reach_of_scripts_and_other_hosts() {
        let cookies = SessionCookies { secure: true };
        assert_eq!(
            cookies.session("abc", None).to_string(),
            "__Host-session=abc; HttpOnly; SameSite=Lax; Secure; Path=/"
        );
        assert!(cookies.no_session().to_string().contains("Max-Age=0"));
        assert!(SessionCookies { secure: false }.device("d").to_string().starts_with("device=d; HttpOnly"));
    }
}
