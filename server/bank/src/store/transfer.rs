//! What goes out.

use super::unreadable;
use crate::transfer::{NewTransfer, Transfer, TransferId, TransferState};
use model::{Currency, Money, ids::Uuid};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// The one transfer that has this id or key.
pub enum TransferKey<'a> {
    Id(TransferId),
    Key(&'a str),
}

struct Row {
    id: Uuid,
    key: String,
    amount: i64,
    currency: String,
    bank: String,
    number: String,
    description: String,
    notify_url: String,
    state: String,
    created_at: OffsetDateTime,
    ended_at: Option<OffsetDateTime>,
    told_at: Option<OffsetDateTime>,
}

impl Row {
    fn transfer(self) -> Result<Transfer, sqlx::Error> {
        let known = [Currency::Idr, Currency::Usd, Currency::Sgd];
        let currency = known.into_iter().find(|it| it.code() == self.currency).ok_or_else(unreadable)?;
        Ok(Transfer {
            id: self.id.into(),
            key: self.key,
            amount: Money::new(self.amount, currency),
            bank: self.bank,
            number: self.number,
            description: self.description,
            notify_url: self.notify_url,
            state: TransferState::from_name(&self.state).ok_or_else(unreadable)?,
            created_at: self.created_at,
            ended_at: self.ended_at,
            told_at: self.told_at,
        })
    }
}

/// Writes a transfer unless there is one of its key; whether it was written.
pub async fn insert_transfer(
    db: &mut PgConnection,
    id: TransferId,
    new: &NewTransfer,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into bank_transfer (id, key, amount, currency, bank, number, description, notify_url, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict on constraint bank_transfer_once_per_key do nothing",
        id.uuid(),
        new.key,
        new.amount.amount(),
        new.amount.currency().code(),
        new.bank,
        new.number,
        new.description,
        new.notify_url,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn find_transfer(
    db: &mut PgConnection,
    key: TransferKey<'_>,
) -> Result<Option<Transfer>, sqlx::Error> {
    let (id, key) = match key {
        TransferKey::Id(id) => (Some(id.uuid()), None),
        TransferKey::Key(key) => (None, Some(key)),
    };
    let row = sqlx::query_as!(
        Row,
        "select id, key, amount, currency, bank, number, description, notify_url, state, created_at, ended_at, told_at
         from bank_transfer where id = $1 or key = $2",
        id,
        key
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::transfer).transpose()
}

/// The latest first.
pub async fn list_transfers(db: &mut PgConnection, limit: i64) -> Result<Vec<Transfer>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        "select id, key, amount, currency, bank, number, description, notify_url, state, created_at, ended_at, told_at
         from bank_transfer order by id desc limit $1",
        limit
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::transfer).collect()
}

/// How it ended, unless it had before.
pub async fn end_transfer(
    db: &mut PgConnection,
    id: TransferId,
    state: TransferState,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update bank_transfer set state = $2, ended_at = $3 where id = $1 and state = 'sent'",
        id.uuid(),
        state.as_str(),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// How telling of it went; when it was taken, if it was.
pub async fn mark_transfer_told(
    db: &mut PgConnection,
    id: TransferId,
    answer: &str,
    told_at: Option<OffsetDateTime>,
) -> Result<(), sqlx::Error> {
    let answer: String = answer.chars().take(200).collect();
    sqlx::query!(
        "update bank_transfer set attempts = attempts + 1, answer = $2, told_at = $3 where id = $1",
        id.uuid(),
        answer,
        told_at
    )
    .execute(db)
    .await?;
    Ok(())
}
