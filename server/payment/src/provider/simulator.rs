//! The small bank that ships with the product, so that a fresh machine can do everything: JSON over HTTP beneath
//! `{site}/sim/bank`, and webhooks signed like Stripe's.
//!
//! In a `charge.paid`, `reference` is that one payment's number, so that paying twice is two payments; in events
//! about a refund it is the refund's key, or the id the bank answered with.

use super::{
    OpenRequest, Opened, Provider, ProviderError, RefundAnswer, RefundOutcome, RefundRequest, Secret,
    SetUpError, WebhookError,
    amounts::{currency, name, only, text, web_address},
    http::{ask, client, part},
    signature::{check_timed, header},
};
use crate::{About, EventKind, How, Instructions, ProviderEvent};
use ::http::HeaderMap;
use model::{Money, payment::Method};
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

#[derive(Clone, Debug)]
pub struct SimulatorSettings {
    /// `{site}/sim/bank`
    pub base: String,
    pub key: Secret,
    pub webhook_secret: Secret,
}

pub struct Simulator {
    settings: SimulatorSettings,
    client: Client,
}

impl Simulator {
    pub fn new(settings: SimulatorSettings) -> Result<Self, SetUpError> {
        Ok(Self { settings, client: client()? })
    }

    fn charges(&self, below: &str) -> String {
        format!("{}/api/charges{below}", self.settings.base)
    }

    fn post(&self, url: String, body: &Value) -> RequestBuilder {
        self.client
            .post(url)
            .bearer_auth(self.settings.key.reveal())
            .header("content-type", "application/json")
            .body(body.to_string())
    }
}

const REASON: &str = "/error";

#[async_trait::async_trait]
impl Provider for Simulator {
    fn name(&self) -> &'static str {
        "simulator"
    }

    fn methods(&self) -> &'static [Method] {
        &[
            Method::VaBca,
            Method::VaMandiri,
            Method::VaBni,
            Method::VaBri,
            Method::VaPermata,
            Method::Qris,
            Method::Gopay,
            Method::Ovo,
            Method::Dana,
            Method::Shopeepay,
            Method::Card,
            Method::Alfamart,
            Method::Indomaret,
        ]
    }

    async fn open(&self, request: &OpenRequest) -> Result<Opened, ProviderError> {
        if !self.methods().contains(&request.method) {
            return Err(ProviderError::Unsupported(request.method));
        }
        let body = json!({
            "id": request.payment,
            "amount": request.amount.amount(),
            "currency": request.amount.currency().code(),
            "method": request.method,
            "due_at": request.due_at.format(&Rfc3339).map_err(|_| ProviderError::Malformed)?,
            "notify_url": request.notify_url,
            "return_url": request.return_url,
            "description": request.description,
        });
        let answer = ask(self.post(self.charges(""), &body)).await?.ok(REASON)?;
        let read = |path| text(&answer, path).map(str::to_owned);
        let how = if let Some(number) = read("/va_number") {
            How::VirtualAccount { number, biller: None }
        } else if let Some(payload) = read("/qr_payload") {
            How::Qr { payload }
        } else if let Some(code) = read("/retail_code") {
            How::RetailCode { code }
        } else {
            How::Redirect { url: web_address(&answer, "/pay_url").ok_or(ProviderError::Malformed)? }
        };
        Ok(Opened {
            provider_ref: name(&answer, "/charge_id").ok_or(ProviderError::Malformed)?,
            instructions: Instructions {
                how,
                expires_at: Some(request.due_at),
                page: web_address(&answer, "/page_url"),
            },
        })
    }

    async fn cancel(&self, provider_ref: &str) -> Result<(), ProviderError> {
        let url = self.charges(&format!("/{}/cancel", part(provider_ref)));
        ask(self.post(url, &json!({}))).await?.ok(REASON).map(drop)
    }

    async fn refund(&self, request: &RefundRequest) -> Result<RefundAnswer, ProviderError> {
        let url = self.charges(&format!("/{}/refunds", part(&request.provider_ref)));
        let body = json!({"key": request.key, "amount": request.amount.amount()});
        let answer = ask(self.post(url, &body)).await?.ok(REASON)?;
        let outcome = match text(&answer, "/state").or_else(|| text(&answer, "/status")) {
            Some("settled") => RefundOutcome::Settled,
            Some("failed") => RefundOutcome::Failed,
            _ => RefundOutcome::Sent,
        };
        Ok(RefundAnswer { provider_ref: name(&answer, "/refund_id"), outcome })
    }

    async fn status(
        &self,
        provider_ref: &str,
        _now: OffsetDateTime,
    ) -> Result<Vec<ProviderEvent>, ProviderError> {
        let url = self.charges(&format!("/{}", part(provider_ref)));
        let answer = ask(self.client.get(url).bearer_auth(self.settings.key.reveal())).await?.ok(REASON)?;
        let events = answer.get("events").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let read = events.iter().map(|event| read(event).map_err(|_| ProviderError::Malformed));
        read.filter_map(Result::transpose).collect()
    }

    fn read_webhook(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: OffsetDateTime,
    ) -> Result<Vec<ProviderEvent>, WebhookError> {
        check_timed(header(headers, "x-bank-signature"), &self.settings.webhook_secret, body, now)?;
        let event = serde_json::from_slice(body).map_err(|_| WebhookError::Malformed)?;
        Ok(read(&event)?.into_iter().collect())
    }
}

fn read(event: &Value) -> Result<Option<ProviderEvent>, WebhookError> {
    let kind = match text(event, "/type").ok_or(WebhookError::Malformed)? {
        "charge.paid" => EventKind::Captured,
        "charge.failed" => EventKind::CaptureFailed,
        "charge.expired" => EventKind::Expired,
        "charge.cancelled" => EventKind::Cancelled,
        "refund.settled" => EventKind::Refunded,
        "refund.failed" => EventKind::RefundFailed,
        "charge.charged_back" => EventKind::ChargedBack,
        _ => return Ok(None),
    };
    let whole = || {
        let currency = currency(text(event, "/currency")?)?;
        let amount = event.get("amount")?.as_i64().filter(|amount| *amount >= 0)?;
        let charge = name(event, "/charge_id")?;
        Some(ProviderEvent {
            id: name(event, "/event_id")?,
            about: About::ProviderRef(charge.clone()),
            kind,
            reference: name(event, "/reference").unwrap_or(charge),
            amount: Money::new(amount, currency),
            occurred_at: OffsetDateTime::parse(text(event, "/occurred_at")?, &Rfc3339).ok()?,
            body: only(event, &["type", "charge_id", "payment_id", "amount", "currency", "reference"]),
        })
    };
    let mut read = whole().ok_or(WebhookError::Malformed)?;
    if let Some(payment) = text(event, "/payment_id") {
        read.about = About::Payment(payment.parse().map_err(|_| WebhookError::Unknown)?);
    }
    Ok(Some(read))
}
