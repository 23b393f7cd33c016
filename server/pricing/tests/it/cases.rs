//! Totals, taxes and apportioning.

use crate::baskets::*;
use model::{Money, MoneyError, ids::Uuid};
use pricing::{Basket, Line, QuoteError, Tax, Voucher, quote};

#[test]
fn totals_are_what_they_are_elsewhere() {
    type Case = (&'static str, Vec<Line>, Vec<Voucher>, (i64, i64));
    let (x, i) = (on_top, within);
    let one = |price, quantity, tax| vec![line(1, price, quantity, tax)];
    let twice_ten = || vec![of_shop(1, 1, percent_each(10)), voucher(2, percent(10))];
    let cases: Vec<Case> = vec![
        ("exclusive, one", one(123, 1, x(20)), vec![], (123, 148)),
        ("exclusive, three are taxed together", one(123, 3, x(20)), vec![], (369, 443)),
        ("inclusive", one(100, 2, i(20)), vec![], (167, 200)),
        (
            "half off items of two rates",
            vec![line(1, 1400, 1, i(20)), line(2, 650, 2, i(10))],
            vec![voucher(1, percent_each(50))],
            (1174, 1350),
        ),
        ("so much off an order", one(1230, 1, x(20)), vec![voucher(1, off(500))], (730, 876)),
        ("half off an order, exclusive", one(100, 1, x(20)), vec![voucher(1, percent(50))], (50, 60)),
        ("half off an order, inclusive", one(100, 1, i(20)), vec![voucher(1, percent(50))], (42, 50)),
        ("half off an order, untaxed", one(100, 1, i(0)), vec![voucher(1, percent(50))], (50, 50)),
        ("off the item", one(155_880, 1, x(20)), vec![of_shop(1, 1, percent_each(10))], (140_292, 168_350)),
        ("and off the order", one(155_880, 1, x(20)), twice_ten(), (126_263, 151_516)),
        (
            "off the item, inclusive",
            one(155_880, 1, i(20)),
            vec![of_shop(1, 1, percent_each(10))],
            (116_910, 140_292),
        ),
        ("and off the order, inclusive", one(155_880, 1, i(20)), twice_ten(), (105_219, 126_263)),
        (
            "one of two costs nothing",
            vec![line(1, 100, 1, x(20)), line(2, 0, 1, x(20))],
            vec![voucher(1, percent(20))],
            (80, 96),
        ),
        ("billions", one(2_500_000_000, 3, x(11)), vec![], (7_500_000_000, 8_325_000_000)),
    ];
    for (name, lines, vouchers, expected) in cases {
        assert_eq!(totals(&priced(lines, vouchers)), expected, "{name}");
    }
}

#[test]
fn shipping_is_taxed_like_goods_and_beside_them() {
    let goods = |tax: fn(u16) -> Tax| vec![line(1, 1000, 2, tax(20)), line(2, 3499, 1, tax(10))];
    let sent = |lines, fee| quote(&Basket { shipping: vec![fee], ..basket(lines) }).unwrap();
    for (name, lines, fee, expected) in [
        ("an untaxed fee", goods(on_top), fee(1, 240, within(0)), (5739, 6489)),
        ("an untaxed fee, inclusive", goods(within), fee(1, 240, within(0)), (5088, 5739)),
        ("exclusive", vec![line(1, 0, 1, within(0))], fee(1, 500, on_top(20)), (500, 600)),
        ("inclusive", vec![line(1, 0, 1, within(0))], fee(1, 500, within(20)), (417, 500)),
    ] {
        assert_eq!(totals(&sent(lines, fee)), expected, "{name}");
    }
    let both = sent(vec![line(1, 1777, 1, within(21))], fee(1, 666, within(21)));
    let taxes = (both.lines[0].tax.amount(), both.shops[0].shipping.tax.amount(), both.tax.amount());
    assert_eq!(taxes, (308, 116, 424));
}

#[test]
fn a_voucher_for_goods_never_pays_for_shipping() {
    let basket = Basket {
        shipping: vec![fee(1, 500, within(0))],
        vouchers: vec![voucher(1, off(1000))],
        ..basket(vec![line(1, 100, 1, within(0))])
    };
    let quote = quote(&basket).unwrap();
    assert_eq!((quote.shops[0].goods, quote.total), (rp(0), rp(500)));
    assert_eq!(quote.applied[0].amount, rp(100));
}

#[test]
fn what_is_left_over_of_a_discount_goes_to_whoever_came_first() {
    let lines = || (1..=3).map(|n| line(n, 1000, 1, within(0))).collect::<Vec<_>>();
    let shares = |quote: pricing::Quote| {
        quote.lines.iter().map(|line| line.platform_discount.amount()).collect::<Vec<_>>()
    };
    assert_eq!(shares(priced(lines(), vec![voucher(1, off(299))])), [100, 100, 99]);
    let turned = lines().into_iter().rev().collect();
    assert_eq!(shares(priced(turned, vec![voucher(1, off(299))])), [99, 100, 100]);
}

#[test]
fn coins_pay_for_goods_whether_prices_include_taxes_or_not() {
    for (tax, net, taxed, added) in [(within(20), 375, 75, 0), (on_top(20), 458, 92, 100)] {
        let of =
            Basket { coins: 50, shipping: vec![fee(1, 30, within(0))], ..basket(vec![line(1, 500, 1, tax)]) };
        let quote = quote(&of).unwrap();
        assert_eq!((quote.lines[0].net, quote.lines[0].tax), (rp(net), rp(taxed)));
        assert_eq!((quote.coins, quote.tax_added), (rp(50), rp(added)));
        assert_eq!(quote.total, rp(500 + added - 50 + 30));
        assert_eq!(quote.shops[0].platform_funded, rp(50));
    }
    let rich = Basket { coins: 9_999, ..basket(vec![line(1, 500, 1, on_top(20))]) };
    let quote = quote(&rich).unwrap();
    assert_eq!((quote.coins, quote.total), (rp(600), rp(0)), "coins that are not needed are not spent");
}

#[test]
fn a_basket_that_makes_no_sense_has_no_price() {
    let cheap = line(1, 1, 1, within(0));
    let dollars = Line { list: Money::new(1, model::Currency::Usd), ..cheap.clone() };
    let mismatch = MoneyError::CurrencyMismatch(model::Currency::Idr, model::Currency::Usd);
    for (lines, expected) in [
        (vec![line(1, i64::MAX, 2, within(0))], MoneyError::Overflow.into()),
        (vec![line(1, i64::MAX, 1, within(0)), line(2, 1, 1, within(0))], MoneyError::Overflow.into()),
        (vec![line(1, i64::MAX, 1, on_top(20))], MoneyError::Overflow.into()),
        (vec![line(1, -1, 1, within(0))], QuoteError::Negative),
        (vec![dollars], mismatch.into()),
        (vec![cheap.clone(), cheap], QuoteError::TwoLines(Uuid::from_u128(1))),
    ] {
        assert_eq!(quote(&basket(lines)), Err(expected));
    }
    let twice = Basket { shipping: vec![fee(1, 1, within(0)), fee(1, 2, within(0))], ..basket(Vec::new()) };
    assert_eq!(quote(&twice), Err(QuoteError::TwoFees(shop(1))));
}

#[test]
fn nothing_costs_nothing() {
    let quote = quote(&basket(Vec::new())).unwrap();
    assert_eq!((quote.total, quote.tax, quote.shops.len()), (rp(0), rp(0), 0));
}
