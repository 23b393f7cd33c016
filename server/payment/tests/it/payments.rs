//! A payment from its beginning to its end.

use crate::house::*;
use model::{Currency, Money, payment::PaymentState};
use payment::{
    About, EventKind, How, InsertError, Instructions, Opened, RecordError, Recorded, Share, current_of_group,
    expire, find, find_by_ref, give_up, insert, list_open_due, list_shares, open, record, request_refund,
    surplus,
};
use sqlx::PgPool;

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_group_waits_for_one_payment_at_a_time(pool: PgPool) {
    let mut db = pool.begin().await.unwrap();
    let first = made(&mut db, 1).await;
    assert!(matches!(insert(&mut db, &new(2)).await, Err(InsertError::AlreadyOpen)));
    assert_eq!(current_of_group(&mut db, GROUP).await.unwrap().unwrap().id, first);
    assert!(give_up(&mut db, first, at(1)).await.unwrap());
    assert!(!give_up(&mut db, first, at(2)).await.unwrap(), "once");
    let second = made(&mut db, 2).await;
    assert_eq!(current_of_group(&mut db, GROUP).await.unwrap().unwrap().id, second);
    assert_eq!(payment::list_of_group(&mut db, GROUP).await.unwrap().len(), 2);
    let first = find(&mut db, first).await.unwrap().unwrap();
    assert_eq!((first.state, first.closed_at), (PaymentState::Failed, Some(at(1))));
    db.commit().await.unwrap();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn shares_add_up_or_there_is_no_payment(pool: PgPool) {
    let mut db = pool.acquire().await.unwrap();
    let mut wrong = new(1);
    wrong.shares.pop();
    assert!(matches!(insert(&mut db, &wrong).await, Err(InsertError::Shares)));
    wrong.shares =
        vec![Share { order: A, amount: Money::idr(-1) }, Share { order: B, amount: Money::idr(101) }];
    assert!(matches!(insert(&mut db, &wrong).await, Err(InsertError::Shares)));
    assert!(find(&mut db, wrong.id).await.unwrap().is_none());
    // And the database keeps it so.
    let mut tx = pool.begin().await.unwrap();
    made(&mut tx, 1).await;
    sqlx::query!(
        "insert into payment_share (payment_id, order_id, amount) values ($1, $1, 1)",
        payment_id(1).uuid()
    )
    .execute(&mut *tx)
    .await
    .unwrap();
    let error = tx.commit().await.unwrap_err();
    assert_eq!(error.as_database_error().unwrap().constraint(), Some("payment_shares_whole"));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_the_provider_answered_is_kept(pool: PgPool) {
    let mut db = pool.acquire().await.unwrap();
    let mut tx = pool.begin().await.unwrap();
    let id = made(&mut tx, 1).await;
    tx.commit().await.unwrap();
    let opened = Opened {
        provider_ref: "ch_1".to_owned(),
        instructions: Instructions {
            how: How::VirtualAccount { number: "8808 1234".to_owned(), biller: None },
            expires_at: Some(at(60)),
            page: Some("https://bank.example/1".to_owned()),
        },
    };
    assert_eq!(open(&mut db, id, &opened, at(1)).await.unwrap(), Some(false));
    assert_eq!(open(&mut db, id, &opened, at(1)).await.unwrap(), Some(false), "again is the same");
    let other = Opened { provider_ref: "ch_2".to_owned(), ..opened.clone() };
    assert_eq!(open(&mut db, id, &other, at(1)).await.unwrap(), None);
    let found = find_by_ref(&mut db, "simulator", "ch_1").await.unwrap().unwrap();
    assert_eq!((found.id, found.instructions), (id, Some(opened.instructions)));
    assert_eq!(list_shares(&mut db, id).await.unwrap(), new(1).shares);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_message_played_again_writes_nothing(pool: PgPool) {
    let mut db = pool.begin().await.unwrap();
    let id = made(&mut db, 1).await;
    let event = told(id, "e1", EventKind::Captured, "p1", 100);
    let first = record(&mut db, "simulator", std::slice::from_ref(&event), at(6)).await.unwrap();
    let Recorded::New { payment, was_open, before, after } = first else { panic!("it is new") };
    assert!(was_open && !payment.is_open());
    assert_eq!((before.captured, after.captured), (0, 100));
    assert_eq!((before.state, after.state), (PaymentState::Pending, PaymentState::Captured));
    let again = record(&mut db, "simulator", &[event.clone(), event], at(7)).await.unwrap();
    assert_eq!(again, Recorded::Duplicate);
    assert_eq!(find(&mut db, id).await.unwrap().unwrap(), *payment, "nothing has changed");
    db.commit().await.unwrap();
    assert_eq!(count_events(&pool).await, 1);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_same_message_from_two_sides_at_once_counts_once(pool: PgPool) {
    let mut tx = pool.begin().await.unwrap();
    let id = made(&mut tx, 1).await;
    tx.commit().await.unwrap();
    let take = || async {
        let mut tx = pool.begin().await.unwrap();
        let event = told(id, "e1", EventKind::Captured, "p1", 100);
        let recorded = record(&mut tx, "simulator", &[event], at(6)).await.unwrap();
        tx.commit().await.unwrap();
        matches!(recorded, Recorded::New { .. })
    };
    let (one, other) = tokio::join!(take(), take());
    assert!(one != other, "one of them is new");
    assert_eq!(count_events(&pool).await, 1);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn money_that_comes_late_is_counted_and_seen_to_be_late(pool: PgPool) {
    let mut db = pool.begin().await.unwrap();
    let id = made(&mut db, 1).await;
    assert!(!expire(&mut db, id, at(59)).await.unwrap(), "it is not due");
    assert_eq!(list_open_due(&mut db, at(59), 9).await.unwrap(), []);
    assert_eq!(list_open_due(&mut db, at(60), 9).await.unwrap(), [id]);
    assert!(expire(&mut db, id, at(60)).await.unwrap());
    assert_eq!(list_open_due(&mut db, at(60), 9).await.unwrap(), []);
    let second = made(&mut db, 2).await;

    let event = told(id, "e1", EventKind::Captured, "p1", 100);
    let Recorded::New { payment, was_open, after, .. } =
        record(&mut db, "simulator", &[event], at(61)).await.unwrap()
    else {
        panic!("it is new")
    };
    assert!(!was_open, "it was late");
    assert_eq!((after.state, payment.closed_at), (PaymentState::Captured, Some(at(60))));
    assert_eq!(payment.left(), Money::idr(100));
    assert!(find(&mut db, second).await.unwrap().unwrap().is_open(), "the other is still waited for");
    db.commit().await.unwrap();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_paid_in_time_does_not_expire(pool: PgPool) {
    let mut db = pool.begin().await.unwrap();
    let id = paid(&mut db, 1, 100).await;
    assert!(!expire(&mut db, id, at(90)).await.unwrap());
    assert!(!give_up(&mut db, id, at(90)).await.unwrap());
    assert_eq!(find(&mut db, id).await.unwrap().unwrap().state, PaymentState::Captured);
    db.commit().await.unwrap();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn too_little_is_waited_on_and_too_much_is_a_surplus(pool: PgPool) {
    let mut db = pool.begin().await.unwrap();
    let id = paid(&mut db, 1, 30).await;
    let short = find(&mut db, id).await.unwrap().unwrap();
    assert!(short.is_open());
    assert_eq!((short.state, short.captured), (PaymentState::Pending, Money::idr(30)));
    assert_eq!(surplus(&mut db, &short).await.unwrap(), Money::idr(0));
    let more = told(id, "e2", EventKind::Captured, "p2", 100);
    record(&mut db, "simulator", &[more], at(7)).await.unwrap();
    let over = find(&mut db, id).await.unwrap().unwrap();
    assert_eq!(over.state, PaymentState::Captured);
    assert_eq!(surplus(&mut db, &over).await.unwrap(), Money::idr(30));

    // What is on its way back is not a surplus any more; what comes after that is.
    request_refund(&mut db, &refund(9, id, None, 30), at(8)).await.unwrap();
    let over = find(&mut db, id).await.unwrap().unwrap();
    assert_eq!(surplus(&mut db, &over).await.unwrap(), Money::idr(0));
    let again = told(id, "e3", EventKind::Captured, "p3", 7);
    record(&mut db, "simulator", &[again], at(9)).await.unwrap();
    let over = find(&mut db, id).await.unwrap().unwrap();
    assert_eq!(surplus(&mut db, &over).await.unwrap(), Money::idr(7));
    db.commit().await.unwrap();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_message_about_nothing_of_ours_changes_nothing(pool: PgPool) {
    let mut db = pool.begin().await.unwrap();
    let id = made(&mut db, 1).await;
    let good = told(id, "e1", EventKind::Captured, "p1", 100);
    let stranger = told(payment_id(9), "e2", EventKind::Captured, "p2", 100);
    let mut foreign = told(id, "e3", EventKind::Captured, "p3", 100);
    foreign.amount = Money::new(100, Currency::Usd);
    let refused = |events: Vec<_>, provider: &'static str| (events, provider);
    for (events, provider) in [
        refused(vec![stranger.clone()], "simulator"),
        refused(vec![good.clone()], "stripe"),
        refused(vec![good.clone(), stranger], "simulator"),
    ] {
        let answer = record(&mut db, provider, &events, at(6)).await;
        assert!(matches!(answer, Err(RecordError::Unknown)), "{events:?}");
    }
    let answer = record(&mut db, "simulator", &[good, foreign], at(6)).await;
    assert!(matches!(answer, Err(RecordError::Currency)));
    assert_eq!(find(&mut db, id).await.unwrap().unwrap().captured, Money::idr(0));
    db.commit().await.unwrap();
    assert_eq!(count_events(&pool).await, 0);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_event_finds_its_payment_by_an_earlier_ones_reference(pool: PgPool) {
    let mut db = pool.begin().await.unwrap();
    let id = paid(&mut db, 1, 100).await;
    let mut event = told(id, "e2", EventKind::ChargedBack, "dispute", 100);
    event.about = About::Reference("p1".to_owned());
    record(&mut db, "simulator", &[event], at(9)).await.unwrap();
    assert_eq!(find(&mut db, id).await.unwrap().unwrap().state, PaymentState::ChargedBack);
    db.commit().await.unwrap();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_database_keeps_what_was_told_and_agreed(pool: PgPool) {
    let mut tx = pool.begin().await.unwrap();
    paid(&mut tx, 1, 100).await;
    tx.commit().await.unwrap();
    for (sql, constraint) in [
        ("update payment_event set amount = 1", "payment_event_is_append_only"),
        ("delete from payment_event", "payment_event_is_append_only"),
        ("truncate payment_event", "payment_event_is_append_only"),
        ("update payment set amount = 1", "payment_terms_are_fixed"),
        ("update payment set closed_at = null", "payment_terms_are_fixed"),
        ("update payment_share set amount = 1", "payment_terms_are_fixed"),
        ("update payment set refunding = 101", "payment_refunds_within_captured"),
        ("update payment set refunding = 100", "payment_refunds_add_up"),
    ] {
        let error = sqlx::query(sql).execute(&pool).await.unwrap_err();
        assert_eq!(error.as_database_error().unwrap().constraint(), Some(constraint), "{sql}");
    }
}
