//! What lies outside: companies that take money for us, each behind [`Provider`].

pub(crate) mod amounts;
pub(crate) mod http;
mod midtrans;
pub(crate) mod signature;
mod simulator;
mod stripe;
mod xendit;

pub use http::SetUpError;
pub use midtrans::{Midtrans, MidtransSettings};
pub use simulator::{Simulator, SimulatorSettings};
pub use stripe::{Stripe, StripeSettings};
pub use xendit::{Xendit, XenditSettings};

pub(crate) use amounts::currency;

use crate::{Instructions, ProviderEvent};
use ::http::HeaderMap;
use model::{Money, ids::PaymentId, payment::Method};
use std::fmt;
use time::OffsetDateTime;

/// A key or token. It cannot be printed by mistake.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// What is asked of a provider. Its prints do not say who the buyer is.
#[derive(Clone)]
pub struct OpenRequest {
    /// Repeating a request for the same payment never makes a second charge.
    pub payment: PaymentId,
    pub amount: Money,
    pub method: Method,
    pub now: OffsetDateTime,
    pub due_at: OffsetDateTime,
    /// What the buyer reads on the provider's page: the group's number.
    pub description: String,
    pub buyer_name: Option<String>,
    pub buyer_email: Option<String>,
    /// As in `+6281234567890`.
    pub buyer_phone: Option<String>,
    /// Where the buyer's browser comes back to.
    pub return_url: String,
    /// Where the provider tells what happened.
    pub notify_url: String,
}

impl fmt::Debug for OpenRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OpenRequest({} of {} by {})", self.payment, self.amount.amount(), self.method)
    }
}

/// A payment as the provider has opened it.
#[derive(Clone, PartialEq, Debug)]
pub struct Opened {
    pub provider_ref: String,
    pub instructions: Instructions,
}

#[derive(Clone, Debug)]
pub struct RefundRequest {
    pub payment: PaymentId,
    pub provider_ref: String,
    pub amount: Money,
    /// The refund's. Repeating a request with it never pays twice.
    pub key: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RefundAnswer {
    /// What the provider calls the refund.
    pub provider_ref: Option<String>,
    pub outcome: RefundOutcome,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RefundOutcome {
    /// Taken; how it ended comes as an event.
    Sent,
    Settled,
    Failed,
}

/// Why the provider said no.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// The status it answered with.
    pub status: u16,
    /// Its own code or sentence for the reason, cut to 120 characters; for operators.
    pub reason: String,
}

#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
pub enum ProviderError {
    #[error("the provider has no such method")]
    Unsupported(Method),
    #[error("the provider does not take this currency")]
    Currency,
    #[error("the provider needs the buyer's phone number for this method")]
    PhoneNeeded,
    /// Nothing was received there.
    #[error("the provider could not be reached")]
    Unreachable,
    /// It may have been done. Asking again with the same payment or key is safe.
    #[error("the provider did not say whether it was done")]
    NoAnswer,
    #[error("the provider asks to come back later")]
    Busy,
    #[error("the provider does not accept our key")]
    Credentials,
    #[error("the provider refused (HTTP {}: {})", .0.status, .0.reason)]
    Refused(Refusal),
    /// Its answer is not what its documentation says.
    #[error("the provider's answer cannot be understood")]
    Malformed,
}

impl ProviderError {
    /// May asking again help?
    pub const fn passes(&self) -> bool {
        matches!(self, Self::Unreachable | Self::NoAnswer | Self::Busy)
    }
}

#[derive(thiserror::Error, Clone, Copy, PartialEq, Eq, Debug)]
pub enum WebhookError {
    #[error("the message is not signed by the provider")]
    BadSignature,
    /// Signed, but too long ago: somebody may play it again.
    #[error("the message is too old")]
    Stale,
    #[error("the message cannot be understood")]
    Malformed,
    /// Signed and well-formed, about a payment that cannot be one of ours.
    #[error("the message is about nothing of ours")]
    Unknown,
}

/// A company that takes money. Each call repeated with the same payment or key has its effect once.
#[async_trait::async_trait]
pub trait Provider: Send + Sync {
    /// As in the payments' rows; lower case, never changed.
    fn name(&self) -> &'static str;

    fn methods(&self) -> &'static [Method];

    async fn open(&self, request: &OpenRequest) -> Result<Opened, ProviderError>;

    /// Takes care that nobody pays any more. Refused where it is paid already.
    async fn cancel(&self, provider_ref: &str) -> Result<(), ProviderError>;

    async fn refund(&self, request: &RefundRequest) -> Result<RefundAnswer, ProviderError>;

    /// All that happened, as far as the provider tells when asked; none where nobody has begun to pay.
    async fn status(
        &self,
        provider_ref: &str,
        now: OffsetDateTime,
    ) -> Result<Vec<ProviderEvent>, ProviderError>;

    /// Reads a message of the provider, signature first. A message about things that do not change a payment is no
    /// events.
    fn read_webhook(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: OffsetDateTime,
    ) -> Result<Vec<ProviderEvent>, WebhookError>;
}
