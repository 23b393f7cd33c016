//! Goods on their way from one of a shop's warehouses to another.

use crate::{
    ids::{StockTransferId, VariantId, WarehouseId},
    named,
    shop::PiecesInput,
};
use serde::{Deserialize, Serialize};

named!(
    /// How far a transfer has come.
    TransferState {
        /// A list that nothing has left for.
        Draft = "draft",
        /// Something of it is on the way.
        Sent = "sent",
        /// All of it arrived or was written off.
        Closed = "closed",
        /// What was still on the way went back.
        Cancelled = "cancelled",
    }
);

named!(
    /// What became of pieces.
    TransferStepKind {
        Sent = "sent",
        Received = "received",
        /// Back to where they came from.
        Returned = "returned",
        WrittenOff = "written_off",
    }
);

named!(
    /// Why pieces will not arrive.
    WriteOffReason {
        Lost = "lost",
        Damaged = "damaged",
        Other = "other",
    }
);

/// Where goods are to go, as it is chosen: ids of warehouses.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TransferInput {
    pub from: String,
    pub to: String,
}

/// What will not arrive, as it is typed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WriteOffInput {
    /// The name of a [`WriteOffReason`].
    pub reason: String,
    pub lines: Vec<PiecesInput>,
}

/// One transfer in a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TransferRow {
    pub id: StockTransferId,
    /// What the warehouses are called.
    pub from: String,
    pub to: String,
    pub state: TransferState,
    /// Seconds since 1970.
    pub created_at: i64,
    pub sent_at: Option<i64>,
    /// Of all its variants together.
    pub pieces: i64,
    pub on_way: i64,
}

/// One transfer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StockTransfer {
    pub row: TransferRow,
    pub from: WarehouseId,
    pub to: WarehouseId,
    pub lines: Vec<TransferLine>,
    /// What became of it, the latest first; the last hundred.
    pub steps: Vec<TransferStep>,
}

/// One variant of a transfer. What was sent is what arrived, went back, was written off and is on the way.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TransferLine {
    pub variant: VariantId,
    pub name: String,
    pub label: String,
    pub sku: String,
    pub quantity: i32,
    pub received: i32,
    pub returned: i32,
    pub written_off: i32,
    pub on_way: i32,
    /// So many could be sent now from where it begins.
    pub free: i32,
}

/// What could go: something of it lies where the transfer begins.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TransferOffer {
    pub variant: VariantId,
    pub name: String,
    pub label: String,
    pub sku: String,
    pub free: i32,
}

/// What became of some pieces.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TransferStep {
    pub at: i64,
    pub kind: TransferStepKind,
    pub name: String,
    pub sku: String,
    pub pieces: i32,
    pub reason: Option<WriteOffReason>,
    pub who: Option<String>,
}
