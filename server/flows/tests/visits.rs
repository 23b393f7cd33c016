//! Looks at products: noted without waiting, written in the background, all of them before the end.

use catalog::visits::Visits;
use flows::{
    import::{Options, import_listings},
    visits::{forget, note, shelves},
};
use kernel::{Kernel, Member, TestClock, Uuid, Viewer, ids::SequentialIds};
use model::{
    Duties, Lang,
    ids::{AccountId, ProductId, SessionId},
    person::Purpose,
};
use sqlx::PgPool;
use std::{future::ready, path::Path, sync::Arc};

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_was_noted_is_written_before_the_end_and_nobody_waits_for_it(db: PgPool) {
    let (visits, unwritten) = Visits::new();
    let kernel = Kernel::new(db.clone()).with_clock(TestClock::default()).with_ids(SequentialIds::default());
    let cx = kernel.with_part(Arc::new(visits)).job_cx();
    let listings = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/listings.csv");
    import_listings(&cx, &listings, &Options::of("test"), |_| ()).await.unwrap();
    let products = sqlx::query_scalar!("select id from product order by id").fetch_all(&db).await.unwrap();
    let products: Vec<ProductId> = products.into_iter().map(ProductId::from).collect();
    let visitors = [1, 2, 3].map(Uuid::from_u128);
    for visitor in visitors {
        for product in &products {
            note(&cx, Some(visitor), *product, Some("/"));
        }
    }
    note(&cx, None, products[0], None);
    note(&cx, Some(visitors[0]), ProductId::new(Uuid::nil()), None);
    let count = async || {
        let n = sqlx::query_scalar!(r#"select count(*) as "n!" from product_view_event"#).fetch_one(&db);
        usize::try_from(n.await.unwrap()).unwrap()
    };
    assert_eq!(count().await, 0);

    unwritten.write(db.clone(), ready(())).await;
    assert_eq!(count().await, 3 * products.len());
    // Nobody writes any more: what comes now is lost, and does no harm.
    note(&cx, Some(visitors[0]), products[0], None);

    forget(&cx, visitors[0]).await.unwrap();
    assert_eq!(count().await, 2 * products.len());
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn more_looks_than_can_wait_are_dropped(db: PgPool) {
    let (visits, unwritten) = Visits::new();
    let cx = Kernel::new(db.clone()).with_part(Arc::new(visits)).job_cx();
    for n in 0..50_000 {
        note(&cx, Some(Uuid::from_u128(n)), ProductId::new(Uuid::nil()), None);
    }
    unwritten.write(db, ready(())).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn members_are_recommended_what_they_may_like_once_they_agreed(db: PgPool) {
    let (visits, unwritten) = Visits::new();
    let kernel = Kernel::new(db.clone()).with_clock(TestClock::default()).with_ids(SequentialIds::default());
    let cx = kernel.with_part(Arc::new(visits)).job_cx();
    let listings = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/listings.csv");
    import_listings(&cx, &listings, &Options::of("test"), |_| ()).await.unwrap();
    // Something of a category in which there is more.
    let seen: Uuid = sqlx::query_scalar(
        "select id from product where category_id =
           (select category_id from product where state = 'active' group by 1 order by count(*) desc, 1 limit 1)
         order by id limit 1",
    )
    .fetch_one(&db)
    .await
    .unwrap();
    let visitor = Some(Uuid::from_u128(7));
    note(&cx, visitor, seen.into(), Some("/"));
    unwritten.write(db.clone(), ready(())).await;
    let shown = shelves(&cx, visitor).await.unwrap();
    assert_eq!((shown.recently_seen.len(), shown.for_you.is_empty()), (1, false));

    let account = AccountId::new(Uuid::from_u128(1));
    let mut conn = db.acquire().await.unwrap();
    identity::account::store::insert(&mut conn, account, Lang::Id, cx.now()).await.unwrap();
    let session = SessionId::new(Uuid::from_u128(2));
    let member = Member { account, session, duties: Duties::NONE, proved_at: cx.now() };
    let hers = cx.as_viewer(Viewer::Member(member.clone()));
    let shown = shelves(&hers, visitor).await.unwrap();
    assert_eq!((shown.recently_seen.len(), shown.for_you.len()), (1, 0), "nobody asked her yet");
    flows::privacy::decide(&hers, &member, Purpose::Personalisation, true).await.unwrap();
    assert!(!shelves(&hers, visitor).await.unwrap().for_you.is_empty());
}
