//! The pages as routes whose code the browser fetches when they are opened. The front page and the categories are not
//! among them: nearly all they are made of is shown by the others too, and one file packs better than many.

use crate::{cart, category, checkout, legal, pay, product, search, shop};
use leptos::prelude::*;
use leptos_router::LazyRoute;
use ui::piece;

piece!(
    listing, __preload_listing, Listing:
    Search = search::SearchPage,
    Category = category::CategoryPage,
    Shop = shop::ShopPage,
);
piece!(detail, __preload_detail, Detail: Product = product::ProductPage);
piece!(
    buying, __preload_buying, Buying:
    Cart = cart::CartPage,
    Checkout = checkout::CheckoutPage,
);
piece!(
    reading, __preload_reading, Reading:
    Terms = legal::TermsPage,
    PrivacyPolicy = legal::PrivacyPolicyPage,
);
piece!(paying, __preload_paying, Paying: Payment = pay::PaymentPage);
