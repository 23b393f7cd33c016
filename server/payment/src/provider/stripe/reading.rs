//! What Stripe's documents say.

use super::scale;
use crate::{
    About, EventKind, ProviderEvent, WebhookError,
    provider::amounts::{currency, only, text},
};
use model::Money;
use serde_json::Value;
use time::OffsetDateTime;

/// An event of a webhook. Other types than these change no payment.
pub(super) fn message(message: &Value) -> Result<Vec<ProviderEvent>, WebhookError> {
    let id = text(message, "/id").ok_or(WebhookError::Malformed)?;
    let at = moment(message, "/created").ok_or(WebhookError::Malformed)?;
    let object = message.pointer("/data/object").ok_or(WebhookError::Malformed)?;
    let read = match text(message, "/type").ok_or(WebhookError::Malformed)? {
        "checkout.session.completed" | "checkout.session.async_payment_succeeded" => {
            let paid = text(object, "/payment_status") == Some("paid");
            let kind = if paid { EventKind::Captured } else { EventKind::CaptureRequested };
            of_session(kind, object, id, at)?
        }
        "checkout.session.async_payment_failed" => of_session(EventKind::CaptureFailed, object, id, at)?,
        "checkout.session.expired" => of_session(EventKind::Expired, object, id, at)?,
        "refund.created" | "refund.updated" | "refund.failed" | "charge.refund.updated" => {
            let kind = match text(object, "/status") {
                Some("succeeded") => EventKind::Refunded,
                Some("failed" | "canceled") => EventKind::RefundFailed,
                _ => EventKind::RefundRequested,
            };
            let refund = text(object, "/id").ok_or(WebhookError::Malformed)?;
            of_intent(kind, object, text(object, "/metadata/key").unwrap_or(refund), id, at)?
        }
        "charge.dispute.funds_withdrawn" => {
            let dispute = text(object, "/id").ok_or(WebhookError::Malformed)?;
            of_intent(EventKind::ChargedBack, object, dispute, id, at)?
        }
        "charge.dispute.funds_reinstated" => {
            let dispute = text(object, "/id").ok_or(WebhookError::Malformed)?;
            of_intent(EventKind::ChargebackReversed, object, dispute, id, at)?
        }
        _ => return Ok(Vec::new()),
    };
    Ok(vec![read])
}

/// A session asked for its state; when it was paid it does not say.
pub(super) fn session(session: &Value, now: OffsetDateTime) -> Result<Vec<ProviderEvent>, WebhookError> {
    let id = text(session, "/id").ok_or(WebhookError::Malformed)?;
    let kind = match (text(session, "/status"), text(session, "/payment_status")) {
        (_, Some("paid")) => EventKind::Captured,
        (Some("expired"), _) => EventKind::Expired,
        (Some("complete"), _) => EventKind::CaptureRequested,
        _ => return Ok(Vec::new()),
    };
    Ok(vec![of_session(kind, session, &format!("{id}:{kind}"), now)?])
}

fn of_session(
    kind: EventKind,
    session: &Value,
    id: &str,
    at: OffsetDateTime,
) -> Result<ProviderEvent, WebhookError> {
    // An account may sell elsewhere too; sessions of ours bear the payment's id.
    let payment = text(session, "/client_reference_id").ok_or(WebhookError::Unknown)?;
    let about = About::Payment(payment.parse().map_err(|_| WebhookError::Unknown)?);
    let reference = text(session, "/payment_intent").or_else(|| text(session, "/id"));
    let amount = money(session, "/amount_total").ok_or(WebhookError::Malformed)?;
    let reference = reference.ok_or(WebhookError::Malformed)?;
    Ok(event(kind, about, reference, amount, id, at, session))
}

/// A refund or a dispute. Refunds of ours bear the payment's id; the others only name the intent, which is the
/// reference of the money that came.
fn of_intent(
    kind: EventKind,
    object: &Value,
    reference: &str,
    id: &str,
    at: OffsetDateTime,
) -> Result<ProviderEvent, WebhookError> {
    let about = match text(object, "/metadata/payment").and_then(|id| id.parse().ok()) {
        Some(payment) => About::Payment(payment),
        None => About::Reference(text(object, "/payment_intent").ok_or(WebhookError::Unknown)?.to_owned()),
    };
    let amount = money(object, "/amount").ok_or(WebhookError::Malformed)?;
    Ok(event(kind, about, reference, amount, id, at, object))
}

fn event(
    kind: EventKind,
    about: About,
    reference: &str,
    amount: Money,
    id: &str,
    at: OffsetDateTime,
    object: &Value,
) -> ProviderEvent {
    let body = only(
        object,
        &[
            "id",
            "object",
            "status",
            "payment_status",
            "payment_intent",
            "amount",
            "amount_total",
            "currency",
            "reason",
            "failure_reason",
        ],
    );
    ProviderEvent {
        id: id.to_owned(),
        about,
        kind,
        reference: reference.to_owned(),
        amount,
        occurred_at: at,
        body,
    }
}

/// Whole minor units of ours; a fraction of one is not an amount.
fn money(object: &Value, path: &str) -> Option<Money> {
    let currency = currency(text(object, "/currency")?)?;
    let units = object.pointer(path)?.as_i64().filter(|units| *units >= 0)?;
    let scale = scale(currency);
    (units % scale == 0).then(|| Money::new(units / scale, currency))
}

fn moment(document: &Value, path: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp(document.pointer(path)?.as_i64()?).ok()
}
