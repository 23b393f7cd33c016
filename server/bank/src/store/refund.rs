//! What goes back to payers.

use super::unreadable;
use crate::{ChargeId, Refund, RefundState, charge::RefundId};
use model::ids::Uuid;
use sqlx::PgConnection;
use time::OffsetDateTime;

pub async fn insert_refund(
    db: &mut PgConnection,
    refund: &Refund,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into bank_refund (id, charge_id, key, amount, state, created_at) values ($1, $2, $3, $4, $5, $6)",
        refund.id.uuid(),
        refund.charge.uuid(),
        refund.key,
        refund.amount,
        refund.state.as_str(),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn find_refund(
    db: &mut PgConnection,
    charge: ChargeId,
    key: &str,
) -> Result<Option<Refund>, sqlx::Error> {
    let row = sqlx::query_as!(
        RefundRow,
        "select id, charge_id, key, amount, state from bank_refund where charge_id = $1 and key = $2",
        charge.uuid(),
        key
    )
    .fetch_optional(db)
    .await?;
    row.map(RefundRow::refund).transpose()
}

/// How a refund ended; none where it had ended before.
pub async fn end_refund(
    db: &mut PgConnection,
    id: RefundId,
    state: RefundState,
) -> Result<Option<Refund>, sqlx::Error> {
    let row = sqlx::query_as!(
        RefundRow,
        "update bank_refund set state = $2 where id = $1 and state = 'sent'
         returning id, charge_id, key, amount, state",
        id.uuid(),
        state.as_str()
    )
    .fetch_optional(db)
    .await?;
    row.map(RefundRow::refund).transpose()
}

/// The charge a refund is of.
pub async fn charge_of_refund(db: &mut PgConnection, id: RefundId) -> Result<Option<ChargeId>, sqlx::Error> {
    let charge = sqlx::query_scalar!("select charge_id from bank_refund where id = $1", id.uuid())
        .fetch_optional(db)
        .await?;
    Ok(charge.map(Into::into))
}

struct RefundRow {
    id: Uuid,
    charge_id: Uuid,
    key: String,
    amount: i64,
    state: String,
}

impl RefundRow {
    fn refund(self) -> Result<Refund, sqlx::Error> {
        Ok(Refund {
            id: self.id.into(),
            charge: self.charge_id.into(),
            key: self.key,
            amount: self.amount,
            state: RefundState::from_name(&self.state).ok_or_else(unreadable)?,
        })
    }
}
