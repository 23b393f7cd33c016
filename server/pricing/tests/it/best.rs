//! Which vouchers save the most.

use crate::baskets::*;
use model::ids::VoucherId;
use pricing::{Basket, Conditions, Kind, Line, ShippingOff, Voucher, best, quote};

fn numbers(ids: Vec<VoucherId>) -> Vec<u128> {
    let mut numbers: Vec<u128> = ids.into_iter().map(|id| id.uuid().as_u128()).collect();
    numbers.sort_unstable();
    numbers
}

/// What the best of these saves.
fn saved(of: &Basket, candidates: &[Voucher]) -> i64 {
    let chosen = best(of, candidates).unwrap();
    let vouchers = candidates.iter().filter(|one| chosen.contains(&one.id)).cloned().collect();
    quote(of).unwrap().total.amount() - quote(&Basket { vouchers, ..of.clone() }).unwrap().total.amount()
}

#[test]
fn of_two_the_one_that_saves_more() {
    let of = basket(vec![line(1, 30_000, 1, within(11))]);
    for (one, other, expected) in
        [(off(5500), percent(20), 6000), (percent(11), percent(13), 3900), (off(5990), off(6000), 6000)]
    {
        assert_eq!(saved(&of, &[voucher(1, one), voucher(2, other)]), expected);
    }
}

#[test]
fn a_shop_s_voucher_is_left_out_where_it_costs_a_better_one() {
    let dear = Conditions { min_spend: Some(rp(1000)), ..Conditions::default() };
    let candidates = [
        of_shop(1, 1, off(50)),
        Voucher { conditions: dear, ..voucher(2, off(500)) },
        voucher(3, Kind::Shipping(ShippingOff::UpTo(rp(70)))),
        voucher(4, Kind::Shipping(ShippingOff::UpTo(rp(80)))),
    ];
    let of = Basket { shipping: vec![fee(1, 75, within(0))], ..basket(vec![line(1, 1000, 1, within(0))]) };
    assert_eq!(numbers(best(&of, &candidates).unwrap()), [2, 4]);
    // Coins that would pay for everything hide nothing.
    assert_eq!(numbers(best(&Basket { coins: 5000, ..of.clone() }, &candidates).unwrap()), [2, 4]);
    assert_eq!(numbers(best(&basket(vec![]), &candidates).unwrap()), [0; 0]);
}

#[test]
fn with_many_shops_each_still_gets_its_best() {
    let shops = 30;
    let lines = (1..=shops).map(|n| Line { shop: shop(n), ..line(n, 1000, 1, within(0)) }).collect();
    let candidates: Vec<Voucher> = (1..=shops)
        .flat_map(|n| [of_shop(n, n, off(100)), of_shop(100 + n, n, off(200))])
        .chain([voucher(999, percent(10))])
        .collect();
    assert_eq!(saved(&basket(lines), &candidates), 30 * 200 + 30 * 80);
}

#[test]
fn the_best_stay_the_best_in_whatever_order_they_are_given() {
    let free = |buy, get| Kind::BuyXGetY { buy: pieces(buy), get: pieces(get) };
    let lines = vec![Line { shop: shop(2), ..line(1, 2, 1, within(0)) }, line(2, 2, 3, within(0))];
    let of = basket(lines);
    let candidates = [of_shop(1, 1, free(1, 3)), voucher(2, free(2, 2))];
    let chosen = best(&of, &candidates).unwrap();
    let mut totals = vec![];
    for turned in [false, true] {
        let mut vouchers: Vec<Voucher> =
            candidates.iter().filter(|one| chosen.contains(&one.id)).cloned().collect();
        if turned {
            vouchers.reverse();
        }
        let quote = quote(&Basket { vouchers, ..of.clone() }).unwrap();
        assert_eq!(quote.applied.len(), chosen.len());
        totals.push(quote.total);
    }
    assert_eq!(totals, [rp(4), rp(4)]);
}
