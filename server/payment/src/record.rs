//! Taking in what providers tell.

use crate::{Event, EventKind, Payment, ProviderEvent, Standing, fold, refund, store};
use model::{ids::PaymentId, payment::PaymentState};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Under this name our own decisions stand among the events.
const HOUSE: &str = "house";

/// What a message changed.
#[derive(Clone, PartialEq, Debug)]
pub enum Recorded {
    /// At least one event was new. `was_open`: did its group wait for it until now? Where not, money that came is late.
    New { payment: Box<Payment>, was_open: bool, before: Standing, after: Standing },
    /// All of it was known; nothing was written.
    Duplicate,
}

#[derive(thiserror::Error, Debug)]
pub enum RecordError {
    #[error("no payment of that provider is meant")]
    Unknown,
    #[error("the message is in another currency than the payment")]
    Currency,
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
}

/// Takes in what one message of a provider says of one payment, in the caller's transaction: locks the payment, writes
/// the events that are new, and folds all of them. Nothing is written where one of them is in a wrong currency.
pub async fn record(
    db: &mut PgConnection,
    provider: &str,
    events: &[ProviderEvent],
    now: OffsetDateTime,
) -> Result<Recorded, RecordError> {
    let Some(first) = events.first() else { return Ok(Recorded::Duplicate) };
    let id = store::locate(db, provider, &first.about).await?.ok_or(RecordError::Unknown)?;
    record_of(db, provider, id, events, now).await
}

/// The same, of the payment that the first of the events is known to be about.
pub async fn record_of(
    db: &mut PgConnection,
    provider: &str,
    id: PaymentId,
    events: &[ProviderEvent],
    now: OffsetDateTime,
) -> Result<Recorded, RecordError> {
    let Some(first) = events.first() else { return Ok(Recorded::Duplicate) };
    let payment = store::lock(db, id).await?.ok_or(RecordError::Unknown)?;
    for event in events {
        if event.amount.currency() != payment.amount.currency() {
            return Err(RecordError::Currency);
        }
        if event.about != first.about && store::locate(db, provider, &event.about).await? != Some(id) {
            return Err(RecordError::Unknown);
        }
    }
    let mut new = Vec::with_capacity(events.len());
    for event in events {
        if store::insert_event(db, provider, id, event, now).await? > 0 {
            new.push(event.id.as_str());
        }
    }
    if new.is_empty() {
        return Ok(Recorded::Duplicate);
    }
    let all = store::list_events(db, id).await?;
    let known: Vec<Event> = all.iter().filter(|event| !new.contains(&event.id.as_str())).cloned().collect();
    let before = fold(payment.amount.amount(), &known);
    let (payment, after, was_open) = settle(db, &payment, &all, false, now).await?;
    Ok(Recorded::New { payment: Box::new(payment), was_open, before, after })
}

/// Closes a payment whose time is over; false where it was not open, is not due, or was paid in time.
pub async fn expire(db: &mut PgConnection, id: PaymentId, now: OffsetDateTime) -> Result<bool, sqlx::Error> {
    close(db, id, EventKind::Expired, now).await
}

/// Closes a payment that somebody ended: the shopper chose another way, or the group was cancelled. False where it was
/// not open.
pub async fn give_up(db: &mut PgConnection, id: PaymentId, now: OffsetDateTime) -> Result<bool, sqlx::Error> {
    close(db, id, EventKind::Cancelled, now).await
}

async fn close(
    db: &mut PgConnection,
    id: PaymentId,
    kind: EventKind,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let Some(payment) = store::lock(db, id).await? else { return Ok(false) };
    if !payment.is_open() || (kind == EventKind::Expired && payment.due_at > now) {
        return Ok(false);
    }
    decide(db, &payment, kind, &id.to_string(), 0, now).await?;
    refold(db, &payment, true, now).await?;
    Ok(true)
}

/// Puts a decision of ours among the events of a payment that is locked; a repeated one changes nothing.
pub(crate) async fn decide(
    db: &mut PgConnection,
    payment: &Payment,
    kind: EventKind,
    reference: &str,
    amount: i64,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let event = ProviderEvent {
        id: format!("{kind}:{}:{reference}", payment.id),
        about: crate::About::Payment(payment.id),
        kind,
        reference: reference.to_owned(),
        amount: model::Money::new(amount, payment.amount.currency()),
        occurred_at: now,
        body: serde_json::Value::Null,
    };
    store::insert_event(db, HOUSE, payment.id, &event, now).await?;
    Ok(())
}

/// Writes what the events of a locked payment come to: its refunds, its sums, its state. Returns it, and whether it was
/// open.
pub(crate) async fn refold(
    db: &mut PgConnection,
    payment: &Payment,
    close: bool,
    now: OffsetDateTime,
) -> Result<(Payment, Standing, bool), sqlx::Error> {
    let events = store::list_events(db, payment.id).await?;
    settle(db, payment, &events, close, now).await
}

async fn settle(
    db: &mut PgConnection,
    payment: &Payment,
    events: &[Event],
    close: bool,
    now: OffsetDateTime,
) -> Result<(Payment, Standing, bool), sqlx::Error> {
    let standing = fold(payment.amount.amount(), events);
    refund::follow(db, payment.id, events, now).await?;
    let waits = matches!(standing.state, PaymentState::Pending | PaymentState::Authorised);
    let after = store::mark_standing(db, payment.id, &standing, close || !waits, now).await?;
    Ok((after, standing, payment.is_open()))
}
