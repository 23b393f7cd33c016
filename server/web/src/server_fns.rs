//! Answers of server functions: the status their error deserves, and for forms posted without JavaScript the way back.
//!
//! Leptos answers every error with 500 and sends forms to whatever `Referer` says. Here the error's code decides, and
//! the way back is a path of this site, which carries the error in `__err` where the page reads it.

use crate::{
    came_from::from_here,
    prefs::without,
    problem::{self, Failure},
    scope::{Kind, Scope},
};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use model::{AppError, Code, LocalPath, ids::RequestId};
use server_fn::error::{FromServerFnError as _, SERVER_FN_ERROR_HEADER};

/// Errors are small; more than this is not one of ours.
const MOST: usize = 64 * 1024;

/// Layer around server functions.
pub(crate) async fn answer(State(origin): State<String>, request: Request, next: Next) -> Response {
    if Kind::of(request.uri().path()) != Kind::Call {
        return next.run(request).await;
    }
    let back = way_back(request.headers(), &origin);
    let scope = request.extensions().get::<Scope>().map(|scope| scope.request);
    let response = next.run(request).await;
    match response.headers().get(SERVER_FN_ERROR_HEADER).cloned() {
        Some(function) => failed(response, &function, scope, &back).await,
        None => succeeded(response, &back),
    }
}

/// The path a form was sent from, without what an earlier answer put into it. Home where that is not on this site.
pub(crate) fn way_back(headers: &HeaderMap, origin: &str) -> LocalPath {
    let path = from_here(headers, origin).map(|path| without(&path, &["__path", "__err"]));
    path.and_then(|path| path.parse().ok()).unwrap_or_else(LocalPath::home)
}

/// A form goes back to where it came from, unless the function sent it elsewhere on this site.
fn succeeded(mut response: Response, back: &LocalPath) -> Response {
    let to = response
        .headers()
        .get(header::LOCATION)
        .map(|to| to.to_str().unwrap_or_default().parse::<LocalPath>());
    if let Some(Err(_)) = to
        && let Ok(back) = HeaderValue::from_str(back.as_str())
    {
        response.headers_mut().insert(header::LOCATION, back);
    }
    response
}

async fn failed(
    response: Response,
    function: &HeaderValue,
    request: Option<RequestId>,
    back: &LocalPath,
) -> Response {
    let (mut parts, body) = response.into_parts();
    let body = to_bytes(body, MOST).await.unwrap_or_default();
    let (error, body) = match serde_json::from_slice::<AppError>(&body) {
        Ok(mut error) => {
            error.request = request;
            let body = error.ser();
            (error, body)
        }
        // A function with another error type: its text is kept for its caller.
        Err(_) => (AppError { request, ..AppError::new(foreign(&body)) }, body),
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if parts.status == StatusCode::FOUND {
        if let Ok(to) = HeaderValue::from_str(&with_error(back, function, &error)) {
            parts.headers.insert(header::LOCATION, to);
        }
    } else {
        parts.status = problem::status(error.code);
        parts.headers.remove(header::LOCATION);
    }
    if let Some(seconds) = error.retry_after {
        parts.headers.insert(header::RETRY_AFTER, seconds.into());
    }
    parts.extensions.insert(Failure { code: error.code, cause: None });
    Response::from_parts(parts, Body::from(body))
}

/// The codes of `ServerFnError`, which functions should not use: `Args|missing field …`.
fn foreign(body: &[u8]) -> Code {
    let kind = body.split(|b| *b == b'|').next().unwrap_or_default();
    match kind {
        b"Args" | b"MissingArg" | b"Deserialization" => Code::Malformed,
        _ => Code::Internal,
    }
}

/// The same parameters Leptos writes and reads: which function, and the error as base64 of its JSON.
fn with_error(back: &LocalPath, function: &HeaderValue, error: &AppError) -> String {
    let function = function.to_str().unwrap_or_default();
    let error = URL_SAFE.encode(error.ser()).replace('=', "%3D");
    let parameters = format!("__path={function}&__err={error}");
    let join = if back.as_str().contains('?') { '&' } else { '?' };
    format!("{}{join}{parameters}", back.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_is_on_this_site() {
        for (referer, back) in [
            (None, "/"),
            (Some("http://here.example/p/x?y=1"), "/p/x?y=1"),
            (Some("https://public.example/p"), "/p"),
            (Some("http://here.example/p?y=1&__path=%2Fz&__err=abc"), "/p?y=1"),
            (Some("http://evil.example/p"), "/"),
            (Some("http://here.example//evil.example"), "/"),
            (Some("/p"), "/"),
            (Some("nonsense"), "/"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static("here.example"));
            if let Some(referer) = referer {
                headers.insert(header::REFERER, HeaderValue::from_static(referer));
            }
            assert_eq!(way_back(&headers, "https://public.example").as_str(), back, "{referer:?}");
        }
    }
}
