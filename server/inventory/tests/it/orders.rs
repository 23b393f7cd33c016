//! What becomes of what was sold, and what is refused.

use crate::support::{
    JAKARTA, NEAR_SURABAYA, NOW, SURABAYA, asking, assert_books_agree, counts, hold, id, pieces, qty, sell,
    shop, stocked, variant,
};
use inventory::{HoldError, ReleaseError, ReturnError, ShipError, StockPolicy, StockRow, UnshipError, store};
use sqlx::{Acquire as _, PgPool};

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_line_is_sent_from_the_nearest_warehouse_or_from_several(db: PgPool) {
    let db = &mut shop(&db).await;
    let it = variant(1);
    stocked(db, it, JAKARTA, 4).await;
    stocked(db, it, SURABAYA, 4).await;
    let mut new = asking(1, &[(1, it, 3)]);
    new.lines[0].near = Some(NEAR_SURABAYA);
    let given = hold(db, &new).await.unwrap();
    assert_eq!(given.iter().map(|a| (a.warehouse, a.quantity)).collect::<Vec<_>>(), [(SURABAYA, qty(3))]);
    let given = hold(db, &asking(2, &[(2, it, 5)])).await.unwrap();
    let from: Vec<_> = given.iter().map(|a| (a.warehouse, a.quantity.get())).collect();
    assert_eq!(from, [(JAKARTA, 4), (SURABAYA, 1)]);
    assert_eq!(store::list_allocations(db, id(2)).await.unwrap(), given);

    store::commit(db, id(2), NOW).await.unwrap();
    store::release_part(db, &[pieces(2, 1)], NOW).await.unwrap();
    assert_eq!(store::list_allocations(db, id(2)).await.unwrap(), given[..1], "the farthest is given up");
    store::ship(db, &[pieces(2, 4)], NOW).await.unwrap();
    let row =
        |warehouse, on_hand, reserved| StockRow { variant: it, warehouse, on_hand, reserved, backorder: 0 };
    let lies = store::list_stock(db, &[it]).await.unwrap();
    assert_eq!(lies, [row(JAKARTA, 0, 0), row(SURABAYA, 4, 3)]);
    assert_books_agree(db).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_line_is_held_for_once(db: PgPool) {
    let db = &mut shop(&db).await;
    let it = variant(1);
    stocked(db, it, JAKARTA, 5).await;
    stocked(db, variant(2), JAKARTA, 5).await;
    hold(db, &asking(1, &[(1, it, 2)])).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    for again in [asking(1, &[(1, it, 2)]), asking(2, &[(3, it, 1), (1, variant(2), 1)])] {
        let refused = hold(&mut tx, &again).await;
        assert!(matches!(refused, Err(HoldError::AlreadyHeld)), "{refused:?}");
    }
    // The caller's transaction goes on.
    assert_eq!((counts(&mut tx, it).await, counts(&mut tx, variant(2)).await), ((5, 2), (5, 0)));
    tx.commit().await.unwrap();
    store::release(db, id(1), None, NOW).await.unwrap();
    assert!(matches!(hold(db, &asking(1, &[(1, it, 2)])).await, Err(HoldError::AlreadyHeld)));
    let twice = asking(4, &[(4, it, 1), (4, it, 1)]);
    assert!(matches!(hold(db, &twice).await, Err(HoldError::AlreadyHeld)));
    assert_eq!(counts(db, it).await, (5, 0));
    assert_books_agree(db).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn some_lines_are_released_and_only_once(db: PgPool) {
    let db = &mut shop(&db).await;
    let (one, two) = (variant(1), variant(2));
    stocked(db, one, JAKARTA, 5).await;
    stocked(db, two, JAKARTA, 5).await;
    hold(db, &asking(1, &[(1, one, 2), (2, two, 3)])).await.unwrap();
    store::commit(db, id(1), NOW).await.unwrap();
    assert_eq!(store::release(db, id(1), Some(&[id(2)]), NOW).await.unwrap(), [two]);
    assert_eq!((counts(db, one).await, counts(db, two).await), ((5, 2), (5, 0)));
    // What was sent stays sent.
    store::ship(db, &[pieces(1, 1)], NOW).await.unwrap();
    assert_eq!(store::release(db, id(1), None, NOW).await.unwrap(), [one]);
    assert_eq!(store::release(db, id(1), None, NOW).await.unwrap(), []);
    assert_eq!((counts(db, one).await, counts(db, two).await), ((4, 0), (5, 0)));
    let too_much = store::release_part(db, &[pieces(1, 1)], NOW).await;
    assert!(matches!(too_much, Err(ReleaseError::NotReserved { line }) if line == id(1)));
    assert_books_agree(db).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn only_what_is_paid_for_and_there_is_sent(db: PgPool) {
    let db = &mut shop(&db).await;
    let it = variant(1);
    stocked(db, it, JAKARTA, 3).await;
    store::set_policy(db, it, StockPolicy::tracked(0, 5).unwrap(), NOW).await.unwrap();
    hold(db, &asking(1, &[(1, it, 8)])).await.unwrap();
    let unpaid = store::ship(db, &[pieces(1, 1)], NOW).await;
    assert!(matches!(unpaid, Err(ShipError::NotReserved { line }) if line == id(1)));
    store::commit(db, id(1), NOW).await.unwrap();
    let too_much = store::ship(db, &[pieces(1, 5), pieces(1, 4)], NOW).await;
    assert!(matches!(too_much, Err(ShipError::NotReserved { .. })));
    assert_eq!(counts(db, it).await, (3, 8));

    let mut tx = db.begin().await.unwrap();
    let not_there = store::ship(&mut tx, &[pieces(1, 4)], NOW).await;
    assert!(matches!(not_there, Err(ShipError::NotOnHand)), "{not_there:?}");
    tx.rollback().await.unwrap();
    assert_eq!(counts(db, it).await, (3, 8));
    store::ship(db, &[pieces(1, 3)], NOW).await.unwrap();
    stocked(db, it, JAKARTA, 5).await;
    store::ship(db, &[pieces(1, 5)], NOW).await.unwrap();
    assert_eq!(counts(db, it).await, (0, 0));
    assert_books_agree(db).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_parcel_that_never_left_is_promised_as_before(db: PgPool) {
    let db = &mut shop(&db).await;
    let it = variant(1);
    stocked(db, it, JAKARTA, 5).await;
    sell(db, 1, it, 3).await;
    let nothing_away = store::unship(db, &[id(1)], NOW).await;
    assert!(matches!(nothing_away, Err(UnshipError::NotShipped { line }) if line == id(1)));
    store::ship(db, &[pieces(1, 3)], NOW).await.unwrap();
    assert_eq!(counts(db, it).await, (2, 0));
    assert_eq!(store::unship(db, &[id(1)], NOW).await.unwrap(), [it]);
    assert_eq!(counts(db, it).await, (5, 3));
    store::ship(db, &[pieces(1, 3)], NOW).await.unwrap();
    store::return_to_stock(db, &[pieces(1, 1)], NOW).await.unwrap();
    let too_much = store::return_to_stock(db, &[pieces(1, 3)], NOW).await;
    assert!(matches!(too_much, Err(ReturnError::NotShipped { line }) if line == id(1)));
    assert_eq!(counts(db, it).await, (3, 0));
    // Of three one is back, so two go out of the parcel.
    store::unship(db, &[id(1)], NOW).await.unwrap();
    assert_eq!(counts(db, it).await, (5, 2));
    assert_eq!(store::release(db, id(1), None, NOW).await.unwrap(), [it]);
    assert_eq!(counts(db, it).await, (5, 0));
    assert_books_agree(db).await;
}
