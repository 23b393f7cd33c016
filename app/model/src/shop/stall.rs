//! A shop's goods, for those who keep them.

use crate::{
    Money, Slug,
    ids::{ProductId, VariantId},
    views::{Picture, ProductState},
};
use serde::{Deserialize, Serialize};

/// Which of a shop's goods are listed, as the page's address says.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StallFilter {
    /// Part of a name or SKU.
    pub q: String,
    pub state: Option<ProductState>,
    /// Only what is about to run out.
    pub low: bool,
    pub after: Option<String>,
}

/// So few pieces are about to run out.
pub const LOW_STOCK: i32 = 5;

/// One of a shop's goods, as those who keep them see it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct StallRow {
    pub id: ProductId,
    pub slug: Slug,
    pub name: String,
    pub state: ProductState,
    /// Why it was refused.
    pub reason: Option<String>,
    pub picture: Picture,
    pub sold: u32,
    pub variants: Vec<StallVariant>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StallVariant {
    pub id: VariantId,
    pub sku: String,
    /// What was chosen: `Hitam, XL`; empty for the only one.
    pub label: String,
    pub price: Money,
    pub list_price: Option<Money>,
    /// In the main warehouse.
    pub on_hand: i32,
    /// Of these, promised to buyers.
    pub reserved: i32,
}
