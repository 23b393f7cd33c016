//! `/seller/{shop}`: how the shop stands, and what there is to do.

mod page;
pub mod rpc;
mod waiting;

pub use page::TodayPage;
