//! What browsers are told about trust, on every answer.

use crate::{
    etag,
    layers::Edge,
    scope::{Kind, Scope},
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderMap, HeaderName, HeaderValue, header};
use std::sync::Arc;

/// The content security policy of an answer that has one of its own, put among the answer's extensions: what other
/// people wrote, shown in a frame of this site.
#[derive(Clone, Copy, Debug)]
pub struct OwnPolicy(pub &'static str);

/// The same for all answers.
const FIXED: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    // The full address stays on this site: a form posted without JavaScript returns to where it was sent from.
    ("referrer-policy", "strict-origin-when-cross-origin"),
    (
        "permissions-policy",
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// Layer: security headers, and how long an answer may be kept where its maker did not say.
pub(crate) async fn secure(State(edge): State<Arc<Edge>>, request: Request, next: Next) -> Response {
    let nonce = request.extensions().get::<Scope>().map(|scope| scope.nonce.clone()).unwrap_or_default();
    let kind = Kind::of(request.uri().path());
    let someone = request.extensions().get::<Scope>().is_some_and(|scope| scope.credential.is_some());
    let mut response = next.run(request).await;
    etag::weaken(&mut response);
    let own = response.extensions().get::<OwnPolicy>().copied();
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    let policy = match own {
        Some(OwnPolicy(policy)) => policy.to_owned(),
        None => content_policy(&nonce, &edge.settings.connect_src, edge.settings.https()),
    };
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    if edge.settings.https() {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    if someone && matches!(kind, Kind::Page | Kind::Call | Kind::Api) && !is_public(headers) {
        // It may say who is signed in, on a machine that several people use.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        // Kept, but asked after each time: `no-store` would also switch off going back without loading.
        let policy = if kind == Kind::Call { "no-store" } else { "private, no-cache" };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(policy));
        headers.append(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    }
    response
}

/// What is the same for everybody says so.
fn is_public(headers: &HeaderMap) -> bool {
    let policy = headers.get(header::CACHE_CONTROL).and_then(|policy| policy.to_str().ok());
    policy.is_some_and(|policy| policy.contains("public"))
}

/// Scripts run only with this answer's nonce, and what they load in turn. `'strict-dynamic'` lets the module that
/// the page names by nonce load the wasm bundle and its lazy parts.
fn content_policy(nonce: &str, connect: &[String], https: bool) -> String {
    let connect = connect.iter().fold(String::new(), |all, origin| all + " " + origin);
    let upgrade = if https { "; upgrade-insecure-requests" } else { "" };
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; font-src 'self'; media-src 'self' blob:; \
         connect-src 'self'{connect}; frame-src 'self'; manifest-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'{upgrade}"
    )
}
