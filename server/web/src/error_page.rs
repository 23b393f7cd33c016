//! The page people see when no page of the site could be made: short, without script, in their language. It wears the
//! classes of the design system's `ErrorState`.

use axum::{
    extract::{Path, State},
    response::{Html, IntoResponse, Response},
};
use model::{Code, Lang, Prefs, ids::RequestId, words};
use std::{fmt::Write as _, sync::Arc};

use crate::{Problem, layers::Edge, scope::Scope};

pub(crate) fn render(prefs: Prefs, code: Code, request: Option<RequestId>, stylesheet: &str) -> String {
    let lang = prefs.lang;
    let (title, advice) = (words::error::title(lang, code), words::error::advice(lang, code));
    let mut page = format!(
        "<!doctype html><html lang=\"{}\" data-theme=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\"><meta name=\"color-scheme\" content=\"light dark\">\
         <title>{title} · Pasar</title><link rel=\"stylesheet\" href=\"{}\"></head>\
         <body><main class=\"empty\"><p class=\"empty-text\">{}</p><h1 class=\"empty-title\">{title}</h1>\
         <p class=\"empty-text\">{advice}</p>",
        lang.tag(),
        prefs.theme.tag(),
        escaped(stylesheet),
        code.status(),
    );
    let home = words::shell::to_home(lang);
    let _ = write!(
        page,
        "<p class=\"empty-actions\"><a class=\"btn btn-md btn-primary\" href=\"/\">{home}</a></p>"
    );
    if let Some(id) = request {
        let _ = write!(page, "<p class=\"empty-request\">{}</p>", words::error::request(lang, id));
    }
    page.push_str("</main></body></html>");
    page
}

/// `GET /problems/{code}`: what the `type` of a problem document leads to.
pub(crate) async fn about(
    State(edge): State<Arc<Edge>>,
    scope: Option<axum::Extension<Scope>>,
    Path(code): Path<String>,
) -> Response {
    let Some(code) = Code::ALL.iter().copied().find(|known| known.as_str() == code) else {
        return Problem::from(Code::NotFound).into_response();
    };
    let prefs = scope.map_or(Prefs { lang: Lang::En, ..Prefs::default() }, |scope| scope.prefs);
    Html(render(prefs, code, None, &edge.settings.stylesheet)).into_response()
}

/// Fit for an attribute in double quotes.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}
