//! Many at once for few things.

use crate::support::{Market, fixed, guest, refused};
use flows::{cart, orders, place_order};
use kernel::{Buyer, Cx};
use model::{
    Code,
    order::{CancelReason, GroupState},
    payment::Method,
    views::CheckoutView,
};
use pricing::Scope;
use sqlx::PgPool;
use tokio::task::JoinSet;

/// So many guests, each with a cart like this and what they were shown.
async fn crowd(
    market: &Market,
    most: u8,
    goods: &[(model::ids::VariantId, i32)],
    code: Option<&str>,
) -> Vec<(Buyer, CheckoutView)> {
    let mut crowd = vec![];
    for n in 1..=most {
        let buyer = guest(n);
        market.fill(&buyer, goods, Method::VaBca).await;
        if let Some(code) = code {
            cart::add_code(&market.cx(), &buyer, code).await.unwrap();
        }
        crowd.push((buyer, market.view(&buyer).await));
    }
    crowd
}

/// All of them press the button. How many got it; all others were told that something has changed.
async fn rush(market: &Market, crowd: &[(Buyer, CheckoutView)]) -> usize {
    let mut rush = JoinSet::new();
    for (buyer, shown) in crowd.iter().cloned() {
        let cx: Cx = market.cx();
        rush.spawn(async move {
            let method = shown.method.unwrap();
            place_order::place(&cx, &buyer, &shown.key, shown.summary.total, method).await
        });
    }
    let mut got = 0;
    for result in rush.join_all().await {
        if result.is_ok() {
            got += 1;
        } else {
            assert_eq!(refused(result), Code::Changed);
        }
    }
    let groups = market.number("select count(*) from order_group").await;
    assert_eq!(usize::try_from(groups).unwrap(), got);
    got
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn of_forty_buyers_one_gets_the_last_piece(db: PgPool) {
    let market = Market::open_wide(db).await;
    let coffee = market.goods(1, 0, 40_000, 1).await;
    let crowd = crowd(&market, 40, &[(coffee, 1)], None).await;
    assert_eq!(rush(&market, &crowd).await, 1);
    market.app.run_jobs().await;
    assert_eq!(market.stock(coffee).await, (0, 1));
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn of_forty_buyers_ten_get_the_last_ten_pieces(db: PgPool) {
    let market = Market::open_wide(db).await;
    // In carts of two shops and both orders, so that they could block each other.
    let (coffee, tea) = (market.goods(1, 0, 40_000, 10).await, market.goods(2, 1, 10_000, 99).await);
    let mut all = vec![];
    for n in 1..=40 {
        let goods = if n % 2 == 0 { [(coffee, 1), (tea, 1)] } else { [(tea, 1), (coffee, 1)] };
        all.push((guest(n), market.fill(&guest(n), &goods, Method::VaBca).await));
    }
    assert_eq!(rush(&market, &all).await, 10);
    market.app.run_jobs().await;
    assert_eq!((market.stock(coffee).await, market.stock(tea).await), ((0, 10), (89, 10)));
    assert_eq!(market.number("select count(*) from shop_order").await, 20);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_voucher_for_five_is_given_to_five_of_thirty(db: PgPool) {
    let market = Market::open_wide(db).await;
    let coffee = market.goods(1, 0, 40_000, 99).await;
    let voucher = market.voucher(1, "HEMAT5", Scope::Platform, fixed(5_000), Some(5)).await;
    let crowd = crowd(&market, 30, &[(coffee, 1)], Some("HEMAT5")).await;
    assert_eq!(rush(&market, &crowd).await, 5);
    assert_eq!(market.used(voucher).await, 5);
    let discounted = "select count(*) from shop_order where platform_discount = 5000";
    assert_eq!(market.number(discounted).await, 5);
    market.app.run_jobs().await;
    assert_eq!(market.stock(coffee).await, (94, 5));
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_flash_sale_of_five_pieces_sells_five(db: PgPool) {
    let market = Market::open_wide(db).await;
    let coffee = market.goods(1, 0, 40_000, 99).await;
    market.flash_sale(coffee, 25_000, 5).await;
    let crowd = crowd(&market, 30, &[(coffee, 1)], None).await;
    assert_eq!(rush(&market, &crowd).await, 5);
    assert_eq!(market.number("select sold::bigint from flash_item").await, 5);
    let cheap = "select count(*) from order_line where unit_price = 25000 and flash_sale_id is not null";
    assert_eq!(market.number(cheap).await, 5);
    market.app.run_jobs().await;
    assert_eq!(market.stock(coffee).await, (94, 5));
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn paying_and_cancelling_at_once_ends_in_one_of_two_ways(db: PgPool) {
    let market = Market::open_wide(db).await;
    let coffee = market.goods(1, 0, 40_000, 99).await;
    for n in 1..=8 {
        let buyer = guest(n);
        let bought = market.order(&buyer, &[(coffee, 1)], Method::VaBca).await;
        market.later();
        let (_, placed) = market.group(bought.group()).await;
        let cx = market.cx();
        let ((), cancelled) = tokio::join!(
            market.pay(bought.payment(), "a", bought.total),
            orders::cancel(&cx, &buyer, placed[0].id, CancelReason::Other)
        );
        // Whichever was first, the money is on its way back and nothing is kept.
        cancelled.unwrap();
        market.app.run_jobs().await;
        assert_eq!(market.bank.asked_back(bought.payment()), [bought.total]);
        let (group, placed) = market.group(bought.group()).await;
        assert!(matches!(group.state, GroupState::Paid | GroupState::Cancelled));
        assert_eq!(market.escrow(placed[0].id).await, 0);
        assert_eq!(market.owed(group.id).await, bought.total);
    }
    assert_eq!(market.stock(coffee).await, (99, 0));
    market.adds_up().await;
}
