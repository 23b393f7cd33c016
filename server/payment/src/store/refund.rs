//! Refunds.

use super::{currency, unknown};
use crate::{NewRefund, Refund, RefundState};
use model::{
    Money,
    ids::{OrderId, PaymentId, RefundId, Uuid},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Holds the amount against the payment and, where an order is named, its share, and writes the refund; false, and
/// nothing written, where either has not as much left. One statement, under the payment's lock.
pub(crate) async fn insert_refund(
    db: &mut PgConnection,
    new: &NewRefund,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "with share as (
           update payment_share set refunding = refunding + $4
           where payment_id = $2 and order_id = $3 and amount - refunding >= $4
             and exists (select from payment
               where id = $2 and captured - charged_back - refunded_elsewhere - refunding >= $4)
           returning order_id
         ), held as (
           update payment set refunding = refunding + $4, updated_at = $6, version = version + 1
           where id = $2 and captured - charged_back - refunded_elsewhere - refunding >= $4
             and ($3::uuid is null or exists (select from share))
           returning id
         )
         insert into refund (id, payment_id, order_id, amount, key, requested_at)
         select $1, held.id, $3, $4, $5, $6 from held",
        new.id.uuid(),
        new.payment.uuid(),
        new.order.map(Uuid::from),
        new.amount.amount(),
        new.key,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What is left of an order's share; none where it has none.
pub(crate) async fn share_left(
    db: &mut PgConnection,
    payment: PaymentId,
    order: OrderId,
) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select amount - refunding as "left!" from payment_share where payment_id = $1 and order_id = $2"#,
        payment.uuid(),
        order.uuid()
    )
    .fetch_optional(db)
    .await
}

pub async fn find_refund(db: &mut PgConnection, id: RefundId) -> Result<Option<Refund>, sqlx::Error> {
    Ok(list(db, &[id.uuid()]).await?.pop())
}

pub(crate) async fn find_refund_by_key(
    db: &mut PgConnection,
    key: &str,
) -> Result<Option<Refund>, sqlx::Error> {
    let id =
        sqlx::query_scalar!("select id from refund where key = $1", key).fetch_optional(&mut *db).await?;
    match id {
        Some(id) => find_refund(db, id.into()).await,
        None => Ok(None),
    }
}

/// All refunds of a payment, the earliest first.
pub async fn list_refunds(db: &mut PgConnection, payment: PaymentId) -> Result<Vec<Refund>, sqlx::Error> {
    let ids = sqlx::query_scalar!("select id from refund where payment_id = $1", payment.uuid())
        .fetch_all(&mut *db)
        .await?;
    list(db, &ids).await
}

/// Refunds that were requested until then and have not ended, the earliest first.
pub async fn list_waiting_refunds(
    db: &mut PgConnection,
    until: OffsetDateTime,
    most: i64,
) -> Result<Vec<RefundId>, sqlx::Error> {
    let ids = sqlx::query_scalar!(
        "select id from refund where state in ('requested', 'sent') and requested_at <= $1
         order by requested_at, id limit $2",
        until,
        most
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(RefundId::new).collect())
}

/// Payments with refunds that their provider took until then and that have not ended, those of which nothing was heard
/// for the shortest time first: what an operator has to look into does not keep the others from being asked for.
pub async fn list_with_waiting_refunds(
    db: &mut PgConnection,
    until: OffsetDateTime,
    most: i64,
) -> Result<Vec<PaymentId>, sqlx::Error> {
    let ids = sqlx::query_scalar!(
        r#"select payment_id as "payment_id!" from (
             select payment_id, requested_at, id from refund where state in ('requested', 'sent') and requested_at <= $1
             order by requested_at desc, id desc limit $2) as waiting
           group by payment_id order by payment_id"#,
        until,
        most
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(PaymentId::new).collect())
}

pub(crate) async fn mark_refund_sent(
    db: &mut PgConnection,
    id: RefundId,
    provider_ref: Option<&str>,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update refund set state = 'sent', provider_ref = coalesce($2, provider_ref), sent_at = coalesce(sent_at, $3)
         where id = $1 and state in ('requested', 'sent')",
        id.uuid(),
        provider_ref,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn mark_refund_settled(
    db: &mut PgConnection,
    id: RefundId,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update refund set state = 'settled', ended_at = $2 where id = $1 and state in ('requested', 'sent')",
        id.uuid(),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// And gives its hold back.
pub(crate) async fn mark_refund_failed(
    db: &mut PgConnection,
    id: RefundId,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "with ended as (
           update refund set state = 'failed', ended_at = $2 where id = $1 and state <> 'failed'
           returning payment_id, order_id, amount
         ), share as (
           update payment_share set refunding = payment_share.refunding - ended.amount from ended
           where payment_share.payment_id = ended.payment_id and payment_share.order_id = ended.order_id
         )
         update payment set refunding = refunding - ended.amount from ended where payment.id = ended.payment_id",
        id.uuid(),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn list(db: &mut PgConnection, ids: &[Uuid]) -> Result<Vec<Refund>, sqlx::Error> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let rows = sqlx::query!(
        "select refund.id, payment_id, order_id, refund.amount, currency, refund.state, key, refund.provider_ref,
           requested_at, sent_at, ended_at
         from refund join payment on payment.id = refund.payment_id
         where refund.id = any($1) order by requested_at, refund.id",
        ids
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Refund {
                id: row.id.into(),
                payment: row.payment_id.into(),
                order: row.order_id.map(OrderId::new),
                amount: Money::new(row.amount, currency(&row.currency)?),
                state: RefundState::from_name(&row.state).ok_or_else(|| unknown("state of a refund"))?,
                key: row.key,
                provider_ref: row.provider_ref,
                requested_at: row.requested_at,
                sent_at: row.sent_at,
                ended_at: row.ended_at,
            })
        })
        .collect()
}
