//! The pages as routes whose code the browser fetches when they are opened.

use crate::{addresses, door, notifications, overview, privacy, profile, security, wishlist};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

macro_rules! lazy_pages {
    ($($route:ident = $page:path;)+) => {$(
        #[derive(Clone, Copy, Debug)]
        pub struct $route;

        #[lazy_route]
        impl LazyRoute for $route {
            fn data() -> Self {
                Self
            }

            fn view(page: Self) -> AnyView {
                let $route = page;
                $page().into_any()
            }
        }
    )+};
}

lazy_pages! {
    Overview = overview::OverviewPage;
    Addresses = addresses::AddressesPage;
    NewAddress = addresses::NewAddressPage;
    EditAddress = addresses::EditAddressPage;
    Profile = profile::ProfilePage;
    Wishlist = wishlist::WishlistPage;
    SharedWishlist = wishlist::SharedWishlistPage;
    Privacy = privacy::PrivacyPage;
    Security = security::SecurityPage;
    ConfirmItIsYou = security::ConfirmPage;
    TwoStep = security::TwoStepPage;
    RecoveryCodes = security::RecoveryCodesPage;
    ConfirmContact = security::ConfirmContactPage;
    StopContactChange = security::StopContactChangePage;
    Notifications = notifications::NotificationsPage;
    SignIn = door::SignInPage;
    SecondStep = door::SecondStepPage;
    Register = door::RegisterPage;
    Verify = door::VerifyPage;
    Forgot = door::ForgotPage;
    Reset = door::ResetPage;
}
