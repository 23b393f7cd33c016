//! The one translation of errors to the wire.
//!
//! A handler answers with a [`Problem`]; the layer [`translate`] sees it pass, knows who asked, and writes a page
//! for people, a problem document for programs, or the error itself for a server function's caller. Plain error
//! answers of the framework (no route, wrong method, unreadable body) go the same way.

use crate::{
    error_page,
    layers::Edge,
    scope::{Scope, Wants},
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
pub use kernel::db::code as database_code;
use model::{AppError, Code, FieldError, Lang, ids::RequestId, words};
use serde::Serialize;
use server_fn::error::FromServerFnError;
use std::{collections::BTreeMap, fmt, sync::Arc};

/// An error on its way to whoever asked.
#[derive(Clone, Debug)]
pub struct Problem {
    pub error: AppError,
    cause: Option<Arc<str>>,
}

impl Problem {
    pub fn new(error: impl Into<AppError>) -> Self {
        Self { error: error.into(), cause: None }
    }

    /// Notes what is behind it for the log. The caller never sees this.
    #[must_use]
    pub fn because(mut self, cause: impl fmt::Display) -> Self {
        self.cause = Some(cause.to_string().into());
        self
    }

    pub fn status(&self) -> StatusCode {
        status(self.error.code)
    }

    pub(crate) fn document(&self, lang: Lang) -> Document<'_> {
        let code = self.error.code;
        Document {
            kind: format!("/problems/{code}"),
            title: words::error::title(lang, code),
            status: code.status(),
            detail: words::error::advice(lang, code),
            code,
            fields: self.error.fields.iter().map(|(path, error)| (path.as_str(), *error)).collect(),
            request_id: self.error.request,
        }
    }
}

/// A problem document (RFC 9457) as it is written.
#[derive(Serialize)]
pub(crate) struct Document<'a> {
    #[serde(rename = "type")]
    kind: String,
    title: &'static str,
    status: u16,
    detail: &'static str,
    code: Code,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    fields: BTreeMap<&'a str, FieldError>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<RequestId>,
}

pub(crate) fn status(code: Code) -> StatusCode {
    StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        Self::new(error)
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        Self::new(database_code(&error)).because(error)
    }
}

/// A complete problem document already, so that a router works without the layers; [`translate`] writes it anew.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = json(self.status(), "application/problem+json", &self.document(Lang::En));
        response.extensions_mut().insert(self);
        response
    }
}

fn json(status: StatusCode, content_type: &'static str, body: &impl Serialize) -> Response {
    let body = serde_json::to_vec(body).unwrap_or_default();
    (status, [(header::CONTENT_TYPE, content_type)], body).into_response()
}

/// What went wrong, for the log line of the request.
#[derive(Clone)]
pub(crate) struct Failure {
    pub(crate) code: Code,
    pub(crate) cause: Option<Arc<str>>,
}

/// Layer: writes every problem in the form and language of whoever asked.
pub(crate) async fn translate(State(edge): State<Arc<Edge>>, request: Request, next: Next) -> Response {
    let scope = request.extensions().get::<Scope>().cloned();
    let wants = Wants::of(&request);
    let mut response = next.run(request).await;
    let problem = response.extensions_mut().remove::<Problem>().or_else(|| bare(&response));
    match (problem, scope) {
        (Some(problem), Some(scope)) => write(problem, wants, &scope, &edge, response),
        _ => response,
    }
}

/// A plain error of the framework: a status, and a short text or nothing.
fn bare(response: &Response) -> Option<Problem> {
    let plain = match response.headers().get(header::CONTENT_TYPE) {
        None => true,
        Some(kind) => kind.as_bytes().starts_with(b"text/plain"),
    };
    let ours = response.headers().contains_key(server_fn::error::SERVER_FN_ERROR_HEADER);
    let status = response.status().as_u16();
    let code = Code::ALL.iter().find(|code| code.status() == status)?;
    (plain && !ours).then(|| Problem::new(*code))
}

fn write(mut problem: Problem, wants: Wants, scope: &Scope, edge: &Edge, was: Response) -> Response {
    problem.error.request = Some(scope.request);
    let (lang, code) = (scope.prefs.lang, problem.error.code);
    let mut response = match wants {
        Wants::Page => {
            let page = error_page::render(scope.prefs, code, Some(scope.request), &edge.settings.stylesheet);
            (problem.status(), axum::response::Html(page)).into_response()
        }
        Wants::Document => json(problem.status(), "application/problem+json", &problem.document(lang)),
        Wants::Call => {
            let body = problem.error.ser();
            (problem.status(), [(header::CONTENT_TYPE, "application/json")], body).into_response()
        }
    };
    // What the failing part said about itself stays: `Allow`, `Retry-After`, the state of the rate limit.
    for (name, value) in was.headers() {
        if ![header::CONTENT_TYPE, header::CONTENT_LENGTH, header::ETAG, header::CACHE_CONTROL].contains(name)
        {
            response.headers_mut().append(name, value.clone());
        }
    }
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()));
    headers.append(header::VARY, HeaderValue::from_static("accept, accept-language, cookie"));
    if let Some(seconds) = problem.error.retry_after {
        headers.insert(header::RETRY_AFTER, seconds.into());
    }
    if code == Code::Unavailable && !headers.contains_key(header::RETRY_AFTER) {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    response.extensions_mut().insert(Failure { code, cause: problem.cause });
    response
}
