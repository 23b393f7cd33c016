//! Counting what lies in a warehouse while it is sold from.

use crate::support::{
    JAKARTA, NOW, OTHER_SHOP, SHOP, SURABAYA, assert_books_agree, counts, id, pieces, sell, shop, stocked,
    variant,
};
use inventory::{
    CloseWarehouseError, MovementKind, NewCount, PostCountError, StartCountError, WriteCountError, store,
};
use model::{
    ids::{StockCountId, WarehouseId},
    shop::LOW_STOCK,
};
use sqlx::{Acquire as _, PgConnection, PgPool};

fn count(n: u128) -> StockCountId {
    StockCountId::new(id(n))
}

async fn begin(db: &mut PgConnection, n: u128, warehouse: WarehouseId) -> Result<(), StartCountError> {
    let new = NewCount { id: count(n), shop: SHOP, warehouse, query: String::new() };
    store::start_count(db, &new, None, NOW).await
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_sold_while_people_count_is_not_undone(pool: PgPool) {
    let db = &mut *shop(&pool).await;
    let (one, two, three) = (variant(1), variant(2), variant(3));
    stocked(db, one, JAKARTA, 10).await;
    stocked(db, two, JAKARTA, 5).await;
    begin(db, 1, JAKARTA).await.unwrap();
    // Two are missing, one more than expected is there, and one nobody knew of.
    let told = [(one, Some(8)), (two, Some(6)), (three, Some(1))];
    store::write_count(db, SHOP, count(1), &told, None, NOW).await.unwrap();
    sell(db, 1, one, 3).await;
    store::ship(db, &[pieces(1, 3)], NOW).await.unwrap();
    // Saving the page again does not take what was sold for found.
    store::write_count(db, SHOP, count(1), &told, None, NOW).await.unwrap();
    assert_eq!(store::post_count(db, SHOP, count(1), None, NOW).await.unwrap(), [one, two, three]);
    assert_eq!(counts(db, one).await, (5, 0), "ten, less two missing and three sold");
    assert_eq!((counts(db, two).await.0, counts(db, three).await.0), (6, 1));
    let moved = store::list_movements(db, one, None, 1).await.unwrap();
    assert_eq!(
        (moved[0].kind, moved[0].on_hand_delta, moved[0].reference),
        (MovementKind::Counted, -2, Some(id(1)))
    );
    assert_eq!(store::post_count(db, SHOP, count(1), None, NOW).await.unwrap(), [], "booked once");
    let late = store::write_count(db, SHOP, count(1), &[(one, Some(1))], None, NOW).await;
    assert!(matches!(late, Err(WriteCountError::Ended)));
    let late = store::discard_count(db, SHOP, count(1), None, NOW).await;
    assert!(matches!(late, Err(WriteCountError::Ended)));
    assert_books_agree(db).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_count_that_would_take_what_is_promised_books_nothing(pool: PgPool) {
    let db = &mut *shop(&pool).await;
    let (one, two) = (variant(1), variant(2));
    stocked(db, one, JAKARTA, 10).await;
    stocked(db, two, JAKARTA, 5).await;
    begin(db, 1, JAKARTA).await.unwrap();
    let told = [(one, Some(2)), (two, Some(4))];
    store::write_count(db, SHOP, count(1), &told, None, NOW).await.unwrap();
    sell(db, 1, one, 6).await;
    let mut tx = db.begin().await.unwrap();
    let refused = store::post_count(&mut tx, SHOP, count(1), None, NOW).await;
    assert!(matches!(refused, Err(PostCountError::Promised(short)) if short == [one]));
    tx.rollback().await.unwrap();
    assert_eq!((counts(db, one).await, counts(db, two).await), ((10, 6), (5, 0)));
    // Counted again, now that some are promised.
    store::write_count(db, SHOP, count(1), &[(one, Some(7)), (two, None)], None, NOW).await.unwrap();
    assert_eq!(store::post_count(db, SHOP, count(1), None, NOW).await.unwrap(), [one]);
    assert_eq!(
        (counts(db, one).await, counts(db, two).await),
        ((7, 6), (5, 0)),
        "what was cleared is not booked"
    );
    assert_books_agree(db).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn one_counts_in_a_warehouse_at_a_time_and_only_there(pool: PgPool) {
    let db = &mut *shop(&pool).await;
    stocked(db, variant(1), JAKARTA, 3).await;
    begin(db, 1, JAKARTA).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    assert!(matches!(begin(&mut tx, 2, JAKARTA).await, Err(StartCountError::Running)));
    tx.rollback().await.unwrap();
    begin(db, 2, SURABAYA).await.unwrap();
    let busy = store::close_warehouse(db, SHOP, SURABAYA).await;
    assert!(matches!(busy, Err(CloseWarehouseError::Counting)));
    store::write_count(db, SHOP, count(1), &[(variant(1), Some(1)), (variant(99), Some(1))], None, NOW)
        .await
        .unwrap();
    let lines: i64 =
        sqlx::query_scalar("select count(*) from stock_count_line").fetch_one(&mut *db).await.unwrap();
    assert_eq!(lines, 1, "another shop's goods are not counted");
    let theirs = store::post_count(db, OTHER_SHOP, count(1), None, NOW).await;
    assert!(matches!(theirs, Err(PostCountError::Unknown)));
    for _ in 0..2 {
        store::discard_count(db, SHOP, count(1), None, NOW).await.unwrap();
    }
    let gone = store::post_count(db, SHOP, count(1), None, NOW).await;
    assert!(matches!(gone, Err(PostCountError::Ended)));
    assert_eq!(counts(db, variant(1)).await, (3, 0));
    store::discard_count(db, SHOP, count(2), None, NOW).await.unwrap();
    store::close_warehouse(db, SHOP, SURABAYA).await.unwrap();
    assert!(matches!(begin(db, 3, SURABAYA).await, Err(StartCountError::Unknown)));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_falls_is_noted_once_until_it_has_risen(pool: PgPool) {
    let db = &mut *shop(&pool).await;
    let it = variant(1);
    sqlx::query(
        "update product set state = 'active', price_min = 1000, price_max = 1000, published_at = now()",
    )
    .execute(&mut *db)
    .await
    .unwrap();
    stocked(db, it, JAKARTA, LOW_STOCK + 1).await;
    assert_eq!(store::mark_low(db, &[it], NOW).await.unwrap(), []);
    sell(db, 1, it, 1).await;
    assert_eq!(store::mark_low(db, &[it], NOW).await.unwrap(), [SHOP]);
    assert_eq!(store::take_untold(db, SHOP).await.unwrap(), [(it, false)]);
    sell(db, 2, it, 1).await;
    assert_eq!(store::mark_low(db, &[it], NOW).await.unwrap(), [], "told already");
    sell(db, 3, it, LOW_STOCK - 1).await;
    assert_eq!(store::mark_low(db, &[it], NOW).await.unwrap(), [SHOP], "nothing is left");
    assert_eq!(store::take_untold(db, SHOP).await.unwrap(), [(it, true)]);
    assert_eq!(store::take_untold(db, SHOP).await.unwrap(), []);
    stocked(db, it, SURABAYA, 1).await;
    assert_eq!(store::mark_low(db, &[it], NOW).await.unwrap(), [], "still little");
    stocked(db, it, SURABAYA, LOW_STOCK).await;
    assert_eq!(store::mark_low(db, &[it], NOW).await.unwrap(), [], "there is enough again");
    let left: i64 = sqlx::query_scalar("select count(*) from stock_low").fetch_one(&mut *db).await.unwrap();
    assert_eq!(left, 0);
    sell(db, 4, it, 1).await;
    assert_eq!(store::mark_low(db, &[it], NOW).await.unwrap(), [SHOP], "it has fallen anew");
}
