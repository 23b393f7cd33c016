//! Language and appearance, as everywhere: `?lang=` before the cookie before what the browser prefers.

use http::{HeaderMap, Uri, header};
use model::{Lang, Prefs, Theme};

pub fn of(uri: &Uri, headers: &HeaderMap) -> Prefs {
    let asked = uri.query().unwrap_or_default().split('&').find_map(|pair| pair.strip_prefix("lang="));
    let preferred = || {
        let header = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        header.map(Lang::negotiate).unwrap_or_default()
    };
    Prefs {
        lang: asked
            .and_then(Lang::from_tag)
            .or_else(|| cookie(headers, "lang").and_then(Lang::from_tag))
            .unwrap_or_else(preferred),
        theme: cookie(headers, "theme").and_then(Theme::from_tag).unwrap_or_default(),
    }
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(own, value)| (own == name).then_some(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_comes_before_the_cookie_before_the_browser() {
        for (uri, cookie, accept, lang) in [
            ("/", "", "", Lang::Id),
            ("/", "", "en", Lang::En),
            ("/", "a=b; lang=id", "en", Lang::Id),
            ("/?x=1&lang=en", "lang=id", "id", Lang::En),
            ("/?lang=xx", "lang=en", "id", Lang::En),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, cookie.parse().unwrap());
            headers.insert(header::ACCEPT_LANGUAGE, accept.parse().unwrap());
            assert_eq!(of(&uri.parse().unwrap(), &headers).lang, lang, "{uri} {cookie} {accept}");
        }
    }
}
