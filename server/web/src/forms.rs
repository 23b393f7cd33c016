//! Pages with forms: whoever is not signed in is asked to, and what was typed comes back with the page where a form
//! was refused without JavaScript.

use crate::{buyer, pages, server_fns::way_back};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{header, request::Parts};
use kernel::{Buyer, Cx, Member};
use leptos::prelude::use_context;
use model::{AppError, Code, LocalPath, Prefs, ids::Uuid, query};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use time::Duration;

/// Browsers keep cookies of four kilobytes, name and attributes included.
const LARGEST: usize = 3_600;
/// Long enough for the way back to the form.
const KEPT: Duration = Duration::minutes(2);

/// The context of this request and who is signed in. Whoever is not is sent to sign in, and from there back here.
pub async fn member() -> Result<(Cx, Member), AppError> {
    let cx = pages::cx().await?;
    match cx.member() {
        Ok(member) => Ok((cx, member)),
        Err(error) => {
            sign_in_first();
            // Not `refused`: a page that sends people elsewhere is not an error.
            Err(error)
        }
    }
}

/// As [`member`], but guests who have a cart or orders are let in as well.
pub async fn member_or_guest() -> Result<(Cx, Buyer), AppError> {
    let (cx, buyer) = buyer::buyer().await?;
    buyer.map(|buyer| (cx, buyer)).ok_or_else(|| {
        sign_in_first();
        AppError::new(Code::Unauthenticated)
    })
}

/// Language and appearance for this browser, for a year.
pub fn remember_prefs(prefs: Prefs) {
    for (name, value) in [("lang", prefs.lang.tag()), ("theme", prefs.theme.tag())] {
        pages::set_cookie(&pages::cookie(name, value).max_age(Duration::days(365)).build());
    }
}

/// Sends the browser to sign in, and from there back to the page it is on.
pub fn sign_in_first() {
    if let Ok(to) = query::href("/sign-in", [("next", here().as_str())]).parse() {
        pages::redirect(&to);
    }
}

/// Sends the browser to a page whose path is known to be one.
pub fn go(path: &'static str) {
    if let Ok(to) = path.parse() {
        pages::redirect(&to);
    }
}

/// The page people are on: the one being rendered, or the one that called a server function.
fn here() -> LocalPath {
    let Some(parts) = use_context::<Parts>() else { return LocalPath::home() };
    if parts.uri.path().starts_with("/_fn/") {
        return way_back(&parts.headers, "");
    }
    let path = parts.uri.path_and_query().and_then(|path| path.as_str().parse().ok());
    path.unwrap_or_else(LocalPath::home)
}

#[derive(Serialize, Deserialize)]
struct Draft<T> {
    owner: Uuid,
    typed: T,
}

/// Remembers in the browser what was typed into a form that is about to be refused, for the page that comes next.
/// Only where that is a whole new page: with JavaScript the form is still there. `owner` is an account or what
/// [`Buyer::uuid`] says, so that nobody sees what somebody else has typed in the same browser.
pub fn keep_draft(form: &str, owner: Uuid, typed: &impl Serialize) {
    let whole_page = use_context::<Parts>().is_some_and(|parts| {
        let accept = parts.headers.get(header::ACCEPT).map_or(&[][..], http::HeaderValue::as_bytes);
        accept.windows(9).any(|part| part == b"text/html")
    });
    let json = serde_json::to_vec(&Draft { owner, typed }).unwrap_or_default();
    let text = URL_SAFE_NO_PAD.encode(json);
    if whole_page && text.len() <= LARGEST {
        pages::set_cookie(&pages::cookie(&cookie_of(form), &text).max_age(KEPT).build());
    }
}

/// What was typed into a form, where the page being rendered follows its refusal.
pub fn draft<T: DeserializeOwned>(form: &str, owner: Uuid) -> Option<T> {
    let refused = use_context::<Parts>()?.uri.query().is_some_and(|query| query.contains("__err="));
    let text = pages::sent_cookie(&cookie_of(form)).filter(|_| refused)?;
    let draft: Draft<T> = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
    (draft.owner == owner).then_some(draft.typed)
}

fn cookie_of(form: &str) -> String {
    format!("draft-{form}")
}
