//! The whole site in one component: the document, what stands around every page, and the table of routes.
//!
//! Compiled twice, for the server (feature `ssr`) and for the browser (feature `hydrate`).

mod chrome;
mod document;
mod prefs;

pub use document::shell;

use backoffice::search::SearchDesk;
use backoffice::{
    audit::AuditDesk,
    messages::{MessageDesk, MessagesDesk, TemplatesDesk},
};
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

/// What stands in the tab. Leptos writes it into the document as it is, so on the server it is escaped here: names of
/// lists, products and searches are in it. In the browser it is set as text.
fn in_title(page: &str) -> String {
    let title = format!("{page} · Pasar");
    if cfg!(feature = "ssr") { title.replace('&', "&amp;").replace('<', "&lt;") } else { title }
}

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
        <Title text=tagline formatter=|page: String| in_title(&page) />
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
                    <Route path=path!("/backoffice/messages") view={Lazy::<MessagesDesk>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/backoffice/messages/templates") view={Lazy::<TemplatesDesk>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/backoffice/messages/:id") view={Lazy::<MessageDesk>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/backoffice/audit") view={Lazy::<AuditDesk>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/design") view={Lazy::<DesignPage>::new()} ssr=SsrMode::Async />
                </Routes>
            </main>
            <Footer />
            <BottomBar />
        </Router>
    }
}
