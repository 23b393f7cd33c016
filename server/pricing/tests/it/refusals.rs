//! Why a voucher does not apply, and which of them go together.

use crate::baskets::*;
use model::{
    ids::CategoryId,
    ids::Uuid,
    payment::Method,
    pricing::{MemberTier, Refusal, VoucherState},
};
use pricing::{Basket, Buyer, Conditions, Kind, Left, Line, ShippingOff, Voucher, quote};
use time::Duration;

fn only(conditions: Conditions) -> Voucher {
    Voucher { conditions, ..voucher(1, off(10)) }
}

fn left(left: Left) -> Voucher {
    Voucher { left, ..voucher(1, off(10)) }
}

#[test]
fn a_refused_voucher_says_why_and_changes_nothing() {
    let any = Conditions::default;
    let (none, nothing) = (Left::default(), Some(rp(0)));
    let elsewhere = vec![CategoryId::new(Uuid::from_u128(5))];
    let cases = [
        (Voucher { state: VoucherState::Paused, ..voucher(1, off(10)) }, Refusal::Unknown),
        (Voucher { from: NOW + Duration::SECOND, ..voucher(1, off(10)) }, Refusal::NotYet),
        (Voucher { until: Some(NOW), ..voucher(1, off(10)) }, Refusal::Expired),
        (left(Left { quota: Some(0), ..none }), Refusal::UsedUp),
        (left(Left { budget: nothing, ..none }), Refusal::BudgetSpent),
        (left(Left { budget: Some(rp(9)), ..none }), Refusal::BudgetSpent),
        (left(Left { per_person: Some(0), ..none }), Refusal::LimitReached),
        (only(Conditions { min_spend: Some(rp(600)), ..any() }), Refusal::MinSpend { missing: rp(100) }),
        (only(Conditions { min_qty: Some(pieces(3)), ..any() }), Refusal::MinQuantity { missing: 1 }),
        (of_shop(1, 2, off(10)), Refusal::WrongShop),
        (only(Conditions { shops: vec![shop(2)], ..any() }), Refusal::NoMatchingGoods),
        (only(Conditions { products: vec![product(2)], ..any() }), Refusal::NoMatchingGoods),
        (only(Conditions { categories: elsewhere, ..any() }), Refusal::NoMatchingGoods),
        (only(Conditions { first_order_only: true, ..any() }), Refusal::FirstOrderOnly),
        (
            only(Conditions { member_tier: Some(MemberTier::Gold), ..any() }),
            Refusal::MembersOnly { least: MemberTier::Gold },
        ),
        (
            only(Conditions { methods: vec![Method::Qris], ..any() }),
            Refusal::WrongMethod { allowed: vec![Method::Qris] },
        ),
    ];
    for (voucher, refusal) in cases {
        let id = voucher.id;
        let of = basket(vec![line(1, 250, 2, within(11))]);
        let plain = quote(&of).unwrap();
        let refused =
            quote(&Basket { method: Some(Method::Cod), vouchers: vec![voucher], ..of.clone() }).unwrap();
        assert_eq!(refused.refused, [(id, refusal)]);
        assert_eq!((&refused.lines, refused.total), (&plain.lines, plain.total));
        assert!(refused.applied.is_empty() && refused.adjustments.is_empty());
    }
}

#[test]
fn conditions_that_are_met_let_it_apply() {
    let own = CategoryId::new(Uuid::from_u128(5));
    let all = Conditions {
        min_spend: Some(rp(500)),
        min_qty: Some(pieces(2)),
        products: vec![product(8)],
        categories: vec![own],
        shops: vec![shop(1)],
        first_order_only: true,
        member_tier: Some(MemberTier::Silver),
        methods: vec![Method::Qris, Method::Gopay],
    };
    let just = Left { quota: Some(1), budget: Some(rp(10)), per_person: Some(1) };
    let of = Basket {
        method: Some(Method::Gopay),
        vouchers: vec![Voucher { left: just, until: Some(NOW + Duration::SECOND), ..only(all) }],
        ..basket(vec![Line { categories: vec![own], ..line(1, 250, 2, within(0)) }])
    };
    let buyer = Buyer { first_order: true, member_tier: MemberTier::Gold, ..of.buyer };
    let of = Basket { buyer, ..of };
    assert_eq!(quote(&of).unwrap().total, rp(490));
    // Before a way of paying is chosen it is as if it were one of the right ones.
    assert_eq!(quote(&Basket { method: None, ..of.clone() }).unwrap().total, rp(490));
    // A guest is no member.
    let guest = Buyer { account: None, ..buyer };
    assert_eq!(quote(&Basket { buyer: guest, ..of }).unwrap().total, rp(500));
}

#[test]
fn one_of_each_kind_goes_together() {
    let free = |n| voucher(n, Kind::Shipping(ShippingOff::UpTo(rp(5))));
    let other_shop = Line { shop: shop(2), ..line(2, 1000, 1, within(0)) };
    let of = Basket {
        shipping: vec![fee(1, 50, within(0))],
        vouchers: vec![
            of_shop(1, 1, off(100)),
            of_shop(2, 2, off(100)),
            of_shop(3, 1, off(100)),
            voucher(4, off(100)),
            voucher(5, off(100)),
            free(6),
            free(7),
            promotion(8, off(100)),
        ],
        ..basket(vec![line(1, 1000, 1, within(0)), other_shop])
    };
    let quote = quote(&of).unwrap();
    let second: Vec<u128> = quote.refused.iter().map(|(id, _)| id.uuid().as_u128()).collect();
    assert_eq!(second, [3, 5, 7]);
    assert!(quote.refused.iter().all(|(_, refusal)| *refusal == Refusal::DoesNotStack));
    assert_eq!(quote.total, rp(2050 - 400 - 5));
}

#[test]
fn the_same_one_twice_is_once() {
    let quote = priced(vec![line(1, 1000, 1, within(0))], vec![voucher(1, off(100)), voucher(1, off(100))]);
    assert_eq!((quote.total, quote.applied.len(), quote.refused.len()), (rp(900), 1, 0));
}

#[test]
fn one_that_is_refused_leaves_its_place_to_another() {
    let dear = only(Conditions { min_spend: Some(rp(5000)), ..Conditions::default() });
    let quote = priced(vec![line(1, 1000, 1, within(0))], vec![dear, voucher(2, off(100))]);
    assert_eq!((quote.total, quote.refused.len()), (rp(900), 1));
}
