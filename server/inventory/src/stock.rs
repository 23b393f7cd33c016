//! How much there is, how it is sold, and what moved.

pub use model::shop::{AdjustReason, MovementKind};

use model::ids::{AccountId, Uuid, VariantId, WarehouseId};
use time::OffsetDateTime;

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a number of pieces is between 0 and {}", StockPolicy::MOST)]
pub struct OutOfBounds;

/// How a variant is sold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StockPolicy {
    tracked: bool,
    threshold: i32,
    backorder_limit: i32,
}

impl StockPolicy {
    pub const MOST: i32 = 1_000_000;

    /// What is not counted can be sold without end.
    pub const UNTRACKED: Self = Self { tracked: false, threshold: 0, backorder_limit: 0 };

    /// Counted; of what there is `threshold` pieces are kept back, and `backorder_limit` may be sold beyond it.
    pub fn tracked(threshold: i32, backorder_limit: i32) -> Result<Self, OutOfBounds> {
        let fits = |pieces| (0..=Self::MOST).contains(&pieces);
        if fits(threshold) && fits(backorder_limit) {
            Ok(Self { tracked: true, threshold, backorder_limit })
        } else {
            Err(OutOfBounds)
        }
    }

    pub const fn is_tracked(self) -> bool {
        self.tracked
    }

    pub const fn threshold(self) -> i32 {
        self.threshold
    }

    pub const fn backorder_limit(self) -> i32 {
        self.backorder_limit
    }
}

/// Counted, and sold as long as there is some.
impl Default for StockPolicy {
    fn default() -> Self {
        Self { tracked: true, threshold: 0, backorder_limit: 0 }
    }
}

/// From how few on people are to hear of a variant. None of them is checked here: the database has their bounds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Warnings {
    /// So few available ones are worth a warning; none for as few as the market thinks.
    pub low_at: Option<i32>,
    /// So few, those on their way among them, are to be ordered again; none for never.
    pub reorder_at: Option<i32>,
    /// So many are ordered at a time.
    pub reorder_quantity: Option<i32>,
}

/// What can be bought now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Availability {
    /// For a bundle: whether any of its components is.
    pub tracked: bool,
    /// Pieces, never negative; [`i32::MAX`] when nothing is counted.
    pub sellable: i32,
}

impl Availability {
    /// Of what inventory has never heard of.
    pub const NONE: Self = Self { tracked: true, sellable: 0 };
}

/// What lies of a variant in one warehouse.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StockRow {
    pub variant: VariantId,
    pub warehouse: WarehouseId,
    pub on_hand: i32,
    pub reserved: i32,
    /// How many may be promised here beyond what is on hand.
    pub backorder: i32,
}

/// One change of stock.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Movement {
    /// Grows with time: where a list goes on.
    pub id: i64,
    pub warehouse: WarehouseId,
    pub kind: MovementKind,
    pub on_hand_delta: i32,
    pub reserved_delta: i32,
    /// A delivery, or what is paid at once.
    pub reference: Option<Uuid>,
    /// The order line it was about.
    pub line: Option<Uuid>,
    pub reason: Option<AdjustReason>,
    /// Who did it; none where it followed from an order or an import.
    pub actor: Option<AccountId>,
    pub at: OffsetDateTime,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_stays_within_its_bounds() {
        assert!(StockPolicy::tracked(0, StockPolicy::MOST).is_ok());
        assert_eq!(StockPolicy::tracked(-1, 0), Err(OutOfBounds));
        assert_eq!(StockPolicy::tracked(0, StockPolicy::MOST + 1), Err(OutOfBounds));
        assert_eq!(StockPolicy::default(), StockPolicy::tracked(0, 0).unwrap());
    }
}
