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
        let (path, search) = (here.pathname.get_untracked(), here.search.get_untracked());
        let search = if search.is_empty() { search } else { format!("?{search}") };
        leave(format!("{path}{search}"), here.hash.get_untracked(), PATIENCE);
        return ().into_any();
    }
    view! { <MissingPage /> }.into_any()
}

/// So often it is looked, every ten milliseconds, whether the router has written down where we are.
#[cfg(feature = "hydrate")]
const PATIENCE: u8 = 100;

/// Loads the page at `path`, which takes the place of what the router writes down. Not before it has: browsers take a
/// document that comes in while an address is written down for the one that wrote it, and then cannot go back from it.
#[cfg(feature = "hydrate")]
fn leave(path: String, hash: String, tries: u8) {
    let here = window().location();
    let (at, search) = (here.pathname().unwrap_or_default(), here.search().unwrap_or_default());
    if tries == 0 || format!("{at}{search}") == path {
        drop(here.replace(&format!("{path}{hash}")));
        return;
    }
    set_timeout(move || leave(path, hash, tries - 1), std::time::Duration::from_millis(10));
}
