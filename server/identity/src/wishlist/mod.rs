//! What people keep for later, in lists they name. The first list comes into being with the first thing on it and is
//! where a heart puts things. A list can be looked at by whoever has its link, until the link is taken back.
//!
//! Lists and what is on them are bounded ([`limits`](model::wish::limits)); whoever adds locks the owner's row or the
//! list's first, so that the bounds hold under any race.

mod new;
pub mod store;

pub use new::{Looks, ShareToken, parse_name};
