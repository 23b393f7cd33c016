//! Who moves what, and who comes second.

use crate::fixtures::{NOW, group, market, order, paid, placed, state};
use model::{
    Money,
    ids::{OrderId, Uuid},
    order::{Actor, CancelReason, GroupState, OrderState},
};
use order::{CancelError, GroupError, TransitionError, state::may_move, store};
use sqlx::PgPool;
use time::Duration;

use OrderState::{Accepted, AwaitingPayment, Cancelled, Completed, Delivered, Packed, Paid, Shipped};

/// Every pair by every actor, asked of the database from every state an order can be in.
#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_database_moves_an_order_exactly_as_the_table_says(pool: PgPool) {
    let (_, a, _) = paid(&pool).await;
    let path = [
        (Paid, None),
        (Accepted, None),
        (Packed, None),
        (Shipped, None),
        (Delivered, None),
        (Completed, None),
    ];
    let mut db = pool.acquire().await.unwrap();
    for pair in path.windows(2) {
        let from = pair[0].0;
        assert_eq!(state(&mut db, a).await, from);
        for to in OrderState::ALL {
            for actor in Actor::ALL {
                let reason = (*to == Cancelled).then_some(CancelReason::Other);
                let mut tx = pool.begin().await.unwrap();
                let done = store::transition(&mut tx, a, from, *to, *actor, reason, NOW).await;
                assert_eq!(done.is_ok(), may_move(from, *to, *actor), "{actor}: {from} → {to}: {done:?}");
                if done.is_err() {
                    assert!(
                        matches!(done, Err(TransitionError::NotAllowed { from: f, to: t }) if (f, t) == (from, *to))
                    );
                }
                assert_eq!(state(&mut tx, a).await, if done.is_ok() { *to } else { from });
                tx.rollback().await.unwrap();
            }
        }
        let actor = *Actor::ALL.iter().find(|actor| may_move(from, pair[1].0, **actor)).unwrap();
        store::transition(&mut db, a, from, pair[1].0, actor, pair[1].1, NOW).await.unwrap();
    }
    let steps = store::timeline(&mut db, a).await.unwrap();
    let states: Vec<_> = steps.iter().map(|step| step.to).collect();
    assert_eq!(states, [AwaitingPayment, Paid, Accepted, Packed, Shipped, Delivered, Completed]);
    assert!(steps.windows(2).all(|pair| pair[1].from == Some(pair[0].to)));
    let order = store::find_order(&mut db, a).await.unwrap().unwrap();
    assert_eq!(order.settle_by, Some(NOW + Duration::days(7)));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn of_two_who_move_an_order_at_once_one_wins(pool: PgPool) {
    let (_, a, _) = paid(&pool).await;
    let mut first = pool.begin().await.unwrap();
    store::accept(&mut first, a, Actor::Shop, NOW).await.unwrap();
    let second = tokio::spawn({
        let pool = pool.clone();
        async move {
            let mut tx = pool.begin().await.unwrap();
            let done = store::transition(
                &mut tx,
                a,
                Paid,
                Cancelled,
                Actor::Buyer,
                Some(CancelReason::ChangedMind),
                NOW,
            );
            let done = done.await;
            tx.commit().await.unwrap();
            done
        }
    });
    first.commit().await.unwrap();
    assert!(matches!(second.await.unwrap(), Err(TransitionError::Changed { now: Accepted })));
    let mut db = pool.acquire().await.unwrap();
    assert_eq!(state(&mut db, a).await, Accepted);
    assert_eq!(store::timeline(&mut db, a).await.unwrap().len(), 3);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn twenty_cancellations_at_once_are_one(pool: PgPool) {
    let (_, a, _) = paid(&pool).await;
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let pool = pool.clone();
            tokio::spawn(async move {
                let mut tx = pool.begin().await.unwrap();
                let done = store::cancel_order(&mut tx, a, Actor::Buyer, CancelReason::TooSlow, NOW).await;
                tx.commit().await.unwrap();
                done
            })
        })
        .collect();
    let mut won = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) => won += 1,
            Err(error) => assert!(matches!(error, CancelError::NotAllowed { from: Cancelled }), "{error:?}"),
        }
    }
    assert_eq!(won, 1);
    assert_eq!(store::timeline(&mut pool.acquire().await.unwrap(), a).await.unwrap().len(), 3);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn cancelling_one_order_leaves_the_other_as_it_is(pool: PgPool) {
    let (sold, a, b) = paid(&pool).await;
    let mut db = pool.acquire().await.unwrap();
    let before = store::find_order(&mut db, b).await.unwrap();
    let cancelled =
        store::cancel_order(&mut db, a, Actor::Buyer, CancelReason::ChangedMind, NOW).await.unwrap();
    assert_eq!(
        (cancelled.group, cancelled.was, cancelled.total, cancelled.whole_group),
        (sold, Paid, Money::idr(40), false)
    );
    assert_eq!(store::find_order(&mut db, b).await.unwrap(), before);
    let group = store::find_group(&mut db, sold).await.unwrap().unwrap();
    assert_eq!((group.state, group.total), (GroupState::Paid, Money::idr(100)));

    store::accept(&mut db, b, Actor::Shop, NOW).await.unwrap();
    let late = store::cancel_order(&mut db, b, Actor::Buyer, CancelReason::ChangedMind, NOW).await;
    assert!(matches!(late, Err(CancelError::NotAllowed { from: Accepted })));
    assert_eq!(state(&mut db, b).await, Accepted);
    let last = store::cancel_order(&mut db, b, Actor::Shop, CancelReason::OutOfStock, NOW).await.unwrap();
    assert!(last.whole_group);
    let step = store::timeline(&mut db, b).await.unwrap().pop().unwrap();
    assert_eq!((step.actor, step.reason), (Actor::Shop, Some(CancelReason::OutOfStock)));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn before_the_payment_orders_stand_and_fall_with_their_group(pool: PgPool) {
    market(&pool).await;
    let new = group(1000, vec![order(1, 1, 40), order(2, 2, 60)]);
    let ids = placed(&pool, &new).await;
    let mut db = pool.acquire().await.unwrap();
    let alone = store::cancel_order(&mut db, ids[0], Actor::Buyer, CancelReason::Other, NOW).await;
    assert!(matches!(alone, Err(CancelError::WithItsGroup { group }) if group == new.id));
    let alone = store::transition(&mut db, ids[0], AwaitingPayment, Paid, Actor::Provider, None, NOW).await;
    assert!(matches!(alone, Err(TransitionError::WithItsGroup)));
    assert_eq!(state(&mut db, ids[0]).await, AwaitingPayment);

    let mut tx = pool.begin().await.unwrap();
    let moved =
        store::mark_group_cancelled(&mut tx, new.id, Actor::Buyer, CancelReason::Other, NOW).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(moved, ids);
    assert_eq!((state(&mut db, ids[0]).await, state(&mut db, ids[1]).await), (Cancelled, Cancelled));
    let late = store::mark_group_paid(&mut db, new.id, NOW).await;
    assert!(matches!(late, Err(GroupError::Changed { now: GroupState::Cancelled })));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_paid_group_cannot_be_paid_cancelled_or_expired_again(pool: PgPool) {
    let (sold, a, _) = paid(&pool).await;
    let mut db = pool.acquire().await.unwrap();
    let later = NOW + Duration::days(2);
    let is = |done: Result<Vec<OrderId>, GroupError>| {
        assert!(matches!(done, Err(GroupError::Changed { now: GroupState::Paid })), "{done:?}");
    };
    is(store::mark_group_paid(&mut db, sold, later).await);
    is(store::mark_group_expired(&mut db, sold, later).await);
    is(store::mark_group_cancelled(&mut db, sold, Actor::Buyer, CancelReason::Other, later).await);
    assert_eq!(store::find_group(&mut db, sold).await.unwrap().unwrap().paid_at, Some(NOW));
    assert_eq!(store::timeline(&mut db, a).await.unwrap().len(), 2);

    let nobody = OrderId::new(Uuid::from_u128(9));
    assert!(matches!(store::accept(&mut db, nobody, Actor::Shop, NOW).await, Err(TransitionError::NotFound)));
    let none = store::mark_group_paid(&mut db, nobody.uuid().into(), NOW).await;
    assert!(matches!(none, Err(GroupError::NotFound)));
}
