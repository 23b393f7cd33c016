//! Counting what lies in a warehouse.

use crate::{
    ids::{StockCountId, VariantId, WarehouseId},
    named,
};
use serde::{Deserialize, Serialize};

named!(
    /// How far a count has come.
    CountState {
        Open = "open",
        /// Its differences are booked.
        Posted = "posted",
        Discarded = "discarded",
    }
);

named!(
    /// Which of a count's goods are listed.
    CountShow {
        All = "all",
        /// Of which no number is known yet.
        Open = "open",
        /// Of which another number was counted than was expected.
        Different = "different",
    }
);

/// What is to be counted, as it is typed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CountInput {
    /// The id of a warehouse; empty for the main one.
    pub warehouse: String,
    /// Part of a name or SKU; everything where it is empty.
    pub q: String,
}

/// One count in a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CountRow {
    pub id: StockCountId,
    pub warehouse: WarehouseId,
    /// What the warehouse is called.
    pub place: String,
    /// What is counted: part of a name or SKU; empty for everything.
    pub q: String,
    pub state: CountState,
    /// Seconds since 1970.
    pub started_at: i64,
    pub ended_at: Option<i64>,
    /// Variants of which a number is known, and those of them of which it is another than was expected.
    pub counted: i64,
    pub different: i64,
}

/// One count, with a part of its goods.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StockCount {
    pub row: CountRow,
    /// More and fewer pieces than were expected, of all its goods together.
    pub more: i64,
    pub fewer: i64,
    pub lines: Vec<CountLine>,
    /// Where to go on.
    pub next: Option<String>,
}

/// A variant that is counted. What should be there is not told before a number is known, so that nobody writes it off the
/// page.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CountLine {
    pub variant: VariantId,
    pub name: String,
    pub label: String,
    pub sku: String,
    pub counted: Option<i32>,
    /// What should have been there when the number was typed.
    pub expected: Option<i32>,
    /// Booking the difference would leave fewer than are promised to buyers now.
    pub is_short: bool,
}

impl CountLine {
    pub fn difference(&self) -> Option<i32> {
        Some(self.counted? - self.expected?)
    }
}
