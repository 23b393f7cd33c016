//! What a provider tells of a payment.

use model::{Money, ids::PaymentId};
use serde_json::Value;
use time::OffsetDateTime;

model::named!(
    /// What happened to money, or did not.
    EventKind {
        AuthorisationRequested = "authorisation_requested",
        Authorised = "authorised",
        AuthorisationFailed = "authorisation_failed",
        /// From now on this much is authorised, whatever was before.
        AuthorisationAdjusted = "authorisation_adjusted",
        CaptureRequested = "capture_requested",
        /// The money is there.
        Captured = "captured",
        CaptureFailed = "capture_failed",
        RefundRequested = "refund_requested",
        Refunded = "refunded",
        RefundFailed = "refund_failed",
        /// What was paid back came back to us.
        RefundReversed = "refund_reversed",
        /// The buyer's bank took the money back.
        ChargedBack = "charged_back",
        ChargebackReversed = "chargeback_reversed",
        /// Nobody can pay any more: someone ended it.
        Cancelled = "cancelled",
        /// Nobody can pay any more: its time was over.
        Expired = "expired",
    }
);

/// As much of an event as the state is folded from. The amount is in minor units, never negative.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    pub id: String,
    pub kind: EventKind,
    /// Which transaction of the provider it is about. Two events of one kind and reference tell of the same money;
    /// two references are two payments. With refunds it is the refund's key.
    pub reference: String,
    pub amount: i64,
    pub occurred_at: OffsetDateTime,
}

/// How an event says which payment it means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum About {
    Payment(PaymentId),
    /// By what the provider calls the payment.
    ProviderRef(String),
    /// By the reference of an event that came before.
    Reference(String),
}

/// An event as a provider's message was understood.
#[derive(Clone, PartialEq, Debug)]
pub struct ProviderEvent {
    /// The provider's own id, or one made of what tells its events apart: the same event has it each time.
    pub id: String,
    pub about: About,
    pub kind: EventKind,
    pub reference: String,
    pub amount: Money,
    pub occurred_at: OffsetDateTime,
    /// What the message said, without what is personal.
    pub body: Value,
}
