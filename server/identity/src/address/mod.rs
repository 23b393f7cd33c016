//! A person's addresses: at most [`MOST_ADDRESSES`](model::address::limits::MOST_ADDRESSES), of which exactly one is
//! the default wherever there are any. The first becomes it; when it is removed, the one used longest takes its place.
//!
//! Whoever changes addresses locks their owner's row first ([`store::lock`]), so that count and default hold under
//! any race; the database refuses what slips through.

mod new;
pub mod store;

pub use new::{DistrictFacts, NewAddress};
pub use store::Stored;
