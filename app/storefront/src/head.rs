//! What stands in a page's `<head>` for readers who are not people: canonical address, languages, previews.

use leptos::prelude::*;
use leptos_meta::{Link, Meta, Script, Title};
use model::{Lang, Site, query};

/// Title, description, canonical address with its other language, and the preview other sites show.
/// `path` is the canonical one, without a language; `image` is a path too.
#[component]
pub fn Head(
    #[prop(into)] title: String,
    #[prop(into)] description: String,
    #[prop(into)] path: String,
    #[prop(into, default = "/art/og.png".to_owned())] image: String,
    #[prop(default = "website")] kind: &'static str,
    /// Search engines should not list it: a result page, a filtered list.
    #[prop(optional)]
    unlisted: bool,
) -> impl IntoView {
    let site = use_context::<Site>().unwrap_or_default().0;
    let lang = ui::lang();
    let canonical = format!("{site}{path}");
    let in_english = format!("{site}{}", with_lang(&path, Lang::En));
    let own = if lang == Lang::En { in_english.clone() } else { canonical.clone() };
    let locale = if lang == Lang::En { "en_US" } else { "id_ID" };
    view! {
        <Title text=title.clone() />
        <Meta name="description" content=description.clone() />
        {unlisted.then(|| view! { <Meta name="robots" content="noindex,follow" /> })}
        <Link rel="canonical" href=own.clone() />
        <Link rel="alternate" hreflang="id" href=canonical.clone() />
        <Link rel="alternate" hreflang="en" href=in_english />
        <Link rel="alternate" hreflang="x-default" href=canonical />
        <Meta property="og:site_name" content="Pasar" />
        <Meta property="og:type" content=kind />
        <Meta property="og:title" content=title />
        <Meta property="og:description" content=description />
        <Meta property="og:url" content=own />
        <Meta property="og:locale" content=locale />
        <Meta property="og:image" content=format!("{site}{image}") />
        <Meta name="twitter:card" content="summary_large_image" />
    }
}

fn with_lang(path: &str, lang: Lang) -> String {
    let sign = if path.contains('?') { '&' } else { '?' };
    format!("{path}{sign}lang={}", query::encode(lang.tag()))
}

/// Facts for search engines, as JSON-LD. The text is data, never run: `<` is escaped so that nothing in it can
/// close the element.
#[component]
pub fn Facts(#[prop(into)] json: String) -> impl IntoView {
    view! { <Script type_="application/ld+json">{json.replace('<', "\\u003c")}</Script> }
}

/// A path of this site as an address.
pub fn absolute(path: &str) -> String {
    format!("{}{path}", use_context::<Site>().unwrap_or_default().0)
}

/// The first `limit` characters, cut at a word.
pub fn excerpt(text: &str, limit: usize) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= limit {
        return flat;
    }
    let cut: String = flat.chars().take(limit).collect();
    let kept = cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head);
    format!("{}…", kept.trim_end_matches([',', '.', ';', ':', '-']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_ends_with_a_whole_word() {
        assert_eq!(excerpt("Sepatu  lari\n ringan", 100), "Sepatu lari ringan");
        assert_eq!(excerpt("Sepatu lari, ringan sekali", 14), "Sepatu lari…");
    }
}
