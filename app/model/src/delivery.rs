//! Messages to people outside the pages, as far as both sides speak of them.

use crate::named;

named!(
    /// The way a message takes.
    Channel {
        Email = "email",
        Sms = "sms",
    }
);

named!(
    /// Where a delivery stands:
    /// `queued → sending → sent | captured | failed | suppressed | unknown`, and from a refusal for now back to `queued`.
    DeliveryState {
        Queued = "queued",
        /// Claimed by a worker.
        Sending = "sending",
        /// The other side has accepted it.
        Sent = "sent",
        /// Kept here to be read, because no mail server or SMS gateway is configured.
        Captured = "captured",
        /// Refused for good, given up, or too late.
        Failed = "failed",
        /// Its person does not want it.
        Suppressed = "suppressed",
        /// Handed over, and the answer is missing: it may have arrived.
        Unknown = "unknown",
    }
);

impl DeliveryState {
    /// Whether an operator may send it again.
    pub const fn can_resend(self) -> bool {
        matches!(self, Self::Failed | Self::Unknown)
    }

    /// Whether an operator may give it up.
    pub const fn can_give_up(self) -> bool {
        matches!(self, Self::Queued)
    }
}
