//! What is told of a charge.

use crate::{Charge, Event};
use serde_json::json;
use time::format_description::well_known::Rfc3339;

/// An event as it is told, and as it stands in the answers of the API.
pub(crate) fn document(charge: &Charge, event: &Event) -> serde_json::Value {
    json!({
        "event_id": event.id,
        "type": event.kind,
        "charge_id": charge.id,
        "payment_id": charge.payment,
        "amount": event.amount,
        "currency": charge.amount.currency(),
        "reference": event.reference,
        "occurred_at": event.occurred_at.format(&Rfc3339).unwrap_or_default(),
    })
}
