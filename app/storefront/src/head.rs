//! What stands in a page's `<head>`: its title, and for readers who are not people the canonical address, languages
//! and previews.
//!
//! The server writes all of it. A browser that follows a link changes the title, which people see, and the addresses,
//! which its share button reads; the rest is for machines, and they ask the server for each page.

use leptos::prelude::*;
use model::{Lang, Site, query};
use ui::Title;

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
    let in_english = with_lang(&path, Lang::En);
    let own = if ui::lang() == Lang::En { in_english.clone() } else { path.clone() };
    #[cfg(feature = "ssr")]
    let for_machines = on_server::head(&title, description, [own, path, in_english], &image, kind);
    #[cfg(not(feature = "ssr"))]
    let for_machines = {
        drop((description, image, kind));
        Effect::new(move || in_browser::readdress([&own, &path, &in_english]));
        ui::in_browser()
    };
    view! {
        <Title text=title unlisted=unlisted />
        {for_machines}
    }
}

fn with_lang(path: &str, lang: Lang) -> String {
    let sign = if path.contains('?') { '&' } else { '?' };
    format!("{path}{sign}lang={}", query::encode(lang.tag()))
}

/// Tells search engines facts, as JSON-LD. The text is data, never run: `<` is escaped so that nothing in it can
/// close the element.
pub fn tell(facts: impl FnOnce() -> String) -> AnyView {
    #[cfg(feature = "ssr")]
    {
        let json = facts().replace('<', "\\u003c");
        let script = view! { <leptos_meta::Script type_="application/ld+json">{json}</leptos_meta::Script> };
        ui::on_server(vec![script.into_any()])
    }
    #[cfg(not(feature = "ssr"))]
    {
        drop(facts);
        ui::in_browser()
    }
}

#[cfg(feature = "ssr")]
mod on_server {
    use leptos::prelude::*;
    use leptos_meta::{Link, Meta};
    use model::Lang;

    /// `paths`: of this page, of it in any language, of it in English.
    pub fn head(
        title: &str,
        description: String,
        paths: [String; 3],
        image: &str,
        kind: &'static str,
    ) -> AnyView {
        let [own, any, english] = paths.map(|path| super::absolute(&path));
        let locale = if ui::lang() == Lang::En { "en_US" } else { "id_ID" };
        ui::on_server(vec![
            view! { <Meta name="description" content=description.clone() /> }.into_any(),
            view! { <Link rel="canonical" href=own.clone() /> }.into_any(),
            view! { <Link rel="alternate" hreflang="id" href=any.clone() /> }.into_any(),
            view! { <Link rel="alternate" hreflang="en" href=english /> }.into_any(),
            view! { <Link rel="alternate" hreflang="x-default" href=any /> }.into_any(),
            view! { <Meta property="og:site_name" content="Pasar" /> }.into_any(),
            view! { <Meta property="og:type" content=kind /> }.into_any(),
            view! { <Meta property="og:title" content=title.to_owned() /> }.into_any(),
            view! { <Meta property="og:description" content=description /> }.into_any(),
            view! { <Meta property="og:url" content=own /> }.into_any(),
            view! { <Meta property="og:locale" content=locale /> }.into_any(),
            view! { <Meta property="og:image" content=super::absolute(image) /> }.into_any(),
            view! { <Meta name="twitter:card" content="summary_large_image" /> }.into_any(),
        ])
    }
}

#[cfg(not(feature = "ssr"))]
mod in_browser {
    use leptos::prelude::document;

    /// Lets the links of the head that the server wrote point to another page of the same site. `paths` as on the server.
    pub fn readdress([own, any, english]: [&str; 3]) {
        for (link, path) in [
            ("link[rel=canonical]", own),
            ("link[hreflang=id]", any),
            ("link[hreflang=en]", english),
            ("link[hreflang=x-default]", any),
        ] {
            let Ok(Some(link)) = document().query_selector(link) else { continue };
            let before = link.get_attribute("href").unwrap_or_default();
            // The site's public name, which need not be the one it was reached by: up to the third slash.
            let site = before.match_indices('/').nth(2).map_or("", |(end, _)| &before[..end]);
            // Cannot fail: the name is a legal one.
            drop(link.set_attribute("href", &format!("{site}{path}")));
        }
    }
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
