//! Language and appearance: `?lang=` before the cookie before what the browser prefers.

use crate::{InCx, cookies, scope::Scope, session::Door};
use axum::{
    Form,
    extract::Query,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, Uri, header};
use kernel::Viewer;
use model::{Lang, LocalPath, Prefs, Theme};
use serde::Deserialize;

pub(crate) fn of(uri: &Uri, headers: &HeaderMap) -> Prefs {
    let asked = uri.query().and_then(lang_in);
    let chosen = || cookies::get(headers, "lang").and_then(|tag| Lang::from_tag(&tag));
    let preferred = || {
        let header = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        header.map(Lang::negotiate).unwrap_or_default()
    };
    Prefs {
        lang: asked.or_else(chosen).unwrap_or_else(preferred),
        theme: cookies::get(headers, "theme").and_then(|tag| Theme::from_tag(&tag)).unwrap_or_default(),
    }
}

fn lang_in(query: &str) -> Option<Lang> {
    query.split('&').find_map(|pair| pair.strip_prefix("lang=")).and_then(Lang::from_tag)
}

#[derive(Deserialize)]
pub(crate) struct Choice {
    lang: Option<String>,
    theme: Option<String>,
    next: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Onward {
    next: Option<String>,
}

/// `GET /preferences/kept`: goes on to a page of this site. No page of the wasm is here, so whoever is sent here by one loads
/// the next as a document of its own, in the language and appearance that have just changed.
pub(crate) async fn go_on(Query(onward): Query<Onward>) -> Response {
    let next = onward.next.map(|next| without(&next, &["lang"]));
    let next = next.and_then(|next| next.parse().ok()).unwrap_or_else(LocalPath::home);
    (StatusCode::SEE_OTHER, [(header::LOCATION, next.as_str())]).into_response()
}

/// `POST /preferences`: remembers the choice for a year, and for whoever is signed in wherever they sign in; then goes
/// back. What is not understood is left alone.
pub(crate) async fn choose(
    axum::Extension(scope): axum::Extension<Scope>,
    InCx(cx): InCx,
    Form(choice): Form<Choice>,
) -> Response {
    let lang = choice.lang.as_deref().and_then(Lang::from_tag);
    let theme = choice.theme.as_deref().and_then(Theme::from_tag);
    if let (Viewer::Member(member), Some(door)) = (cx.viewer(), cx.part::<Door>())
        && let Err(error) = door.0.prefer(&cx, member, lang, theme).await
    {
        // This browser has it all the same.
        tracing::warn!(error = %error, "What somebody prefers could not be kept: {error}");
    }
    let next = choice
        .next
        .as_deref()
        .map(|next| if lang.is_some() { without(next, &["lang"]) } else { next.to_owned() });
    let next = next.and_then(|next| next.parse().ok()).unwrap_or_else(LocalPath::home);
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, next.as_str())]).into_response();
    let chosen = [("lang", lang.map(Lang::tag)), ("theme", theme.map(Theme::tag))];
    for (name, value) in chosen.into_iter().filter_map(|(name, value)| Some((name, value?))) {
        let cookie = cookies::build(name, value, scope.secure).max_age(time::Duration::days(365));
        if let Some(value) = cookies::header(&cookie.build()) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}

/// A path without the named parameters of its query.
pub(crate) fn without(path: &str, names: &[&str]) -> String {
    let (path, fragment) =
        path.split_once('#').map_or((path, None), |(path, fragment)| (path, Some(fragment)));
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !names.contains(&pair.split('=').next().unwrap_or_default()))
        .collect();
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
    format!("{path}{query}{fragment}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_comes_before_the_cookie_before_the_browser() {
        for (uri, cookie, accept, lang) in [
            ("/", "", "", Lang::Id),
            ("/", "", "en", Lang::En),
            ("/", "lang=id", "en", Lang::Id),
            ("/?lang=en", "lang=id", "id", Lang::En),
            ("/?lang=xx", "lang=en", "id", Lang::En),
            ("/", "lang=xx", "en", Lang::En),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, cookie.parse().unwrap());
            headers.insert(header::ACCEPT_LANGUAGE, accept.parse().unwrap());
            assert_eq!(of(&uri.parse().unwrap(), &headers).lang, lang, "{uri} {cookie} {accept}");
        }
    }

    #[test]
    fn parameters_are_taken_out_of_a_path() {
        for (path, left) in [
            ("/a?lang=en", "/a"),
            ("/a?x=1&lang=en&y=2#z", "/a?x=1&y=2#z"),
            ("/a", "/a"),
            ("/a?language=en", "/a?language=en"),
        ] {
            assert_eq!(without(path, &["lang"]), left);
        }
    }
}
