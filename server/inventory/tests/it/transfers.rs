//! Goods on their way between warehouses: nothing is lost or doubled, whatever happens in whatever order. Each test is one
//! transaction, since what has to add up does so at its end.

use crate::support::{
    JAKARTA, NOW, OTHER_SHOP, SHOP, SURABAYA, asking, assert_books_agree, counts, hold, id, qty, sell,
    sellable, shop, stocked, variant,
};
use inventory::{
    CloseWarehouseError, LoadTransferError, NewTransfer, SendTransferError, SettleTransferError, StockPolicy,
    WriteOffReason, store,
};
use model::ids::{StockTransferId, VariantId, WarehouseId};
use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use sqlx::{Acquire as _, PgConnection, PgPool};

pub fn transfer(n: u128) -> StockTransferId {
    StockTransferId::new(id(n))
}

pub async fn draft(
    db: &mut PgConnection,
    n: u128,
    from: WarehouseId,
    to: WarehouseId,
    lines: &[(VariantId, i32)],
) {
    let new = NewTransfer { id: transfer(n), shop: SHOP, from, to };
    store::draft_transfer(db, &new, None, NOW).await.unwrap();
    store::load_transfer(db, SHOP, transfer(n), lines).await.unwrap();
}

/// Sent, arrived, back, written off and on the way, of all transfers.
async fn way(db: &mut PgConnection, of: VariantId) -> [i64; 5] {
    let row: (i64, i64, i64, i64, i64) = sqlx::query_as(
        "select coalesce(sum(sent), 0), coalesce(sum(received), 0), coalesce(sum(returned), 0),
           coalesce(sum(written_off), 0), coalesce(sum(on_way), 0)
         from stock_transfer_line where variant_id = $1",
    )
    .bind(of.uuid())
    .fetch_one(db)
    .await
    .unwrap();
    [row.0, row.1, row.2, row.3, row.4]
}

async fn state(db: &mut PgConnection, n: u128) -> (String, i32) {
    sqlx::query_as("select state, on_way from stock_transfer where id = $1")
        .bind(id(n))
        .fetch_one(db)
        .await
        .unwrap()
}

/// What is there, on the way and written off is what came in; what each line says is what its steps say.
async fn assert_conserved(db: &mut PgConnection, of: VariantId, came_in: i32) {
    let [sent, received, returned, written_off, on_way] = way(db, of).await;
    assert_eq!(sent, received + returned + written_off + on_way);
    let there = i64::from(counts(db, of).await.0);
    assert_eq!(there + on_way + written_off, i64::from(came_in));
    let steps: i64 = sqlx::query_scalar(
        "select coalesce(sum(case kind when 'sent' then pieces else -pieces end), 0)::bigint
         from stock_transfer_step where variant_id = $1",
    )
    .bind(of.uuid())
    .fetch_one(&mut *db)
    .await
    .unwrap();
    assert_eq!(steps, on_way);
    sqlx::query("set constraints all immediate").execute(&mut *db).await.unwrap();
    sqlx::query("set constraints all deferred").execute(&mut *db).await.unwrap();
    assert_books_agree(db).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn goods_leave_are_on_the_way_and_arrive_in_parts(pool: PgPool) {
    let mut conn = shop(&pool).await;
    let mut whole = conn.begin().await.unwrap();
    let db = &mut *whole;
    let (one, two) = (variant(1), variant(2));
    stocked(db, one, JAKARTA, 10).await;
    stocked(db, two, JAKARTA, 4).await;
    draft(db, 1, JAKARTA, SURABAYA, &[(one, 7), (two, 4)]).await;
    assert_eq!((counts(db, one).await.0, sellable(db, one).await), (10, 10), "a list moves nothing");

    assert_eq!(store::send_transfer(db, SHOP, transfer(1), None, NOW).await.unwrap(), [one, two]);
    assert_eq!(store::send_transfer(db, SHOP, transfer(1), None, NOW).await.unwrap(), [], "sent once");
    assert_eq!((sellable(db, one).await, sellable(db, two).await), (3, 0), "nobody buys what is on the way");
    assert_eq!(state(db, 1).await, ("sent".to_owned(), 11));
    assert_conserved(db, one, 10).await;

    let part = [(one, qty(2)), (two, qty(4))];
    assert_eq!(store::receive_transfer(db, SHOP, transfer(1), &part, None, NOW).await.unwrap(), [one, two]);
    assert_eq!(state(db, 1).await, ("sent".to_owned(), 5));
    assert_eq!((sellable(db, one).await, sellable(db, two).await), (5, 4));
    assert_conserved(db, one, 10).await;
    store::write_off_transfer(db, SHOP, transfer(1), &[(one, qty(1))], WriteOffReason::Lost, None, NOW)
        .await
        .unwrap();
    assert_conserved(db, one, 10).await;
    store::receive_transfer(db, SHOP, transfer(1), &[(one, qty(4))], None, NOW).await.unwrap();
    assert_eq!(state(db, 1).await, ("closed".to_owned(), 0));
    assert_eq!(way(db, one).await, [7, 6, 0, 1, 0]);
    let late = store::receive_transfer(db, SHOP, transfer(1), &[(one, qty(1))], None, NOW).await;
    assert!(matches!(late, Err(SettleTransferError::NotOnWay)));
    let late = store::cancel_transfer(db, SHOP, transfer(1), None, NOW).await;
    assert!(matches!(late, Err(SettleTransferError::NotOnWay)));
    assert_eq!((sellable(db, one).await, sellable(db, two).await), (9, 4));
    for of in [(one, 10), (two, 4)] {
        assert_conserved(db, of.0, of.1).await;
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_cancelled_on_its_way_goes_back(pool: PgPool) {
    let mut conn = shop(&pool).await;
    let mut whole = conn.begin().await.unwrap();
    let db = &mut *whole;
    let it = variant(1);
    stocked(db, it, JAKARTA, 5).await;
    draft(db, 1, JAKARTA, SURABAYA, &[(it, 5)]).await;
    store::send_transfer(db, SHOP, transfer(1), None, NOW).await.unwrap();
    store::receive_transfer(db, SHOP, transfer(1), &[(it, qty(2))], None, NOW).await.unwrap();
    assert_eq!(store::cancel_transfer(db, SHOP, transfer(1), None, NOW).await.unwrap(), [it]);
    assert_eq!(store::cancel_transfer(db, SHOP, transfer(1), None, NOW).await.unwrap(), []);
    assert_eq!((state(db, 1).await, way(db, it).await), (("cancelled".to_owned(), 0), [5, 2, 3, 0, 0]));
    let there = store::list_stock(db, &[it]).await.unwrap();
    assert_eq!(there.iter().map(|row| row.on_hand).collect::<Vec<_>>(), [3, 2]);
    assert_conserved(db, it, 5).await;
    // A list nothing has left for is thrown away.
    draft(db, 2, SURABAYA, JAKARTA, &[(it, 1)]).await;
    assert_eq!(store::cancel_transfer(db, SHOP, transfer(2), None, NOW).await.unwrap(), []);
    let gone = store::send_transfer(db, SHOP, transfer(2), None, NOW).await;
    assert!(matches!(gone, Err(SendTransferError::Unknown)));
    assert_conserved(db, it, 5).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn only_what_is_there_and_promised_to_nobody_goes(pool: PgPool) {
    let mut conn = shop(&pool).await;
    let mut whole = conn.begin().await.unwrap();
    let db = &mut *whole;
    let (it, owed) = (variant(1), variant(2));
    stocked(db, it, JAKARTA, 5).await;
    sell(db, 1, it, 2).await;
    // More may be sold than is there, but not sent.
    stocked(db, owed, JAKARTA, 1).await;
    store::set_policy(db, owed, StockPolicy::tracked(0, 5).unwrap(), NOW).await.unwrap();
    hold(db, &asking(2, &[(2, owed, 1)])).await.unwrap();
    for (n, of, pieces) in [(1, it, 4), (2, owed, 1)] {
        draft(db, n, JAKARTA, SURABAYA, &[(of, pieces)]).await;
        let refused = store::send_transfer(db, SHOP, transfer(n), None, NOW).await;
        assert!(matches!(refused, Err(SendTransferError::Short(short)) if short == [of]));
        assert_eq!(state(db, n).await, ("draft".to_owned(), 0));
    }
    store::load_transfer(db, SHOP, transfer(1), &[(it, 3)]).await.unwrap();
    store::send_transfer(db, SHOP, transfer(1), None, NOW).await.unwrap();
    assert_eq!(counts(db, it).await, (2, 2));
    let late = store::load_transfer(db, SHOP, transfer(1), &[(it, 1)]).await;
    assert!(matches!(late, Err(LoadTransferError::NotDraft)));
    for wrong in [4, 99] {
        let mut tx = db.begin().await.unwrap();
        let more = store::receive_transfer(&mut tx, SHOP, transfer(1), &[(it, qty(wrong))], None, NOW).await;
        assert!(matches!(more, Err(SettleTransferError::TooMany)));
        tx.rollback().await.unwrap();
    }
    let mut tx = db.begin().await.unwrap();
    let other = store::receive_transfer(&mut tx, SHOP, transfer(1), &[(owed, qty(1))], None, NOW).await;
    assert!(matches!(other, Err(SettleTransferError::TooMany)), "it is not on the list");
    tx.rollback().await.unwrap();
    let theirs = store::cancel_transfer(db, OTHER_SHOP, transfer(1), None, NOW).await;
    assert!(matches!(theirs, Err(SettleTransferError::Unknown)));
    let empty = NewTransfer { id: transfer(3), shop: SHOP, from: JAKARTA, to: SURABAYA };
    store::draft_transfer(db, &empty, None, NOW).await.unwrap();
    let empty = store::send_transfer(db, SHOP, transfer(3), None, NOW).await;
    assert!(matches!(empty, Err(SendTransferError::Empty)));
    assert_conserved(db, it, 5).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_warehouse_goods_are_on_their_way_to_stays_open(pool: PgPool) {
    let mut conn = shop(&pool).await;
    let mut whole = conn.begin().await.unwrap();
    let db = &mut *whole;
    let it = variant(1);
    stocked(db, it, JAKARTA, 1).await;
    draft(db, 1, JAKARTA, SURABAYA, &[(it, 1)]).await;
    draft(db, 2, JAKARTA, SURABAYA, &[(it, 1)]).await;
    store::send_transfer(db, SHOP, transfer(1), None, NOW).await.unwrap();
    let busy = store::close_warehouse(db, SHOP, SURABAYA).await;
    assert!(matches!(busy, Err(CloseWarehouseError::OnWay)));
    store::cancel_transfer(db, SHOP, transfer(1), None, NOW).await.unwrap();
    store::close_warehouse(db, SHOP, SURABAYA).await.unwrap();
    let closed = store::send_transfer(db, SHOP, transfer(2), None, NOW).await;
    assert!(matches!(closed, Err(SendTransferError::Closed)));
    assert_conserved(db, it, 1).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_database_itself_refuses_what_would_lose_or_double_goods(pool: PgPool) {
    let mut conn = shop(&pool).await;
    let mut whole = conn.begin().await.unwrap();
    let db = &mut *whole;
    let it = variant(1);
    stocked(db, it, JAKARTA, 5).await;
    draft(db, 1, JAKARTA, SURABAYA, &[(it, 5)]).await;
    store::send_transfer(db, SHOP, transfer(1), None, NOW).await.unwrap();
    for (sql, constraint) in [
        ("update stock_transfer_line set received = 6", "stock_transfer_line_on_way_not_negative"),
        ("update stock_transfer_line set received = 1", "stock_transfer_adds_up"),
        ("update stock_transfer_line set sent = 0", "stock_transfer_adds_up"),
        ("update stock_transfer_line set sent = 3", "stock_transfer_line_sent_whole"),
        ("update stock_transfer set state = 'closed', ended_at = now()", "stock_transfer_sent_while_on_way"),
        ("update stock_transfer set to_warehouse = from_warehouse", "stock_transfer_elsewhere"),
        ("update stock_transfer_step set pieces = 1", "stock_transfer_step_is_final"),
        ("delete from stock_transfer_step", "stock_transfer_step_is_final"),
    ] {
        let mut tx = db.begin().await.unwrap();
        sqlx::query("set constraints all immediate").execute(&mut *tx).await.unwrap();
        let refused = sqlx::query(sql).execute(&mut *tx).await.unwrap_err();
        assert_eq!(refused.as_database_error().unwrap().constraint(), Some(constraint), "{sql}");
        tx.rollback().await.unwrap();
    }
}

#[derive(Clone, Debug)]
enum Step {
    Receive { far: bool, quantity: i32 },
    Sell { quantity: i32 },
    Draft { back: bool, quantity: i32 },
    Send { nth: u128 },
    Arrive { nth: u128, quantity: i32 },
    WriteOff { nth: u128, quantity: i32 },
    Cancel { nth: u128 },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let (nth, n) = (0..8u128, 1..6i32);
    let step = prop_oneof![
        2 => (any::<bool>(), n.clone()).prop_map(|(far, quantity)| Step::Receive { far, quantity }),
        1 => n.clone().prop_map(|quantity| Step::Sell { quantity }),
        3 => (any::<bool>(), n.clone()).prop_map(|(back, quantity)| Step::Draft { back, quantity }),
        3 => nth.clone().prop_map(|nth| Step::Send { nth }),
        3 => (nth.clone(), n.clone()).prop_map(|(nth, quantity)| Step::Arrive { nth, quantity }),
        1 => (nth.clone(), n).prop_map(|(nth, quantity)| Step::WriteOff { nth, quantity }),
        1 => nth.prop_map(|nth| Step::Cancel { nth }),
    ];
    prop::collection::vec(step, 20..60)
}

/// Takes a step behind a savepoint. How many pieces came in by it, if it was taken.
async fn take(db: &mut PgConnection, step: &Step, drafted: u128, taken: u128) -> Option<i32> {
    let it = variant(1);
    let of = |nth: &u128| transfer(nth % drafted.max(1) + 1);
    let mut tx = db.begin().await.unwrap();
    let done = match step {
        Step::Receive { far, quantity } => {
            let place = if *far { SURABAYA } else { JAKARTA };
            store::receive(&mut tx, it, place, qty(*quantity), None, None, NOW)
                .await
                .is_ok()
                .then_some(*quantity)
        }
        Step::Sell { quantity } => {
            let line = 1_000 + taken;
            hold(&mut tx, &asking(line, &[(line, it, *quantity)])).await.is_ok().then_some(0)
        }
        Step::Draft { back, quantity } => {
            let (from, to) = if *back { (SURABAYA, JAKARTA) } else { (JAKARTA, SURABAYA) };
            draft(&mut tx, drafted + 1, from, to, &[(it, *quantity)]).await;
            Some(0)
        }
        Step::Send { nth } => {
            store::send_transfer(&mut tx, SHOP, of(nth), None, NOW).await.is_ok().then_some(0)
        }
        Step::Arrive { nth, quantity } => {
            let arrived = [(it, qty(*quantity))];
            store::receive_transfer(&mut tx, SHOP, of(nth), &arrived, None, NOW).await.is_ok().then_some(0)
        }
        Step::WriteOff { nth, quantity } => {
            let (gone, why) = ([(it, qty(*quantity))], WriteOffReason::Damaged);
            store::write_off_transfer(&mut tx, SHOP, of(nth), &gone, why, None, NOW)
                .await
                .is_ok()
                .then_some(0)
        }
        Step::Cancel { nth } => {
            store::cancel_transfer(&mut tx, SHOP, of(nth), None, NOW).await.is_ok().then_some(0)
        }
    };
    if done.is_some() {
        tx.commit().await.unwrap();
    } else {
        tx.rollback().await.unwrap();
    }
    done
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn whatever_goes_where_nothing_is_lost_or_doubled(pool: PgPool) {
    let mut conn = shop(&pool).await;
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[11; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut arrived = 0;
    for _ in 0..40 {
        let steps = steps().new_tree(&mut runner).unwrap().current();
        let mut tx = conn.begin().await.unwrap();
        let (mut drafted, mut came_in) = (0, 0);
        for (n, step) in (0u128..).zip(&steps) {
            let done = take(&mut tx, step, drafted, n).await;
            came_in += done.unwrap_or_default();
            drafted += u128::from(done.is_some() && matches!(step, Step::Draft { .. }));
            assert_conserved(&mut tx, variant(1), came_in).await;
        }
        arrived += way(&mut tx, variant(1)).await[1];
        tx.rollback().await.unwrap();
    }
    assert!(arrived > 40, "much of it arrived somewhere: {arrived}");
}
