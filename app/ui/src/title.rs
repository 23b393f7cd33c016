//! What people see of a page's `<head>`.

use leptos::prelude::*;

/// The page's title. The server writes it with `leptos_meta`; that crate stays out of the wasm, where a title is one
/// assignment.
#[component]
pub fn Title(
    #[prop(into)] text: String,
    /// Search engines should not list this page: results, a filtered list, something private, an error.
    #[prop(optional)]
    unlisted: bool,
) -> impl IntoView {
    let title = format!("{text} · Pasar");
    #[cfg(feature = "ssr")]
    {
        // Leptos writes it into the document as it is, and names of lists, products and searches are in it.
        let title = title.replace('&', "&amp;").replace('<', "&lt;");
        let mut tags = vec![view! { <leptos_meta::Title text=title /> }.into_any()];
        if unlisted {
            tags.push(view! { <leptos_meta::Meta name="robots" content="noindex,follow" /> }.into_any());
        }
        on_server(tags)
    }
    #[cfg(not(feature = "ssr"))]
    {
        // Those who list pages ask the server for each.
        let _ = unlisted;
        Effect::new(move || document().set_title(&title));
        in_browser()
    }
}

/// Tags of `leptos_meta`: they go to the head when they are rendered, which is done here, and leave nothing where they
/// stand. What stands there instead is what [`in_browser`] finds.
#[cfg(feature = "ssr")]
pub fn on_server(tags: Vec<AnyView>) -> AnyView {
    for tag in tags {
        drop(tag.to_html());
    }
    ().into_any()
}

/// Stands in the browser where the server had tags for the head.
#[cfg(not(feature = "ssr"))]
pub fn in_browser() -> AnyView {
    ().into_any()
}
