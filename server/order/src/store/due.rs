//! Deadlines: what is due is asked for, and each is then moved by itself, where it is looked at again.

use model::ids::{OrderGroupId, OrderId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Groups that should have been paid by now, the oldest first.
pub async fn due_groups(
    db: &mut PgConnection,
    now: OffsetDateTime,
    limit: i64,
) -> Result<Vec<OrderGroupId>, sqlx::Error> {
    let ids = sqlx::query_scalar!(
        "select id from order_group where state = 'awaiting_payment' and due_at <= $1 order by due_at, id limit $2",
        now,
        limit
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(OrderGroupId::from).collect())
}

/// Orders that their shop should have accepted, or handed over, by now.
pub async fn overdue_for_shop(
    db: &mut PgConnection,
    now: OffsetDateTime,
    limit: i64,
) -> Result<Vec<OrderId>, sqlx::Error> {
    let ids = sqlx::query_scalar!(
        r#"(select id as "id!" from shop_order where state = 'paid' and accept_by <= $1 order by accept_by, id limit $2)
           union all
           (select id from shop_order where state in ('accepted', 'packed') and ship_by <= $1 order by ship_by, id limit $2)
           limit $2"#,
        now,
        limit
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(OrderId::from).collect())
}

/// Delivered orders nobody has objected to in time.
pub async fn due_for_settlement(
    db: &mut PgConnection,
    now: OffsetDateTime,
    limit: i64,
) -> Result<Vec<OrderId>, sqlx::Error> {
    let ids = sqlx::query_scalar!(
        "select id from shop_order
         where state = 'delivered' and settle_held_at is null and settle_by <= $1
         order by settle_by, id limit $2",
        now,
        limit
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(OrderId::from).collect())
}

/// Stops the clock of settlement, as while a return is open; whether it was running.
pub async fn hold_settlement(
    db: &mut PgConnection,
    order: OrderId,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update shop_order set settle_held_at = $2, version = version + 1
         where id = $1 and state = 'delivered' and settle_held_at is null",
        order.uuid(),
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Lets the clock of settlement go on; as much is left as was when it stopped. Whether it stood still.
pub async fn resume_settlement(
    db: &mut PgConnection,
    order: OrderId,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update shop_order
         set settle_by = settle_by + ($2::timestamptz - settle_held_at), settle_held_at = null, version = version + 1
         where id = $1 and state = 'delivered' and settle_held_at is not null",
        order.uuid(),
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
