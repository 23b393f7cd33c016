//! The front page.

use super::{CategoryLink, CategoryNode, ProductCard};
use serde::{Deserialize, Serialize};

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct HomePage {
    pub categories: Vec<CategoryNode>,
    /// What people look at and buy just now; the best sellers where nobody has looked yet.
    pub trending: Vec<ProductCard>,
    /// The largest honest discounts on sale.
    pub deals: Vec<ProductCard>,
    pub newest: Vec<ProductCard>,
    /// One for each of the busiest categories.
    pub shelves: Vec<Shelf>,
}

/// What is on the front page for one visitor alone; empty for someone who has not looked at anything yet.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Personal {
    /// The latest first.
    pub recently_seen: Vec<ProductCard>,
    pub for_you: Vec<ProductCard>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Shelf {
    pub category: CategoryLink,
    pub products: Vec<ProductCard>,
}
