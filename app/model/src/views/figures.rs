//! How a shop sells. Days are Jakarta's, told by the instant they begin at; amounts are rupiah.

use crate::{
    Money, Slug,
    ids::{ProductId, VariantId},
};
use serde::{Deserialize, Serialize};

crate::named!(
    /// By which way somebody came to what they looked at.
    VisitSource {
        Search = "search",
        Category = "category",
        Home = "home",
        /// A shop's own page.
        Shop = "shop",
        /// Elsewhere on this site: other goods, a cart, a wishlist.
        Site = "site",
        /// A link that was shared, another site, or an address that was typed.
        Outside = "outside",
    }
);

crate::named!(
    /// How many days are looked at, today among them.
    Period {
        Week = "7",
        Month = "30",
        Quarter = "90",
    }
);

impl Period {
    pub const fn days(self) -> u16 {
        match self {
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 90,
        }
    }
}

/// A text somebody searched for is shown once it has led to a shop in so many different hours, as with the log of searches.
pub const LEAD_HOURS: u8 = 5;

/// What is added up, of a day or of a period.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Looks at goods by people who do not ask not to be followed; another within the hour is the same.
    pub looks: u64,
    /// How often something was put into a cart.
    pub carts: u64,
    /// Paid, or to be paid at the door, and not cancelled since.
    pub orders: u64,
    pub cancelled: u64,
    /// Without those that were left out.
    pub pieces: u64,
    /// Of the goods, at the price they were sold at.
    pub sales: i64,
    /// What the shop's own vouchers took off.
    pub vouchers: i64,
    /// What the shop pays of the buyer's shipping.
    pub shipping: i64,
    /// What the platform takes.
    pub fees: i64,
    /// What went back to buyers for what was sent to them.
    pub given_back: i64,
}

impl Tally {
    /// What stays with the shop.
    pub const fn left(&self) -> i64 {
        self.sales - self.vouchers - self.shipping - self.fees - self.given_back
    }

    #[must_use]
    pub const fn plus(&self, other: &Self) -> Self {
        Self {
            looks: self.looks + other.looks,
            carts: self.carts + other.carts,
            orders: self.orders + other.orders,
            cancelled: self.cancelled + other.cancelled,
            pieces: self.pieces + other.pieces,
            sales: self.sales + other.sales,
            vouchers: self.vouchers + other.vouchers,
            shipping: self.shipping + other.shipping,
            fees: self.fees + other.fees,
            given_back: self.given_back + other.given_back,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DayTally {
    /// When the day begins.
    pub day: i64,
    pub tally: Tally,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ProductTally {
    pub id: ProductId,
    pub slug: Slug,
    pub name: String,
    pub looks: u64,
    pub pieces: u64,
    pub sales: i64,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CityTally {
    pub name: String,
    pub orders: u64,
    pub sales: i64,
}

/// What a search was for that led to a shop's goods.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LeadTally {
    pub query: String,
    pub looks: u64,
}

/// Something that will be sold out if it goes on selling as it has in the last thirty days.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RunningOut {
    pub variant: VariantId,
    pub name: String,
    /// What was chosen; empty for the only variant.
    pub label: String,
    pub available: u64,
    /// In the last thirty days.
    pub sold: u64,
    pub days_left: u32,
}

/// A shop's figures of one period, beside those of the one before.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Figures {
    pub period: Period,
    /// From the earliest; the last is today, which is not over.
    pub days: Vec<DayTally>,
    pub now: Tally,
    /// Of as many days before.
    pub before: Tally,
    /// What sold for most, first.
    pub products: Vec<ProductTally>,
    pub cities: Vec<CityTally>,
    pub sources: Vec<(VisitSource, u64)>,
    pub leads: Vec<LeadTally>,
    pub running_out: Vec<RunningOut>,
}

impl Figures {
    /// Whether there is anything to show.
    pub fn is_empty(&self) -> bool {
        let zero = Tally::default();
        self.now == zero && self.before == zero
    }
}

/// How much more than before, in whole percent, rounded towards nothing; none where there was nothing.
pub fn change(now: i64, before: i64) -> Option<i64> {
    if before <= 0 {
        return None;
    }
    let percent = (i128::from(now) - i128::from(before)) * 100 / i128::from(before);
    i64::try_from(percent).ok()
}

/// A part of a whole in tenths of a percent, rounded down; none of nothing.
pub fn rate(part: u64, whole: u64) -> Option<u64> {
    (whole > 0).then(|| u64::try_from(u128::from(part) * 1_000 / u128::from(whole)).unwrap_or(u64::MAX))
}

/// An amount as it is shown.
pub const fn rupiah(amount: i64) -> Money {
    Money::idr(amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_what_nobody_else_gets() {
        let tally = Tally {
            sales: 90_000,
            vouchers: 5_000,
            shipping: 2_000,
            fees: 7_700,
            given_back: 10_000,
            ..Tally::default()
        };
        assert_eq!(tally.left(), 65_300);
        assert_eq!(tally.plus(&tally).left(), 130_600);
    }

    #[test]
    fn changes_and_rates_are_whole_and_say_nothing_of_nothing() {
        for (now, before, percent) in [
            (150, 100, Some(50)),
            (50, 100, Some(-50)),
            (0, 3, Some(-100)),
            (5, 0, None),
            (-10, 10, Some(-200)),
        ] {
            assert_eq!(change(now, before), percent, "{before} → {now}");
        }
        for (part, whole, tenths) in [(1, 3, Some(333)), (3, 3, Some(1_000)), (0, 9, Some(0)), (4, 0, None)] {
            assert_eq!(rate(part, whole), tenths, "{part} of {whole}");
        }
    }
}
