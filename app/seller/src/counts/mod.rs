//! `/seller/{shop}/stock/counts`: counting what lies in a shop's warehouses.

mod list;
mod page;
mod rows;
pub mod rpc;

pub use list::CountsPage;
pub use page::CountPage;
