//! Refuses what another site makes a browser send.
//!
//! Browsers say where a request comes from (`Sec-Fetch-Site`, `Origin`), and a page cannot change what they say.
//! So nothing that may change state passes unless it comes from this site, or from a program that holds a token
//! of its own and no cookie. Together with `SameSite=Lax` cookies this needs no tokens in forms.

use crate::{Problem, layers::Edge};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderName, Method, header};
use model::Code;
use std::sync::Arc;

/// Layer: answers 403 `cross_site`.
pub(crate) async fn guard(State(edge): State<Arc<Edge>>, request: Request, next: Next) -> Response {
    if allowed(request.method(), request.uri().path(), request.headers(), edge.settings.origin()) {
        next.run(request).await
    } else {
        Problem::from(Code::CrossSite).into_response()
    }
}

fn allowed(method: &Method, path: &str, headers: &HeaderMap, public_origin: &str) -> bool {
    if [Method::GET, Method::HEAD, Method::OPTIONS].contains(method)
        || acts_on_its_token(method, path)
        || is_signed(method, path)
    {
        return true;
    }
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let cookies = headers.contains_key(header::COOKIE);
    let bearer = text(header::AUTHORIZATION)
        .is_some_and(|value| value.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("bearer ")));
    if bearer && !cookies {
        return true;
    }
    match (text(HeaderName::from_static("sec-fetch-site")), text(header::ORIGIN)) {
        (Some(site), _) => site == "same-origin" || site == "none",
        (None, Some(origin)) => origin == public_origin || is_host(origin, text(header::HOST)),
        (None, None) => !cookies && (path.starts_with("/api/") || path.starts_with("/sim/carrier/v1/")),
    }
}

/// Mail programs unsubscribe their readers by a `POST` (RFC 8058) that has neither cookie nor origin. It acts on the
/// signed token in its path alone, whoever sends it, so there is nothing another site could borrow.
fn acts_on_its_token(method: &Method, path: &str) -> bool {
    let token = path.strip_prefix("/unsubscribe/");
    method == Method::POST && token.is_some_and(|token| !token.is_empty() && !token.contains('/'))
}

/// What payment providers and carriers tell is believed for its signature, whoever sends it.
fn is_signed(method: &Method, path: &str) -> bool {
    let who = ["payments/", "payouts/", "couriers/"];
    let told = path.strip_prefix("/webhooks/");
    let who = told.and_then(|path| who.iter().find_map(|kind| path.strip_prefix(kind)));
    method == Method::POST && who.is_some_and(|name| !name.is_empty() && !name.contains('/'))
}

/// Whether the origin is the host the request was sent to; a TLS proxy in front changes the scheme, not the host.
fn is_host(origin: &str, host: Option<&str>) -> bool {
    origin.split_once("://").is_some_and(|(_, authority)| Some(authority) == host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_site_and_programs_with_a_token_change_things() {
        type Case = (&'static str, &'static str, &'static [(&'static str, &'static str)], bool);
        let cases: &[Case] = &[
            ("GET", "/", &[("sec-fetch-site", "cross-site")], true),
            ("HEAD", "/", &[("origin", "https://evil.example")], true),
            ("POST", "/_fn/x", &[("sec-fetch-site", "same-origin"), ("cookie", "a=b")], true),
            ("POST", "/_fn/x", &[("sec-fetch-site", "none"), ("cookie", "a=b")], true),
            ("POST", "/_fn/x", &[("sec-fetch-site", "cross-site"), ("cookie", "a=b")], false),
            ("POST", "/_fn/x", &[("sec-fetch-site", "same-site")], false),
            ("POST", "/_fn/x", &[("sec-fetch-site", "cross-site"), ("origin", "http://here.example")], false),
            ("POST", "/api/v1/x", &[("sec-fetch-site", "cross-site")], false),
            ("POST", "/_fn/x", &[("origin", "http://here.example"), ("cookie", "a=b")], true),
            ("POST", "/_fn/x", &[("origin", "https://public.example"), ("cookie", "a=b")], true),
            ("POST", "/_fn/x", &[("origin", "http://public.example"), ("cookie", "a=b")], false),
            ("POST", "/_fn/x", &[("origin", "http://here.example.evil.example")], false),
            ("POST", "/_fn/x", &[("origin", "null")], false),
            ("POST", "/_fn/x", &[("cookie", "a=b")], false),
            ("POST", "/_fn/x", &[], false),
            ("POST", "/api/v1/x", &[], true),
            ("POST", "/api/v1/x", &[("cookie", "a=b")], false),
            ("POST", "/api/v1/x", &[("authorization", "Bearer t"), ("origin", "https://app.example")], true),
            ("POST", "/api/v1/x", &[("authorization", "Bearer t"), ("cookie", "a=b")], false),
            ("POST", "/api/v1/x", &[("authorization", "Basic t"), ("origin", "https://app.example")], false),
            ("DELETE", "/api/v1/x", &[("origin", "https://evil.example")], false),
            ("POST", "/unsubscribe/t0ken", &[], true),
            ("POST", "/unsubscribe/t0ken", &[("sec-fetch-site", "cross-site"), ("cookie", "a=b")], true),
            ("DELETE", "/unsubscribe/t0ken", &[], false),
            ("POST", "/unsubscribe/", &[], false),
            ("POST", "/unsubscribe/t0ken/more", &[], false),
            ("POST", "/unsubscribed", &[], false),
            ("POST", "/webhooks/payments/simulator", &[], true),
            ("DELETE", "/webhooks/payments/simulator", &[], false),
            ("POST", "/webhooks/payments/simulator/more", &[], false),
            ("POST", "/webhooks/couriers/simulator", &[], true),
            ("POST", "/webhooks/payouts/simulator", &[], true),
            ("POST", "/webhooks/others/simulator", &[], false),
            ("POST", "/sim/carrier/v1/orders", &[], true),
            ("POST", "/sim/carrier/v1/orders", &[("cookie", "a=b")], false),
            ("POST", "/sim/carrier/v1/orders", &[("origin", "https://evil.example")], false),
            ("POST", "/sim/carrier/parcels/1", &[], false),
            ("BREW", "/x", &[("origin", "https://evil.example")], false),
        ];
        for (method, path, sent, passes) in cases {
            let mut headers = HeaderMap::new();
            headers.insert("host", "here.example".parse().unwrap());
            for (name, value) in *sent {
                headers.insert(*name, value.parse().unwrap());
            }
            let method = method.parse().unwrap();
            let passed = allowed(&method, path, &headers, "https://public.example");
            assert_eq!(passed, *passes, "{method} {path} {sent:?}");
        }
    }
}
