//! What is known of a request before anything is done with it, and the one log line about it afterwards.

use crate::{client, layers::Edge, prefs, problem::Failure, session};
use axum::{
    extract::{ConnectInfo, FromRequestParts, MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{HeaderName, HeaderValue, Method, header, request::Parts};
use kernel::{Client, Cx};
use model::{Code, Prefs, ids::RequestId};
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{Arc, OnceLock},
};
use tokio::time::Instant;
use tracing::Instrument as _;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What every part of the request may know.
#[derive(Clone, Debug)]
pub struct Scope {
    pub request: RequestId,
    pub prefs: Prefs,
    /// The client's address; personal, so not for logs.
    pub client: IpAddr,
    /// Permits the inline scripts of this one answer.
    pub nonce: Arc<str>,
    /// Whether cookies are for TLS only.
    pub secure: bool,
    /// What says who is asking, if anything does.
    pub(crate) credential: Option<session::Credential>,
    pub(crate) cause: Arc<OnceLock<Arc<str>>>,
}

impl Scope {
    fn of(edge: &Edge, request: &Request) -> Self {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(peer)| peer.ip());
        let mut random = [0; 16];
        edge.kernel.ids().fill(&mut random);
        Self {
            request: RequestId::new(edge.kernel.ids().uuid()),
            prefs: prefs::of(request.uri(), request.headers()),
            client: client::address(peer, request.headers(), &edge.settings.trusted_proxies),
            nonce: URL_SAFE_NO_PAD.encode(random).into(),
            secure: edge.settings.https(),
            credential: session::Credential::of(request.headers(), edge.settings.https()),
            cause: Arc::default(),
        }
    }
}

/// What kind of address was asked for; limits and log levels differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Page,
    Api,
    Call,
    Asset,
    Health,
}

impl Kind {
    pub(crate) fn of(path: &str) -> Self {
        match path {
            "/healthz" | "/readyz" | "/metrics" => Self::Health,
            _ if path == "/api" || path.starts_with("/api/") => Self::Api,
            _ if path.starts_with("/_fn/") => Self::Call,
            _ if path.starts_with("/pkg/") || is_file_name(path) => Self::Asset,
            _ => Self::Page,
        }
    }
}

/// No page of ours ends so.
fn is_file_name(path: &str) -> bool {
    const FILES: &[&str] = &[
        "avif",
        "css",
        "gif",
        "ico",
        "jpg",
        "js",
        "json",
        "map",
        "mjs",
        "mp4",
        "pdf",
        "png",
        "svg",
        "txt",
        "wasm",
        "webmanifest",
        "webp",
        "woff2",
        "xml",
    ];
    path.rsplit_once('.').is_some_and(|(_, ending)| FILES.contains(&ending))
}

/// In which form an error is understood.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Wants {
    Page,
    Document,
    Call,
}

impl Wants {
    pub(crate) fn of(request: &Request) -> Self {
        let accept = request.headers().get(header::ACCEPT).map_or(&[][..], HeaderValue::as_bytes);
        let html = accept.windows(9).any(|part| part.eq_ignore_ascii_case(b"text/html"));
        match Kind::of(request.uri().path()) {
            Kind::Api => Self::Document,
            Kind::Call if !html => Self::Call,
            _ if html => Self::Page,
            _ => Self::Document,
        }
    }
}

/// A handler's argument: the [`Cx`] of its request, with who is asking in it.
pub struct InCx(pub Cx);

impl<S: Send + Sync> FromRequestParts<S> for InCx {
    type Rejection = crate::Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let missing = || crate::Problem::from(Code::Internal).because("the layers of web are missing");
        let cx = parts.extensions.get::<Cx>().cloned().ok_or_else(missing)?;
        Ok(Self(session::identified(cx, parts.extensions.get::<Scope>()).await?))
    }
}

/// Layer, the outermost: gives the request its id and context; measures it and writes its line in the log.
///
/// An id sent by the client is ignored: whoever chooses it could make two requests look like one.
pub(crate) async fn observe(State(edge): State<Arc<Edge>>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let scope = Scope::of(&edge, &request);
    let agent = request.headers().get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    let agent = agent.map(|agent| agent.chars().take(400).collect::<String>().into());
    let from = Client { address: Some(scope.client), agent };
    let cx = edge.kernel.cx_for(scope.request, scope.prefs.lang).from_client(from);
    let (method, path) = (method_name(request.method()), request.uri().path().to_owned());
    let kind = Kind::of(&path);
    let route = match request.extensions().get::<MatchedPath>() {
        Some(route) => route.as_str().to_owned(),
        None if kind == Kind::Asset => "(file)".to_owned(),
        None => "(none)".to_owned(),
    };
    request.headers_mut().remove(REQUEST_ID);
    request.extensions_mut().insert(scope.clone());
    request.extensions_mut().insert(cx);
    let span = tracing::info_span!("request", id = %scope.request, method, path);

    let mut response = next.run(request).instrument(span.clone()).await;

    let took = started.elapsed();
    let status = response.status().as_u16();
    if let Ok(id) = HeaderValue::from_str(&scope.request.to_string()) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    let labels = [("method", method.to_owned()), ("route", route.clone()), ("status", status.to_string())];
    metrics::counter!("http_requests_total", &labels).increment(1);
    metrics::histogram!("http_request_duration_seconds", &labels[..2]).record(took.as_secs_f64());

    let failure = response.extensions_mut().remove::<Failure>();
    let code = failure.as_ref().map(|failure| failure.code.as_str());
    let cause = failure.and_then(|failure| failure.cause).or_else(|| scope.cause.get().cloned());
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    span.in_scope(|| match kind {
        // Whoever asks whether we are ready asks every second, and a no is an answer.
        Kind::Health if status == 503 => {
            let cause = cause.as_deref().unwrap_or("unknown");
            tracing::debug!(status, route, ms, cause, "{method} {path} answered {status}");
        }
        _ if status >= 500 => {
            let cause = cause.as_deref().unwrap_or("unknown");
            tracing::error!(status, route, ms, code, cause, "{method} {path} failed with {status}: {cause}");
        }
        Kind::Asset | Kind::Health => tracing::debug!(status, route, ms, "{method} {path} answered {status}"),
        _ => tracing::info!(status, route, ms, code, "{method} {path} answered {status} in {ms} ms"),
    });
    response
}

/// Anyone can invent methods; each would be a label of its own.
fn method_name(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "OTHER",
    }
}
