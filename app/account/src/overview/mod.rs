//! `/account`: where to go from here.

mod page;
pub mod rpc;

pub use page::OverviewPage;
