//! All SQL about payments.
//!
//! Whoever changes a payment, its shares or its refunds holds the payment's row ([`lock`]) first.

pub use about::find_about;
pub(crate) use event::*;
pub use refund::{find_refund, list_refunds, list_waiting_refunds, list_with_waiting_refunds};
pub(crate) use refund::{
    find_refund_by_key, insert_refund, mark_refund_failed, mark_refund_sent, mark_refund_settled, share_left,
};

use crate::{NewPayment, Opened, Payment, Share, Standing};
use model::{
    Currency, Money,
    ids::{OrderGroupId, PaymentId, Uuid},
    payment::{Method, PaymentState},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Payments; which of them follows.
macro_rules! payments {
    ($which:tt $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            Row,
            "select id, group_id, provider, method, amount, currency, state, provider_ref, instructions, due_at,
               created_at, closed_at, captured, refunded, charged_back, refunding, refunded_elsewhere, version
             from payment " + $which
            $(, $argument)*
        )
    };
}

mod about;
mod event;
mod refund;

/// False where the group has an open payment.
pub(crate) async fn insert(db: &mut PgConnection, new: &NewPayment) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into payment (id, group_id, provider, method, amount, currency, due_at, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
         on conflict (group_id) where closed_at is null do nothing",
        new.id.uuid(),
        new.group.uuid(),
        new.provider,
        new.method.as_str(),
        new.amount.amount(),
        new.amount.currency().code(),
        new.due_at,
        new.created_at
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn insert_shares(
    db: &mut PgConnection,
    id: PaymentId,
    shares: &[Share],
) -> Result<(), sqlx::Error> {
    let orders: Vec<Uuid> = shares.iter().map(|share| share.order.uuid()).collect();
    let amounts: Vec<i64> = shares.iter().map(|share| share.amount.amount()).collect();
    sqlx::query!(
        "insert into payment_share (payment_id, order_id, amount)
         select $1, order_id, amount from unnest($2::uuid[], $3::bigint[]) as t (order_id, amount)",
        id.uuid(),
        &orders,
        &amounts
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn find(db: &mut PgConnection, id: PaymentId) -> Result<Option<Payment>, sqlx::Error> {
    payments!("where id = $1", id.uuid()).fetch_optional(db).await?.map(Row::payment).transpose()
}

/// Waits until nobody else changes the payment, and keeps others from it until the transaction ends.
pub(crate) async fn lock(db: &mut PgConnection, id: PaymentId) -> Result<Option<Payment>, sqlx::Error> {
    payments!("where id = $1 for update", id.uuid()).fetch_optional(db).await?.map(Row::payment).transpose()
}

/// By what the provider calls it.
pub async fn find_by_ref(
    db: &mut PgConnection,
    provider: &str,
    provider_ref: &str,
) -> Result<Option<Payment>, sqlx::Error> {
    let payment = payments!("where provider = $1 and provider_ref = $2", provider, provider_ref);
    payment.fetch_optional(db).await?.map(Row::payment).transpose()
}

/// The payment a group waits for; where it waits for none, the latest.
pub async fn current_of_group(
    db: &mut PgConnection,
    group: OrderGroupId,
) -> Result<Option<Payment>, sqlx::Error> {
    let payment = payments!(
        "where group_id = $1 order by (closed_at is null) desc, created_at desc, id desc limit 1",
        group.uuid()
    );
    payment.fetch_optional(db).await?.map(Row::payment).transpose()
}

/// All attempts to pay a group, the latest first.
pub async fn list_of_group(db: &mut PgConnection, group: OrderGroupId) -> Result<Vec<Payment>, sqlx::Error> {
    let payments = payments!("where group_id = $1 order by created_at desc, id desc", group.uuid());
    payments.fetch_all(db).await?.into_iter().map(Row::payment).collect()
}

/// Open payments whose time is over, those due longest first.
pub async fn list_open_due(
    db: &mut PgConnection,
    now: OffsetDateTime,
    most: i64,
) -> Result<Vec<PaymentId>, sqlx::Error> {
    let ids = sqlx::query_scalar!(
        "select id from payment where closed_at is null and due_at <= $1 order by due_at, id limit $2",
        now,
        most
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(PaymentId::new).collect())
}

/// What each order of the group pays of it.
pub async fn list_shares(db: &mut PgConnection, id: PaymentId) -> Result<Vec<Share>, sqlx::Error> {
    let rows = sqlx::query!(
        "select share.order_id, share.amount, payment.currency
         from payment_share share join payment on payment.id = share.payment_id
         where share.payment_id = $1 order by share.order_id",
        id.uuid()
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Share { order: row.order_id.into(), amount: Money::new(row.amount, currency(&row.currency)?) })
        })
        .collect()
}

/// Whether it has closed meanwhile; nothing where there is no such payment, or it has another name there.
pub(crate) async fn mark_opened(
    db: &mut PgConnection,
    id: PaymentId,
    opened: &Opened,
    now: OffsetDateTime,
) -> Result<Option<bool>, sqlx::Error> {
    let instructions =
        serde_json::to_value(&opened.instructions).map_err(|error| sqlx::Error::Encode(error.into()))?;
    sqlx::query_scalar!(
        r#"update payment set provider_ref = $2, instructions = $3, updated_at = $4, version = version + 1
           where id = $1 and (provider_ref is null or provider_ref = $2)
           returning closed_at is not null as "closed!""#,
        id.uuid(),
        opened.provider_ref,
        instructions,
        now
    )
    .fetch_optional(db)
    .await
}

/// Of a payment that is locked, after its refunds have followed; as it is from then on.
pub(crate) async fn mark_standing(
    db: &mut PgConnection,
    id: PaymentId,
    standing: &Standing,
    close: bool,
    now: OffsetDateTime,
) -> Result<Payment, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        "update payment set state = $2, captured = $3, refunded = $4::bigint, charged_back = $5,
           refunded_elsewhere = greatest(0, $4::bigint - (select coalesce(sum(amount), 0) from refund
             where payment_id = $1 and state = 'settled')),
           closed_at = coalesce(closed_at, case when $6 then $7::timestamptz end), updated_at = $7, version = version + 1
         where id = $1
         returning id, group_id, provider, method, amount, currency, state, provider_ref, instructions, due_at,
           created_at, closed_at, captured, refunded, charged_back, refunding, refunded_elsewhere, version",
        id.uuid(),
        standing.state.as_str(),
        standing.captured,
        standing.refunded,
        standing.charged_back,
        close,
        now
    )
    .fetch_one(db)
    .await?;
    row.payment()
}

struct Row {
    id: Uuid,
    group_id: Uuid,
    provider: String,
    method: String,
    amount: i64,
    currency: String,
    state: String,
    provider_ref: Option<String>,
    instructions: Option<serde_json::Value>,
    due_at: OffsetDateTime,
    created_at: OffsetDateTime,
    closed_at: Option<OffsetDateTime>,
    captured: i64,
    refunded: i64,
    charged_back: i64,
    refunding: i64,
    refunded_elsewhere: i64,
    version: i32,
}

impl Row {
    fn payment(self) -> Result<Payment, sqlx::Error> {
        let currency = currency(&self.currency)?;
        let money = |amount| Money::new(amount, currency);
        Ok(Payment {
            id: self.id.into(),
            group: self.group_id.into(),
            provider: self.provider,
            method: Method::from_name(&self.method).ok_or_else(|| unknown("method"))?,
            amount: money(self.amount),
            state: PaymentState::from_name(&self.state).ok_or_else(|| unknown("state"))?,
            provider_ref: self.provider_ref,
            instructions: self
                .instructions
                .map(serde_json::from_value)
                .transpose()
                .map_err(|error| sqlx::Error::Decode(error.into()))?,
            due_at: self.due_at,
            created_at: self.created_at,
            closed_at: self.closed_at,
            captured: money(self.captured),
            refunded: money(self.refunded),
            charged_back: money(self.charged_back),
            refunding: money(self.refunding),
            refunded_elsewhere: money(self.refunded_elsewhere),
            version: self.version,
        })
    }
}

/// A name in the database that this program does not know.
pub(crate) fn unknown(what: &'static str) -> sqlx::Error {
    sqlx::Error::Decode(format!("an unknown {what}").into())
}

pub(crate) fn currency(code: &str) -> Result<Currency, sqlx::Error> {
    crate::provider::currency(code).ok_or_else(|| unknown("currency"))
}
