//! What happened to charges, and how telling of it has gone.

use super::unreadable;
use crate::{ChargeId, Event, EventKind, charge::EventId};
use model::ids::Uuid;
use sqlx::PgConnection;
use time::OffsetDateTime;

pub async fn insert_event(db: &mut PgConnection, event: &Event) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into bank_event (id, charge_id, kind, amount, reference, occurred_at) values ($1, $2, $3, $4, $5, $6)",
        event.id.uuid(),
        event.charge.uuid(),
        event.kind.as_str(),
        event.amount,
        event.reference,
        event.occurred_at
    )
    .execute(db)
    .await?;
    Ok(())
}

/// All that happened to a charge, in order.
pub async fn list_events(db: &mut PgConnection, charge: ChargeId) -> Result<Vec<Event>, sqlx::Error> {
    let rows = sqlx::query_as!(
        EventRow,
        "select id, charge_id, kind, amount, reference, occurred_at, delivered_at
         from bank_event where charge_id = $1 order by occurred_at, id",
        charge.uuid()
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(EventRow::event).collect()
}

pub async fn find_event(db: &mut PgConnection, id: EventId) -> Result<Option<Event>, sqlx::Error> {
    let row = sqlx::query_as!(
        EventRow,
        "select id, charge_id, kind, amount, reference, occurred_at, delivered_at from bank_event where id = $1",
        id.uuid()
    )
    .fetch_optional(db)
    .await?;
    row.map(EventRow::event).transpose()
}

/// Notes an attempt to tell of an event, and what was answered.
pub async fn mark_told(
    db: &mut PgConnection,
    id: EventId,
    answer: &str,
    delivered_at: Option<OffsetDateTime>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update bank_event
         set attempts = attempts + 1, answer = left($2, 200), delivered_at = coalesce(delivered_at, $3)
         where id = $1",
        id.uuid(),
        answer,
        delivered_at
    )
    .execute(db)
    .await?;
    Ok(())
}

struct EventRow {
    id: Uuid,
    charge_id: Uuid,
    kind: String,
    amount: i64,
    reference: String,
    occurred_at: OffsetDateTime,
    delivered_at: Option<OffsetDateTime>,
}

impl EventRow {
    fn event(self) -> Result<Event, sqlx::Error> {
        Ok(Event {
            id: self.id.into(),
            charge: self.charge_id.into(),
            kind: EventKind::from_name(&self.kind).ok_or_else(unreadable)?,
            amount: self.amount,
            reference: self.reference,
            occurred_at: self.occurred_at,
            delivered_at: self.delivered_at,
        })
    }
}
