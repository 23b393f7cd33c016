//! What every request passes on its way in and every answer on its way out.

use crate::{WebSettings, csrf, drain, etag, headers, intake, limit, panics, problem, scope};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::{from_fn, from_fn_with_state as with},
};
use http::{Extensions, HeaderMap, StatusCode, Version};
use kernel::Kernel;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tower::ServiceBuilder;
use tower_http::{
    CompressionLevel,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, Predicate, SizeAbove},
    },
};

/// What the layers share.
pub(crate) struct Edge {
    pub(crate) settings: WebSettings,
    pub(crate) kernel: Kernel,
    pub(crate) limits: limit::Limits,
    pub(crate) slots: Semaphore,
}

/// Puts the layers around a finished router: call it once, last.
///
/// From the outside in, and why in this order:
/// 1. `observe`: id, context, log line, measurements; outermost, so that it sees what was really answered.
/// 2. `secure`: security headers, also on everything refused below.
/// 3. compression.
/// 4. `translate`: errors become pages or documents, whichever layer or handler they come from.
/// 5. `catch`: panics, of handlers and of the layers below.
/// 6. `drain`: whoever is refused below while still sending can read why.
/// 7. `admit`: rate limits and overload, before any work is done.
/// 8. `guard`: requests from other sites are refused before their bodies are read.
/// 9. `measure`: size of the body, time to answer.
/// 10. `tag`: content tags of complete bodies, before they are compressed.
pub fn layers(router: Router, settings: &WebSettings, kernel: &Kernel) -> Router {
    let edge = Arc::new(Edge {
        settings: settings.clone(),
        kernel: kernel.clone(),
        limits: limit::Limits::new(&settings.rates),
        slots: Semaphore::new(settings.max_in_flight),
    });
    router
        .route("/problems/{code}", axum::routing::get(crate::error_page::about).with_state(edge.clone()))
        .layer(
            ServiceBuilder::new()
                .layer(with(edge.clone(), scope::observe))
                .layer(with(edge.clone(), headers::secure))
                .layer(compression())
                .layer(with(edge.clone(), problem::translate))
                .layer(from_fn(panics::catch))
                .layer(from_fn(drain::drain))
                .layer(with(edge.clone(), limit::admit))
                .layer(with(edge.clone(), csrf::guard))
                .layer(with(edge, intake::measure))
                .layer(DefaultBodyLimit::disable())
                .layer(from_fn(etag::tag)),
        )
}

/// For what is made per request; files bring their own compressed variants. The level of brotli is the one that costs
/// about as much as gzip and is smaller.
fn compression() -> CompressionLayer<impl Predicate> {
    let fit = DefaultPredicate::new().and(SizeAbove::new(512)).and(compressible);
    CompressionLayer::new().no_deflate().quality(CompressionLevel::Precise(4)).compress_when(fit)
}

/// Fonts, archives and media are compressed already.
fn compressible(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let kind =
        headers.get(http::header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    ![
        "font/",
        "audio/",
        "video/",
        "application/zip",
        "application/gzip",
        "application/pdf",
        "application/octet-stream",
    ]
    .iter()
    .any(|done| kind.starts_with(done))
}
