//! What providers told.

use super::unknown;
use crate::{About, Event, EventKind, ProviderEvent};
use model::ids::PaymentId;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Which payment of the provider an event means.
pub(crate) async fn locate(
    db: &mut PgConnection,
    provider: &str,
    about: &About,
) -> Result<Option<PaymentId>, sqlx::Error> {
    let id = match about {
        About::Payment(id) => {
            sqlx::query_scalar!("select id from payment where provider = $1 and id = $2", provider, id.uuid())
                .fetch_optional(db)
                .await?
        }
        About::ProviderRef(name) => {
            sqlx::query_scalar!(
                "select id from payment where provider = $1 and provider_ref = $2",
                provider,
                name
            )
            .fetch_optional(db)
            .await?
        }
        About::Reference(reference) => {
            sqlx::query_scalar!(
                "select payment_id from payment_event where provider = $1 and reference = $2 limit 1",
                provider,
                reference
            )
            .fetch_optional(db)
            .await?
        }
    };
    Ok(id.map(PaymentId::new))
}

/// How many rows it wrote: none if the event is known.
pub(crate) async fn insert_event(
    db: &mut PgConnection,
    provider: &str,
    payment: PaymentId,
    event: &ProviderEvent,
    now: OffsetDateTime,
) -> Result<u64, sqlx::Error> {
    let done = sqlx::query!(
        "insert into payment_event (provider, event_id, payment_id, kind, reference, amount, occurred_at, received_at, body)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict on constraint payment_event_once do nothing",
        provider,
        event.id,
        payment.uuid(),
        event.kind.as_str(),
        event.reference,
        event.amount.amount(),
        event.occurred_at,
        now,
        event.body
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// All events of a payment. Those about a refund of ours bear its key, whatever the provider calls it.
pub(crate) async fn list_events(
    db: &mut PgConnection,
    payment: PaymentId,
) -> Result<Vec<Event>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select event.event_id, event.kind, event.amount, event.occurred_at,
             coalesce(refund.key, event.reference) as "reference!"
           from payment_event event
           left join refund on refund.payment_id = event.payment_id and refund.provider_ref = event.reference
             and event.kind in ('refund_requested', 'refunded', 'refund_failed')
           where event.payment_id = $1
           order by event.occurred_at, event.event_id"#,
        payment.uuid()
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Event {
                id: row.event_id,
                kind: EventKind::from_name(&row.kind).ok_or_else(|| unknown("kind of event"))?,
                reference: row.reference,
                amount: row.amount,
                occurred_at: row.occurred_at,
            })
        })
        .collect()
}
