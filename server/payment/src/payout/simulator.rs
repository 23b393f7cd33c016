//! The small bank that ships with the product, as one that sends money: `{site}/sim/bank/api/transfers`.

use super::{Outcome, Payouts, Transfer, TransferNews, Transferred};
use crate::{
    ProviderError, SetUpError, WebhookError,
    provider::{
        SimulatorSettings,
        amounts::{name, text},
        http::{ask, client},
        signature::{check_timed, header},
    },
};
use ::http::HeaderMap;
use model::payout::PayoutFailure;
use reqwest::Client;
use serde_json::{Value, json};
use time::OffsetDateTime;

pub struct SimulatedPayouts {
    settings: SimulatorSettings,
    client: Client,
}

impl SimulatedPayouts {
    pub fn new(settings: SimulatorSettings) -> Result<Self, SetUpError> {
        Ok(Self { settings, client: client()? })
    }
}

fn outcome(told: &Value) -> Option<Outcome> {
    Some(match text(told, "/state")? {
        "sent" => Outcome::Sent,
        "settled" => Outcome::Settled,
        "failed" => Outcome::Failed(PayoutFailure::UnknownAccount),
        _ => return None,
    })
}

#[async_trait::async_trait]
impl Payouts for SimulatedPayouts {
    fn name(&self) -> &'static str {
        "simulator"
    }

    async fn send(&self, transfer: &Transfer) -> Result<Transferred, ProviderError> {
        let body = json!({
            "key": transfer.withdrawal,
            "amount": transfer.amount.amount(),
            "currency": transfer.amount.currency().code(),
            "bank": transfer.bank,
            "number": transfer.number.reveal(),
            "description": transfer.description,
            "notify_url": transfer.notify_url,
        });
        let request = self
            .client
            .post(format!("{}/api/transfers", self.settings.base))
            .bearer_auth(self.settings.key.reveal())
            .header("content-type", "application/json")
            .body(body.to_string());
        let answer = ask(request).await?.ok("/error")?;
        let read =
            || Some(Transferred { provider_ref: name(&answer, "/transfer_id")?, outcome: outcome(&answer)? });
        read().ok_or(ProviderError::Malformed)
    }

    fn read_webhook(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: OffsetDateTime,
    ) -> Result<Option<TransferNews>, WebhookError> {
        check_timed(header(headers, "x-bank-signature"), &self.settings.webhook_secret, body, now)?;
        let told: Value = serde_json::from_slice(body).map_err(|_| WebhookError::Malformed)?;
        if text(&told, "/type").is_none_or(|kind| !kind.starts_with("transfer.")) {
            return Ok(None);
        }
        let withdrawal = text(&told, "/key").ok_or(WebhookError::Malformed)?;
        let withdrawal = withdrawal.parse().map_err(|_| WebhookError::Unknown)?;
        let outcome = outcome(&told).ok_or(WebhookError::Malformed)?;
        Ok(Some(TransferNews { withdrawal, outcome }))
    }
}
