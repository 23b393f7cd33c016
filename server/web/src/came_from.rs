//! Where on this site somebody comes from.

use http::{HeaderMap, HeaderValue, Uri, header, request::Parts};
use leptos::prelude::use_context;
use model::Site;

/// The path and query of the page of this site that led to this request; none for whoever came from elsewhere, or whose
/// browser does not say.
pub fn came_from() -> Option<String> {
    let parts = use_context::<Parts>()?;
    let site = parts.extensions.get::<Site>().map(|site| site.0.as_str()).unwrap_or_default();
    from_here(&parts.headers, site)
}

/// The path and query in `Referer`, where that is on the site at `origin` or at the host that was asked.
pub(crate) fn from_here(headers: &HeaderMap, origin: &str) -> Option<String> {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let from: Uri = text(header::REFERER)?.parse().ok()?;
    let authority = from.authority()?.as_str();
    let public = origin.split_once("://").map(|(_, authority)| authority.trim_end_matches('/'));
    let here = Some(authority) == text(header::HOST) || Some(authority) == public;
    here.then(|| from.path_and_query().map_or("/", |path| path.as_str()).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_this_site_say_where_from() {
        for (referer, from) in [
            (Some("http://localhost:3000/search?q=tas"), Some("/search?q=tas")),
            (Some("https://pasar.example"), Some("/")),
            (Some("https://elsewhere.example/search?q=tas"), None),
            (Some("/search"), None),
            (None, None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static("localhost:3000"));
            if let Some(referer) = referer {
                headers.insert(header::REFERER, HeaderValue::from_static(referer));
            }
            assert_eq!(from_here(&headers, "https://pasar.example/").as_deref(), from, "{referer:?}");
        }
    }
}
