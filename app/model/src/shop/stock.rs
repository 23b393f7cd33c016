//! A shop's stock, for those who keep it: what lies where, what moved, and how it is changed by hand.

use crate::{
    Slug,
    ids::{OrderId, StockTransferId, VariantId, WarehouseId},
    named,
    shop::SenderAddress,
    views::{Picture, region::Region},
};
use serde::{Deserialize, Serialize};

named!(
    /// What kind of change of stock it was.
    MovementKind {
        Received = "received",
        /// By a difference, with a reason.
        Adjusted = "adjusted",
        /// To what was counted, or to what a feed told.
        Counted = "counted",
        /// From one warehouse to another.
        Moved = "moved",
        Reserved = "reserved",
        Released = "released",
        Shipped = "shipped",
        /// A parcel that never left: its goods are back and still promised.
        Unshipped = "unshipped",
        /// The goods came back and can be sold again.
        Returned = "returned",
    }
);

named!(
    /// Why somebody changed a stock by hand.
    AdjustReason {
        Damaged = "damaged",
        Lost = "lost",
        Found = "found",
        Correction = "correction",
        Sample = "sample",
        Other = "other",
    }
);

named!(
    /// What somebody says who changes a stock by hand; it decides what the number of pieces means.
    StockReason {
        /// So many are there.
        Count = "count",
        /// So many more came in.
        Received = "received",
        /// So many more turned up.
        Found = "found",
        /// So many fewer.
        Damaged = "damaged",
        Lost = "lost",
        Sample = "sample",
        /// So many more, or with a minus fewer.
        Correction = "correction",
    }
);

/// Which of a shop's stock is listed, as the page's address says.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StockFilter {
    /// Part of a name or SKU.
    pub q: String,
    /// Only what is about to run out, the scarcest first.
    pub low: bool,
    pub after: Option<String>,
}

/// What there is of one variant.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct VariantStock {
    pub id: VariantId,
    /// Of its product.
    pub slug: Slug,
    pub name: String,
    pub sku: String,
    /// What was chosen: `Hitam, XL`; empty for the only one.
    pub label: String,
    pub picture: Picture,
    /// The main warehouse first. Every open warehouse is among them, and closed ones where something lies.
    pub places: Vec<StockPlace>,
    /// Neither promised nor kept back, in all open warehouses together; less than nothing where more was promised than
    /// is there.
    pub available: i64,
    /// Not sold, of all there is.
    pub kept_back: i32,
    /// So few available ones are worth a warning.
    pub low_at: i32,
    /// So many may be sold beyond what there is.
    pub backorder: i32,
    /// Else it can be bought without end.
    pub is_counted: bool,
    /// So few, those on their way among them, are to be ordered again; none for never.
    #[serde(default)]
    pub reorder_at: Option<i32>,
    /// So many are ordered at a time.
    #[serde(default)]
    pub reorder_quantity: Option<i32>,
}

impl VariantStock {
    pub const fn is_low(&self) -> bool {
        self.is_counted && self.available <= self.low_at as i64
    }
}

/// How a variant is sold, as it is typed. What is empty is as the market has it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StockPolicyInput {
    /// So few available ones are worth a warning.
    pub low_at: String,
    /// Not sold, of all there is.
    pub kept_back: String,
    /// So many may be sold beyond what there is.
    pub backorder: String,
    /// Anything: it is not counted and can be bought without end. The other numbers mean nothing then.
    pub uncounted: String,
    /// So few, those on their way among them, are to be ordered again; never where it is empty.
    pub reorder_at: String,
    /// So many are ordered at a time.
    pub reorder_quantity: String,
}

/// What lies of a variant in one warehouse.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StockPlace {
    pub warehouse: WarehouseId,
    pub name: String,
    /// Whether it is sold from.
    pub is_active: bool,
    pub on_hand: i32,
    /// Of these, promised to buyers.
    pub reserved: i32,
    /// On the way here, and from here, to other warehouses; neither can be sold.
    #[serde(default)]
    pub coming: i32,
    #[serde(default)]
    pub leaving: i32,
}

impl StockPlace {
    pub const fn available(&self) -> i32 {
        self.on_hand - self.reserved
    }
}

/// One change of a variant's stock.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MovementRow {
    pub id: i64,
    /// Seconds since 1970.
    pub at: i64,
    /// What the warehouse is called.
    pub warehouse: String,
    pub kind: MovementKind,
    pub reason: Option<AdjustReason>,
    /// Pieces on hand and promised, more or fewer.
    pub on_hand: i32,
    pub reserved: i32,
    /// The order it was about, by its number for people.
    pub order: Option<(OrderId, String)>,
    /// The transfer between warehouses it was a part of.
    #[serde(default)]
    pub transfer: Option<StockTransferId>,
    /// Who did it; none where it followed from an order or an import.
    pub who: Option<String>,
}

/// A change by hand as it is typed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StockChangeInput {
    /// The id of a warehouse; empty for the main one.
    pub warehouse: String,
    /// The name of a [`StockReason`].
    pub reason: String,
    pub pieces: String,
}

/// Pieces to be carried from one warehouse to another, as it is typed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StockMoveInput {
    pub from: String,
    pub to: String,
    pub pieces: String,
}

/// So many pieces of one variant, as it is typed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PiecesInput {
    /// Its id.
    pub variant: String,
    /// Empty for none.
    pub pieces: String,
}

/// A variant of which it is time to order more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ReorderRow {
    pub variant: VariantId,
    pub name: String,
    pub label: String,
    pub sku: String,
    /// Neither promised nor kept back, in all open warehouses together.
    pub available: i64,
    /// Between the shop's warehouses.
    pub on_way: i64,
    pub reorder_at: i32,
    /// So many are ordered at a time.
    pub reorder_quantity: Option<i32>,
    /// In the last 30 days.
    pub sold: i64,
}

impl ReorderRow {
    /// So many are sold in ten days, at the pace of the last thirty, so that one decimal can be shown.
    pub const fn sold_in_ten_days(&self) -> i64 {
        (self.sold + 1) / 3
    }

    pub fn suggested(&self) -> i64 {
        let quantity = self.reorder_quantity.map(i64::from);
        suggested(self.available + self.on_way, self.reorder_at.into(), quantity, self.sold)
    }
}

/// How many to order: enough to be above the point again, in whole lots where the shop has said how many it orders at a
/// time; otherwise what is missing to the point and what was sold in the last thirty days.
pub fn suggested(there: i64, point: i64, lot: Option<i64>, sold: i64) -> i64 {
    let missing = (point - there).max(0);
    match lot {
        // The first whole number of lots that is more than what is missing.
        Some(lot) => lot * (missing / lot + 1),
        None => (missing + sold).max(1),
    }
}

/// A place where a shop's goods lie.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct WarehouseRow {
    pub id: WarehouseId,
    pub name: String,
    pub region: Region,
    /// None until its people said more than the district.
    pub address: Option<SenderAddress>,
    pub is_main: bool,
    pub is_active: bool,
    /// Pieces of anything.
    pub on_hand: i64,
    /// On the way here, and from here, to other warehouses.
    #[serde(default)]
    pub coming: i64,
    #[serde(default)]
    pub leaving: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_are_ordered_that_there_are_more_than_the_point_again() {
        for (there, point, lot, sold, order) in [
            (5, 5, Some(10), 0, 10),
            (0, 5, Some(10), 300, 10),
            (-3, 7, Some(10), 0, 20),
            (0, 9, Some(10), 0, 10),
            (0, 10, Some(10), 0, 20),
            (0, 10, Some(1), 0, 11),
            (2, 5, None, 12, 15),
            (5, 5, None, 0, 1),
        ] {
            let got = suggested(there, point, lot, sold);
            assert_eq!(got, order, "{there} there, {point} wanted, by {lot:?}, {sold} sold");
            assert!(lot.is_none() || there + got > point);
        }
    }

    #[test]
    fn what_is_sold_in_ten_days_is_a_third_rounded() {
        let row = |sold| ReorderRow {
            variant: VariantId::new(crate::ids::Uuid::nil()),
            name: String::new(),
            label: String::new(),
            sku: String::new(),
            available: 0,
            on_way: 0,
            reorder_at: 0,
            reorder_quantity: None,
            sold,
        };
        assert_eq!([0, 1, 2, 3, 30, 31].map(|sold| row(sold).sold_in_ten_days()), [0, 0, 1, 1, 10, 10]);
    }
}
