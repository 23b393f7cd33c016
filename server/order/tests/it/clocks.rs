//! What is due when.

use crate::fixtures::{NOW, group, market, order, paid, placed};
use model::order::{Actor, CancelReason, OrderState};
use order::{GroupError, store};
use sqlx::PgPool;
use time::Duration;

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_unpaid_group_expires_at_its_deadline_and_not_before(pool: PgPool) {
    market(&pool).await;
    let new = group(1000, vec![order(1, 1, 40), order(2, 2, 60)]);
    let ids = placed(&pool, &new).await;
    let mut db = pool.acquire().await.unwrap();
    let due = new.due_at.unwrap();
    let early = due - Duration::SECOND;
    assert_eq!(store::due_groups(&mut db, early, 10).await.unwrap(), []);
    let refused = store::mark_group_expired(&mut db, new.id, early).await;
    assert!(matches!(refused, Err(GroupError::NotDue { at }) if at == due));

    assert_eq!(store::due_groups(&mut db, due, 10).await.unwrap(), [new.id]);
    let mut tx = pool.begin().await.unwrap();
    assert_eq!(store::mark_group_expired(&mut tx, new.id, due).await.unwrap(), ids);
    tx.commit().await.unwrap();
    assert_eq!(store::due_groups(&mut db, due, 10).await.unwrap(), []);
    let step = store::timeline(&mut db, ids[0]).await.unwrap().pop().unwrap();
    assert_eq!(
        (step.to, step.actor, step.reason),
        (OrderState::Cancelled, Actor::Clock, Some(CancelReason::NotPaid))
    );
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn paying_and_expiring_at_once_do_one_of_both(pool: PgPool) {
    market(&pool).await;
    let new = group(1000, vec![order(1, 1, 40)]);
    placed(&pool, &new).await;
    let due = new.due_at.unwrap();
    let mut paying = pool.begin().await.unwrap();
    store::mark_group_paid(&mut paying, new.id, due).await.unwrap();
    let expiring = tokio::spawn({
        let pool = pool.clone();
        async move {
            let mut tx = pool.begin().await.unwrap();
            let done = store::mark_group_expired(&mut tx, new.id, due).await;
            tx.commit().await.unwrap();
            done
        }
    });
    paying.commit().await.unwrap();
    assert!(matches!(expiring.await.unwrap(), Err(GroupError::Changed { .. })));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_shop_has_its_days_to_accept_and_to_hand_over(pool: PgPool) {
    let (_, a, b) = paid(&pool).await;
    let mut db = pool.acquire().await.unwrap();
    store::accept(&mut db, b, Actor::Shop, NOW).await.unwrap();
    for (days, overdue) in [(1, vec![]), (2, vec![a]), (3, vec![a, b])] {
        assert_eq!(
            store::overdue_for_shop(&mut db, NOW + Duration::days(days), 10).await.unwrap(),
            overdue,
            "{days}"
        );
    }
    store::cancel_order(&mut db, a, Actor::Clock, CancelReason::NotAccepted, NOW).await.unwrap();
    assert_eq!(store::overdue_for_shop(&mut db, NOW + Duration::days(3), 10).await.unwrap(), [b]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_clock_of_settlement_stands_still_while_a_return_is_open(pool: PgPool) {
    let (_, a, _) = paid(&pool).await;
    let mut db = pool.acquire().await.unwrap();
    assert!(!store::hold_settlement(&mut db, a, NOW).await.unwrap(), "it is not running yet");
    store::accept(&mut db, a, Actor::Shop, NOW).await.unwrap();
    store::pack(&mut db, a, Actor::Shop, NOW).await.unwrap();
    store::ship(&mut db, a, Actor::Shop, NOW).await.unwrap();
    store::deliver(&mut db, a, Actor::Courier, NOW).await.unwrap();
    let day = |n| NOW + Duration::days(n);
    assert!(store::hold_settlement(&mut db, a, day(3)).await.unwrap());
    assert_eq!(store::due_for_settlement(&mut db, day(30), 10).await.unwrap(), []);
    assert!(store::resume_settlement(&mut db, a, day(30)).await.unwrap());
    assert!(!store::resume_settlement(&mut db, a, day(31)).await.unwrap(), "once");
    assert_eq!(store::due_for_settlement(&mut db, day(34) - Duration::SECOND, 10).await.unwrap(), []);
    assert_eq!(store::due_for_settlement(&mut db, day(34), 10).await.unwrap(), [a]);
    store::complete(&mut db, a, Actor::Clock, day(34)).await.unwrap();
    assert_eq!(store::due_for_settlement(&mut db, day(40), 10).await.unwrap(), []);
}
