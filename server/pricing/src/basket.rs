//! What is to be priced.

use crate::Voucher;
use model::{
    BasisPoints, Currency, Money, Qty,
    ids::{AccountId, CategoryId, FlashSaleId, ProductId, ShopId, Uuid, VariantId},
    payment::Method,
    pricing::MemberTier,
};
use time::OffsetDateTime;

/// Everything a price depends on.
#[derive(Clone, PartialEq, Debug)]
pub struct Basket {
    pub now: OffsetDateTime,
    pub currency: Currency,
    pub buyer: Buyer,
    /// Before one is chosen, vouchers for certain methods are given as if it were one of them.
    pub method: Option<Method>,
    /// In any order: prices do not depend on it. Where two lines have the same right to the last unit of a discount, it
    /// goes to the one with the lower id, which is the one that was put into the cart earlier.
    pub lines: Vec<Line>,
    /// One for each shop, or none before it is known.
    pub shipping: Vec<Shipping>,
    /// Those wanted, and those that need no code.
    pub vouchers: Vec<Voucher>,
    /// So many are to be spent, each worth one minor unit. What the goods do not cost is not spent.
    pub coins: i64,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Buyer {
    /// None for a guest.
    pub account: Option<AccountId>,
    pub first_order: bool,
    pub member_tier: MemberTier,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    /// Its own in the basket.
    pub id: Uuid,
    pub shop: ShopId,
    pub product: ProductId,
    pub variant: VariantId,
    /// The product's own category and all above it.
    pub categories: Vec<CategoryId>,
    pub quantity: Qty,
    /// Of one piece.
    pub list: Money,
    /// Wholesale prices. All pieces of the product count, whichever their variant.
    pub tiers: Vec<Tier>,
    pub scheduled: Option<ScheduledPrice>,
    pub flash: Option<FlashPrice>,
    pub tax: Tax,
}

/// From so many pieces on, each costs this.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tier {
    pub min_qty: Qty,
    pub price: Money,
}

/// A price from one instant until just before another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ScheduledPrice {
    pub price: Money,
    pub starts_at: OffsetDateTime,
    pub ends_at: OffsetDateTime,
}

/// A price in a flash sale that is going on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FlashPrice {
    pub sale: FlashSaleId,
    pub price: Money,
    /// Pieces at this price in all.
    pub quota: i32,
    pub sold: i32,
    /// At most so many for one buyer.
    pub per_buyer: Option<i32>,
    /// So many this buyer has had; 0 where nobody knows who it is.
    pub bought: i32,
    pub ends_at: OffsetDateTime,
}

impl FlashPrice {
    /// Pieces this buyer can still have.
    pub fn left(&self) -> i32 {
        let left = self.quota - self.sold;
        let theirs = self.per_buyer.map_or(left, |most| most - self.bought);
        left.min(theirs).max(0)
    }
}

/// Taxes on a price: within it or on top of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tax {
    pub rates: Vec<BasisPoints>,
    pub inclusive: bool,
}

impl Tax {
    pub const fn none() -> Self {
        Self { rates: Vec::new(), inclusive: true }
    }

    /// Within the price.
    pub fn inclusive(rate: BasisPoints) -> Self {
        Self { rates: vec![rate], inclusive: true }
    }

    /// On top of the price.
    pub fn exclusive(rate: BasisPoints) -> Self {
        Self { rates: vec![rate], inclusive: false }
    }
}

/// What sending a shop's goods costs.
#[derive(Clone, PartialEq, Debug)]
pub struct Shipping {
    pub shop: ShopId,
    pub fee: Money,
    pub tax: Tax,
}
