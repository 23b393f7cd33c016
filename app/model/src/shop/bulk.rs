//! One change of many of a shop's goods at once.

use super::{CategoryChoice, StallFilter};
use crate::{
    Money,
    ids::{CategoryId, GoodsEditId, ProductId, WarehouseId},
    named,
    views::ProductState,
};
use serde::{Deserialize, Serialize};

/// How much is changed together.
pub mod together {
    /// Variants of all the goods that are chosen; goods without one count as one.
    pub const MOST: u32 = 10_000;
    /// So many are changed while somebody waits for it; more than that by themselves, with their progress shown.
    pub const AT_ONCE: u32 = 100;
    /// It can be put back for so many hours.
    pub const UNDO_HOURS: u16 = 24;
    /// Rows told on its page, of each kind.
    pub const TOLD: u16 = 20;
    /// It is forgotten so many days after anything happened to it.
    pub const KEEP_DAYS: u16 = 30;
    /// In percent.
    pub const LEAST_PERCENT: i64 = -90;
    pub const MOST_PERCENT: i64 = 900;
    /// Prices are rounded up to a whole multiple of one of these, in rupiah.
    pub const ROUND: [i64; 4] = [1, 100, 500, 1_000];
}

named!(
    /// What is changed.
    BulkKind {
        Price = "price",
        PricePercent = "price_percent",
        PriceAmount = "price_amount",
        /// So many were counted, those promised to buyers among them.
        Stock = "stock",
        /// So many more, or fewer.
        StockAdd = "stock_add",
        /// Offered, or shown again.
        Show = "show",
        Hide = "hide",
        Archive = "archive",
        Category = "category",
        Weight = "weight",
    }
);

impl BulkKind {
    /// Whether each variant has its own, or the product has one.
    pub const fn is_of_variants(self) -> bool {
        matches!(self, Self::Price | Self::PricePercent | Self::PriceAmount | Self::Stock | Self::StockAdd)
    }

    pub const fn is_of_stock(self) -> bool {
        matches!(self, Self::Stock | Self::StockAdd)
    }

    /// Whether a number is said with it.
    pub const fn has_value(self) -> bool {
        !matches!(self, Self::Show | Self::Hide | Self::Archive | Self::Category)
    }
}

named!(
    /// How far a change has come.
    BulkState {
        /// The goods are chosen; what is to change was not said yet.
        Chosen = "chosen",
        /// Nothing is written; it waits for somebody to say so.
        Planned = "planned",
        Applying = "applying",
        Done = "done",
        Undoing = "undoing",
        Undone = "undone",
    }
);

impl BulkState {
    /// Whether it goes on by itself.
    pub const fn is_under_way(self) -> bool {
        matches!(self, Self::Applying | Self::Undoing)
    }

    /// Whether what is to change can still be said.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Chosen | Self::Planned)
    }
}

named!(
    /// What becomes of a row.
    BulkFate {
        Waiting = "waiting",
        Changed = "changed",
        /// It is so already.
        Same = "same",
        /// Left alone.
        Left = "left",
        /// Put back.
        Undone = "undone",
        /// Not put back.
        Kept = "kept",
    }
);

named!(
    /// Why a row is left alone.
    BulkProblem {
        /// Somebody else has changed it meanwhile.
        Changed = "changed",
        OutOfRange = "out_of_range",
        /// The price struck through beside it would not be higher any more.
        ListPrice = "list_price",
        /// Wholesale would cost more than a single piece.
        Wholesale = "wholesale",
        /// More pieces are promised to buyers.
        Promised = "promised",
        /// In the state it is in this is not possible.
        State = "state",
        /// A draft that was never saved whole.
        Unfinished = "unfinished",
        /// The shop was not approved.
        Unapproved = "unapproved",
        /// It is not offered any more.
        Gone = "gone",
    }
);

/// What is to change, as it is typed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BulkInput {
    pub kind: String,
    pub value: String,
    /// To which multiples prices are rounded up; empty for whole rupiah.
    pub round: String,
    /// The main one where it is left out.
    pub warehouse: String,
    pub category: String,
}

/// What is to change.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BulkChange {
    pub kind: BulkKind,
    /// Rupiah, percent, pieces or grams; nothing where none is said.
    pub value: i64,
    /// Prices are rounded up to multiples of this.
    pub round: i64,
    #[serde(default)]
    pub warehouse: Option<WarehouseId>,
    #[serde(default)]
    pub category: Option<CategoryId>,
}

/// What a row has before or after, as it is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkValue {
    Price {
        price: i64,
        list: Option<i64>,
    },
    /// In the warehouse that was said.
    Pieces(i32),
    State(ProductState),
    Category(CategoryId),
    /// In grams.
    Weight(i32),
}

/// Which goods.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum BulkChosen {
    These(Vec<ProductId>),
    /// All that the shop's list shows so, on all its pages.
    Matching(StallFilter),
}

/// How many rows are how far.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct BulkCounts {
    pub waiting: u32,
    pub changed: u32,
    pub same: u32,
    pub left: u32,
    pub undone: u32,
    pub kept: u32,
}

impl BulkCounts {
    /// Done of how many, while it goes on by itself.
    pub const fn progress(self, state: BulkState) -> (u32, u32) {
        let settled = self.undone + self.kept;
        if matches!(state, BulkState::Undoing) {
            return (settled, self.changed + settled);
        }
        let done = self.changed + self.same + self.left + settled;
        (done, done + self.waiting)
    }
}

/// A change, among the others.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BulkEdit {
    pub id: GoodsEditId,
    pub state: BulkState,
    pub products: u32,
    /// Once it was said.
    pub change: Option<BulkChange>,
    pub counts: BulkCounts,
    /// Seconds since 1970.
    pub created_at: i64,
    /// Until when it can be put back, in seconds since 1970; none where it was not made, or was put back.
    pub undo_until: Option<i64>,
}

/// A change on its page.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct BulkPage {
    pub edit: BulkEdit,
    /// The first that change, or have changed.
    pub rows: Vec<BulkRow>,
    /// Why rows are left alone, and how many are for each reason.
    pub reasons: Vec<BulkTold>,
    /// The first of them.
    pub left: Vec<BulkRow>,
    /// Where goods may be put, and where they lie; none once it was made.
    pub categories: Vec<CategoryChoice>,
    pub warehouses: Vec<BulkPlace>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BulkTold {
    pub problem: BulkProblem,
    pub rows: u32,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BulkPlace {
    pub id: WarehouseId,
    pub name: String,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct BulkRow {
    pub name: String,
    /// Empty where it is about the product.
    pub sku: String,
    pub fate: BulkFate,
    pub problem: Option<BulkProblem>,
    pub before: Option<BulkShown>,
    pub after: Option<BulkShown>,
}

/// As people see it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum BulkShown {
    /// With the one struck through beside it.
    Price(Money, Option<Money>),
    Pieces(i32),
    State(ProductState),
    /// What it is called.
    Category(String),
    /// In grams.
    Weight(i32),
}
