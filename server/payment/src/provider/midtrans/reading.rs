//! What a transaction of Midtrans says, in a notification or asked for its status: both are the same document.

use crate::{
    About, EventKind, ProviderEvent, WebhookError,
    provider::amounts::{currency, decimal, name, only, text},
};
use model::{Currency, Money};
use serde_json::Value;
use time::{
    OffsetDateTime, PrimitiveDateTime,
    macros::{format_description, offset},
};

/// A document tells where the transaction has got to, so money that went back tells of money that came as well.
pub(super) fn events(document: &Value, now: OffsetDateTime) -> Result<Vec<ProviderEvent>, WebhookError> {
    let order = text(document, "/order_id").ok_or(WebhookError::Malformed)?;
    let about = About::Payment(order.parse().map_err(|_| WebhookError::Unknown)?);
    let transaction = text(document, "/transaction_id").ok_or(WebhookError::Malformed)?;
    let status = text(document, "/transaction_status").ok_or(WebhookError::Malformed)?;
    let currency = match text(document, "/currency") {
        Some(code) => currency(code).ok_or(WebhookError::Malformed)?,
        None => Currency::Idr,
    };
    let money = |from: &Value, member: &str| from.get(member).and_then(|it| decimal(it, currency));
    let gross = money(document, "gross_amount").ok_or(WebhookError::Malformed)?;
    let time = |from: &Value, member: &str| from.get(member).and_then(Value::as_str).and_then(moment);
    let begun = time(document, "transaction_time");
    let settled = time(document, "settlement_time").or(begun).unwrap_or(now);
    let event = |kind, what: &str, reference: &str, amount: Money, at: OffsetDateTime| ProviderEvent {
        id: format!("{transaction}:{what}"),
        about: about.clone(),
        kind,
        reference: reference.to_owned(),
        amount,
        occurred_at: at,
        body: only(
            document,
            &[
                "transaction_id",
                "order_id",
                "transaction_status",
                "status_code",
                "fraud_status",
                "payment_type",
                "gross_amount",
                "currency",
                "transaction_time",
                "settlement_time",
                "refunds",
            ],
        ),
    };
    let captured = event(EventKind::Captured, "captured", transaction, gross, settled);
    let one = |kind, at: OffsetDateTime| vec![event(kind, status, transaction, gross, at)];
    Ok(match status {
        "pending" => one(EventKind::CaptureRequested, begun.unwrap_or(now)),
        "authorize" => one(EventKind::Authorised, begun.unwrap_or(now)),
        "capture" => match text(document, "/fraud_status") {
            Some("challenge") => {
                vec![event(
                    EventKind::CaptureRequested,
                    "challenge",
                    transaction,
                    gross,
                    begun.unwrap_or(now),
                )]
            }
            Some("deny") => vec![event(EventKind::CaptureFailed, "deny", transaction, gross, now)],
            _ => vec![captured],
        },
        "settlement" => vec![captured],
        // When these happened is not said, only when the transaction began.
        "deny" | "failure" => one(EventKind::CaptureFailed, now),
        "cancel" => one(EventKind::Cancelled, now),
        "expire" => one(EventKind::Expired, time(document, "expiry_time").unwrap_or(now)),
        "refund" | "partial_refund" => {
            let mut all = vec![captured];
            let refunds = document.get("refunds").and_then(Value::as_array);
            let refunds = refunds.map_or_else(|| vec![document], |refunds| refunds.iter().collect());
            for refund in refunds {
                let key = text(refund, "/refund_key")
                    .map(str::to_owned)
                    .or_else(|| name(refund, "/refund_chargeback_id"))
                    .ok_or(WebhookError::Malformed)?;
                let amount = money(refund, "refund_amount").ok_or(WebhookError::Malformed)?;
                let at = time(refund, "created_at").unwrap_or(now);
                all.push(event(EventKind::Refunded, &format!("refund:{key}"), &key, amount, at));
            }
            all
        }
        "chargeback" | "partial_chargeback" => {
            let amount = money(document, "refund_amount").unwrap_or(gross);
            let taken = event(EventKind::ChargedBack, status, transaction, amount, now);
            vec![captured, taken]
        }
        _ => Vec::new(),
    })
}

/// `2026-11-22 10:30:00`, in western Indonesian time.
fn moment(text: &str) -> Option<OffsetDateTime> {
    let form = format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");
    Some(PrimitiveDateTime::parse(text, &form).ok()?.assume_offset(offset!(+7)))
}
