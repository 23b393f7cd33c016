//! Lists of many orders: each tells of all there are, once, and finds what lies far back. The orders are those of the bench.

use kernel::{Buyer, Kernel};
use model::{
    ids::{AccountId, OrderId, ShopId, Uuid},
    order::{OrderFilter, SellerFilter},
};
use sqlx::{PgConnection, PgPool};
use std::collections::HashSet;

const FILL: &str = include_str!("../../bench/orders/fill.sql");
/// The shop that has most of them has more than are looked through for a text.
const ORDERS: &str = "6000";

async fn fill(db: &mut PgConnection) {
    sqlx::query("select set_config('bench.orders', $1, false)").bind(ORDERS).execute(&mut *db).await.unwrap();
    for statement in FILL.split(";\n\n").filter(|statement| !statement.trim().is_empty()) {
        sqlx::raw_sql(statement).execute(&mut *db).await.unwrap();
    }
}

struct Shop<'a> {
    db: &'a mut PgConnection,
    id: ShopId,
    now: time::OffsetDateTime,
}

impl Shop<'_> {
    /// All that a list tells of, part by part.
    async fn all(&mut self, filter: SellerFilter, q: &str) -> Vec<OrderId> {
        let (mut ids, mut after) = (vec![], None::<String>);
        loop {
            let part = views::sold::list(self.db, self.id, filter, q, after.as_deref(), 100, self.now)
                .await
                .unwrap();
            ids.extend(part.page.items.iter().map(|card| card.id));
            after = part.page.next;
            if after.is_none() {
                return ids;
            }
        }
    }

    /// As they should be.
    async fn due(&mut self, condition: &'static str) -> Vec<OrderId> {
        let sql = format!(
            "select id from shop_order where shop_id = $1 and cleared_at is not null and {condition}
             order by placed_at desc, id desc"
        );
        let ids: Vec<Uuid> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .bind(self.id.uuid())
            .fetch_all(&mut *self.db)
            .await
            .unwrap();
        ids.into_iter().map(OrderId::new).collect()
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn lists_of_many_orders_tell_of_each_once_and_find_what_lies_far_back(pool: PgPool) {
    let mut db = pool.acquire().await.unwrap();
    fill(&mut db).await;
    let cx = Kernel::new(pool.clone()).job_cx();
    assert!(flows::reconcile::reconcile(&cx).await.unwrap().is_good(), "the books of the bench fit");
    let ids: (Uuid, Uuid) =
        sqlx::query_as("select bench.id(2, 1), bench.id(1, 1)").fetch_one(&mut *db).await.unwrap();
    let mut shop = Shop { db: &mut db, id: ids.0.into(), now: cx.now() };

    let all = shop.due("true").await;
    assert!(all.len() > 3_000);
    assert_eq!(shop.all(SellerFilter::All, "").await, all);
    assert_eq!(shop.all(SellerFilter::New, "").await, shop.due("state = 'paid'").await);
    assert_eq!(shop.all(SellerFilter::Cancelled, "").await, shop.due("state = 'cancelled'").await);

    let oldest = *all.last().unwrap();
    let (number, recipient): (String, String) =
        sqlx::query_as("select number, recipient from shop_order where id = $1")
            .bind(oldest.uuid())
            .fetch_one(&mut *shop.db)
            .await
            .unwrap();
    for text in [number.as_str(), &number.to_lowercase(), &number[8..]] {
        assert_eq!(shop.all(SellerFilter::All, text).await, [oldest], "{text}");
    }
    assert!(shop.all(SellerFilter::All, &recipient.to_uppercase()).await.contains(&oldest));
    assert_eq!(
        shop.all(SellerFilter::Done, "LESTARI").await,
        shop.due("state = 'completed' and recipient like '%Lestari%'").await
    );
    for text in ["nobody", "100%", "a_i", "zq"] {
        assert!(shop.all(SellerFilter::All, text).await.is_empty(), "{text}");
    }

    // What an order has forgotten does not find it any more.
    sqlx::query(
        "update shop_order set recipient = null, phone = null, street = null, postcode = null, erased_at = now() where id = $1",
    )
    .bind(oldest.uuid())
    .execute(&mut *shop.db)
    .await
    .unwrap();
    assert!(!shop.all(SellerFilter::All, &recipient).await.contains(&oldest));
    assert_eq!(shop.all(SellerFilter::All, &number).await, [oldest]);

    let buyer = Buyer::Member(AccountId::new(ids.1));
    let (mut bought, mut after) = (HashSet::new(), None::<String>);
    loop {
        let part =
            views::orders::list(&mut db, &buyer, OrderFilter::All, "", after.as_deref(), 7).await.unwrap();
        assert!(part.items.iter().all(|card| bought.insert(card.id)));
        after = part.next;
        if after.is_none() {
            break;
        }
    }
    let due: i64 = sqlx::query_scalar("select count(*) from shop_order where account_id = $1")
        .bind(ids.1)
        .fetch_one(&mut *db)
        .await
        .unwrap();
    assert_eq!(i64::try_from(bought.len()).unwrap(), due);
}
