//! What people keep for later, in lists they name.

use crate::{
    Money,
    ids::{ProductId, VariantId, WishId, WishlistId},
    views::ProductCard,
};
use serde::{Deserialize, Serialize};

/// How much is taken.
pub mod limits {
    /// Lists of one person.
    pub const MOST_LISTS: u32 = 20;
    /// Products on one list.
    pub const MOST_WISHES: u32 = 300;
    /// Of a list's name, in characters.
    pub const NAME: usize = 40;
}

/// A list without what is on it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Wishlist {
    pub id: WishlistId,
    /// Empty for the first list nobody has named.
    pub name: String,
    /// Where a heart puts things.
    pub is_default: bool,
    pub count: u32,
    /// Whoever knows it may look at the list: `/w/{token}`.
    pub token: Option<String>,
    pub version: i32,
}

/// Something on a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Wish {
    pub id: WishId,
    pub product: ProductId,
    /// None where the product as a whole is wished for.
    pub variant: Option<WishedVariant>,
    /// Instant in seconds since 1970.
    pub added_at: i64,
    /// None where it is no longer sold.
    pub card: Option<ProductCard>,
    /// What it was called when it was added, for when it is gone.
    pub name: String,
    /// What it costs now.
    pub price: Option<Money>,
    pub in_stock: bool,
    pub marks: Marks,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WishedVariant {
    pub id: VariantId,
    pub sku: String,
    /// The chosen values: `Merah, XL`.
    pub name: String,
}

/// What has changed for the better since it was added.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Marks {
    /// By so much it is cheaper.
    pub price_drop: Option<Money>,
    /// It was sold out and no longer is.
    pub back_in_stock: bool,
}

impl Marks {
    /// Of something that cost `then` and was there or not, and now costs `now` and is there or not.
    pub fn since(then: Money, was_in_stock: bool, now: Money, in_stock: bool) -> Self {
        let drop = then.minus(now).ok().filter(|drop| drop.amount() > 0);
        Self { price_drop: drop.filter(|_| in_stock), back_in_stock: in_stock && !was_in_stock }
    }
}

/// A list with a part of what is on it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WishlistPage {
    pub list: Wishlist,
    pub items: Vec<Wish>,
    /// An opaque cursor; none at the end.
    pub next: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_say_what_became_better() {
        let idr = Money::idr;
        let marks =
            |price_drop: Option<i64>, back_in_stock| Marks { price_drop: price_drop.map(idr), back_in_stock };
        for (then, was, now, is, expected) in [
            (100, true, 80, true, marks(Some(20), false)),
            (100, true, 100, true, marks(None, false)),
            (100, true, 120, true, marks(None, false)),
            (100, false, 100, true, marks(None, true)),
            (100, false, 80, true, marks(Some(20), true)),
            (100, true, 80, false, marks(None, false)),
        ] {
            assert_eq!(Marks::since(idr(then), was, idr(now), is), expected, "{then} {was} {now} {is}");
        }
    }
}
