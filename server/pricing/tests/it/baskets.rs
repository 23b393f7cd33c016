//! Baskets and vouchers, named shortly.

use model::{
    BasisPoints, Currency, Money, Qty,
    ids::{AccountId, ProductId, ShopId, Uuid, VariantId, VoucherId},
    order::Funder,
    pricing::{MemberTier, VoucherCode, VoucherState},
};
use pricing::{Basket, Buyer, Conditions, Kind, Left, Line, Quote, Scope, Shipping, Tax, Voucher, quote};
use time::{OffsetDateTime, macros::datetime};

pub const NOW: OffsetDateTime = datetime!(2026-11-22 08:00 UTC);

pub fn rp(amount: i64) -> Money {
    Money::idr(amount)
}

pub fn pieces(n: i32) -> Qty {
    Qty::try_from(n).unwrap()
}

pub fn bps(rate: u16) -> BasisPoints {
    BasisPoints::try_from(rate).unwrap()
}

pub fn shop(n: u128) -> ShopId {
    ShopId::new(Uuid::from_u128(n))
}

pub fn product(n: u128) -> ProductId {
    ProductId::new(Uuid::from_u128(n))
}

pub fn variant(n: u128) -> VariantId {
    VariantId::new(Uuid::from_u128(n))
}

/// `@20` on top of the price.
pub fn on_top(percent: u16) -> Tax {
    if percent == 0 { Tax { inclusive: false, ..Tax::none() } } else { Tax::exclusive(bps(percent * 100)) }
}

/// `@20` within the price.
pub fn within(percent: u16) -> Tax {
    if percent == 0 { Tax::none() } else { Tax::inclusive(bps(percent * 100)) }
}

/// The line, product and variant of this number, of shop 1.
pub fn line(n: u128, price: i64, quantity: i32, tax: Tax) -> Line {
    Line {
        id: Uuid::from_u128(n),
        shop: shop(1),
        product: product(n),
        variant: variant(n),
        categories: Vec::new(),
        quantity: pieces(quantity),
        list: rp(price),
        tiers: Vec::new(),
        scheduled: None,
        flash: None,
        tax,
    }
}

pub fn basket(lines: Vec<Line>) -> Basket {
    Basket {
        now: NOW,
        currency: Currency::Idr,
        buyer: Buyer {
            account: Some(AccountId::new(Uuid::from_u128(7))),
            first_order: false,
            member_tier: MemberTier::Regular,
        },
        method: None,
        lines,
        shipping: Vec::new(),
        vouchers: Vec::new(),
        coins: 0,
    }
}

pub fn fee(n: u128, fee: i64, tax: Tax) -> Shipping {
    Shipping { shop: shop(n), fee: rp(fee), tax }
}

/// A voucher of the platform; its code is its number.
pub fn voucher(n: u128, kind: Kind) -> Voucher {
    Voucher {
        id: VoucherId::new(Uuid::from_u128(n)),
        code: Some(VoucherCode::try_from(format!("CODE{n}").as_str()).unwrap()),
        name: format!("Voucher {n}"),
        scope: Scope::Platform,
        kind,
        conditions: Conditions::default(),
        funder: Funder::Platform,
        from: NOW,
        until: None,
        state: VoucherState::Active,
        public: true,
        left: Left::default(),
    }
}

pub fn of_shop(n: u128, of: u128, kind: Kind) -> Voucher {
    Voucher { scope: Scope::Shop(shop(of)), funder: Funder::Shop, ..voucher(n, kind) }
}

/// Applies without a code.
pub fn promotion(n: u128, kind: Kind) -> Voucher {
    Voucher { code: None, ..voucher(n, kind) }
}

pub fn off(amount: i64) -> Kind {
    Kind::Fixed(rp(amount))
}

pub fn percent(percent: u16) -> Kind {
    Kind::Percent { rate: bps(percent * 100), cap: None }
}

pub fn percent_each(percent: u16) -> Kind {
    Kind::PercentPerLine { rate: bps(percent * 100) }
}

pub fn priced(lines: Vec<Line>, vouchers: Vec<Voucher>) -> Quote {
    quote(&Basket { vouchers, ..basket(lines) }).unwrap()
}

/// Net and gross.
pub fn totals(quote: &Quote) -> (i64, i64) {
    (quote.net.amount(), quote.total.amount())
}

/// What each shop's goods cost less than at unit prices.
pub fn taken_off(quote: &Quote) -> Vec<i64> {
    let off = |shop: &pricing::ShopQuote| {
        let lines = quote.lines.iter().filter(|line| line.shop == shop.shop);
        lines.map(|line| line.shop_discount.amount() + line.platform_discount.amount()).sum()
    };
    quote.shops.iter().map(off).collect()
}
