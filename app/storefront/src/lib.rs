//! What shoppers see: front page, search and categories, products and shops.
//!
//! Each page is a folder: `page.rs` the route's component, `rpc.rs` its server functions, `parts.rs` what only it
//! shows. `parts/` holds what several pages share.

pub mod cart;
pub mod category;
pub mod checkout;
pub mod design;
pub mod head;
pub mod history;
pub mod home;
pub mod lazy;
pub mod legal;
pub mod missing;
pub mod parts;
pub mod pay;
pub mod product;
pub mod search;
pub mod shop;
pub mod wish;
