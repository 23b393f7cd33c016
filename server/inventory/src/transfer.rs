//! Goods on their way from one of a shop's warehouses to another.

pub use model::shop::{TransferState, TransferStepKind, WriteOffReason};

use model::ids::{ShopId, StockTransferId, VariantId, WarehouseId};

/// Where goods are to go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NewTransfer {
    pub id: StockTransferId,
    pub shop: ShopId,
    pub from: WarehouseId,
    pub to: WarehouseId,
}

/// A transfer with its lock held.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Locked {
    pub from: WarehouseId,
    pub to: WarehouseId,
    pub state: TransferState,
}

/// Pieces of one variant.
pub type Load = (VariantId, model::Qty);
