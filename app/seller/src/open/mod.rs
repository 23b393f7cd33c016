//! `/seller/open`: a new shop.

mod page;
pub mod rpc;

pub use page::OpenPage;
