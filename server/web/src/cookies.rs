//! Cookies of this site: out of reach of scripts and of other sites' forms, and for TLS only where there is TLS.

use cookie::{Cookie, CookieBuilder, SameSite};
use http::{HeaderMap, HeaderValue, header};

/// What the first step of a sign-in has shown, for the second.
pub const SECOND_STEP: &str = "second-step";
/// Whom the provider said somebody is who is nobody's here yet.
pub const PROVIDER_GUEST: &str = "provider-guest";

/// `HttpOnly; SameSite=Lax; Path=/`, and `Secure` where the site is reached over TLS.
pub fn build<'c>(name: &'c str, value: &'c str, secure: bool) -> CookieBuilder<'c> {
    Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax).secure(secure)
}

/// As the value of `Set-Cookie`; none where a name or value has characters that are not allowed there.
pub fn header(cookie: &Cookie<'_>) -> Option<HeaderValue> {
    HeaderValue::from_str(&cookie.encoded().to_string()).ok()
}

/// The value of a cookie the client sent.
pub fn get(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let mut cookies = lines.flat_map(|line| Cookie::split_parse_encoded(line.to_owned())).flatten();
    cookies.find(|cookie| cookie.name() == name).map(|cookie| cookie.value().to_owned())
}
