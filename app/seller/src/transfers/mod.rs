//! `/seller/{shop}/stock/transfers`: goods on their way between a shop's warehouses.

mod draft;
mod list;
mod page;
pub mod rpc;
mod way;

pub use list::TransfersPage;
pub use page::TransferPage;
