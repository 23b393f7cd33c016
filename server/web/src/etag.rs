//! Answers that did not change are not sent again.

use axum::{
    body::{self, Body},
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use http_body_util::BodyExt as _;
use sha2::{Digest as _, Sha256};

/// Larger bodies are streamed without a tag.
const MOST: u64 = 1024 * 1024;

/// Put into a response by whoever serves a file: tag it though it is not JSON.
#[derive(Clone)]
pub(crate) struct File;

/// Remembers in which encoding the tag was made.
#[derive(Clone)]
struct Tagged(Option<HeaderValue>);

/// Layer: tags complete JSON answers and files by their content, and answers 304 where the client has that content.
pub(crate) async fn tag(request: Request, next: Next) -> Response {
    let known = (request.method() == Method::GET)
        .then(|| request.headers().get_all(header::IF_NONE_MATCH).into_iter().cloned().collect::<Vec<_>>());
    let response = next.run(request).await;
    match known {
        Some(known) if taggable(&response) => tagged(response, &known).await,
        _ => response,
    }
}

fn taggable(response: &Response) -> bool {
    let headers = response.headers();
    let says = |name, word: &str| {
        headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
            .is_some_and(|value| value.contains(word))
    };
    let wanted =
        response.extensions().get::<File>().is_some() || says(header::CONTENT_TYPE, "application/json");
    let kept = !says(header::CACHE_CONTROL, "no-store") && !says(header::CACHE_CONTROL, "immutable");
    wanted
        && kept
        && response.status() == StatusCode::OK
        && !headers.contains_key(header::ETAG)
        && length(response).is_some_and(|length| length <= MOST)
}

fn length(response: &Response) -> Option<u64> {
    let announced = response.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    announced
        .and_then(|length| length.parse().ok())
        .or_else(|| body::HttpBody::size_hint(response.body()).exact())
}

async fn tagged(response: Response, known: &[HeaderValue]) -> Response {
    let (mut parts, body) = response.into_parts();
    let bytes = match body.collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) => return crate::Problem::from(model::Code::Internal).because(error).into_response(),
    };
    let tag = tag_of(&bytes);
    if let Ok(value) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, value);
        parts.extensions.insert(Tagged(parts.headers.get(header::CONTENT_ENCODING).cloned()));
    }
    if matches(known, &tag) {
        parts.status = StatusCode::NOT_MODIFIED;
        for gone in [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CONTENT_ENCODING] {
            parts.headers.remove(gone);
        }
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// A strong tag for these bytes, as `ETag` wants it.
pub fn tag_of(bytes: &[u8]) -> String {
    format!("\"{}\"", URL_SAFE_NO_PAD.encode(&Sha256::digest(bytes)[..16]))
}

/// Whether the client says that it has what this tag names.
pub fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    matches(headers.get_all(header::IF_NONE_MATCH), tag)
}

/// Compared weakly, as `If-None-Match` is: `W/"x"` is `"x"`.
fn matches<'a>(known: impl IntoIterator<Item = &'a HeaderValue>, tag: &str) -> bool {
    let lists = known.into_iter().filter_map(|value| value.to_str().ok());
    let mut tags = lists.flat_map(|list| list.split(',')).map(str::trim);
    tags.any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

/// A strong tag names exact bytes; once compressed on the way they are others.
pub(crate) fn weaken(response: &mut Response) {
    let Some(Tagged(encoding)) = response.extensions_mut().remove::<Tagged>() else { return };
    let headers: &mut HeaderMap = response.headers_mut();
    if headers.get(header::CONTENT_ENCODING) == encoding.as_ref() {
        return;
    }
    let weak = headers.get(header::ETAG).and_then(|tag| tag.to_str().ok()).map(|tag| format!("W/{tag}"));
    if let Some(weak) = weak.and_then(|weak| HeaderValue::from_str(&weak).ok()) {
        headers.insert(header::ETAG, weak);
    }
}
