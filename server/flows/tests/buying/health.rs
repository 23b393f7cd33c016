//! What counts against a shop, and the badge it wears or not.

use crate::support::{Market, SHOPS, guest};
use flows::{
    figures::{self, JudgeShops},
    fulfil, orders,
};
use kernel::jobs::Job as _;
use model::{
    Lang, Permission, Slug,
    order::CancelReason,
    views::health::{Fault, Health, Record},
};
use sqlx::PgPool;
use time::Duration;

impl Market {
    async fn health(&self, after: Option<&str>, limit: u16) -> Health {
        let at = self.at_shop(0, Permission::Insights).await;
        figures::health(&self.cx(), &at, after, limit).await.unwrap()
    }

    async fn badge(&self) -> bool {
        let slug: Slug = "toko-0".parse().unwrap();
        let cx = self.cx();
        let found = views::shop::page(&mut cx.db().acquire().await.unwrap(), &slug, Lang::Id).await.unwrap();
        let views::shop::Lookup::Found(page) = found else { panic!("{found:?}") };
        page.shop.reliable
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn only_what_the_shop_did_or_left_undone_counts_against_it(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let (at, cx) = (market.at_shop(0, Permission::Orders).await, market.cx());
    let mut ids = vec![];
    for n in 1..=4 {
        let bought = market.paid(&guest(n), &[(coffee, 1)]).await;
        ids.push(market.only(bought.group()).await.id);
    }
    assert_eq!(market.health(None, 10).await.judged, None);
    market.packed(&at, ids[0]).await;
    fulfil::hand_over(&cx, &at, ids[0]).await.unwrap();
    fulfil::reject(&cx, &at, ids[1], CancelReason::OutOfStock).await.unwrap();
    orders::cancel(&cx, &guest(3), ids[2], CancelReason::ChangedMind).await.unwrap();
    // Nobody looks after the last one, so the clock cancels it; whoever judges does so at night.
    market.app.advance(Duration::days(3)).await;
    market.app.advance(Duration::minutes(6)).await;
    market.app.advance(Duration::days(1)).await;

    let health = market.health(None, 10).await;
    let judged = health.judged.unwrap();
    assert_eq!(judged.record, Record { orders: 3, dropped: 1, late: 1 });
    assert_eq!((judged.points, judged.reliable), (0, false));
    let faults: Vec<_> = health.faults.items.iter().map(|it| (it.order, it.fault)).collect();
    assert_eq!(faults, [(ids[3], Fault::Late), (ids[1], Fault::Dropped)], "the latest first");
    let first = market.health(None, 1).await.faults;
    let second = market.health(first.next.as_deref(), 1).await.faults;
    assert_eq!((first.items[0].order, second.items[0].order), (ids[3], ids[1]));
    assert_eq!(second.next, None);
    assert!(
        figures::health(&market.cx(), &market.at_shop(0, Permission::Insights).await, Some("x"), 1)
            .await
            .is_err()
    );

    // After sixty days it is forgiven.
    market.app.clock().advance(Duration::days(60));
    JudgeShops {}.run(&market.cx()).await.unwrap();
    let health = market.health(None, 10).await;
    assert_eq!((health.judged.unwrap().record, health.faults.items), (Record::default(), vec![]));
    market.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_badge_comes_and_goes_with_what_was_counted(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    market.paid(&guest(1), &[(coffee, 1)]).await;
    market.counted().await;
    assert!(!market.badge().await);
    for (in_time, dropped, worn) in
        [(9, 0, false), (10, 0, true), (10, 0, true), (19, 1, true), (10, 1, false)]
    {
        sqlx::query("update shop_sales_day set in_time = $2, dropped = $3 where shop_id = $1")
            .bind(SHOPS[0].uuid())
            .bind(i64::from(in_time))
            .bind(i64::from(dropped))
            .execute(market.cx().db())
            .await
            .unwrap();
        JudgeShops {}.run(&market.cx()).await.unwrap();
        assert_eq!(market.badge().await, worn, "{in_time} in time, {dropped} not sent");
    }
    market.app.leave_queue();
}
