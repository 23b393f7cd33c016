//! `/seller/{shop}/stock`: how many there are where, what moved, and how it is changed by hand.

mod list;
mod page;
pub mod rpc;
mod warehouses;

pub use list::StockPage;
pub use page::VariantPage;
pub use warehouses::{NewWarehousePage, WarehousesPage};
