//! `/seller/{shop}/staff`: who works in the shop. `/seller/join`: an invitation, for whoever got it.

mod join;
mod page;
pub mod rpc;

pub use join::JoinPage;
pub use page::StaffPage;
