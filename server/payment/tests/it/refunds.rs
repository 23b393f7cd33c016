//! Never more back than came in, nor one order's share for another.

use crate::house::*;
use model::{Money, payment::PaymentState};
use payment::{
    EventKind, RefundError, RefundState, find, find_refund, list_waiting_refunds, mark_refund_failed,
    mark_refund_sent, mark_refund_settled, record, request_refund,
};
use sqlx::PgPool;

fn left(answer: &Result<model::ids::RefundId, RefundError>) -> Option<i64> {
    match answer {
        Err(RefundError::TooMuch { left }) => Some(left.amount()),
        _ => None,
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn each_order_has_its_share_and_no_more(pool: PgPool) {
    let mut db = pool.begin().await.unwrap();
    let id = paid(&mut db, 1, 100).await;
    let too_much = request_refund(&mut db, &refund(1, id, Some(A), 70), at(10)).await;
    assert_eq!(left(&too_much), Some(40));
    assert!(find_refund(&mut db, refund(1, id, None, 1).id).await.unwrap().is_none());
    request_refund(&mut db, &refund(2, id, Some(A), 40), at(10)).await.unwrap();
    assert_eq!(left(&request_refund(&mut db, &refund(3, id, Some(A), 5), at(10)).await), Some(0));
    assert_eq!(find(&mut db, id).await.unwrap().unwrap().left(), Money::idr(60));
    request_refund(&mut db, &refund(4, id, Some(B), 60), at(10)).await.unwrap();
    assert_eq!(left(&request_refund(&mut db, &refund(5, id, None, 1), at(10)).await), Some(0));
    assert_eq!(find(&mut db, id).await.unwrap().unwrap().refunding, Money::idr(100));
    db.commit().await.unwrap();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_did_not_come_does_not_go_back(pool: PgPool) {
    let mut db = pool.begin().await.unwrap();
    let id = paid(&mut db, 1, 30).await;
    assert_eq!(left(&request_refund(&mut db, &refund(1, id, Some(A), 40), at(10)).await), Some(30));
    let stranger = request_refund(&mut db, &refund(1, payment_id(9), None, 1), at(10)).await;
    assert!(matches!(stranger, Err(RefundError::NotFound)));
    let unshared = Some(model::ids::OrderId::new(model::ids::Uuid::from_u128(0xC)));
    let unshared = request_refund(&mut db, &refund(1, id, unshared, 1), at(10)).await;
    assert!(matches!(unshared, Err(RefundError::NotFound)));
    for amount in [0, -5] {
        let none = request_refund(&mut db, &refund(1, id, None, amount), at(10)).await;
        assert!(matches!(none, Err(RefundError::Amount)));
    }
    assert_eq!(find(&mut db, id).await.unwrap().unwrap().refunding, Money::idr(0));
    db.commit().await.unwrap();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_same_key_is_the_same_refund(pool: PgPool) {
    let mut db = pool.begin().await.unwrap();
    let id = paid(&mut db, 1, 100).await;
    let wish = refund(1, id, Some(A), 30);
    let first = request_refund(&mut db, &wish, at(10)).await.unwrap();
    let mut again = wish.clone();
    again.id = refund(2, id, None, 1).id;
    assert_eq!(request_refund(&mut db, &again, at(11)).await.unwrap(), first);
    again.amount = Money::idr(5);
    assert!(matches!(request_refund(&mut db, &again, at(11)).await, Err(RefundError::KeyTaken)));
    assert_eq!(find(&mut db, id).await.unwrap().unwrap().refunding, Money::idr(30));
    db.commit().await.unwrap();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn of_many_refunds_at_once_as_many_are_held_as_there_is_money(pool: PgPool) {
    let mut tx = pool.begin().await.unwrap();
    let id = paid(&mut tx, 1, 100).await;
    tx.commit().await.unwrap();
    let mut tasks = Vec::new();
    for n in 1..=8 {
        let pool = pool.clone();
        tasks.push(tokio::spawn(async move {
            let mut tx = pool.begin().await.unwrap();
            let done = request_refund(&mut tx, &refund(n, id, Some(B), 20), at(10)).await.is_ok();
            tx.commit().await.unwrap();
            done
        }));
    }
    let mut held = 0;
    for task in tasks {
        held += i32::from(task.await.unwrap());
    }
    assert_eq!(held, 3, "60 is three times 20");
    let sum = sqlx::query_scalar!(r#"select sum(amount)::bigint as "n!" from refund"#);
    assert_eq!(sum.fetch_one(&pool).await.unwrap(), 60);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_refund_goes_its_way_and_is_counted(pool: PgPool) {
    let mut db = pool.begin().await.unwrap();
    let id = paid(&mut db, 1, 100).await;
    let wish = refund(1, id, Some(A), 40);
    request_refund(&mut db, &wish, at(10)).await.unwrap();
    assert_eq!(list_waiting_refunds(&mut db, at(10), 9).await.unwrap(), [wish.id]);
    assert!(mark_refund_sent(&mut db, wish.id, Some("re_1"), at(11)).await.unwrap());
    // The provider tells under its own name, then again under ours.
    let event = told(id, "e2", EventKind::Refunded, "re_1", 40);
    record(&mut db, "simulator", &[event], at(12)).await.unwrap();
    let event = told(id, "e3", EventKind::Refunded, "k1", 40);
    record(&mut db, "simulator", &[event], at(13)).await.unwrap();
    assert!(mark_refund_settled(&mut db, wish.id, at(14)).await.unwrap(), "it is");
    let it = find_refund(&mut db, wish.id).await.unwrap().unwrap();
    assert_eq!((it.state, it.sent_at, it.ended_at), (RefundState::Settled, Some(at(11)), Some(at(12))));
    let payment = find(&mut db, id).await.unwrap().unwrap();
    assert_eq!((payment.refunded, payment.refunded_elsewhere), (Money::idr(40), Money::idr(0)));
    assert_eq!((payment.left(), payment.state), (Money::idr(60), PaymentState::PartiallyRefunded));
    assert_eq!(list_waiting_refunds(&mut db, at(99), 9).await.unwrap(), []);
    db.commit().await.unwrap();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_answer_that_is_known_late_counts_from_then_on(pool: PgPool) {
    let mut db = pool.begin().await.unwrap();
    let id = paid(&mut db, 1, 100).await;
    let wish = refund(1, id, Some(A), 40);
    request_refund(&mut db, &wish, at(10)).await.unwrap();
    let event = told(id, "e2", EventKind::Refunded, "re_1", 40);
    record(&mut db, "simulator", &[event], at(12)).await.unwrap();
    assert_eq!(find(&mut db, id).await.unwrap().unwrap().refunded_elsewhere, Money::idr(40));
    mark_refund_sent(&mut db, wish.id, Some("re_1"), at(13)).await.unwrap();
    assert_eq!(find_refund(&mut db, wish.id).await.unwrap().unwrap().state, RefundState::Settled);
    assert_eq!(find(&mut db, id).await.unwrap().unwrap().refunded_elsewhere, Money::idr(0));
    db.commit().await.unwrap();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_refund_that_fails_gives_its_hold_back(pool: PgPool) {
    let mut db = pool.begin().await.unwrap();
    let id = paid(&mut db, 1, 100).await;
    let wish = refund(1, id, Some(A), 40);
    request_refund(&mut db, &wish, at(10)).await.unwrap();
    assert!(mark_refund_failed(&mut db, wish.id, at(11)).await.unwrap());
    assert!(mark_refund_failed(&mut db, wish.id, at(12)).await.unwrap(), "again is the same");
    assert!(!mark_refund_settled(&mut db, wish.id, at(12)).await.unwrap());
    assert_eq!(find_refund(&mut db, wish.id).await.unwrap().unwrap().state, RefundState::Failed);
    assert_eq!(find(&mut db, id).await.unwrap().unwrap().left(), Money::idr(100));
    request_refund(&mut db, &refund(2, id, Some(A), 40), at(13)).await.unwrap();

    // Settled, and then returned by the buyer's bank.
    let second = refund(2, id, Some(A), 40);
    assert!(mark_refund_settled(&mut db, second.id, at(14)).await.unwrap());
    let mut event = told(id, "e9", EventKind::RefundFailed, "k2", 40);
    event.occurred_at = at(20);
    record(&mut db, "simulator", &[event], at(20)).await.unwrap();
    assert_eq!(find_refund(&mut db, second.id).await.unwrap().unwrap().state, RefundState::Failed);
    let payment = find(&mut db, id).await.unwrap().unwrap();
    assert_eq!((payment.refunding, payment.state), (Money::idr(0), PaymentState::Captured));
    db.commit().await.unwrap();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_the_provider_gave_back_or_lost_is_not_left(pool: PgPool) {
    let mut db = pool.begin().await.unwrap();
    let id = paid(&mut db, 1, 100).await;
    let elsewhere = told(id, "e2", EventKind::Refunded, "dashboard", 30);
    let dispute = told(id, "e3", EventKind::ChargedBack, "d1", 50);
    record(&mut db, "simulator", &[elsewhere, dispute], at(12)).await.unwrap();
    assert_eq!(find(&mut db, id).await.unwrap().unwrap().left(), Money::idr(20));
    assert_eq!(left(&request_refund(&mut db, &refund(1, id, Some(A), 21), at(13)).await), Some(20));
    request_refund(&mut db, &refund(2, id, Some(A), 20), at(13)).await.unwrap();
    // A chargeback may take what was given back already, and the failed refund after it is still undone.
    let more = told(id, "e4", EventKind::ChargedBack, "d2", 20);
    record(&mut db, "simulator", &[more], at(14)).await.unwrap();
    assert!(mark_refund_failed(&mut db, refund(2, id, None, 1).id, at(15)).await.unwrap());
    assert_eq!(find(&mut db, id).await.unwrap().unwrap().left(), Money::idr(0));
    db.commit().await.unwrap();
}
