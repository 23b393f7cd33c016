//! The way in, and the pages of somebody's own account: orders, coins, addresses, profile, wishlists, security, privacy; the
//! page a shared wishlist opens; and those of somebody who orders without an account.
//!
//! Each page is a folder: `page.rs` the route's component, `rpc.rs` its server functions, `parts.rs` what only it
//! shows. `parts/` holds what several pages share. Whoever is not signed in is sent to sign in, and from there back.

pub mod addresses;
pub mod coins;
pub mod door;
pub mod lazy;
pub mod notifications;
pub mod orders;
pub mod overview;
pub mod parts;
pub mod passkeys;
pub mod privacy;
pub mod profile;
pub mod provider;
pub mod security;
pub mod wishlist;
