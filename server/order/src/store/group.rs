use crate::GroupError;
use model::{
    ids::{OrderGroupId, OrderId, Uuid},
    order::{Actor, CancelReason, GroupState},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// The money is there: the shops may begin. Says which orders were moved. A group that expired meanwhile is
/// [`Changed`](GroupError::Changed), and the money goes back.
pub async fn mark_group_paid(
    db: &mut PgConnection,
    group: OrderGroupId,
    now: OffsetDateTime,
) -> Result<Vec<OrderId>, GroupError> {
    let done = sqlx::query!(
        "update order_group set state = 'paid', cleared_at = $2, paid_at = $2, version = version + 1
         where id = $1 and state = 'awaiting_payment'",
        group.uuid(),
        now
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 {
        return Err(refusal(db, group).await?);
    }
    Ok(clear(db, group, Actor::Provider, now).await?)
}

/// Lets a cleared group's orders begin, and their clocks with them.
pub(super) async fn clear(
    db: &mut PgConnection,
    group: OrderGroupId,
    actor: Actor,
    now: OffsetDateTime,
) -> Result<Vec<OrderId>, sqlx::Error> {
    let moved = sqlx::query_scalar!(
        "with moved as (
           update shop_order
           set state = 'paid', cleared_at = $2::timestamptz, version = version + 1,
             accept_by = $2::timestamptz + make_interval(secs => accept_within), ship_by = $2::timestamptz + make_interval(secs => ship_within)
           where group_id = $1 and state = 'awaiting_payment' returning id)
         insert into order_transition (order_id, from_state, to_state, actor, at)
         select id, 'awaiting_payment', 'paid', $3, $2::timestamptz from moved order by id
         returning order_id",
        group.uuid(),
        now,
        actor.as_str()
    )
    .fetch_all(db)
    .await?;
    Ok(ids(moved))
}

/// It was not paid in time. Refused before that time, and for whatever was paid, cancelled or expired before.
pub async fn mark_group_expired(
    db: &mut PgConnection,
    group: OrderGroupId,
    now: OffsetDateTime,
) -> Result<Vec<OrderId>, GroupError> {
    let done = sqlx::query!(
        "update order_group set state = 'expired', ended_at = $2, version = version + 1
         where id = $1 and state = 'awaiting_payment' and due_at <= $2",
        group.uuid(),
        now
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 {
        return Err(refusal(db, group).await?);
    }
    Ok(end(db, group, Actor::Clock, CancelReason::NotPaid, now).await?)
}

/// It is given up before it is paid, all of it.
pub async fn mark_group_cancelled(
    db: &mut PgConnection,
    group: OrderGroupId,
    actor: Actor,
    reason: CancelReason,
    now: OffsetDateTime,
) -> Result<Vec<OrderId>, GroupError> {
    let done = sqlx::query!(
        "update order_group set state = 'cancelled', ended_at = $2, version = version + 1
         where id = $1 and state = 'awaiting_payment'",
        group.uuid(),
        now
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 {
        return Err(refusal(db, group).await?);
    }
    Ok(end(db, group, actor, reason, now).await?)
}

async fn end(
    db: &mut PgConnection,
    group: OrderGroupId,
    actor: Actor,
    reason: CancelReason,
    now: OffsetDateTime,
) -> Result<Vec<OrderId>, sqlx::Error> {
    let moved = sqlx::query_scalar!(
        "with moved as (
           update shop_order set state = 'cancelled', cancelled_at = $2, version = version + 1
           where group_id = $1 and state = 'awaiting_payment' returning id)
         insert into order_transition (order_id, from_state, to_state, actor, reason, at)
         select id, 'awaiting_payment', 'cancelled', $3, $4, $2 from moved order by id
         returning order_id",
        group.uuid(),
        now,
        actor.as_str(),
        reason.as_str()
    )
    .fetch_all(db)
    .await?;
    Ok(ids(moved))
}

fn ids(moved: Vec<Uuid>) -> Vec<OrderId> {
    let mut orders: Vec<OrderId> = moved.into_iter().map(OrderId::from).collect();
    orders.sort_unstable();
    orders
}

/// Why a group was not moved.
async fn refusal(db: &mut PgConnection, group: OrderGroupId) -> Result<GroupError, sqlx::Error> {
    let row = sqlx::query!("select state, due_at from order_group where id = $1", group.uuid())
        .fetch_optional(db)
        .await?;
    let Some(row) = row else { return Ok(GroupError::NotFound) };
    let now = super::rows::group_state(&row.state)?;
    Ok(match (now, row.due_at) {
        (GroupState::AwaitingPayment, Some(at)) => GroupError::NotDue { at },
        _ => GroupError::Changed { now },
    })
}
