//! What holds for every basket.

use crate::baskets::*;
use pricing::{
    Basket, Conditions, FlashPrice, Kind, Line, Quote, ShippingOff, TRIED, Tax, Tier, Voucher, best, quote,
};
use proptest::prelude::*;
use time::Duration;

fn taxes() -> impl Strategy<Value = Tax> {
    (prop::collection::vec(0u16..3000, 0..3), any::<bool>())
        .prop_map(|(rates, inclusive)| Tax { rates: rates.into_iter().map(bps).collect(), inclusive })
}

fn lines() -> impl Strategy<Value = Vec<Line>> {
    let one = (1u128..4, 0i64..1_000_000, 1i32..6, taxes(), 0i64..4);
    prop::collection::vec(one, 0..7).prop_map(|all| {
        let line_of = |(n, (of, price, quantity, tax, mode)): (usize, (u128, i64, i32, Tax, i64))| {
            let flash = FlashPrice {
                sale: model::ids::FlashSaleId::new(model::ids::Uuid::from_u128(9)),
                price: rp(price / 2),
                quota: 3,
                sold: 0,
                per_buyer: None,
                bought: 0,
                ends_at: NOW + Duration::HOUR,
            };
            Line {
                shop: shop(of),
                flash: (mode == 1).then_some(flash),
                tiers: if mode > 1 {
                    vec![Tier { min_qty: pieces(2), price: rp(price * 2 / 3) }]
                } else {
                    vec![]
                },
                ..line(n as u128 + 1, price, quantity, tax)
            }
        };
        all.into_iter().enumerate().map(line_of).collect()
    })
}

fn kinds() -> impl Strategy<Value = Kind> {
    let cap = prop::option::of(0i64..100_000);
    (0..6, 0i64..200_000, 1u16..=10_000, cap, 1i32..4).prop_map(|(which, amount, rate, cap, n)| match which {
        0 => Kind::Fixed(rp(amount)),
        1 => Kind::FixedPerLine(rp(amount)),
        2 => Kind::Percent { rate: bps(rate), cap: cap.map(rp) },
        3 => Kind::PercentPerLine { rate: bps(rate) },
        4 => Kind::BuyXGetY { buy: pieces(n), get: pieces(4 - n) },
        _ => Kind::Shipping(ShippingOff::Percent { rate: bps(rate), cap: cap.map(rp) }),
    })
}

fn vouchers() -> impl Strategy<Value = Vec<Voucher>> {
    let one = (kinds(), 0u128..4, any::<bool>(), prop::option::of(1i64..500_000));
    prop::collection::vec(one, 0..6).prop_map(|all| {
        let voucher_of = |(n, (kind, of, code, least)): (usize, (Kind, u128, bool, Option<i64>))| {
            let n = n as u128 + 1;
            let own = if of == 0 { voucher(n, kind) } else { of_shop(n, of, kind) };
            let conditions = Conditions { min_spend: least.map(rp), ..Conditions::default() };
            Voucher { conditions, code: own.code.clone().filter(|_| code), ..own }
        };
        all.into_iter().enumerate().map(voucher_of).collect()
    })
}

fn baskets() -> impl Strategy<Value = Basket> {
    let fees = prop::collection::vec((0i64..50_000, taxes()), 0..4);
    (lines(), fees, vouchers(), 0i64..100_000).prop_map(|(lines, fees, vouchers, coins)| {
        let fee_of = |(n, (amount, tax)): (usize, (i64, Tax))| fee(n as u128 + 1, amount, tax);
        let shipping = fees.into_iter().enumerate().map(fee_of).collect();
        Basket { shipping, vouchers, coins, ..basket(lines) }
    })
}

fn sum<T>(of: &[T], amount: impl Fn(&T) -> model::Money) -> i64 {
    of.iter().map(|part| amount(part).amount()).sum()
}

fn adds_up(basket: &Basket, quote: &Quote) {
    for line in &quote.lines {
        let discounts = sum(&line.discounts, |discount| discount.amount);
        assert!(line.gross.amount() >= 0 && line.net.amount() >= 0 && line.tax.amount() >= 0);
        assert!(discounts <= line.gross_before.amount() + line.tax.amount() + line.coins.amount());
        assert_eq!(line.net.plus(line.tax).unwrap(), line.gross);
        if !line.taxes.is_empty() {
            assert_eq!(sum(&line.taxes, |(_, part)| *part), line.tax.amount());
        }
        let base = line.commission_base().amount() - line.platform_discount.amount();
        assert!(base >= 0, "a line never costs less than nothing");
    }
    for shop in &quote.shops {
        let lines: Vec<_> = quote.lines.iter().filter(|line| line.shop == shop.shop).collect();
        assert_eq!(sum(&lines, |line| line.gross), shop.goods.amount());
        assert_eq!(shop.goods.plus(shop.shipping.gross).unwrap(), shop.total);
        assert_eq!(shop.net.plus(shop.tax).unwrap(), shop.total);
        assert_eq!(
            sum(&shop.shipping.discounts, |discount| discount.amount),
            shop.shipping.discount.amount()
        );
    }
    assert_eq!(sum(&quote.shops, |shop| shop.total), quote.total.amount());
    assert_eq!(quote.net.plus(quote.tax).unwrap(), quote.total);
    // The rows of a breakdown add up.
    let before = sum(&quote.lines, |line| line.gross_before) + sum(&basket.shipping, |fee| fee.fee);
    let rows = before - sum(&quote.adjustments, |row| row.amount) + quote.tax_added.amount();
    assert_eq!(rows, quote.total.amount());
    // What a voucher gives is the sum of its rows.
    for used in &quote.applied {
        let rows = quote.adjustments.iter().filter(|row| row.source.voucher() == Some(&used.voucher));
        assert_eq!(rows.map(|row| row.amount.amount()).sum::<i64>(), used.amount.amount());
    }
    assert!(quote.coins.amount() <= basket.coins);
    let funded = sum(&quote.shops, |shop| shop.shop_funded) + sum(&quote.shops, |shop| shop.platform_funded);
    assert_eq!(funded, sum(&quote.applied, |used| used.amount) + quote.coins.amount());
}

proptest! {
    #[test]
    fn every_total_is_the_sum_of_its_parts(basket in baskets()) {
        adds_up(&basket, &quote(&basket).unwrap());
    }

    #[test]
    fn pricing_again_changes_nothing_and_neither_does_the_order_of_lines(
        (basket, turned) in baskets().prop_flat_map(|basket| {
            let lines = Just(basket.lines.clone()).prop_shuffle();
            (Just(basket), lines)
        })
    ) {
        let once = quote(&basket).unwrap();
        prop_assert_eq!(&quote(&basket).unwrap(), &once);
        let other = quote(&Basket { lines: turned, ..basket }).unwrap();
        prop_assert_eq!(other.total, once.total);
        prop_assert_eq!(other.adjustments, once.adjustments);
        prop_assert_eq!(other.refused, once.refused);
        for line in &once.lines {
            prop_assert!(other.lines.contains(line));
        }
    }

    #[test]
    fn no_voucher_makes_anything_dearer(basket in baskets(), more in kinds()) {
        let plain = quote(&Basket { vouchers: vec![], ..basket.clone() }).unwrap();
        let with = quote(&Basket { vouchers: vec![voucher(99, more)], ..basket }).unwrap();
        prop_assert!(with.total.amount() <= plain.total.amount());
        prop_assert!(with.applied.is_empty() || with.refused.is_empty());
    }

    #[test]
    fn the_best_is_no_worse_than_any_one(basket in baskets(), candidates in vouchers()) {
        let basket = Basket { vouchers: vec![], coins: 0, ..basket };
        let candidates: Vec<Voucher> = candidates.into_iter().filter(|one| !one.automatic()).collect();
        prop_assert!(candidates.len() < TRIED.ilog2() as usize);
        let chosen = best(&basket, &candidates).unwrap();
        let of = |vouchers: Vec<Voucher>| quote(&Basket { vouchers, ..basket.clone() }).unwrap();
        let best = of(candidates.iter().filter(|one| chosen.contains(&one.id)).cloned().collect());
        prop_assert_eq!(best.applied.len(), chosen.len());
        for one in candidates {
            prop_assert!(best.total.amount() <= of(vec![one]).total.amount());
        }
    }
}
