//! A product about to be put on sale: parsed at the border, trusted from then on.

use crate::{Assortment, AttributeValue};
use model::{
    Slug,
    ids::{CategoryId, ProductId, ShopId, Uuid},
    views::Condition,
};
use std::fmt;
use time::OffsetDateTime;

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotAProduct {
    #[error("a product's name has 3 to 200 characters")]
    Name,
    #[error("a price is between 1 and 1.000.000.000.000.000")]
    Price,
    #[error("the price struck through is above the price")]
    ListPrice,
    #[error("a weight is between 1 g and 1.000 kg")]
    Weight,
    #[error("the least number to buy is 1 or more and not above the most")]
    Quantity,
}

/// 3 to 200 characters, one space between words, no control characters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProductName(String);

impl ProductName {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<&str> for ProductName {
    type Error = NotAProduct;
    fn try_from(text: &str) -> Result<Self, NotAProduct> {
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let fits = (3..=200).contains(&name.chars().count()) && !name.chars().any(char::is_control);
        if fits { Ok(Self(name)) } else { Err(NotAProduct::Name) }
    }
}

impl fmt::Display for ProductName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What one piece costs, in minor units of the product's currency; never nothing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Price(i64);

impl Price {
    pub const LEAST: Self = Self(1);
    /// So that no line of an order comes near the end of 64 bits.
    pub const MOST: Self = Self(1_000_000_000_000_000);

    pub const fn get(self) -> i64 {
        self.0
    }
}

impl TryFrom<i64> for Price {
    type Error = NotAProduct;
    fn try_from(amount: i64) -> Result<Self, NotAProduct> {
        if (Self::LEAST.0..=Self::MOST.0).contains(&amount) {
            Ok(Self(amount))
        } else {
            Err(NotAProduct::Price)
        }
    }
}

/// A price, and the higher one struck through beside it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Offer {
    price: Price,
    list: Option<Price>,
}

impl Offer {
    pub(crate) const NOTHING: Self = Self { price: Price::LEAST, list: None };

    pub fn new(price: Price, list: Option<Price>) -> Result<Self, NotAProduct> {
        if list.is_some_and(|list| list <= price) {
            Err(NotAProduct::ListPrice)
        } else {
            Ok(Self { price, list })
        }
    }

    pub const fn price(self) -> Price {
        self.price
    }

    pub const fn list(self) -> Option<Price> {
        self.list
    }
}

/// What one piece weighs, packed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Grams(i32);

impl Grams {
    pub const fn get(self) -> i32 {
        self.0
    }
}

impl TryFrom<i32> for Grams {
    type Error = NotAProduct;
    fn try_from(grams: i32) -> Result<Self, NotAProduct> {
        if (1..=1_000_000).contains(&grams) { Ok(Self(grams)) } else { Err(NotAProduct::Weight) }
    }
}

/// How many may be bought at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct QtyRange {
    min: i32,
    max: Option<i32>,
}

impl QtyRange {
    pub const ANY: Self = Self { min: 1, max: None };

    pub fn new(min: i32, max: Option<i32>) -> Result<Self, NotAProduct> {
        if min >= 1 && max.is_none_or(|max| max >= min) {
            Ok(Self { min, max })
        } else {
            Err(NotAProduct::Quantity)
        }
    }

    pub const fn min(self) -> i32 {
        self.min
    }

    pub const fn max(self) -> Option<i32> {
        self.max
    }
}

/// Packed, in millimetres.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Dimensions {
    pub length_mm: i32,
    pub width_mm: i32,
    pub height_mm: i32,
}

/// What is drawn where there is no photograph.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Art {
    pub motif: String,
    pub seed: i32,
}

/// Totals a listing brings along from where it was sold before.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct StandIn {
    pub sold: i32,
    pub rating_count: i32,
    /// Stars in hundredths, between 100 and 500 for each rating.
    pub rating_sum: i64,
}

#[derive(Clone, Debug)]
pub struct NewProduct {
    pub id: ProductId,
    pub shop: ShopId,
    pub category: CategoryId,
    pub slug: Slug,
    pub name: ProductName,
    pub description: String,
    pub brand: Option<String>,
    pub condition: Condition,
    pub qty: QtyRange,
    pub weight: Grams,
    pub dimensions: Option<Dimensions>,
    pub preorder_days: Option<i16>,
    pub video_url: Option<String>,
    pub free_shipping: bool,
    pub assortment: Assortment,
    /// By the attribute's id; only attributes of the category or of those above it.
    pub attributes: Vec<(Uuid, AttributeValue)>,
    pub totals: StandIn,
    pub art: Art,
    pub published_at: OffsetDateTime,
}

/// What a source's listing says anew about a product it brought before. The product keeps its id and its one
/// variant; a changed name gives it a new address, and the former one leads there.
#[derive(Clone, Debug)]
pub struct Revision {
    pub product: ProductId,
    pub shop: ShopId,
    pub category: CategoryId,
    pub slug: Slug,
    pub name: ProductName,
    pub brand: Option<String>,
    pub condition: Condition,
    pub price: Price,
    pub attributes: Vec<(Uuid, AttributeValue)>,
    pub totals: StandIn,
    pub art: Art,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_parsed_is_sound() {
        assert_eq!(ProductName::try_from("  Kopi \t Gayo\u{a0}1kg ").unwrap().as_str(), "Kopi Gayo 1kg");
        assert!(ProductName::try_from("ab").is_err() && ProductName::try_from(&*"x".repeat(201)).is_err());
        assert!(Price::try_from(0).is_err() && Price::try_from(-1).is_err() && Price::try_from(1).is_ok());
        assert!(Price::try_from(2_500_000_000).is_ok() && Price::try_from(i64::MAX).is_err());
        let price = |n| Price::try_from(n).unwrap();
        assert!(Offer::new(price(10), Some(price(10))).is_err());
        assert!(Offer::new(price(10), Some(price(11))).is_ok());
        assert!(QtyRange::new(2, Some(1)).is_err() && QtyRange::new(0, None).is_err());
    }
}
