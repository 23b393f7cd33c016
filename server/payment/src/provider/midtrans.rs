//! Midtrans: its Core API, and for cards a page of its Snap, so that card data never touches this server.
//!
//! A payment's id is Midtrans' `order_id`, and that is what we call it by: every call takes it in place of Midtrans' own
//! id. Times are of western Indonesia and without zone.

mod reading;

use super::{
    OpenRequest, Opened, Provider, ProviderError, RefundAnswer, RefundOutcome, RefundRequest, Refusal,
    Secret, SetUpError, WebhookError,
    amounts::{name, text, web_address},
    http::{Answer, ask, client, judge, part},
    signature::check_sha512,
};
use crate::{How, Instructions, ProviderEvent};
use ::http::HeaderMap;
use model::{Currency, payment::Method};
use reqwest::{Client, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use time::{
    OffsetDateTime,
    macros::{format_description, offset},
};

#[derive(Clone, Debug)]
pub struct MidtransSettings {
    pub server_key: Secret,
    /// [`Self::API`], or that of the sandbox.
    pub api: String,
    /// [`Self::SNAP`], or that of the sandbox.
    pub snap: String,
}

impl MidtransSettings {
    pub const API: &'static str = "https://api.midtrans.com";
    pub const SNAP: &'static str = "https://app.midtrans.com";
}

pub struct Midtrans {
    settings: MidtransSettings,
    client: Client,
}

impl Midtrans {
    pub fn new(settings: MidtransSettings) -> Result<Self, SetUpError> {
        Ok(Self { settings, client: client()? })
    }

    fn post(&self, url: String, body: &Value) -> RequestBuilder {
        self.client
            .post(url)
            .basic_auth(self.settings.server_key.reveal(), None::<&str>)
            .header("content-type", "application/json")
            .header("accept", "application/json")
            .body(body.to_string())
    }

    fn order(&self, order: &str, below: &str) -> String {
        format!("{}/v2/{}/{below}", self.settings.api, part(order))
    }

    async fn get_status(&self, order: &str) -> Result<Value, ProviderError> {
        let request = self
            .client
            .get(self.order(order, "status"))
            .basic_auth(self.settings.server_key.reveal(), None::<&str>)
            .header("accept", "application/json");
        read(ask(request).await?)
    }

    async fn open_page(&self, request: &OpenRequest) -> Result<Opened, ProviderError> {
        let mut body = details(request);
        body["enabled_payments"] = json!(["credit_card"]);
        body["credit_card"] = json!({"secure": true});
        body["callbacks"] = json!({"finish": request.return_url});
        body["expiry"] =
            json!({"start_time": local(request.now)?, "unit": "minute", "duration": minutes(request)});
        let url = format!("{}/snap/v1/transactions", self.settings.snap);
        let asked = self
            .post(url, &body)
            .header("x-override-notification", &request.notify_url)
            .header("idempotency-key", request.payment.to_string());
        let answer = ask(asked).await?.ok("/error_messages/0")?;
        let url = web_address(&answer, "/redirect_url").ok_or(ProviderError::Malformed)?;
        Ok(opened(request, How::Redirect { url }))
    }
}

#[async_trait::async_trait]
impl Provider for Midtrans {
    fn name(&self) -> &'static str {
        "midtrans"
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
            Method::Shopeepay,
            Method::Card,
            Method::Alfamart,
            Method::Indomaret,
        ]
    }

    async fn open(&self, request: &OpenRequest) -> Result<Opened, ProviderError> {
        if request.amount.currency() != Currency::Idr {
            return Err(ProviderError::Currency);
        }
        if request.method == Method::Card {
            return self.open_page(request).await;
        }
        let asked = self
            .post(format!("{}/v2/charge", self.settings.api), &charge(request)?)
            .header("x-override-notification", &request.notify_url)
            .header("idempotency-key", request.payment.to_string());
        let answer = match read(ask(asked).await?) {
            // The order is known: an earlier answer was lost, and its status has the same members.
            Err(ProviderError::Refused(Refusal { status: 406, .. })) => {
                self.get_status(&request.payment.to_string()).await?
            }
            answer => answer?,
        };
        let how = how(request.method, &answer).ok_or(ProviderError::Malformed)?;
        Ok(opened(request, how))
    }

    async fn cancel(&self, provider_ref: &str) -> Result<(), ProviderError> {
        match read(ask(self.post(self.order(provider_ref, "cancel"), &json!({}))).await?) {
            // A page where nobody has begun to pay; its time runs out by itself.
            Err(ProviderError::Refused(Refusal { status: 404, .. })) => Ok(()),
            answer => answer.map(drop),
        }
    }

    async fn refund(&self, request: &RefundRequest) -> Result<RefundAnswer, ProviderError> {
        let body = json!({
            "refund_key": request.key, "amount": request.amount.amount(), "reason": "refund by the merchant",
        });
        match read(ask(self.post(self.order(&request.provider_ref, "refund"), &body)).await?) {
            Ok(answer) => Ok(RefundAnswer {
                provider_ref: name(&answer, "/refund_chargeback_id"),
                outcome: RefundOutcome::Settled,
            }),
            // The key is known: an earlier answer was lost.
            Err(ProviderError::Refused(Refusal { status: 406, reason })) => {
                let status = self.get_status(&request.provider_ref).await?;
                let refunds = status.get("refunds").and_then(Value::as_array);
                let ours = |it: &&Value| text(it, "/refund_key") == Some(request.key.as_str());
                match refunds.and_then(|all| all.iter().find(ours)) {
                    Some(refund) => Ok(RefundAnswer {
                        provider_ref: name(refund, "/refund_chargeback_id"),
                        outcome: RefundOutcome::Settled,
                    }),
                    None => Err(ProviderError::Refused(Refusal { status: 406, reason })),
                }
            }
            Err(error) => Err(error),
        }
    }

    async fn status(
        &self,
        provider_ref: &str,
        now: OffsetDateTime,
    ) -> Result<Vec<ProviderEvent>, ProviderError> {
        match self.get_status(provider_ref).await {
            Err(ProviderError::Refused(Refusal { status: 404, .. })) => Ok(Vec::new()),
            answer => reading::events(&answer?, now).map_err(|_| ProviderError::Malformed),
        }
    }

    /// Midtrans signs order, status code, amount and key, not the time nor the status in words; so a message never is
    /// stale, and is worth what its status code says.
    fn read_webhook(
        &self,
        _headers: &HeaderMap,
        body: &[u8],
        now: OffsetDateTime,
    ) -> Result<Vec<ProviderEvent>, WebhookError> {
        let message: Value = serde_json::from_slice(body).map_err(|_| WebhookError::Malformed)?;
        let member = |path| text(&message, path).ok_or(WebhookError::Malformed);
        let key = self.settings.server_key.reveal();
        let signed = [member("/order_id")?, member("/status_code")?, member("/gross_amount")?, key];
        check_sha512(text(&message, "/signature_key").unwrap_or_default(), &signed)?;
        if key.is_empty() {
            return Err(WebhookError::BadSignature);
        }
        reading::events(&message, now)
    }
}

/// The document of a success. The status within the document counts: it says no also under HTTP 200.
fn read(answer: Answer) -> Result<Value, ProviderError> {
    let code = text(&answer.body, "/status_code").and_then(|code| code.parse::<u16>().ok());
    let status = code.and_then(|code| StatusCode::from_u16(code).ok()).unwrap_or(answer.status);
    // A denied or expired payment is reported with 202 and 407, and that is an answer, not a refusal to give one.
    if status.as_u16() != 407 {
        judge(status, &answer.body, "/status_message")?;
    }
    Ok(answer.body)
}

fn opened(request: &OpenRequest, how: How) -> Opened {
    Opened {
        provider_ref: request.payment.to_string(),
        instructions: Instructions { how, expires_at: Some(request.due_at), page: None },
    }
}

fn details(request: &OpenRequest) -> Value {
    json!({
        "transaction_details": {"order_id": request.payment, "gross_amount": request.amount.amount()},
        "customer_details": {
            "first_name": request.buyer_name, "email": request.buyer_email, "phone": request.buyer_phone,
        },
    })
}

fn charge(request: &OpenRequest) -> Result<Value, ProviderError> {
    let mut body = details(request);
    body["custom_expiry"] =
        json!({"order_time": local(request.now)?, "expiry_duration": minutes(request), "unit": "minute"});
    let (payment_type, more) = match request.method {
        Method::VaBca => ("bank_transfer", json!({"bank": "bca"})),
        Method::VaBni => ("bank_transfer", json!({"bank": "bni"})),
        Method::VaBri => ("bank_transfer", json!({"bank": "bri"})),
        Method::VaPermata => ("bank_transfer", json!({"bank": "permata"})),
        Method::VaMandiri => {
            ("echannel", json!({"bill_info1": "Pembayaran:", "bill_info2": cut(&request.description, 30)}))
        }
        Method::Qris => ("qris", json!({"acquirer": "gopay"})),
        Method::Gopay => ("gopay", json!({"enable_callback": true, "callback_url": request.return_url})),
        Method::Shopeepay => ("shopeepay", json!({"callback_url": request.return_url})),
        Method::Alfamart | Method::Indomaret => {
            ("cstore", json!({"store": request.method.as_str(), "message": cut(&request.description, 20)}))
        }
        Method::Ovo | Method::Dana | Method::Card | Method::Cod | Method::Balance => {
            return Err(ProviderError::Unsupported(request.method));
        }
    };
    body["payment_type"] = json!(payment_type);
    body[payment_type] = more;
    Ok(body)
}

fn how(method: Method, answer: &Value) -> Option<How> {
    let read = |path| text(answer, path).map(str::to_owned);
    match method {
        Method::VaMandiri => {
            Some(How::VirtualAccount { number: read("/bill_key")?, biller: Some(read("/biller_code")?) })
        }
        Method::VaBca | Method::VaBni | Method::VaBri | Method::VaPermata => {
            let number = read("/va_numbers/0/va_number").or_else(|| read("/permata_va_number"))?;
            Some(How::VirtualAccount { number, biller: None })
        }
        Method::Qris => Some(How::Qr { payload: read("/qr_string")? }),
        Method::Gopay | Method::Shopeepay => {
            let actions = answer.get("actions")?.as_array()?;
            let link = actions.iter().find(|it| text(it, "/name") == Some("deeplink-redirect"))?;
            Some(How::Redirect { url: web_address(link, "/url")? })
        }
        Method::Alfamart | Method::Indomaret => Some(How::RetailCode { code: read("/payment_code")? }),
        Method::Ovo | Method::Dana | Method::Card | Method::Cod | Method::Balance => None,
    }
}

/// Whole minutes until it is due, at least one.
fn minutes(request: &OpenRequest) -> i64 {
    (request.due_at - request.now).whole_minutes().max(1)
}

/// `2026-11-22 10:30:00 +0700`
fn local(at: OffsetDateTime) -> Result<String, ProviderError> {
    let form = format_description!(
        "[year]-[month]-[day] [hour]:[minute]:[second] [offset_hour sign:mandatory][offset_minute]"
    );
    at.to_offset(offset!(+7)).format(&form).map_err(|_| ProviderError::Malformed)
}

fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}
