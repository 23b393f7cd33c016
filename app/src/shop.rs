//! The half of the site that shoppers see: its routes.

use leptos::prelude::*;
use leptos_router::{
    Lazy, SsrMode,
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::Route,
    path,
};
use storefront::{category::CategoriesPage, home::HomePage, lazy};

#[component(transparent)]
pub fn ShopPages() -> AnyNestedRoute {
    view! {
        <Route path=path!("/") view=HomePage ssr=SsrMode::Async />
        <Route path=path!("/search") view={Lazy::<lazy::Search>::new()} ssr=SsrMode::Async />
        <Route path=path!("/categories") view=CategoriesPage ssr=SsrMode::Async />
        <Route path=path!("/c/:category") view={Lazy::<lazy::Category>::new()} ssr=SsrMode::Async />
        <Route path=path!("/p/:slug") view={Lazy::<lazy::Product>::new()} ssr=SsrMode::Async />
        <Route path=path!("/shop/:slug") view={Lazy::<lazy::Shop>::new()} ssr=SsrMode::Async />
        <Route path=path!("/cart") view={Lazy::<lazy::Cart>::new()} ssr=SsrMode::Async />
        <Route path=path!("/checkout") view={Lazy::<lazy::Checkout>::new()} ssr=SsrMode::Async />
        <Route path=path!("/checkout/address") view={Lazy::<account::lazy::GuestAddress>::new()} ssr=SsrMode::Async />
        <Route path=path!("/orders/:id") view={Lazy::<account::lazy::OrderGroup>::new()} ssr=SsrMode::Async />
        <Route path=path!("/account/orders") view={Lazy::<account::lazy::Orders>::new()} ssr=SsrMode::Async />
        <Route path=path!("/account/orders/:id") view={Lazy::<account::lazy::Order>::new()} ssr=SsrMode::Async />
        <Route path=path!("/account/orders/:id/invoice") view={Lazy::<account::lazy::Invoice>::new()} ssr=SsrMode::Async />
        <Route path=path!("/pay/:id") view={Lazy::<lazy::Payment>::new()} ssr=SsrMode::Async />
        <Route path=path!("/account") view={Lazy::<account::lazy::Overview>::new()} ssr=SsrMode::Async />
        <Route path=path!("/account/coins") view={Lazy::<account::lazy::Coins>::new()} ssr=SsrMode::Async />
        <Route path=path!("/account/addresses") view={Lazy::<account::lazy::Addresses>::new()} ssr=SsrMode::Async />
        <Route path=path!("/account/addresses/new") view={Lazy::<account::lazy::NewAddress>::new()} ssr=SsrMode::Async />
        <Route path=path!("/account/addresses/:id") view={Lazy::<account::lazy::EditAddress>::new()} ssr=SsrMode::Async />
        <Route path=path!("/account/profile") view={Lazy::<account::lazy::Profile>::new()} ssr=SsrMode::Async />
        <Route path=path!("/account/wishlist") view={Lazy::<account::lazy::Wishlist>::new()} ssr=SsrMode::Async />
        <Route path=path!("/account/privacy") view={Lazy::<account::lazy::Privacy>::new()} ssr=SsrMode::Async />
        <Route path=path!("/account/security") view={Lazy::<account::lazy::Security>::new()} ssr=SsrMode::Async />
        <Route path=path!("/account/security/confirm") view={Lazy::<account::lazy::ConfirmItIsYou>::new()} ssr=SsrMode::Async />
        <Route path=path!("/account/security/two-step") view={Lazy::<account::lazy::TwoStep>::new()} ssr=SsrMode::Async />
        <Route path=path!("/account/security/passkeys") view={Lazy::<account::lazy::Passkeys>::new()} ssr=SsrMode::Async />
        <Route path=path!("/account/security/recovery-codes") view={Lazy::<account::lazy::RecoveryCodes>::new()} ssr=SsrMode::Async />
        <Route path=path!("/account/notifications") view={Lazy::<account::lazy::Notifications>::new()} ssr=SsrMode::Async />
        <Route path=path!("/confirm-contact") view={Lazy::<account::lazy::ConfirmContact>::new()} ssr=SsrMode::Async />
        <Route path=path!("/stop-contact-change") view={Lazy::<account::lazy::StopContactChange>::new()} ssr=SsrMode::Async />
        <Route path=path!("/sign-in") view={Lazy::<account::lazy::SignIn>::new()} ssr=SsrMode::Async />
        <Route path=path!("/sign-in/code") view={Lazy::<account::lazy::SecondStep>::new()} ssr=SsrMode::Async />
        <Route path=path!("/sign-in/link") view={Lazy::<account::lazy::LinkProvider>::new()} ssr=SsrMode::Async />
        <Route path=path!("/register") view={Lazy::<account::lazy::Register>::new()} ssr=SsrMode::Async />
        <Route path=path!("/verify") view={Lazy::<account::lazy::Verify>::new()} ssr=SsrMode::Async />
        <Route path=path!("/forgot") view={Lazy::<account::lazy::Forgot>::new()} ssr=SsrMode::Async />
        <Route path=path!("/reset") view={Lazy::<account::lazy::Reset>::new()} ssr=SsrMode::Async />
        <Route path=path!("/terms") view={Lazy::<lazy::Terms>::new()} ssr=SsrMode::Async />
        <Route path=path!("/privacy") view={Lazy::<lazy::PrivacyPolicy>::new()} ssr=SsrMode::Async />
        <Route path=path!("/w/:token") view={Lazy::<account::lazy::SharedWishlist>::new()} ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}
