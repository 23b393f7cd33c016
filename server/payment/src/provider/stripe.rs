//! Stripe: cards, on a page of Stripe's Checkout, so that card data never touches this server.
//!
//! A payment is a Checkout Session, and the intent behind it, which exists only once somebody pays, is the reference of
//! its money. A card that is declined does not end a session: the buyer tries another.

mod reading;

use super::{
    OpenRequest, Opened, Provider, ProviderError, RefundAnswer, RefundOutcome, RefundRequest, Secret,
    SetUpError, WebhookError,
    amounts::{text, web_address},
    http::{ask, client, part},
    signature::{check_timed, header},
};
use crate::{How, Instructions, ProviderEvent};
use ::http::HeaderMap;
use model::{Currency, Money, payment::Method};
use reqwest::{Client, RequestBuilder};
use serde_json::Value;
use time::{Duration, OffsetDateTime};

#[derive(Clone, Debug)]
pub struct StripeSettings {
    pub secret_key: Secret,
    /// That of the endpoint, `whsec_…`.
    pub webhook_secret: Secret,
    /// [`Self::API`]
    pub api: String,
}

impl StripeSettings {
    pub const API: &'static str = "https://api.stripe.com";
}

pub struct Stripe {
    settings: StripeSettings,
    client: Client,
}

const REASON: &str = "/error/code";
/// The version whose documents are read here.
const VERSION: &str = "2024-06-20";

impl Stripe {
    pub fn new(settings: StripeSettings) -> Result<Self, SetUpError> {
        Ok(Self { settings, client: client()? })
    }

    fn post(&self, path: &str, key: Option<&str>, form: &[(&str, String)]) -> RequestBuilder {
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = self
            .client
            .post(format!("{}/v1{path}", self.settings.api))
            .bearer_auth(self.settings.secret_key.reveal())
            .header("stripe-version", VERSION)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form);
        match key {
            Some(key) => request.header("idempotency-key", key),
            None => request,
        }
    }

    async fn session(&self, id: &str) -> Result<Value, ProviderError> {
        let url = format!("{}/v1/checkout/sessions/{}", self.settings.api, part(id));
        let request = self
            .client
            .get(url)
            .bearer_auth(self.settings.secret_key.reveal())
            .header("stripe-version", VERSION);
        ask(request).await?.ok(REASON)
    }
}

#[async_trait::async_trait]
impl Provider for Stripe {
    fn name(&self) -> &'static str {
        "stripe"
    }

    fn methods(&self) -> &'static [Method] {
        &[Method::Card]
    }

    async fn open(&self, request: &OpenRequest) -> Result<Opened, ProviderError> {
        if request.method != Method::Card {
            return Err(ProviderError::Unsupported(request.method));
        }
        let payment = request.payment.to_string();
        let mut form = vec![
            ("mode", "payment".to_owned()),
            ("payment_method_types[0]", "card".to_owned()),
            ("client_reference_id", payment.clone()),
            ("line_items[0][quantity]", "1".to_owned()),
            ("line_items[0][price_data][currency]", request.amount.currency().code().to_lowercase()),
            ("line_items[0][price_data][unit_amount]", units(request.amount)?.to_string()),
            ("line_items[0][price_data][product_data][name]", request.description.clone()),
            ("metadata[payment]", payment.clone()),
            ("payment_intent_data[metadata][payment]", payment.clone()),
            ("success_url", request.return_url.clone()),
            ("cancel_url", request.return_url.clone()),
        ];
        if let Some(email) = &request.buyer_email {
            form.push(("customer_email", email.clone()));
        }
        // Stripe takes 30 minutes to 24 hours. Beyond that it keeps its own, and a page left open is cancelled by us.
        let left = request.due_at - request.now;
        let expires = (Duration::minutes(31)..Duration::hours(24)).contains(&left).then_some(request.due_at);
        if let Some(at) = expires {
            form.push(("expires_at", at.unix_timestamp().to_string()));
        }
        let answer = ask(self.post("/checkout/sessions", Some(&payment), &form)).await?.ok(REASON)?;
        Ok(Opened {
            provider_ref: text(&answer, "/id").ok_or(ProviderError::Malformed)?.to_owned(),
            instructions: Instructions {
                how: How::Redirect { url: web_address(&answer, "/url").ok_or(ProviderError::Malformed)? },
                expires_at: Some(request.due_at),
                page: None,
            },
        })
    }

    async fn cancel(&self, provider_ref: &str) -> Result<(), ProviderError> {
        let path = format!("/checkout/sessions/{}/expire", part(provider_ref));
        ask(self.post(&path, None, &[])).await?.ok(REASON).map(drop)
    }

    async fn refund(&self, request: &RefundRequest) -> Result<RefundAnswer, ProviderError> {
        let session = self.session(&request.provider_ref).await?;
        let intent = text(&session, "/payment_intent").ok_or(ProviderError::Malformed)?;
        let form = [
            ("payment_intent", intent.to_owned()),
            ("amount", units(request.amount)?.to_string()),
            ("metadata[key]", request.key.clone()),
            ("metadata[payment]", request.payment.to_string()),
        ];
        let answer = ask(self.post("/refunds", Some(&request.key), &form)).await?.ok(REASON)?;
        let outcome = match text(&answer, "/status") {
            Some("succeeded") => RefundOutcome::Settled,
            Some("failed" | "canceled") => RefundOutcome::Failed,
            _ => RefundOutcome::Sent,
        };
        Ok(RefundAnswer { provider_ref: text(&answer, "/id").map(str::to_owned), outcome })
    }

    async fn status(
        &self,
        provider_ref: &str,
        now: OffsetDateTime,
    ) -> Result<Vec<ProviderEvent>, ProviderError> {
        let session = self.session(provider_ref).await?;
        reading::session(&session, now).map_err(|_| ProviderError::Malformed)
    }

    fn read_webhook(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: OffsetDateTime,
    ) -> Result<Vec<ProviderEvent>, WebhookError> {
        check_timed(header(headers, "stripe-signature"), &self.settings.webhook_secret, body, now)?;
        let message = serde_json::from_slice(body).map_err(|_| WebhookError::Malformed)?;
        reading::message(&message)
    }
}

/// Stripe counts every currency of ours in hundredths, the rupiah too.
const fn scale(currency: Currency) -> i64 {
    10_i64.pow(2 - currency.exponent())
}

fn units(money: Money) -> Result<i64, ProviderError> {
    money.amount().checked_mul(scale(money.currency())).ok_or(ProviderError::Currency)
}
