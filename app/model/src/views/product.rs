//! The product page.

use super::{CategoryLink, Condition, Picture, ProductCard, Rating, ShopCard};
use crate::shop::HolidayNote;
use crate::{Money, Slug, ids::ProductId, ids::VariantId};
use serde::{Deserialize, Serialize};

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ProductPage {
    pub id: ProductId,
    pub slug: Slug,
    pub name: String,
    /// Plain text; paragraphs are set apart by blank lines.
    pub description: String,
    pub brand: Option<String>,
    pub condition: Condition,
    pub state: ProductState,
    pub price_min: Money,
    pub price_max: Money,
    pub list_price: Option<Money>,
    pub discount_percent: Option<u8>,
    /// How many may be bought at once, at least and at most.
    pub min_qty: i32,
    pub max_qty: Option<i32>,
    /// Grams of one piece, packed.
    pub weight_g: i32,
    /// Days the seller needs to make it, where it is made to order.
    pub preorder_days: Option<u16>,
    pub video_url: Option<String>,
    pub free_shipping: bool,
    pub sold: u32,
    pub rating: Rating,
    /// From the root to the product's own category.
    pub category: Vec<CategoryLink>,
    /// Never empty: drawn art stands in where there is no photograph.
    pub pictures: Vec<Picture>,
    /// What can be chosen (colour, size); none where there is one variant only.
    pub options: Vec<ProductOption>,
    pub variants: Vec<Variant>,
    /// Wholesale prices by quantity, ascending; the price of one piece is not among them.
    pub tiers: Vec<PriceTier>,
    pub specs: Vec<Spec>,
    pub shop: ShopCard,
    /// While its shop is on holiday, when it cannot be bought.
    pub holiday: Option<HolidayNote>,
    pub created_at: i64,
    pub updated_at: i64,
    pub version: i32,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProductState {
    Draft,
    InReview,
    Active,
    Hidden,
    Archived,
    Rejected,
}

impl ProductState {
    pub const ALL: [Self; 6] =
        [Self::Draft, Self::InReview, Self::Active, Self::Hidden, Self::Archived, Self::Rejected];

    /// As in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in_review",
            Self::Active => "active",
            Self::Hidden => "hidden",
            Self::Archived => "archived",
            Self::Rejected => "rejected",
        }
    }

    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == s)
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ProductOption {
    /// `Warna`, `Ukuran`.
    pub name: String,
    pub values: Vec<String>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Variant {
    pub id: VariantId,
    pub sku: String,
    /// For each option of the product, the index of this variant's value.
    pub choices: Vec<u16>,
    pub price: Money,
    pub list_price: Option<Money>,
    /// Pieces that can be bought now; [`UNCOUNTED`] where nobody counts them and there are always more.
    pub stock: i32,
    /// Index into the product's pictures.
    pub picture: Option<u16>,
    /// What it consists of; nothing where it is one thing.
    pub parts: Vec<PartOf>,
    /// What it costs in a flash sale that is on and has some left; then `price` is what it costs otherwise.
    pub flash: Option<FlashOffer>,
}

/// So many of one thing in a bundle.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PartOf {
    pub quantity: i32,
    pub name: String,
}

/// How many there are of what nobody counts: as many as anybody wants. It is shown in words, never as a number.
pub const UNCOUNTED: i32 = i32::MAX;

/// How many of all these can be bought; uncounted where one of them is.
pub fn all_stock(variants: &[Variant]) -> i32 {
    variants.iter().fold(0, |sum: i32, variant| sum.saturating_add(variant.stock))
}

/// A price in a flash sale, lower than what the thing costs otherwise.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FlashOffer {
    pub variant: VariantId,
    pub price: Money,
    /// Unix seconds.
    pub ends_at: i64,
    /// Seconds from the moment it was read until then.
    pub left: u32,
    /// Pieces: how many are gone, of how many.
    pub sold: i32,
    pub quota: i32,
}

impl Variant {
    /// What was chosen, in words: `Hitam, XL`. Empty for the only variant.
    pub fn label(&self, options: &[ProductOption]) -> String {
        let chosen = options.iter().zip(&self.choices);
        let values: Vec<&str> =
            chosen.filter_map(|(option, i)| option.values.get(usize::from(*i)).map(String::as_str)).collect();
        values.join(", ")
    }
}

/// From this many pieces on, each costs this much.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PriceTier {
    pub min_qty: i32,
    pub price: Money,
}

/// One line of the specification.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Spec {
    pub key: String,
    pub label: String,
    pub value: SpecValue,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpecValue {
    Text(String),
    /// An exact decimal with a full stop, and its unit: `6.5`, `inch`.
    Number {
        value: String,
        unit: Option<String>,
    },
    /// The chosen label in the reader's language.
    Choice(String),
    Flag(bool),
}

/// What stands at `/p/{slug}`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlugLookup {
    Found(ProductId),
    /// It has another address now: 301.
    Moved(Slug),
    /// It was sold here once and is not any more: 410.
    Gone(ProductId),
    Unknown,
}

/// Goods beside a product.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Related {
    /// Of the same category and about the same price, the best sellers first.
    pub similar: Vec<ProductCard>,
    /// What others who looked at it looked at too; empty until enough have.
    pub also_viewed: Vec<ProductCard>,
    pub also_bought: Vec<ProductCard>,
    /// Of the same shop.
    pub of_shop: Vec<ProductCard>,
    /// What this visitor looked at before, the latest first.
    pub recently_seen: Vec<ProductCard>,
}

impl Related {
    /// All the cards of all of them.
    pub fn cards(&mut self) -> impl Iterator<Item = &mut ProductCard> {
        let others = self.similar.iter_mut().chain(&mut self.also_viewed).chain(&mut self.also_bought);
        others.chain(&mut self.of_shop).chain(&mut self.recently_seen)
    }
}
