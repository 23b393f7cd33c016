//! Companies that send money for us.

use super::Number;
use crate::{ProviderError, WebhookError};
use ::http::HeaderMap;
use model::{
    Money,
    ids::WithdrawalId,
    payout::{Bank, PayoutFailure},
};
use time::OffsetDateTime;

/// What is to be sent.
#[derive(Clone, Debug)]
pub struct Transfer {
    /// Repeating a request for the same withdrawal never sends it twice.
    pub withdrawal: WithdrawalId,
    pub amount: Money,
    pub bank: Bank,
    pub number: Number,
    pub holder: String,
    /// What the receiver reads on their statement.
    pub description: String,
    /// Where we are told how it ended.
    pub notify_url: String,
}

/// What the provider made of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Transferred {
    pub provider_ref: String,
    pub outcome: Outcome,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// On its way; how it ended is told later.
    Sent,
    Settled,
    Failed(PayoutFailure),
}

/// How a transfer ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TransferNews {
    pub withdrawal: WithdrawalId,
    pub outcome: Outcome,
}

/// A company that sends money. Each call repeated for the same withdrawal has its effect once.
#[async_trait::async_trait]
pub trait Payouts: Send + Sync {
    /// As in the withdrawals' rows; lower case, never changed.
    fn name(&self) -> &'static str;

    async fn send(&self, transfer: &Transfer) -> Result<Transferred, ProviderError>;

    /// Reads a message of the provider, signature first. None for one about something else.
    fn read_webhook(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: OffsetDateTime,
    ) -> Result<Option<TransferNews>, WebhookError>;
}
