//! `/seller/{shop}/stock`: how many there are where, what moved, and how it is changed by hand.

mod fields;
mod list;
mod moved;
mod page;
mod reorder;
pub mod rpc;
mod warehouses;

pub use list::StockPage;
pub use moved::MoveWarehousePage;
pub use page::VariantPage;
pub use reorder::ReorderPage;
pub use warehouses::{NewWarehousePage, WarehousesPage};
