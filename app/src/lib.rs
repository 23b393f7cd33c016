//! The whole site in one component: the document, what stands around every page, and the table of routes.
//!
//! Compiled three times: for the server (feature `ssr`), and for the browser (feature `hydrate`) once with the pages of
//! shoppers (`shop`) and once with those of whoever sells or operates (`desk`), so that what shoppers load holds
//! nothing of the others (docs/adr/0006). A page's document names the one it belongs to; whoever follows a link from
//! one half into the other loads a new document.

#[cfg(feature = "desk")]
mod backstage;
mod chrome;
#[cfg(feature = "desk")]
mod desk;
#[cfg(feature = "ssr")]
mod document;
mod prefs;
#[cfg(feature = "ssr")]
mod scripts;
#[cfg(feature = "shop")]
mod shop;

#[cfg(feature = "ssr")]
pub use document::shell;

use chrome::{BottomBar, Footer, Header};
use leptos::prelude::*;
use leptos_router::components::{Router, Routes};
use model::words;
use storefront::missing::MissingPage;

/// Everything in `<body>`.
#[component]
pub fn App() -> impl IntoView {
    #[cfg(feature = "ssr")]
    leptos_meta::provide_meta_context();
    let prefs = prefs::current();
    // Components ask for the language alone.
    provide_context(prefs);
    provide_context(prefs.lang);
    storefront::cart::provide_cart();

    view! {
        <Router>
            <a class="skip-link" href="#content" rel="external">{words::shell::skip_to_content(prefs.lang)}</a>
            <Header />
            <main id="content" class="page" tabindex="-1">
                <Routes fallback=Elsewhere>
                    <Pages />
                </Routes>
            </main>
            <Footer />
            <BottomBar />
        </Router>
    }
}

/// The pages of the half that this is compiled for; of both on the server.
#[cfg(all(feature = "shop", feature = "desk"))]
#[component(transparent)]
fn Pages() -> leptos_router::any_nested_route::AnyNestedRoute {
    use leptos_router::any_nested_route::IntoAnyNestedRoute;
    (desk::DeskPages(), shop::ShopPages()).into_any_nested_route()
}

#[cfg(all(feature = "shop", not(feature = "desk")))]
use shop::ShopPages as Pages;

#[cfg(all(feature = "desk", not(feature = "shop")))]
use desk::DeskPages as Pages;

/// What stands where this half has no page. A link that was followed may lead to the other half: the server knows.
#[component]
fn Elsewhere() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    if let Some(root) = document().document_element()
        && root.has_attribute("data-awake")
    {
        let here = leptos_router::hooks::use_location();
        let to = format!(
            "{}{}{}",
            here.pathname.get_untracked(),
            here.search.with_untracked(|search| if search.is_empty() {
                String::new()
            } else {
                format!("?{search}")
            }),
            here.hash.get_untracked(),
        );
        // Whether the router has written down where we are or is about to: this takes its place.
        drop(window().location().replace(&to));
        return ().into_any();
    }
    view! { <MissingPage /> }.into_any()
}
