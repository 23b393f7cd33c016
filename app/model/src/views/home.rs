//! The front page.

use super::{CategoryLink, CategoryNode, FlashOffer, Picture, ProductCard};
use crate::{Money, Slug};
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
    /// The flash sale that is on; none where nothing is left of it.
    pub flash: Option<FlashSale>,
}

impl HomePage {
    /// All the cards on it.
    pub fn cards(&mut self) -> impl Iterator<Item = &mut ProductCard> {
        let shelves = self.shelves.iter_mut().flat_map(|shelf| &mut shelf.products);
        self.trending.iter_mut().chain(&mut self.deals).chain(&mut self.newest).chain(shelves)
    }
}

/// A flash sale that is on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FlashSale {
    /// Seconds from the moment it was read until it ends.
    pub left: u32,
    /// What is still to be had, in the order of the sale; never empty.
    pub cards: Vec<FlashCard>,
}

/// A variant in a flash sale.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FlashCard {
    pub slug: Slug,
    pub sku: String,
    pub name: String,
    /// What was chosen: `Hitam, XL`; empty for the only variant.
    pub label: String,
    pub picture: Picture,
    pub offer: FlashOffer,
    /// What it costs otherwise.
    pub before: Money,
}

/// What is on the front page for one visitor alone; empty for someone who has not looked at anything yet.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Personal {
    /// The latest first.
    pub recently_seen: Vec<ProductCard>,
    pub for_you: Vec<ProductCard>,
}

impl Personal {
    /// All the cards on both.
    pub fn cards(&mut self) -> impl Iterator<Item = &mut ProductCard> {
        self.recently_seen.iter_mut().chain(&mut self.for_you)
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Shelf {
    pub category: CategoryLink,
    pub products: Vec<ProductCard>,
}
