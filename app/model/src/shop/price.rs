//! Prices that hold for a time, for those who promote.

use crate::{Money, Slug, ids::VariantId, named};
use serde::{Deserialize, Serialize};

named!(
    /// How such a price stands at a moment. A shop's list is narrowed to one of these.
    PriceStanding {
        Running = "running",
        /// It has not begun.
        Coming = "coming",
        Over = "over",
    }
);

/// A price for a time, as it is typed. It is in rupiah, moments are in Jakarta: `2026-12-12T20:00`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TimedPriceInput {
    pub price: String,
    /// Empty for from now on.
    pub from: String,
    pub until: String,
}

/// One of them. Instants are seconds since 1970.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TimedPrice {
    pub variant: VariantId,
    pub slug: Slug,
    pub name: String,
    pub label: String,
    pub sku: String,
    pub price: Money,
    /// What it costs otherwise.
    pub otherwise: Money,
    pub from: i64,
    /// It ends just before.
    pub until: i64,
    /// Names it among those of its variant: when it begins, in microseconds.
    pub key: i64,
    pub standing: PriceStanding,
}

impl TimedPrice {
    pub fn called(&self) -> String {
        if self.label.is_empty() { self.name.clone() } else { format!("{} · {}", self.name, self.label) }
    }
}
