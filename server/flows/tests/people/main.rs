//! What people keep, and what becomes of it.

mod addresses;
mod privacy;
mod profiles;
mod support;
mod wishlists;
