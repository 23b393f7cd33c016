//! Better unit prices, promotions and vouchers.

use crate::baskets::*;
use model::{
    ids::{FlashSaleId, Uuid},
    order::Funder,
    pricing::Source,
};
use pricing::{
    Basket, Conditions, FlashPrice, Kind, Line, ScheduledPrice, Scope, ShippingOff, Tier, Voucher, quote, why,
};
use time::Duration;

const SALE: FlashSaleId = FlashSaleId::new(Uuid::from_u128(99));

fn flash(price: i64) -> FlashPrice {
    FlashPrice {
        sale: SALE,
        price: rp(price),
        quota: 10,
        sold: 0,
        per_buyer: None,
        bought: 0,
        ends_at: NOW + Duration::HOUR,
    }
}

fn scheduled(price: i64) -> ScheduledPrice {
    ScheduledPrice { price: rp(price), starts_at: NOW, ends_at: NOW + Duration::HOUR }
}

/// What a piece costs and why.
fn unit(line: Line) -> (i64, Option<Source>) {
    let quote = priced(vec![line], vec![]);
    let line = &quote.lines[0];
    assert_eq!(line.flash.is_some(), matches!(why(line), [d] if d.source == Source::Flash(SALE)));
    (line.unit.amount(), why(line).first().map(|discount| discount.source.clone()))
}

#[test]
fn the_lowest_price_that_applies_is_the_price() {
    let tiers = vec![Tier { min_qty: pieces(3), price: rp(90) }, Tier { min_qty: pieces(5), price: rp(80) }];
    let of = |quantity| Line { tiers: tiers.clone(), ..line(1, 100, quantity, within(0)) };
    let tier = |min_qty| Some(Source::Tier { min_qty });
    let hour = Duration::HOUR;
    let over = FlashPrice { ends_at: NOW, ..flash(1) };
    let later = ScheduledPrice { starts_at: NOW + hour, ends_at: NOW + hour * 2, price: rp(1) };
    for (name, line, expected) in [
        ("list", of(2), (100, None)),
        ("the first tier", of(3), (90, tier(3))),
        ("the second tier", of(5), (80, tier(5))),
        ("flash below the tier", Line { flash: Some(flash(85)), ..of(3) }, (85, Some(Source::Flash(SALE)))),
        ("flash above the tier", Line { flash: Some(flash(85)), ..of(5) }, (80, tier(5))),
        ("flash like the tier takes no piece", Line { flash: Some(flash(90)), ..of(3) }, (90, tier(3))),
        ("scheduled", Line { scheduled: Some(scheduled(70)), ..of(1) }, (70, Some(Source::Schedule))),
        ("a price for later", Line { scheduled: Some(later), ..of(1) }, (100, None)),
        ("a sale that is over", Line { flash: Some(over), ..of(1) }, (100, None)),
        (
            "more than are left",
            Line { flash: Some(FlashPrice { sold: 8, ..flash(1) }), ..of(3) },
            (90, tier(3)),
        ),
        (
            "more than one may have",
            Line { flash: Some(FlashPrice { per_buyer: Some(2), bought: 1, ..flash(1) }), ..of(2) },
            (100, None),
        ),
    ] {
        assert_eq!(unit(line), expected, "{name}");
    }
}

#[test]
fn pieces_of_a_product_count_together_for_its_wholesale_price() {
    let tiers = vec![Tier { min_qty: pieces(3), price: rp(90) }];
    let lines = vec![
        Line { tiers: tiers.clone(), product: product(1), ..line(1, 100, 2, within(0)) },
        Line { tiers, product: product(1), ..line(2, 100, 1, within(0)) },
        line(3, 100, 1, within(0)),
    ];
    let quote = priced(lines, vec![]);
    assert_eq!(quote.total, rp(270 + 100));
    assert_eq!(
        quote.adjustments.iter().map(|a| (a.amount, a.funder)).collect::<Vec<_>>(),
        [(rp(20), Funder::Shop), (rp(10), Funder::Shop)]
    );
}

#[test]
fn a_condition_is_tested_again_after_the_discounts_before_it() {
    let three = Conditions { min_qty: Some(pieces(3)), ..Conditions::default() };
    let thousand = Conditions { min_spend: Some(rp(1000)), ..Conditions::default() };
    let vouchers = || {
        vec![
            Voucher { conditions: three.clone(), ..promotion(1, percent(50)) },
            Voucher { conditions: thousand.clone(), ..promotion(2, percent(10)) },
        ]
    };
    for (quantity, expected) in [(2, (900, 1080)), (3, (750, 900))] {
        let quote = priced(vec![line(1, 500, quantity, on_top(20))], vouchers());
        assert_eq!(totals(&quote), expected);
        assert_eq!((quote.applied.len(), quote.refused.len()), (1, 0));
    }
}

#[test]
fn discounts_for_some_goods_leave_the_others() {
    let each = priced(vec![line(1, 1000, 3, on_top(20))], vec![promotion(1, Kind::FixedPerLine(rp(1000)))]);
    assert_eq!(totals(&each), (2000, 2400));

    let lines =
        || vec![line(1, 1000, 1, on_top(20)), line(2, 1000, 1, on_top(20)), line(3, 100, 2, on_top(20))];
    let tagged = Conditions { products: vec![product(2), product(3)], ..Conditions::default() };
    let half = Voucher { conditions: tagged, ..voucher(1, percent_each(50)) };
    assert_eq!(totals(&priced(lines(), vec![half])), (1600, 1920));
    assert_eq!(totals(&priced(lines(), vec![])), (2200, 2640));
}

#[test]
fn a_line_never_costs_less_than_nothing() {
    let quote = priced(
        vec![line(1, 999, 1, within(11))],
        vec![promotion(1, percent(100)), voucher(2, percent(20)), of_shop(3, 1, off(5))],
    );
    assert_eq!(totals(&quote), (0, 0));
    // What gives nothing is not used up for it.
    assert_eq!(quote.applied.iter().map(|used| used.amount.amount()).sum::<i64>(), 999);
    assert_eq!(quote.applied.len() + quote.refused.len(), 3);
}

#[test]
fn free_pieces_are_the_cheapest() {
    let two_for_one = Kind::BuyXGetY { buy: pieces(1), get: pieces(1) };
    let lines = vec![line(1, 300, 1, within(0)), line(2, 100, 2, within(0)), line(3, 200, 1, within(0))];
    let quote = priced(lines, vec![of_shop(1, 1, two_for_one)]);
    assert_eq!(quote.total, rp(500));
    let free = |source: &Source| match source {
        Source::BuyXGetY { free, .. } => *free,
        _ => 0,
    };
    assert_eq!(quote.adjustments.iter().map(|a| free(&a.source)).collect::<Vec<_>>(), [2]);
    // Two such promotions do not give the same piece twice.
    let promotions = vec![promotion(1, two_for_one), promotion(2, two_for_one)];
    assert_eq!(priced(vec![line(1, 100, 4, within(0))], promotions).total, rp(100));
}

#[test]
fn the_platform_s_voucher_is_shared_among_shops_by_what_they_cost() {
    let of = |n, price, quantity| Line { shop: shop(n), ..line(n, price, quantity, within(11)) };
    let mut lines = vec![of(1, 125_000, 1), of(2, 39_250, 2), of(3, 46_000, 1)];
    lines.push(Line { shop: shop(3), ..line(4, 499, 1, within(11)) });
    let quote = priced(lines, vec![voucher(1, off(50_000))]);
    assert_eq!(taken_off(&quote), [25_000, 15_700, 9_300]);
    assert_eq!(quote.total, rp(199_999));
    assert!(quote.shops.iter().all(|shop| shop.shop_funded.is_zero()));
    assert_eq!(quote.applied.len(), 1, "it is used once, among however many shops");
}

#[test]
fn a_commission_is_reckoned_before_what_the_platform_gives() {
    let quote = priced(
        vec![line(1, 100_000, 1, within(11))],
        vec![of_shop(1, 1, off(10_000)), voucher(2, off(20_000))],
    );
    assert_eq!(quote.lines[0].commission_base(), rp(90_000));
    assert_eq!(quote.total, rp(70_000));
    assert_eq!((quote.shops[0].shop_funded, quote.shops[0].platform_funded), (rp(10_000), rp(20_000)));
}

#[test]
fn shipping_vouchers_lower_fees_only() {
    let up_to = |n| Kind::Shipping(ShippingOff::UpTo(rp(n)));
    let lines = || vec![line(1, 5000, 1, within(0)), Line { shop: shop(2), ..line(2, 5000, 1, within(0)) }];
    let with = |voucher: Voucher| {
        let basket = Basket {
            shipping: vec![fee(1, 9_000, within(0)), fee(2, 3_000, within(0))],
            vouchers: vec![voucher],
            ..basket(lines())
        };
        let quote = quote(&basket).unwrap();
        assert_eq!(quote.total.amount(), 10_000 + 12_000 - quote.applied[0].amount.amount());
        quote.shops.iter().map(|shop| shop.shipping.discount.amount()).collect::<Vec<_>>()
    };
    let half = Kind::Shipping(ShippingOff::Percent { rate: bps(5000), cap: Some(rp(4_000)) });
    assert_eq!(with(voucher(1, up_to(4_000))), [3_000, 1_000]);
    assert_eq!(with(voucher(1, up_to(90_000))), [9_000, 3_000]);
    assert_eq!(with(of_shop(1, 2, up_to(90_000))), [0, 3_000]);
    assert_eq!(with(voucher(1, half)), [3_000, 1_000]);

    // Before fees are known it is kept for later.
    let early = priced(lines(), vec![voucher(1, up_to(4_000))]);
    assert_eq!((early.applied[0].amount, early.refused.len()), (rp(0), 0));
}

#[test]
fn a_cap_holds_for_all_goods_together() {
    let capped = Kind::Percent { rate: bps(5000), cap: Some(rp(1000)) };
    let lines = vec![line(1, 3000, 1, within(0)), line(2, 1000, 1, within(0))];
    let quote = priced(lines, vec![Voucher { scope: Scope::Platform, ..voucher(1, capped) }]);
    let shares: Vec<i64> = quote.lines.iter().map(|line| line.platform_discount.amount()).collect();
    assert_eq!(shares, [750, 250]);
}
