//! `/account/coins`: what a member has in coins, until when, and how that came about.

mod page;
pub mod rpc;

pub use page::CoinsPage;
