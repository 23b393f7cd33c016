//! Goods that operators look at.

use super::{Picture, ProductState};
use crate::{Money, ids::ProductId};
use serde::{Deserialize, Serialize};

crate::named!(
    /// Which of them.
    Shelf {
        /// Those that wait to be put on sale, the longest first.
        Waiting = "waiting",
        /// Those that were put on sale last.
        OnSale = "on_sale",
    }
);

/// A product as an operator judges it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct JudgedProduct {
    pub id: ProductId,
    pub slug: String,
    pub name: String,
    pub shop: String,
    pub shop_slug: String,
    /// In both languages.
    pub category: (String, String),
    pub price: Money,
    /// How its description begins.
    pub about: String,
    pub picture: Picture,
    pub state: ProductState,
    /// Since when it waits or is on sale.
    pub since: i64,
}
