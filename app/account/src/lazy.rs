//! The pages as routes whose code the browser fetches when they are opened.

use crate::{
    addresses, coins, door, notifications, orders, overview, passkeys, privacy, profile, provider, security,
    wishlist,
};
use leptos::prelude::*;
use leptos_router::LazyRoute;
use ui::piece;

piece!(
    account, __preload_account, Account:
    Overview = overview::OverviewPage,
    Addresses = addresses::AddressesPage,
    NewAddress = addresses::NewAddressPage,
    EditAddress = addresses::EditAddressPage,
    GuestAddress = addresses::GuestAddressPage,
    Orders = orders::OrdersPage,
    Order = orders::OrderPage,
    Invoice = orders::InvoicePage,
    OrderGroup = orders::GroupPage,
    Coins = coins::CoinsPage,
    Profile = profile::ProfilePage,
    Wishlist = wishlist::WishlistPage,
    SharedWishlist = wishlist::SharedWishlistPage,
    Privacy = privacy::PrivacyPage,
    Security = security::SecurityPage,
    ConfirmItIsYou = security::ConfirmPage,
    TwoStep = security::TwoStepPage,
    Passkeys = passkeys::PasskeysPage,
    RecoveryCodes = security::RecoveryCodesPage,
    ConfirmContact = security::ConfirmContactPage,
    StopContactChange = security::StopContactChangePage,
    Notifications = notifications::NotificationsPage,
    SignIn = door::SignInPage,
    SecondStep = door::SecondStepPage,
    LinkProvider = provider::LinkPage,
    Register = door::RegisterPage,
    Verify = door::VerifyPage,
    Forgot = door::ForgotPage,
    Reset = door::ResetPage,
);
