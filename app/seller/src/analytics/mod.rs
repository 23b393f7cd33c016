//! `/seller/{shop}/analytics`: how a shop sells.

mod lists;
mod page;
pub mod rpc;
mod sums;

pub use page::AnalyticsPage;
