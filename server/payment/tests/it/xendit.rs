//! Xendit, as its documentation of payment requests and refunds says.

use crate::fake::*;
use model::payment::Method;
use payment::{
    About, EventKind, How, Provider, ProviderError, RefundOutcome, Secret, WebhookError,
    provider::{Xendit, XenditSettings},
};
use serde_json::{Value, json};

fn xendit(url: &str) -> Xendit {
    Xendit::new(XenditSettings {
        secret_key: Secret::new("xnd_x".to_owned()),
        callback_token: Secret::new("token".to_owned()),
        api: url.to_owned(),
    })
    .unwrap()
}

fn with(kind: &str, properties: Value) -> Value {
    json!({"id": "pr-1", "status": "PENDING", "payment_method": {"id": "pm-1", kind: {"channel_properties": properties}}})
}

#[tokio::test]
async fn each_method_is_asked_for_in_its_own_form() {
    let cases = [
        (
            Method::VaBni,
            ("VIRTUAL_ACCOUNT", "virtual_account", "BNI"),
            json!({"customer_name": "Sari", "expires_at": "2026-11-22T05:30:00Z"}),
            with("virtual_account", json!({"virtual_account_number": "8808999"})),
            How::VirtualAccount { number: "8808999".to_owned(), biller: None },
        ),
        (
            Method::Qris,
            ("QR_CODE", "qr_code", "QRIS"),
            json!({"expires_at": "2026-11-22T05:30:00Z"}),
            with("qr_code", json!({"qr_string": "000201"})),
            How::Qr { payload: "000201".to_owned() },
        ),
        (
            Method::Alfamart,
            ("OVER_THE_COUNTER", "over_the_counter", "ALFAMART"),
            json!({"customer_name": "Sari", "expires_at": "2026-11-22T05:30:00Z"}),
            with("over_the_counter", json!({"payment_code": "TEST123"})),
            How::RetailCode { code: "TEST123".to_owned() },
        ),
        (
            Method::Ovo,
            ("EWALLET", "ewallet", "OVO"),
            json!({"mobile_number": "+6281234567890"}),
            with("ewallet", json!({})),
            How::InApp,
        ),
        (
            Method::Dana,
            ("EWALLET", "ewallet", "DANA"),
            json!({"success_return_url": "https://pasar.example/back"}),
            json!({"id": "pr-1", "actions": [
                {"action": "AUTH", "url_type": "MOBILE", "url": "https://dana.example/m"},
                {"action": "AUTH", "url_type": "WEB", "url": "https://dana.example/w"},
            ]}),
            How::Redirect { url: "https://dana.example/w".to_owned() },
        ),
    ];
    for (method, (kind, member, channel), properties, answer, how) in cases {
        let fake = Fake::start([(201, answer)]).await;
        let opened = xendit(&fake.url).open(&request(method)).await.unwrap();
        assert_eq!((opened.provider_ref.as_str(), opened.instructions.how), ("pr-1", how));
        let [asked] = &fake.asked()[..] else { panic!("one request") };
        assert_eq!(asked.line, "POST /payment_requests");
        assert_eq!(asked.header("authorization"), Some("Basic eG5kX3g6"));
        assert_eq!(asked.header("idempotency-key"), Some(PAYMENT));
        let body = asked.json();
        assert_eq!((&body["amount"], &body["currency"]), (&json!(125_000), &json!("IDR")));
        assert_eq!(body["payment_method"]["type"], kind);
        assert_eq!(body["payment_method"]["reusability"], "ONE_TIME_USE");
        let wanted = json!({"channel_code": channel, "channel_properties": properties});
        assert_eq!(body["payment_method"][member], wanted);
    }
}

#[tokio::test]
async fn what_it_cannot_do_is_not_asked() {
    let xendit = xendit("http://127.0.0.1:1");
    for method in [Method::Card, Method::Gopay, Method::Cod] {
        assert_eq!(xendit.open(&request(method)).await, Err(ProviderError::Unsupported(method)));
    }
    let mut nameless = request(Method::Ovo);
    nameless.buyer_phone = None;
    assert_eq!(xendit.open(&nameless).await, Err(ProviderError::PhoneNeeded));
}

#[tokio::test]
async fn requests_are_cancelled_refunded_and_looked_at() {
    let paid = json!({
        "id": "pr-1", "status": "SUCCEEDED", "amount": 125_000, "currency": "IDR", "updated": "2026-11-22T03:30:00Z",
    });
    let fake = Fake::start([
        (200, with("ewallet", json!({}))),
        (200, json!({"status": "EXPIRED"})),
        (200, json!({"id": "rfd-1", "status": "PENDING"})),
        (200, paid),
        (200, json!({"id": "pr-1", "status": "PENDING"})),
        (400, json!({"error_code": "REFUND_AMOUNT_EXCEEDED"})),
    ])
    .await;
    let xendit = xendit(&fake.url);
    xendit.cancel("pr-1").await.unwrap();
    let answer = xendit.refund(&refund("pr-1")).await.unwrap();
    assert_eq!((answer.provider_ref.as_deref(), answer.outcome), (Some("rfd-1"), RefundOutcome::Sent));
    let events = xendit.status("pr-1", now()).await.unwrap();
    assert_eq!((events[0].kind, events[0].id.as_str()), (EventKind::Captured, "pr-1:captured"));
    assert_eq!(xendit.status("pr-1", now()).await.unwrap(), []);
    let Err(ProviderError::Refused(refusal)) = xendit.refund(&refund("pr-1")).await else {
        panic!("refused")
    };
    assert_eq!(refusal.reason, "REFUND_AMOUNT_EXCEEDED");
    let asked = fake.asked();
    assert_eq!(asked[0].line, "GET /payment_requests/pr%2D1");
    assert_eq!(asked[1].line, "POST /payment_methods/pm%2D1/expire");
    assert_eq!(
        (asked[2].line.as_str(), asked[2].header("idempotency-key")),
        ("POST /refunds", Some("return:1"))
    );
    let wanted = json!({
        "payment_request_id": "pr-1", "reference_id": "return:1", "amount": 25_000, "currency": "IDR",
        "reason": "CANCELLATION",
    });
    assert_eq!(asked[2].json(), wanted);
}

#[test]
fn messages_are_believed_with_the_accounts_token() {
    let xendit = xendit("http://127.0.0.1:1");
    let payment = json!({
        "id": "py-1", "payment_request_id": "pr-1", "reference_id": PAYMENT, "amount": 125_000.0, "currency": "IDR",
        "updated": "2026-11-22T03:30:00Z",
        "customer": {"email": "sari@example.com"},
    });
    let refund = json!({
        "id": "rfd-1", "payment_request_id": "pr-1", "reference_id": "return:1", "amount": 25_000, "currency": "IDR",
        "updated": "2026-11-22T03:30:00Z",
    });
    for (event, data, kind, reference) in [
        ("payment.succeeded", &payment, EventKind::Captured, "pr-1"),
        ("payment.failed", &payment, EventKind::CaptureFailed, "pr-1"),
        ("refund.succeeded", &refund, EventKind::Refunded, "return:1"),
        ("refund.failed", &refund, EventKind::RefundFailed, "return:1"),
    ] {
        let body = json!({"event": event, "created": "2026-11-22T03:31:00Z", "data": data}).to_string();
        let good = headers("x-callback-token", "token");
        let events = xendit.read_webhook(&good, body.as_bytes(), now()).unwrap();
        assert_eq!((events[0].kind, events[0].reference.as_str()), (kind, reference));
        assert_eq!(events[0].about, About::ProviderRef("pr-1".to_owned()));
        assert_eq!(events[0].occurred_at, now());
        assert!(!events[0].body.to_string().contains("sari"), "nothing personal is kept");
        for wrong in
            [headers("x-callback-token", "tokens"), headers("x-callback-token", ""), headers("x", "token")]
        {
            let answer = xendit.read_webhook(&wrong, body.as_bytes(), now());
            assert_eq!(answer, Err(WebhookError::BadSignature));
        }
    }
    let good = headers("x-callback-token", "token");
    for (body, answer) in [
        (json!({"event": "payment_method.activated", "data": {}}), Ok(Vec::new())),
        (json!({"event": "payment.succeeded", "data": {}}), Err(WebhookError::Malformed)),
        (json!({}), Err(WebhookError::Malformed)),
    ] {
        assert_eq!(xendit.read_webhook(&good, body.to_string().as_bytes(), now()), answer);
    }
}
