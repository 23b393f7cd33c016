//! The whole site in one component: the document, what stands around every page, and the table of routes.
//!
//! Compiled twice, for the server (feature `ssr`) and for the browser (feature `hydrate`).

mod backstage;
mod chrome;
#[cfg(feature = "ssr")]
mod document;
mod prefs;

#[cfg(feature = "ssr")]
pub use document::shell;

use chrome::{BottomBar, Footer, Header};
use leptos::prelude::*;
use leptos_router::{
    Lazy, SsrMode,
    components::{Route, Router, Routes},
    path,
};
use model::words;
use storefront::{category::CategoriesPage, home::HomePage, lazy, missing::MissingPage};

/// Everything in `<body>`.
#[component]
pub fn App() -> impl IntoView {
    #[cfg(feature = "ssr")]
    leptos_meta::provide_meta_context();
    let prefs = prefs::current();
    // Components ask for the language alone.
    provide_context(prefs);
    provide_context(prefs.lang);

    view! {
        <Router>
            <a class="skip-link" href="#content" rel="external">{words::shell::skip_to_content(prefs.lang)}</a>
            <Header />
            <main id="content" class="page" tabindex="-1">
                <Routes fallback=MissingPage>
                    <Route path=path!("/") view=HomePage ssr=SsrMode::Async />
                    <Route path=path!("/search") view={Lazy::<lazy::Search>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/categories") view=CategoriesPage ssr=SsrMode::Async />
                    <Route path=path!("/c/:category") view={Lazy::<lazy::Category>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/p/:slug") view={Lazy::<lazy::Product>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/shop/:slug") view={Lazy::<lazy::Shop>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/backoffice/search") view={Lazy::<backstage::Search>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/account") view={Lazy::<account::lazy::Overview>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/account/addresses") view={Lazy::<account::lazy::Addresses>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/account/addresses/new") view={Lazy::<account::lazy::NewAddress>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/account/addresses/:id") view={Lazy::<account::lazy::EditAddress>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/account/profile") view={Lazy::<account::lazy::Profile>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/account/wishlist") view={Lazy::<account::lazy::Wishlist>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/account/privacy") view={Lazy::<account::lazy::Privacy>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/account/security") view={Lazy::<account::lazy::Security>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/account/security/confirm") view={Lazy::<account::lazy::ConfirmItIsYou>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/account/security/two-step") view={Lazy::<account::lazy::TwoStep>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/account/security/recovery-codes") view={Lazy::<account::lazy::RecoveryCodes>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/account/notifications") view={Lazy::<account::lazy::Notifications>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/confirm-contact") view={Lazy::<account::lazy::ConfirmContact>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/stop-contact-change") view={Lazy::<account::lazy::StopContactChange>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/sign-in") view={Lazy::<account::lazy::SignIn>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/sign-in/code") view={Lazy::<account::lazy::SecondStep>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/register") view={Lazy::<account::lazy::Register>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/verify") view={Lazy::<account::lazy::Verify>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/forgot") view={Lazy::<account::lazy::Forgot>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/reset") view={Lazy::<account::lazy::Reset>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/w/:token") view={Lazy::<account::lazy::SharedWishlist>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/backoffice/messages") view={Lazy::<backstage::Messages>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/backoffice/messages/templates") view={Lazy::<backstage::Templates>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/backoffice/messages/:id") view={Lazy::<backstage::Message>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/backoffice/audit") view={Lazy::<backstage::Audit>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/design") view={Lazy::<backstage::Design>::new()} ssr=SsrMode::Async />
                </Routes>
            </main>
            <Footer />
            <BottomBar />
        </Router>
    }
}
