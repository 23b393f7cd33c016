//! A company that sends money in memory, and whose messages are written by hand.

use http::HeaderMap;
use kernel::OffsetDateTime;
use payment::{
    ProviderError, WebhookError,
    payout::{Outcome, Payouts, Transfer, TransferNews, Transferred},
};
use std::sync::{Mutex, MutexGuard};

pub struct Sender(Mutex<Vault>);

/// What was asked of it, and how it answers.
pub struct Vault {
    pub sent: Vec<Transfer>,
    pub answer: Result<Outcome, ProviderError>,
}

impl Default for Sender {
    fn default() -> Self {
        Self(Mutex::new(Vault { sent: vec![], answer: Ok(Outcome::Sent) }))
    }
}

impl Sender {
    pub fn vault(&self) -> MutexGuard<'_, Vault> {
        self.0.lock().unwrap()
    }
}

#[async_trait::async_trait]
impl Payouts for Sender {
    fn name(&self) -> &'static str {
        "sender"
    }

    async fn send(&self, transfer: &Transfer) -> Result<Transferred, ProviderError> {
        let mut vault = self.vault();
        let outcome = vault.answer.clone()?;
        vault.sent.push(transfer.clone());
        Ok(Transferred { provider_ref: format!("out-{}", transfer.withdrawal), outcome })
    }

    fn read_webhook(
        &self,
        _: &HeaderMap,
        _: &[u8],
        _: OffsetDateTime,
    ) -> Result<Option<TransferNews>, WebhookError> {
        Ok(None)
    }
}
