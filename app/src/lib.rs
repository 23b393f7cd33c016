//! The whole site in one component: the document, what stands around every page, and the table of routes.
//!
//! Compiled twice, for the server (feature `ssr`) and for the browser (feature `hydrate`).

mod chrome;
mod document;
mod prefs;

pub use document::shell;

use backoffice::search::SearchDesk;
use chrome::{BottomBar, Footer, Header};
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    Lazy, SsrMode,
    components::{Route, Router, Routes},
    path,
};
use model::words;
use storefront::{
    category::{CategoriesPage, CategoryPage},
    design::DesignPage,
    home::HomePage,
    missing::MissingPage,
    product::ProductPage,
    search::SearchPage,
    shop::ShopPage,
};

/// Everything in `<body>`.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let prefs = prefs::current();
    // Components ask for the language alone.
    provide_context(prefs);
    provide_context(prefs.lang);

    let tagline = words::shell::tagline(prefs.lang);
    view! {
        <Title text=tagline formatter=|page: String| format!("{page} · Pasar") />
        <Router>
            <a class="skip-link" href="#content" rel="external">{words::shell::skip_to_content(prefs.lang)}</a>
            <Header />
            <main id="content" class="page" tabindex="-1">
                <Routes fallback=MissingPage>
                    <Route path=path!("/") view=HomePage ssr=SsrMode::Async />
                    <Route path=path!("/search") view=SearchPage ssr=SsrMode::Async />
                    <Route path=path!("/categories") view=CategoriesPage ssr=SsrMode::Async />
                    <Route path=path!("/c/:category") view=CategoryPage ssr=SsrMode::Async />
                    <Route path=path!("/p/:slug") view=ProductPage ssr=SsrMode::Async />
                    <Route path=path!("/shop/:slug") view=ShopPage ssr=SsrMode::Async />
                    <Route path=path!("/backoffice/search") view={Lazy::<SearchDesk>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/design") view={Lazy::<DesignPage>::new()} ssr=SsrMode::Async />
                </Routes>
            </main>
            <Footer />
            <BottomBar />
        </Router>
    }
}
