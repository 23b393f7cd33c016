//! To the provider people sign in through, and back.
//!
//! Going there begins with a form of this site, so that nobody else's page can send somebody. Its answer is a page that
//! leads on: `form-action` holds for a form's redirects as well, and where the provider leads to from there is not known
//! here. Coming back is a link of another site; what counts is what the browser carries.

use axum::{
    Extension, Router,
    body::Bytes,
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use cookie::Cookie;
use flows::account::{Back, ProviderError, SignedIn};
use maud::{DOCTYPE, html};
use model::{AppError, Prefs, query, words::security as words};
use std::{collections::HashMap, sync::Arc};
use time::Duration;
use web::{InCx, Problem, Scope, SessionCookies, cookies};

/// `stylesheet` is where the site's is.
pub fn routes(stylesheet: &str) -> Router {
    Router::new().route("/sign-in/provider", get(back).post(go)).with_state(Arc::<str>::from(stylesheet))
}

fn read(text: &[u8]) -> HashMap<String, String> {
    form_urlencoded::parse(text).into_owned().collect()
}

async fn go(
    State(stylesheet): State<Arc<str>>,
    Extension(scope): Extension<Scope>,
    InCx(cx): InCx,
    body: Bytes,
) -> Result<Response, Problem> {
    let mut form = read(&body);
    let [what, remember, next] =
        ["what", "remember", "next"].map(|name| form.remove(name).unwrap_or_default());
    let sent = flows::account::go_to_provider_here(&cx, &what, remember == "true", &next).await?;
    let label = flows::account::provider_label(&cx).unwrap_or_default();
    let mut answer = page(scope.prefs, &stylesheet, &label, &sent.to).into_response();
    let own = SessionCookies::of(&scope);
    set(answer.headers_mut(), &own.trip(&sent.trip.text(), flows::account::trip_lasts()));
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

/// Leads on by itself, and by a link where browsers do not follow.
fn page(prefs: Prefs, stylesheet: &str, label: &str, to: &str) -> Html<String> {
    let title = words::provider_sign_in(prefs.lang, label);
    let page = html! {
        (DOCTYPE)
        html lang=(prefs.lang.tag()) data-theme=(prefs.theme.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                meta http-equiv="refresh" content=(format!("0;url={to}"));
                title { (title) " · Pasar" }
                link rel="stylesheet" href=(stylesheet);
            }
            body {
                main class="empty" {
                    h1 class="empty-title" { (title) }
                    div class="empty-actions" {
                        a class="btn btn-md btn-primary" href=(to) { (words::provider_go(prefs.lang, label)) }
                    }
                }
            }
        }
    };
    Html(page.into_string())
}

async fn back(
    Extension(scope): Extension<Scope>,
    InCx(cx): InCx,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let mut query = read(query.unwrap_or_default().as_bytes());
    let own = SessionCookies::of(&scope);
    let trip = own.sent_trip(&headers).unwrap_or_default();
    let given = flows::account::Given {
        state: query.remove("state").unwrap_or_default(),
        code: query.remove("code"),
        issuer: query.remove("iss"),
    };
    let returned =
        flows::account::back_from_provider_here(&cx, &trip, given, own.sent_device(&headers)).await;
    let returned = match returned {
        Ok(returned) => returned,
        Err(error) => return failed(&scope, cx.member().is_ok(), error),
    };
    let next = returned.next.as_str();
    let mut set_cookies = HeaderMap::new();
    let to = match returned.back {
        Back::In(entered) => {
            begin(&mut set_cookies, &scope, &entered);
            next.to_owned()
        }
        Back::SecondFactor(token) => {
            let token = token.text();
            set(&mut set_cookies, &cookies::build(cookies::SECOND_STEP, &token, scope.secure).build());
            let remember = returned.remember.then_some(("remember", "true"));
            query::href("/sign-in/code", [("next", next)].into_iter().chain(remember))
        }
        Back::Linked => "/account/security".to_owned(),
        Back::Proved(token) => {
            set(&mut set_cookies, &own.session(&token.text(), own.keeps(&headers)));
            next.to_owned()
        }
        Back::Guest(token) => {
            let token = token.text();
            set(&mut set_cookies, &cookies::build(cookies::PROVIDER_GUEST, &token, scope.secure).build());
            "/sign-in/link".to_owned()
        }
    };
    Ok(led(&scope, set_cookies, &to))
}

fn begin(headers: &mut HeaderMap, scope: &Scope, entered: &SignedIn) {
    let (own, prefs) = (SessionCookies::of(scope), entered.prefs(scope.prefs));
    let (token, device) = entered.tokens();
    for (name, value) in [("lang", prefs.lang.tag()), ("theme", prefs.theme.tag())] {
        set(headers, &cookies::build(name, value, scope.secure).max_age(Duration::days(365)).build());
    }
    set(headers, &own.session(&token, entered.keep()));
    set(headers, &own.kept(entered.keep()));
    if let Some(device) = device {
        set(headers, &own.device(&device));
    }
}

/// Back to where they came from, which says what happened; what is our fault is answered as such.
fn failed(scope: &Scope, signed_in: bool, error: ProviderError) -> Result<Response, Problem> {
    let why = match error {
        ProviderError::Taken => "taken",
        ProviderError::Refused | ProviderError::Spent | ProviderError::SignedOut | ProviderError::Away => {
            "refused"
        }
        other => return Err(AppError::from(other).into()),
    };
    let page = if signed_in { "/account/security" } else { "/sign-in" };
    Ok(led(scope, HeaderMap::new(), &query::href(page, [("provider", why)])))
}

/// The trip is over, whatever came of it.
fn led(scope: &Scope, mut headers: HeaderMap, to: &str) -> Response {
    set(&mut headers, &SessionCookies::of(scope).trip("", Duration::ZERO));
    if let Ok(to) = HeaderValue::from_str(to) {
        headers.insert(header::LOCATION, to);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    (StatusCode::SEE_OTHER, headers).into_response()
}

fn set(headers: &mut HeaderMap, cookie: &Cookie<'_>) {
    if let Some(value) = cookies::header(cookie) {
        headers.append(header::SET_COOKIE, value);
    }
}
