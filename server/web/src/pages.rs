//! The meeting point with Leptos: pages, server functions, and what their server side may do to the answer.
//!
//! Everything of Leptos that is likely to change (redirects, response options, error statuses) is used here only.

use crate::{
    Problem, WebSettings, cookies, files, forms,
    prefs::{choose, go_on},
    problem::database_code,
    scope::Scope,
    server_fns,
    session::{self, SessionCookies},
};
use axum::{
    Router,
    middleware::from_fn_with_state,
    response::IntoResponse as _,
    routing::{any, get, post},
};
use cookie::{Cookie, CookieBuilder};
use http::{HeaderName, HeaderValue, header, request::Parts};
use kernel::Cx;
use leptos::{config::LeptosOptions, nonce::Nonce, prelude::*};
use leptos_axum::{ErrorHandler, LeptosRoutes as _, ResponseOptions};
use model::{AppError, Code, LocalPath, Prefs, Site, query};
use std::{fmt, path::Path};
use time::Duration;

/// The pages of `app` at their routes, its server functions under `/_fn/`, `POST /preferences`, the static files of
/// the site's root, and the app's own page for whatever is not there.
///
/// `app` is the component with the route table, `shell` the document around it.
pub fn site<A, AV, S, SV>(options: &LeptosOptions, settings: &WebSettings, app: A, shell: S) -> Router
where
    A: Fn() -> AV + Clone + Send + 'static,
    AV: IntoView + 'static,
    S: Fn(LeptosOptions) -> SV + Clone + Send + Sync + 'static,
    SV: IntoView + 'static,
{
    let nobody = || provide_context(Prefs::default());
    let (routes, _) = leptos_axum::generate_route_list_with_exclusions_and_ssg_and_context(app, None, nobody);
    let page = {
        let (shell, options) = (shell.clone(), options.clone());
        move || shell(options.clone())
    };
    let missing = ErrorHandler::new_with_context(provide, shell, options.clone());
    Router::new()
        .leptos_routes_with_context(options, routes, provide, page)
        .route("/_fn/{*path}", any(|| async { Problem::from(Code::NotFound).into_response() }))
        .route("/preferences", post(choose))
        .route("/preferences/kept", get(go_on))
        .fallback_service(files::serve(Path::new(&*options.site_root), missing))
        .layer(from_fn_with_state(settings.origin().to_owned(), server_fns::answer))
        .with_state(options.clone())
}

/// Hands the request's context, preferences and nonce to Leptos. [`site`] does this for pages and server functions.
pub fn provide() {
    let Some(parts) = use_context::<Parts>() else { return };
    if let Some(scope) = parts.extensions.get::<Scope>() {
        provide_context(scope.prefs);
        provide_context(Nonce::from_value(scope.nonce.clone()));
        provide_context(scope.clone());
    }
    if let Some(site) = parts.extensions.get::<Site>() {
        provide_context(site.clone());
    }
    if let Some(cx) = parts.extensions.get::<Cx>() {
        provide_context(cx.clone());
    }
}

/// The context of this request, in server functions and in resources on the server. It is async because who is asking
/// is looked up in the database.
pub async fn cx() -> Result<Cx, AppError> {
    let there = use_context::<Cx>();
    let carried = || use_context::<Parts>().and_then(|parts| parts.extensions.get::<Cx>().cloned());
    let cx = there.or_else(carried).ok_or_else(|| AppError::new(Code::Internal))?;
    session::identified(cx, scope().as_ref()).await.map_err(database)
}

fn scope() -> Option<Scope> {
    let carried = || use_context::<Parts>().and_then(|parts| parts.extensions.get::<Scope>().cloned());
    use_context::<Scope>().or_else(carried)
}

/// Gives the browser the token of a session that has begun or goes on under a new one, and that of the device where it
/// is new. Without `keep` the session ends with the browser.
pub fn keep_session(token: &str, keep: Option<Duration>, device: Option<&str>) {
    let Some(cookies) = scope().map(|scope| SessionCookies::of(&scope)) else { return };
    set_cookie(&cookies.session(token, keep));
    set_cookie(&cookies.kept(keep));
    if let Some(device) = device {
        set_cookie(&cookies.device(device));
    }
}

/// Gives the browser the new token of the session it has, for as long as it was to keep the old one.
pub fn renew_session(token: &str) {
    let (Some(scope), Some(parts)) = (scope(), use_context::<Parts>()) else { return };
    let cookies = SessionCookies::of(&scope);
    set_cookie(&cookies.session(token, cookies.keeps(&parts.headers)));
}

/// Gives the browser the session that has begun, and sends it to a path of this site; else to the account. Where its
/// person has other preferences than the browser, the next page is a new document, in their language.
pub fn come_in(token: &str, keep: Option<Duration>, device: Option<&str>, theirs: Prefs, next: &str) {
    keep_session(token, keep, device);
    let next = if next.parse::<LocalPath>().is_ok() { next } else { "/account" };
    if theirs == prefs() {
        go_to(next);
    } else {
        forms::remember_prefs(theirs);
        go_to(&query::href("/preferences/kept", [("next", next)]));
    }
}

/// Sends the browser to a path of this site; nowhere if it is none.
pub fn go_to(path: &str) {
    if let Ok(to) = path.parse() {
        redirect(&to);
    }
}

/// Asks the browser to forget the session.
pub fn forget_session() {
    if let Some(scope) = scope() {
        set_cookie(&SessionCookies::of(&scope).no_session());
    }
}

/// Remembers that it was this browser that registered.
pub fn keep_registration(id: &str, keep: Duration) {
    if let Some(scope) = scope() {
        set_cookie(&SessionCookies::of(&scope).registration(id, keep));
    }
}

/// The device and the registration by which this browser is known, if it is.
pub fn known_browser() -> (Option<String>, Option<String>) {
    let (Some(scope), Some(parts)) = (scope(), use_context::<Parts>()) else { return (None, None) };
    let cookies = SessionCookies::of(&scope);
    (cookies.sent_device(&parts.headers), cookies.sent_registration(&parts.headers))
}

/// The reader's language and appearance, on the server.
pub fn prefs() -> Prefs {
    use_context::<Prefs>().unwrap_or_default()
}

/// Turns an error of ours into what its caller may know, and notes the rest for the request's log line.
pub fn internal(error: impl fmt::Display) -> AppError {
    noted(Code::Internal, error)
}

/// Like [`internal`], telling a database that is away for the moment from a mistake of ours.
pub fn database(error: sqlx::Error) -> AppError {
    noted(database_code(&error), error)
}

fn noted(code: Code, cause: impl fmt::Display) -> AppError {
    if let Some(scope) = use_context::<Scope>() {
        let _ = scope.cause.set(cause.to_string().into());
    }
    page_status(code);
    AppError::new(code)
}

/// Answers a page with the status of this code. It counts only before the first byte is sent: in a blocking resource.
/// A server function's error says its own status, and one set here would keep a form from going back to its page.
pub fn page_status(code: Code) {
    if let (true, Some(answer)) = (on_page(), use_context::<ResponseOptions>()) {
        answer.set_status(crate::problem::status(code));
    }
}

fn on_page() -> bool {
    use_context::<Parts>().is_some_and(|parts| !parts.uri.path().starts_with("/_fn/"))
}

/// What a page is about is not there: 404, and the error to show.
pub fn not_found() -> AppError {
    page_status(Code::NotFound);
    AppError::not_found()
}

/// What a page is about was here and is not any more: 410.
pub fn gone() -> AppError {
    page_status(Code::Gone);
    AppError::new(Code::Gone)
}

/// Turns a refusal of ours into what its caller may know, and answers with its status.
pub fn refused(error: impl Into<AppError> + fmt::Display) -> AppError {
    let cause = error.to_string();
    let error = error.into();
    page_status(error.code);
    if error.code.status() >= 500 {
        return noted(error.code, cause);
    }
    error
}

/// What a page is about has this path now. A page answers 301; a server function's caller goes there by itself, since
/// a redirected call would fetch a page where data is awaited.
pub fn moved(path: String) -> String {
    if let (true, Some(answer), Ok(to)) =
        (on_page(), use_context::<ResponseOptions>(), HeaderValue::from_str(&path))
    {
        answer.set_status(http::StatusCode::MOVED_PERMANENTLY);
        answer.insert_header(header::LOCATION, to);
    }
    path
}

/// Sends the browser to another page of this site, with JavaScript or without.
pub fn redirect(to: &LocalPath) {
    #[expect(clippy::disallowed_methods, reason = "a LocalPath is a legal header value on this site")]
    leptos_axum::redirect(to.as_str());
}

/// Starts a cookie with this site's attributes; hand it to [`set_cookie`].
pub fn cookie<'c>(name: &'c str, value: &'c str) -> CookieBuilder<'c> {
    cookies::build(name, value, use_context::<Scope>().is_some_and(|scope| scope.secure))
}

pub fn set_cookie(cookie: &Cookie<'_>) {
    if let (Some(answer), Some(value)) = (use_context::<ResponseOptions>(), cookies::header(cookie)) {
        answer.append_header(header::SET_COOKIE, value);
    }
}

/// Asks the browser to forget a cookie of this site.
pub fn forget_cookie(name: &str) {
    set_cookie(&cookie(name, "").max_age(Duration::ZERO).build());
}

/// The value of a cookie the browser sent.
pub fn sent_cookie(name: &str) -> Option<String> {
    use_context::<Parts>().and_then(|parts| cookies::get(&parts.headers, name))
}

/// Adds a header to the answer, in place of one of that name.
pub fn header(name: HeaderName, value: HeaderValue) {
    if let Some(answer) = use_context::<ResponseOptions>() {
        answer.insert_header(name, value);
    }
}

/// Where the site's stylesheet is; its name carries a hash where the build put one in.
pub fn stylesheet_url(options: &LeptosOptions) -> String {
    let (dir, name) = (&options.site_pkg_dir, &options.output_name);
    let hashes = options.hash_files.then(|| {
        let beside = std::env::current_exe().ok()?.parent()?.join(&*options.hash_file);
        std::fs::read_to_string(beside).ok()
    });
    let hash = hashes.flatten().and_then(|hashes| {
        let mut lines = hashes.lines().filter_map(|line| line.split_once(':'));
        lines.find(|(kind, _)| kind.trim() == "css").map(|(_, hash)| format!(".{}", hash.trim()))
    });
    format!("/{dir}/{name}{}.css", hash.unwrap_or_default())
}
