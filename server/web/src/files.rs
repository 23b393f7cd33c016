//! Static files, with the compressed variants that lie beside them.

use crate::{Problem, etag, scope::Kind};
use axum::{
    extract::Request,
    middleware::{Next, from_fn},
    response::{IntoResponse as _, Response},
};
use http::{HeaderValue, StatusCode, header};
use model::Code;
use std::{convert::Infallible, path::Path};
use tower::{Layer as _, Service, util::BoxCloneSyncService};
use tower_http::services::ServeDir;

/// Serves what is under `root`; whatever is not a file there goes to `otherwise`.
pub(crate) fn serve<S>(root: &Path, otherwise: S) -> BoxCloneSyncService<Request, Response, Infallible>
where
    S: Service<Request, Response = Response, Error = Infallible> + Clone + Send + Sync + 'static,
    S::Future: Send + 'static,
{
    let files = ServeDir::new(root)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_zstd()
        .precompressed_gzip()
        .call_fallback_on_method_not_allowed(true)
        .fallback(from_fn(pages_only).layer(otherwise));
    BoxCloneSyncService::new(from_fn(keep).layer(files))
}

/// A missing picture or script needs no page of its own; files are exempt from rate limits, so this must be cheap.
async fn pages_only(request: Request, next: Next) -> Response {
    match Kind::of(request.uri().path()) {
        Kind::Asset => Problem::from(Code::NotFound).into_response(),
        _ => next.run(request).await,
    }
}

/// How long browsers keep a file. A name with a hash in it never changes its content.
async fn keep(request: Request, next: Next) -> Response {
    let hashed = is_hashed(request.uri().path());
    let mut response = next.run(request).await;
    // Pages that stand in for a missing file never answer so.
    if matches!(response.status(), StatusCode::OK | StatusCode::PARTIAL_CONTENT | StatusCode::NOT_MODIFIED) {
        let policy = if hashed { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(policy));
        response.extensions_mut().insert(etag::File);
    }
    response
}

/// `/pkg/pasar.Xx0sYoVGf9zJ5c0Kxmfm0w.wasm`: a part of the name, between dots, that is long and no word.
fn is_hashed(path: &str) -> bool {
    let Some(name) = path.strip_prefix("/pkg/") else { return false };
    let mut parts = name.rsplit('/').next().unwrap_or_default().split('.').rev().skip(1);
    parts.any(|part| {
        part.len() >= 16 && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_hash_are_kept_forever() {
        for (path, hashed) in [
            ("/pkg/pasar.Xx0sYoVGf9zJ5c0Kxmfm0w.wasm", true),
            ("/pkg/pasar_bg.Xx0sYoVGf9zJ5c0Kxmfm0w.wasm", true),
            ("/pkg/pasar.css", false),
            ("/pkg/snippets/inline0.js", false),
            ("/fonts/plus.Xx0sYoVGf9zJ5c0Kxmfm0w.woff2", false),
            ("/favicon.ico", false),
        ] {
            assert_eq!(is_hashed(path), hashed, "{path}");
        }
    }
}
