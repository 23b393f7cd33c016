//! Counting what lies in a warehouse.

pub use model::shop::CountState;

use model::ids::{ShopId, StockCountId, WarehouseId};

/// What is to be counted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewCount {
    pub id: StockCountId,
    pub shop: ShopId,
    pub warehouse: WarehouseId,
    /// Part of a name or SKU, at most 100 characters; empty for everything.
    pub query: String,
}
