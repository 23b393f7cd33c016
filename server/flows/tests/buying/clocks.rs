//! What happens when nobody does anything: deadlines of shops and buyers. The clock is turned, nobody waits.

use crate::support::{Market, SHOPS, guest};
use flows::fulfil;
use model::{
    Permission,
    order::{Actor, CancelReason, OrderState},
    shipping::ShipmentState,
};
use sqlx::PgPool;
use time::Duration;

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_a_shop_does_not_accept_or_hand_over_in_time_is_cancelled_and_refunded(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let at = market.at_shop(0, Permission::Orders).await;
    // Accepted when two days are over; handed over two days later.
    for (n, steps, days) in [(1, 0, 2), (2, 1, 4), (3, 2, 4)] {
        let bought = market.paid(&guest(n), &[(coffee, 1)]).await;
        let order = market.only(bought.group()).await;
        if steps > 0 {
            fulfil::accept(&market.cx(), &at, order.id).await.unwrap();
        }
        if steps > 1 {
            fulfil::pack(&market.cx(), &at, order.id, None).await.unwrap();
        }
        market.app.advance(Duration::days(days) - Duration::minutes(2)).await;
        let before = market.only(bought.group()).await;
        assert_ne!(before.state, OrderState::Cancelled, "{n}: not a minute too early");
        market.app.advance(Duration::minutes(2)).await;
        assert_eq!(market.only(bought.group()).await.state, OrderState::Cancelled, "{n}");
        let mut db = market.cx().db().acquire().await.unwrap();
        let last = order::store::timeline(&mut db, order.id).await.unwrap().pop().unwrap();
        drop(db);
        assert_eq!((last.actor, last.reason), (Actor::Clock, Some(CancelReason::NotAccepted)));
        assert_eq!(market.bank.asked_back(bought.payment()), [bought.total]);
        assert_eq!(market.stock(coffee).await, (9, 0));
        market.settle_refunds(bought.payment()).await;
    }
    assert_eq!(market.carrier.depot().cancelled.len(), 1);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_nobody_objects_to_is_complete_sooner_for_shops_of_standing(db: PgPool) {
    let market = Market::open(db).await;
    let cx = market.cx();
    // A new shop, one that has been there for a year, and one of standing.
    for (shop, tier, age) in [(0, "regular", 1), (1, "regular", 365), (2, "official", 1)] {
        sqlx::query("update shop set tier = $2, joined_at = $3 where id = $1")
            .bind(SHOPS[shop].uuid())
            .bind(tier)
            .bind(cx.now() - Duration::days(age))
            .execute(cx.db())
            .await
            .unwrap();
    }
    for (n, shop, days) in [(1u16, 0, 15), (2, 1, 7), (3, 2, 3)] {
        let goods = market.goods(n, shop, 40_000, 9).await;
        let buyer = guest(u8::try_from(n).unwrap());
        let bought = market.paid(&buyer, &[(goods, 1)]).await;
        let order = market.only(bought.group()).await;
        market.packed(&market.at_shop(shop, Permission::Orders).await, order.id).await;
        market.later();
        market.seen(&order, ShipmentState::Delivered).await;
        market.app.advance(Duration::days(days) - Duration::minutes(1)).await;
        assert_eq!(market.only(bought.group()).await.state, OrderState::Delivered, "{n}");
        market.app.advance(Duration::minutes(1)).await;
        let done = market.only(bought.group()).await;
        assert_eq!((done.state, market.escrow(order.id).await), (OrderState::Completed, 0), "{n}");
    }
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn while_it_is_held_the_clock_of_settlement_stands_still(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let bought = market.paid(&guest(1), &[(coffee, 1)]).await;
    let order = market.only(bought.group()).await;
    market.packed(&market.at_shop(0, Permission::Orders).await, order.id).await;
    market.later();
    market.seen(&order, ShipmentState::Delivered).await;
    let cx = market.cx();
    let hold = order::store::hold_settlement(&mut cx.db().acquire().await.unwrap(), order.id, cx.now()).await;
    assert!(hold.unwrap());
    market.app.advance(Duration::days(20)).await;
    assert_eq!(market.only(bought.group()).await.state, OrderState::Delivered);
    let cx = market.cx();
    let go_on =
        order::store::resume_settlement(&mut cx.db().acquire().await.unwrap(), order.id, cx.now()).await;
    assert!(go_on.unwrap());
    market.app.advance(Duration::days(14)).await;
    assert_eq!(market.only(bought.group()).await.state, OrderState::Delivered);
    market.app.advance(Duration::days(1) + Duration::minutes(15)).await;
    assert_eq!(market.only(bought.group()).await.state, OrderState::Completed, "it is caught up with");
    market.adds_up().await;
}
