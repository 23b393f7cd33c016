//! Xendit: payment requests that are used once, one API for all methods.
//!
//! Its messages are proven by a token of the account, not by a signature, and have no time that could be held against
//! it. Cards need card data in the browser there; they go through another provider's page.

use super::{
    OpenRequest, Opened, Provider, ProviderError, RefundAnswer, RefundOutcome, RefundRequest, Secret,
    SetUpError, WebhookError,
    amounts::{currency, decimal, only, text, web_address},
    http::{ask, client, part},
    signature::{check_token, header},
};
use crate::{About, EventKind, How, Instructions, ProviderEvent};
use ::http::HeaderMap;
use model::{Currency, Money, payment::Method};
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

#[derive(Clone, Debug)]
pub struct XenditSettings {
    pub secret_key: Secret,
    pub callback_token: Secret,
    /// [`Self::API`]
    pub api: String,
}

impl XenditSettings {
    pub const API: &'static str = "https://api.xendit.co";
}

pub struct Xendit {
    settings: XenditSettings,
    client: Client,
}

const REASON: &str = "/error_code";

impl Xendit {
    pub fn new(settings: XenditSettings) -> Result<Self, SetUpError> {
        Ok(Self { settings, client: client()? })
    }

    fn post(&self, path: &str, key: &str, body: &Value) -> RequestBuilder {
        self.client
            .post(format!("{}{path}", self.settings.api))
            .basic_auth(self.settings.secret_key.reveal(), None::<&str>)
            .header("content-type", "application/json")
            .header("idempotency-key", key)
            .body(body.to_string())
    }

    async fn find(&self, provider_ref: &str) -> Result<Value, ProviderError> {
        let url = format!("{}/payment_requests/{}", self.settings.api, part(provider_ref));
        ask(self.client.get(url).basic_auth(self.settings.secret_key.reveal(), None::<&str>))
            .await?
            .ok(REASON)
    }
}

#[async_trait::async_trait]
impl Provider for Xendit {
    fn name(&self) -> &'static str {
        "xendit"
    }

    fn methods(&self) -> &'static [Method] {
        &[
            Method::VaBca,
            Method::VaMandiri,
            Method::VaBni,
            Method::VaBri,
            Method::VaPermata,
            Method::Qris,
            Method::Ovo,
            Method::Dana,
            Method::Shopeepay,
            Method::Alfamart,
            Method::Indomaret,
        ]
    }

    async fn open(&self, request: &OpenRequest) -> Result<Opened, ProviderError> {
        if request.amount.currency() != Currency::Idr {
            return Err(ProviderError::Currency);
        }
        let key = request.payment.to_string();
        let answer = ask(self.post("/payment_requests", &key, &wish(request)?)).await?.ok(REASON)?;
        Ok(Opened {
            provider_ref: text(&answer, "/id").ok_or(ProviderError::Malformed)?.to_owned(),
            instructions: Instructions {
                how: how(request.method, &answer).ok_or(ProviderError::Malformed)?,
                expires_at: Some(request.due_at),
                page: None,
            },
        })
    }

    /// What it can be paid with is expired; the request itself cannot be taken back.
    async fn cancel(&self, provider_ref: &str) -> Result<(), ProviderError> {
        let request = self.find(provider_ref).await?;
        let method = text(&request, "/payment_method/id").ok_or(ProviderError::Malformed)?;
        let path = format!("/payment_methods/{}/expire", part(method));
        ask(self.post(&path, &format!("expire-{method}"), &json!({}))).await?.ok(REASON).map(drop)
    }

    async fn refund(&self, request: &RefundRequest) -> Result<RefundAnswer, ProviderError> {
        let body = json!({
            "payment_request_id": request.provider_ref,
            "reference_id": request.key,
            "amount": request.amount.amount(),
            "currency": request.amount.currency().code(),
            "reason": "CANCELLATION",
        });
        let answer = ask(self.post("/refunds", &request.key, &body)).await?.ok(REASON)?;
        let outcome = match text(&answer, "/status") {
            Some("SUCCEEDED") => RefundOutcome::Settled,
            Some("FAILED" | "CANCELLED") => RefundOutcome::Failed,
            _ => RefundOutcome::Sent,
        };
        Ok(RefundAnswer { provider_ref: text(&answer, "/id").map(str::to_owned), outcome })
    }

    async fn status(
        &self,
        provider_ref: &str,
        now: OffsetDateTime,
    ) -> Result<Vec<ProviderEvent>, ProviderError> {
        let request = self.find(provider_ref).await?;
        let kind = match text(&request, "/status") {
            Some("SUCCEEDED") => EventKind::Captured,
            Some("FAILED") => EventKind::CaptureFailed,
            Some("EXPIRED") => EventKind::Expired,
            Some("CANCELED" | "VOIDED") => EventKind::Cancelled,
            _ => return Ok(Vec::new()),
        };
        let at = moment(&request, "/updated").unwrap_or(now);
        let event = about_payment(kind, provider_ref, &request, at).ok_or(ProviderError::Malformed)?;
        Ok(vec![event])
    }

    fn read_webhook(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: OffsetDateTime,
    ) -> Result<Vec<ProviderEvent>, WebhookError> {
        check_token(header(headers, "x-callback-token"), &self.settings.callback_token)?;
        let message: Value = serde_json::from_slice(body).map_err(|_| WebhookError::Malformed)?;
        let data = message.get("data").ok_or(WebhookError::Malformed)?;
        let at = moment(data, "/updated").or_else(|| moment(&message, "/created")).unwrap_or(now);
        let request = || text(data, "/payment_request_id").ok_or(WebhookError::Malformed);
        let read = match text(&message, "/event").ok_or(WebhookError::Malformed)? {
            "payment.succeeded" => about_payment(EventKind::Captured, request()?, data, at),
            "payment.pending" => about_payment(EventKind::CaptureRequested, request()?, data, at),
            "payment.failed" => about_payment(EventKind::CaptureFailed, request()?, data, at),
            "refund.succeeded" => about_refund(EventKind::Refunded, request()?, data, at),
            "refund.failed" => about_refund(EventKind::RefundFailed, request()?, data, at),
            _ => return Ok(Vec::new()),
        };
        Ok(vec![read.ok_or(WebhookError::Malformed)?])
    }
}

fn wish(request: &OpenRequest) -> Result<Value, ProviderError> {
    let until = request.due_at.format(&Rfc3339).map_err(|_| ProviderError::Malformed)?;
    let payer = request.buyer_name.as_deref().unwrap_or("Pasar");
    let channel = channel(request.method).ok_or(ProviderError::Unsupported(request.method))?;
    let (kind, member, properties) = match request.method {
        Method::Qris => ("QR_CODE", "qr_code", json!({"expires_at": until})),
        Method::Alfamart | Method::Indomaret => {
            ("OVER_THE_COUNTER", "over_the_counter", json!({"customer_name": payer, "expires_at": until}))
        }
        Method::Ovo => {
            let phone = request.buyer_phone.as_deref().ok_or(ProviderError::PhoneNeeded)?;
            ("EWALLET", "ewallet", json!({"mobile_number": phone}))
        }
        Method::Dana | Method::Shopeepay => {
            ("EWALLET", "ewallet", json!({"success_return_url": request.return_url}))
        }
        _ => ("VIRTUAL_ACCOUNT", "virtual_account", json!({"customer_name": payer, "expires_at": until})),
    };
    let mut method = json!({"type": kind, "reusability": "ONE_TIME_USE", "reference_id": request.payment});
    method[member] = json!({"channel_code": channel, "channel_properties": properties});
    Ok(json!({
        "reference_id": request.payment,
        "amount": request.amount.amount(),
        "currency": request.amount.currency().code(),
        "country": "ID",
        "description": request.description,
        "payment_method": method,
    }))
}

const fn channel(method: Method) -> Option<&'static str> {
    Some(match method {
        Method::VaBca => "BCA",
        Method::VaMandiri => "MANDIRI",
        Method::VaBni => "BNI",
        Method::VaBri => "BRI",
        Method::VaPermata => "PERMATA",
        Method::Qris => "QRIS",
        Method::Ovo => "OVO",
        Method::Dana => "DANA",
        Method::Shopeepay => "SHOPEEPAY",
        Method::Alfamart => "ALFAMART",
        Method::Indomaret => "INDOMARET",
        Method::Gopay | Method::Card | Method::Cod | Method::Balance => return None,
    })
}

fn how(method: Method, answer: &Value) -> Option<How> {
    let property = |kind: &str, name: &str| {
        let path = format!("/payment_method/{kind}/channel_properties/{name}");
        text(answer, &path).map(str::to_owned)
    };
    match method {
        Method::Qris => Some(How::Qr { payload: property("qr_code", "qr_string")? }),
        Method::Alfamart | Method::Indomaret => {
            Some(How::RetailCode { code: property("over_the_counter", "payment_code")? })
        }
        Method::Ovo => Some(How::InApp),
        Method::Dana | Method::Shopeepay => {
            let actions = answer.get("actions")?.as_array()?;
            let of = |kind: &str| {
                let action = actions.iter().find(|it| text(it, "/url_type") == Some(kind))?;
                web_address(action, "/url")
            };
            Some(How::Redirect { url: of("WEB").or_else(|| of("MOBILE")).or_else(|| of("DEEPLINK"))? })
        }
        _ => {
            let number = property("virtual_account", "virtual_account_number")?;
            Some(How::VirtualAccount { number, biller: None })
        }
    }
}

/// A request is paid at most once, so that its id is the reference of the payment.
fn about_payment(kind: EventKind, request: &str, data: &Value, at: OffsetDateTime) -> Option<ProviderEvent> {
    event(kind, request, request, format!("{request}:{kind}"), data, at)
}

fn about_refund(kind: EventKind, request: &str, data: &Value, at: OffsetDateTime) -> Option<ProviderEvent> {
    let refund = text(data, "/id")?;
    event(kind, request, text(data, "/reference_id").unwrap_or(refund), format!("{refund}:{kind}"), data, at)
}

fn event(
    kind: EventKind,
    request: &str,
    reference: &str,
    id: String,
    data: &Value,
    at: OffsetDateTime,
) -> Option<ProviderEvent> {
    let currency = currency(text(data, "/currency")?)?;
    let amount: Money = decimal(data.get("amount")?, currency)?;
    Some(ProviderEvent {
        id,
        about: About::ProviderRef(request.to_owned()),
        kind,
        reference: reference.to_owned(),
        amount,
        occurred_at: at,
        body: only(
            data,
            &[
                "id",
                "payment_request_id",
                "reference_id",
                "status",
                "amount",
                "currency",
                "failure_code",
                "created",
                "updated",
            ],
        ),
    })
}

fn moment(document: &Value, path: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text(document, path)?, &Rfc3339).ok()
}
