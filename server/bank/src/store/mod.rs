//! All SQL of the bank: charges here, what happened to them in [`event`], what goes back in [`refund`], what goes out in [`transfer`]. What changes sums is one statement whose affected rows are looked at.

mod event;
mod refund;
mod transfer;

pub use event::{find_event, insert_event, list_events, mark_told};
pub use refund::{charge_of_refund, end_refund, find_refund, insert_refund};

pub use transfer::{
    TransferKey, end_transfer, find_transfer, insert_transfer, list_transfers, mark_transfer_told,
};

use crate::{Charge, ChargeId, ChargeState, NewCharge};
use model::{Currency, Money, ids::Uuid, payment::Method};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Writes a charge unless its payment has one; nothing where it has.
pub async fn insert_charge(
    db: &mut PgConnection,
    id: ChargeId,
    new: &NewCharge,
    (number, qr_payload): (&str, Option<&str>),
    now: OffsetDateTime,
) -> Result<Option<Charge>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        "insert into bank_charge (id, payment_id, amount, currency, method, number, qr_payload, description, notify_url,
           return_url, due_at, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict on constraint bank_charge_once_per_payment do nothing
         returning id, payment_id, amount, currency, method, number, qr_payload, description, notify_url, return_url, state,
           paid, refunded, charged_back, refuses_refunds, due_at, created_at, version",
        id.uuid(),
        new.payment.uuid(),
        new.amount.amount(),
        new.amount.currency().code(),
        new.method.as_str(),
        number,
        qr_payload,
        new.description,
        new.notify_url,
        new.return_url,
        new.due_at,
        now
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::charge).transpose()
}

/// The one charge that has this id, payment or number; for whoever knows one of them.
pub enum Key<'a> {
    Id(ChargeId),
    Payment(Uuid),
    Number(&'a str),
}

pub async fn find_charge(db: &mut PgConnection, key: Key<'_>) -> Result<Option<Charge>, sqlx::Error> {
    let (id, payment, number) = match key {
        Key::Id(id) => (Some(id.uuid()), None, None),
        Key::Payment(id) => (None, Some(id), None),
        Key::Number(number) => (None, None, Some(number)),
    };
    let row = sqlx::query_as!(
        Row,
        "select id, payment_id, amount, currency, method, number, qr_payload, description, notify_url, return_url, state,
           paid, refunded, charged_back, refuses_refunds, due_at, created_at, version
         from bank_charge where id = $1 or payment_id = $2 or number = $3",
        id,
        payment,
        number
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::charge).transpose()
}

/// The charge, kept from being changed by others until the transaction ends.
pub async fn lock_charge(db: &mut PgConnection, id: ChargeId) -> Result<Option<Charge>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        "select id, payment_id, amount, currency, method, number, qr_payload, description, notify_url, return_url, state,
           paid, refunded, charged_back, refuses_refunds, due_at, created_at, version
         from bank_charge where id = $1 for update",
        id.uuid()
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::charge).transpose()
}

/// Up to `limit` charges, the latest first, behind the one named.
pub async fn list_charges(
    db: &mut PgConnection,
    after: Option<ChargeId>,
    limit: i64,
) -> Result<Vec<Charge>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        "select id, payment_id, amount, currency, method, number, qr_payload, description, notify_url, return_url, state,
           paid, refunded, charged_back, refuses_refunds, due_at, created_at, version
         from bank_charge where id < $1 order by id desc limit $2",
        after.map_or(Uuid::max(), ChargeId::uuid),
        limit
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::charge).collect()
}

/// Money came in; `false` where the charge takes none.
pub async fn mark_paid(db: &mut PgConnection, id: ChargeId, amount: i64) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update bank_charge
         set paid = paid + $2, version = version + 1,
           state = case when paid + $2 >= amount then 'paid' else state end
         where id = $1 and state <> 'cancelled'",
        id.uuid(),
        amount
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// An attempt failed; `false` where the charge is not waiting for one.
pub async fn mark_failed(db: &mut PgConnection, id: ChargeId) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update bank_charge set state = 'failed', version = version + 1
         where id = $1 and state in ('open', 'failed')",
        id.uuid()
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The deadline has passed; `false` where it has not, or it does not matter any more.
pub async fn mark_expired(
    db: &mut PgConnection,
    id: ChargeId,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update bank_charge set state = 'expired', version = version + 1
         where id = $1 and state in ('open', 'failed') and due_at <= $2",
        id.uuid(),
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// `false` where something was paid.
pub async fn mark_cancelled(db: &mut PgConnection, id: ChargeId) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update bank_charge set state = 'cancelled', version = version + 1 where id = $1 and paid = 0",
        id.uuid()
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes so much of what is there for a refund, or gives it back where that failed; `false` where there is not so much.
pub async fn take_refund(db: &mut PgConnection, id: ChargeId, amount: i64) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update bank_charge set refunded = refunded + $2, version = version + 1
         where id = $1 and paid - charged_back - refunded >= $2",
        id.uuid(),
        amount
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// `false` where there is not so much left.
pub async fn take_back(db: &mut PgConnection, id: ChargeId, amount: i64) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update bank_charge set charged_back = charged_back + $2, version = version + 1
         where id = $1 and paid - charged_back - refunded >= $2",
        id.uuid(),
        amount
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// From now on refunds fail, or do not.
pub async fn set_refuses_refunds(
    db: &mut PgConnection,
    id: ChargeId,
    refuses: bool,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update bank_charge set refuses_refunds = $2, version = version + 1 where id = $1",
        id.uuid(),
        refuses
    )
    .execute(db)
    .await?;
    Ok(())
}

struct Row {
    id: Uuid,
    payment_id: Uuid,
    amount: i64,
    currency: String,
    method: String,
    number: String,
    qr_payload: Option<String>,
    description: String,
    notify_url: String,
    return_url: String,
    state: String,
    paid: i64,
    refunded: i64,
    charged_back: i64,
    refuses_refunds: bool,
    due_at: OffsetDateTime,
    created_at: OffsetDateTime,
    version: i32,
}

impl Row {
    fn charge(self) -> Result<Charge, sqlx::Error> {
        let mut currencies = [Currency::Idr, Currency::Usd, Currency::Sgd].into_iter();
        let currency = currencies.find(|it| it.code() == self.currency);
        Ok(Charge {
            id: self.id.into(),
            payment: self.payment_id.into(),
            amount: Money::new(self.amount, currency.ok_or_else(unreadable)?),
            method: Method::from_name(&self.method).ok_or_else(unreadable)?,
            number: self.number,
            qr_payload: self.qr_payload,
            description: self.description,
            notify_url: self.notify_url,
            return_url: self.return_url,
            state: ChargeState::from_name(&self.state).ok_or_else(unreadable)?,
            paid: self.paid,
            refunded: self.refunded,
            charged_back: self.charged_back,
            refuses_refunds: self.refuses_refunds,
            due_at: self.due_at,
            created_at: self.created_at,
            version: self.version,
        })
    }
}

fn unreadable() -> sqlx::Error {
    sqlx::Error::Decode("a charge is of a kind this version does not know".into())
}
