//! A browser that comes back, told from others by a random key in a cookie: nothing is known of who it is. Whoever
//! says not to be followed (`Sec-GPC`, `DNT`) has no key, and neither has a robot.

use crate::{cookies, pages::cookie, pages::set_cookie};
use http::{HeaderMap, HeaderValue, Method, header, request::Parts};
use kernel::{Cx, Uuid};
use leptos::prelude::use_context;

const COOKIE: &str = "visitor";
/// As long as looks are kept; a new key is made after that.
const KEEP: time::Duration = time::Duration::days(30);

/// The key this browser has from an earlier visit.
pub fn visitor() -> Option<Uuid> {
    let parts = use_context::<Parts>()?;
    if unfollowed(&parts.headers) { None } else { sent(&parts.headers) }
}

/// The key of someone who is looking at something now; one who has none yet is given one. None for those who do not
/// want one (theirs is taken back, if they have any), for robots, and for pages fetched before anyone looks.
pub fn greet(cx: &Cx) -> Option<Uuid> {
    let parts = use_context::<Parts>()?;
    let sent = sent(&parts.headers);
    if unfollowed(&parts.headers) {
        if sent.is_some() {
            forget_visitor();
        }
        return None;
    }
    if !looks(&parts.method, &parts.headers) {
        return None;
    }
    sent.or_else(|| {
        let mut key = [0; 16];
        cx.ids().fill(&mut key);
        let key = Uuid::from_bytes(key);
        set_cookie(&cookie(COOKIE, &key.to_string()).max_age(KEEP).build());
        Some(key)
    })
}

/// Takes the key back.
pub fn forget_visitor() {
    set_cookie(&cookie(COOKIE, "").max_age(time::Duration::ZERO).build());
}

fn sent(headers: &HeaderMap) -> Option<Uuid> {
    cookies::get(headers, COOKIE)?.parse().ok()
}

fn unfollowed(headers: &HeaderMap) -> bool {
    ["sec-gpc", "dnt"].iter().any(|name| headers.get(*name).is_some_and(|value| value == "1"))
}

/// Somebody is looking: not a robot, not a page fetched in advance.
fn looks(method: &Method, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let ahead =
        ["sec-purpose", "purpose"].iter().any(|name| text(name).is_some_and(|p| p.contains("prefetch")));
    method != Method::HEAD && !ahead && !is_robot(text(header::USER_AGENT.as_str()).unwrap_or_default())
}

/// Robots that say what they are, libraries, previews, and whatever says nothing.
fn is_robot(agent: &str) -> bool {
    const MARKS: &[&str] = &[
        "bot",
        "crawl",
        "spider",
        "slurp",
        "scrap",
        "headless",
        "lighthouse",
        "preview",
        "externalhit",
        "embedly",
        "monitor",
        "uptime",
        "curl/",
        "wget",
        "python",
        "go-http",
        "java/",
        "okhttp",
        "axios",
        "node-fetch",
        "undici",
        "whatsapp/",
        "libwww",
        "httpclient",
    ];
    // A maker of telephones.
    let agent = agent.to_ascii_lowercase().replace("cubot", "");
    agent.is_empty() || MARKS.iter().any(|mark| agent.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn only_people_who_look_are_counted() {
        const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        for (method, pairs, counted) in [
            (Method::GET, &[("user-agent", FIREFOX)][..], true),
            (Method::POST, &[("user-agent", FIREFOX)], true),
            (
                Method::GET,
                &[("user-agent", "Mozilla/5.0 (Linux; Android 13; CUBOT P80) Chrome/140.0 Mobile")],
                true,
            ),
            (Method::HEAD, &[("user-agent", FIREFOX)], false),
            (Method::GET, &[("user-agent", FIREFOX), ("sec-purpose", "prefetch;prerender")], false),
            (Method::GET, &[("user-agent", "Mozilla/5.0 (compatible; Googlebot/2.1)")], false),
            (Method::GET, &[("user-agent", "Mozilla/5.0 (X11; Linux) HeadlessChrome/140.0")], false),
            (Method::GET, &[("user-agent", "curl/8.9")], false),
            (Method::GET, &[], false),
        ] {
            assert_eq!(looks(&method, &headers(pairs)), counted, "{method} {pairs:?}");
        }
    }

    #[test]
    fn whoever_does_not_want_to_be_followed_is_not() {
        for (pairs, wish) in
            [(&[("sec-gpc", "1")][..], true), (&[("dnt", "1")], true), (&[("dnt", "0")], false), (&[], false)]
        {
            assert_eq!(unfollowed(&headers(pairs)), wish, "{pairs:?}");
        }
    }

    #[test]
    fn a_key_is_a_uuid_or_nothing() {
        let key = Uuid::from_u128(7);
        let mut sent_headers = HeaderMap::new();
        sent_headers.insert(header::COOKIE, format!("lang=id; visitor={key}").parse().unwrap());
        assert_eq!(sent(&sent_headers), Some(key));
        assert_eq!(sent(&headers(&[("cookie", "visitor=' or 1=1")])), None);
    }
}
