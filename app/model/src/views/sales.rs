//! Flash sales that shops take part in, as operators and shops see them.

use crate::{
    Lang, Money, Page, Slug,
    ids::{FlashSaleId, ShopId, VariantId},
    named,
    views::Picture,
};
use serde::{Deserialize, Serialize};

pub mod limits {
    pub const NAME: usize = 80;
    /// Why something was refused.
    pub const REASON: usize = 500;
    /// In rupiah.
    pub const PRICE: i64 = 1_000_000_000;
    pub const PIECES: i64 = 100_000;
    /// Variants of one shop in one sale.
    pub const PER_SHOP: i64 = 100;
    /// How far ahead one may be announced, and how long it may last.
    pub const AHEAD_DAYS: i64 = 365;
    pub const LONGEST_DAYS: i64 = 14;
}

named!(
    /// How a flash sale stands at a moment.
    SaleStanding {
        /// It has not begun, and shops still nominate.
        Open = "open",
        /// It has not begun, and shops nominate no more.
        Closed = "closed",
        Running = "running",
        Over = "over",
        Cancelled = "cancelled",
    }
);

impl SaleStanding {
    pub const fn has_begun(self) -> bool {
        !matches!(self, Self::Open | Self::Closed)
    }
}

named!(
    /// What became of something a shop would sell in a flash sale.
    NominationState {
        Waiting = "waiting",
        Accepted = "accepted",
        Refused = "refused",
        /// By its shop.
        Withdrawn = "withdrawn",
    }
);

impl NominationState {
    /// Whether it takes one of the shop's places.
    pub const fn counts(self) -> bool {
        matches!(self, Self::Waiting | Self::Accepted)
    }
}

/// A flash sale as it is typed. Moments are in Jakarta: `2026-12-12T20:00`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SaleInput {
    pub name: String,
    pub starts: String,
    pub ends: String,
    /// Of a hundred, below the lowest price of the last 30 days.
    pub least: String,
    /// Variants of one shop; empty for as many as it likes.
    pub per_shop: String,
    pub nominate_until: String,
}

/// A flash sale. Instants are seconds since 1970.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SaleRow {
    pub id: FlashSaleId,
    pub name: String,
    pub starts_at: i64,
    /// It ends just before.
    pub ends_at: i64,
    /// None where shops do not take part.
    pub nominate_until: Option<i64>,
    /// Basis points below the lowest price of the last 30 days.
    pub least_discount: u16,
    pub most_per_shop: Option<i32>,
    pub standing: SaleStanding,
    pub waiting: u32,
    pub accepted: u32,
}

/// One variant that could be in a sale, or is to be: what it costs and what there is of it now.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SaleGood {
    pub variant: VariantId,
    pub slug: Slug,
    pub name: String,
    pub label: String,
    pub sku: String,
    pub picture: Picture,
    pub shop: ShopId,
    pub shop_slug: Slug,
    pub shop_name: String,
    pub price: Money,
    /// Of the last 30 days, the present one among them.
    pub lowest: Money,
    /// The highest price that undercuts it by enough; none where there is no such price.
    pub most: Option<Money>,
    /// None where it is not counted.
    pub stock: Option<i32>,
    pub on_sale: bool,
    /// Another sale at the same time that it was accepted into: it is in one at a time.
    pub elsewhere: Option<String>,
    /// None where its shop has never asked.
    pub asked: Option<Asked>,
}

impl SaleGood {
    pub fn called(&self) -> String {
        if self.label.is_empty() { self.name.clone() } else { format!("{} · {}", self.name, self.label) }
    }
}

/// What a shop asks for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Asked {
    pub price: Money,
    pub quota: i32,
    pub per_buyer: Option<i32>,
    pub state: NominationState,
    pub reason: Option<String>,
    pub at: i64,
    /// Pieces sold in the sale.
    pub sold: i32,
}

/// A nomination as it is typed. The price is in rupiah.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NominationInput {
    pub price: String,
    pub quota: String,
    /// Empty for as many as there are.
    pub per_buyer: String,
}

/// What a nomination costs its shop, by the fees in force; an order's own are those of the moment it is placed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SaleCost {
    pub price: Money,
    pub quota: i32,
    /// Off what one piece costs otherwise.
    pub off: Money,
    /// Of an order of one piece.
    pub fees: Money,
    /// What the shop gets for one piece.
    pub keeps: Money,
    /// The same of one piece outside the sale.
    pub keeps_now: Money,
    /// Less than otherwise, if all are sold, each by itself.
    pub less: Money,
}

/// A sale with what is asked for in it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SalePage {
    pub sale: SaleRow,
    pub goods: Page<SaleGood>,
}

/// Basis points as a part of a hundred is written: `7,5`.
pub fn percent(lang: Lang, rate: u16) -> String {
    let point = if lang == Lang::Id { ',' } else { '.' };
    match (rate / 100, rate % 100) {
        (whole, 0) => whole.to_string(),
        (whole, part) if part % 10 == 0 => format!("{whole}{point}{}", part / 10),
        (whole, part) => format!("{whole}{point}{part:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_hundred_is_written_short() {
        for (rate, text) in [(1_000, "10"), (750, "7,5"), (755, "7,55"), (5, "0,05"), (0, "0")] {
            assert_eq!(percent(Lang::Id, rate), text);
        }
        assert_eq!(percent(Lang::En, 750), "7.5");
    }
}
