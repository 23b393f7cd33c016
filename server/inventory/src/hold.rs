//! What a checkout asks to be kept for it.

use model::{
    Qty,
    geo::Position,
    ids::{Uuid, VariantId, WarehouseId},
};
use time::OffsetDateTime;

#[derive(Clone, PartialEq, Debug)]
pub struct NewHold {
    /// What is paid at once: the order group.
    pub reference: Uuid,
    /// When it ends by itself unless it is committed.
    pub until: OffsetDateTime,
    pub lines: Vec<HoldLine>,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub struct HoldLine {
    /// The order line; it can be held for once only.
    pub line: Uuid,
    /// What is bought; may be a bundle.
    pub variant: VariantId,
    pub quantity: Qty,
    /// Where it is to go: the nearest warehouse that has all of it sends it.
    pub near: Option<Position>,
}

/// What one warehouse gives to a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Allocation {
    pub line: Uuid,
    /// What is taken off the shelf: for a bundle, a component.
    pub variant: VariantId,
    pub warehouse: WarehouseId,
    /// Pieces of that variant.
    pub quantity: Qty,
}

/// Some units of an order line, as the buyer counts them: of a bundle, whole bundles.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pieces {
    pub line: Uuid,
    pub quantity: Qty,
}
