//! The seller centre: a person's shops, and the work there is in one of them. Each page of a shop asks for one permission,
//! in its `rpc.rs`, before anything is read or written; to everybody else the shop is not there.
//!
//! Each page is a folder: `page.rs` the route's component, `rpc.rs` its server functions, `parts.rs` what only it
//! shows. `parts/` holds what several pages share. All of it is fetched lazily: shoppers never load it.

pub mod analytics;
pub mod bulk;
pub mod bundles;
pub mod counts;
pub mod flash;
pub mod goods;
pub mod health;
pub mod home;
pub mod lazy;
pub mod money;
pub mod open;
pub mod orders;
pub mod parts;
pub mod prices;
pub mod products;
pub mod promotions;
pub mod settings;
pub mod staff;
pub mod stock;
pub mod today;
pub mod transfers;
pub mod verification;
