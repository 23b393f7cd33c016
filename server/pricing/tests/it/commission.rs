//! What a shop pays for a sale.

use crate::baskets::*;
use model::{
    Currency, Money, MoneyError,
    ids::{CategoryId, Uuid},
    views::Tier,
};
use pricing::{Applies, Fee, FeeAmount, FeeRule, SoldLine, commission};

fn category(n: u128) -> CategoryId {
    CategoryId::new(Uuid::from_u128(n))
}

/// Of product, shop and category 1, which is in category 2, which is in 3.
fn sold(price: i64, quantity: i32, shop_discount: i64) -> SoldLine {
    SoldLine {
        line: Uuid::from_u128(1),
        shop: shop(1),
        tier: Tier::Official,
        product: product(1),
        categories: vec![category(1), category(2), category(3)],
        quantity: pieces(quantity),
        price: rp(price * i64::from(quantity)),
        shop_discount: rp(shop_discount),
    }
}

fn rate(rate: u16, cap: Option<i64>, floor: Option<i64>) -> FeeAmount {
    FeeAmount::Rate { rate: bps(rate), cap: cap.map(rp), floor: floor.map(rp) }
}

fn rule(fee: Fee, applies: Applies, amount: FeeAmount) -> FeeRule {
    FeeRule { fee, applies, amount }
}

fn total(rules: &[FeeRule], lines: &[SoldLine]) -> i64 {
    let commission = commission(rules, lines, Currency::Idr).unwrap();
    let parts: i64 = commission.lines.iter().map(|fee| fee.amount.amount()).sum::<i64>()
        + commission.order.iter().map(|(_, amount)| amount.amount()).sum::<i64>();
    assert_eq!(parts, commission.total.amount());
    parts
}

#[test]
fn commissions_are_what_they_are_elsewhere() {
    let per_piece = FeeAmount::PerPiece(rp(250));
    for (name, amount, lines, expected) in [
        ("a rate", rate(1000, None, None), vec![sold(100, 3, 0)], 30),
        ("per piece on one line", per_piece, vec![sold(100, 3, 0)], 750),
        ("per piece on three lines", per_piece, vec![sold(100, 1, 0); 3], 750),
        ("capped", rate(1000, Some(12), None), vec![sold(100, 3, 0)], 12),
        ("after the shop's discount", rate(1000, None, None), vec![sold(100, 1, 40)], 6),
        ("a discount larger than the price", rate(1000, None, Some(5)), vec![sold(100, 1, 140)], 0),
        ("a floor", rate(100, None, Some(5)), vec![sold(100, 1, 0)], 5),
        ("per order, however many lines", FeeAmount::PerOrder(rp(500)), vec![sold(100, 1, 0); 3], 500),
    ] {
        assert_eq!(total(&[rule(Fee::Commission, Applies::Everywhere, amount)], &lines), expected, "{name}");
    }
}

#[test]
fn the_most_specific_rule_holds() {
    let percent = |applies, n: u16| rule(Fee::Commission, applies, rate(n * 100, None, None));
    let mut rules = vec![
        percent(Applies::Everywhere, 20),
        percent(Applies::Tier(Tier::Official), 15),
        percent(Applies::Tier(Tier::Power), 2),
        percent(Applies::Shop(shop(1)), 12),
        percent(Applies::Category(category(3)), 9),
        percent(Applies::Category(category(2)), 8),
        percent(Applies::Product(product(1)), 3),
        percent(Applies::Product(product(2)), 1),
    ];
    for expected in [3u16, 8, 9, 12, 15, 20] {
        assert_eq!(total(&rules, &[sold(100, 1, 0)]), i64::from(expected));
        let position = rules.iter().position(|it| it.amount == rate(expected * 100, None, None)).unwrap();
        rules.remove(position);
    }
    assert_eq!(total(&rules, &[sold(100, 1, 0)]), 0, "without a rule there is no fee");
}

#[test]
fn fees_add_up() {
    let everywhere = |fee, amount| rule(fee, Applies::Everywhere, amount);
    let rules = [
        everywhere(Fee::Commission, rate(650, None, None)),
        everywhere(Fee::Dynamic, rate(550, Some(40_000), None)),
        everywhere(Fee::Mall, rate(150, Some(5_000), None)),
        everywhere(Fee::Order, FeeAmount::PerOrder(rp(500))),
    ];
    let lines = [sold(100_000, 1, 10_000)];
    let fees = commission(&rules, &lines, Currency::Idr).unwrap();
    let amounts: Vec<i64> = fees.lines.iter().map(|fee| fee.amount.amount()).collect();
    assert_eq!((amounts.as_slice(), fees.total), (&[5_850, 4_950, 1_350][..], rp(12_650)));
    assert_eq!(commission(&rules, &lines, Currency::Idr).unwrap(), fees, "again it is the same");
}

#[test]
fn fees_in_another_currency_are_refused() {
    let dollar = FeeAmount::PerOrder(Money::new(1, Currency::Usd));
    let rules = [rule(Fee::Order, Applies::Everywhere, dollar)];
    let error = commission(&rules, &[sold(1, 1, 0)], Currency::Idr);
    assert_eq!(error, Err(MoneyError::CurrencyMismatch(Currency::Idr, Currency::Usd)));
}
