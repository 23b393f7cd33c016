//! `/backoffice/goods`: goods that wait to be put on sale, and those that were put on sale last.

mod page;
pub mod rpc;

pub use page::GoodsDesk;
