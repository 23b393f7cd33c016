//! A product as it stands among others: in a shelf, a result list, a shop.

use super::Picture;
use crate::{Money, Slug, ids::ProductId, ids::ShopId};
use serde::{Deserialize, Serialize};

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ProductCard {
    pub id: ProductId,
    pub slug: Slug,
    pub name: String,
    /// The cheapest variant's price; equal to `price_max` where all cost the same.
    pub price_min: Money,
    pub price_max: Money,
    /// The price struck through beside `price_min`.
    pub list_price: Option<Money>,
    /// Whole percents off the list price, never rounded up.
    pub discount_percent: Option<u8>,
    /// Average stars in hundredths, 100 to 500; 0 where nobody has rated yet.
    pub rating_x100: u16,
    pub review_count: u32,
    pub sold: u32,
    /// Where it is sent from, in short: `Jakarta Barat`, `Kab. Cianjur`.
    pub city: String,
    pub shop_id: ShopId,
    pub shop_name: String,
    pub shop_slug: Slug,
    pub tier: Tier,
    pub free_shipping: bool,
    pub condition: Condition,
    pub in_stock: bool,
    pub image: Picture,
    /// Whether the reader keeps it for later; none where nobody is signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wished: Option<bool>,
}

/// How a shop stands with the market.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    #[default]
    Regular,
    /// Sells much and well.
    Power,
    /// The brand's own shop.
    Official,
}

impl Tier {
    pub const ALL: [Self; 3] = [Self::Regular, Self::Power, Self::Official];

    /// As in the database and in query strings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Regular => "regular",
            Self::Power => "power",
            Self::Official => "official",
        }
    }

    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tier| tier.as_str() == s)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Condition {
    #[default]
    New,
    Used,
}

impl Condition {
    pub const ALL: [Self; 2] = [Self::New, Self::Used];

    /// As in the database and in query strings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Used => "used",
        }
    }

    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|condition| condition.as_str() == s)
    }
}

/// Whole percents that `price` lies below `list`, rounded down; none below one percent.
pub fn discount_percent(price: Money, list: Money) -> Option<u8> {
    if price.currency() != list.currency() || list.amount() <= 0 || price.amount() < 0 {
        return None;
    }
    let off = (i128::from(list.amount()) - i128::from(price.amount())) * 100 / i128::from(list.amount());
    u8::try_from(off).ok().filter(|percent| (1..=99).contains(percent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_discount_is_never_overstated() {
        for (price, list, percent) in [
            (75_000, 100_000, Some(25)),
            (66_700, 100_000, Some(33)),
            (99_500, 100_000, None),
            (100_000, 100_000, None),
            (120_000, 100_000, None),
            (0, 100_000, None),
            (i64::MAX / 2, i64::MAX, Some(50)),
        ] {
            assert_eq!(discount_percent(Money::idr(price), Money::idr(list)), percent, "{price} of {list}");
        }
    }
}
