//! Midtrans, as its documentation of the Core API and Snap says.

use crate::fake::*;
use model::{Currency, Money, payment::Method};
use payment::{
    EventKind, How, Provider, ProviderError, RefundOutcome, Secret, WebhookError,
    provider::{Midtrans, MidtransSettings},
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha512};

const KEY: &str = "SB-Mid-server-x";

fn midtrans(url: &str) -> Midtrans {
    Midtrans::new(MidtransSettings {
        server_key: Secret::new(KEY.to_owned()),
        api: url.to_owned(),
        snap: url.to_owned(),
    })
    .unwrap()
}

fn url(text: &str) -> How {
    How::Redirect { url: text.to_owned() }
}

#[tokio::test]
async fn each_method_is_charged_in_its_own_form() {
    let number = |number: &str| How::VirtualAccount { number: number.to_owned(), biller: None };
    let cases = [
        (
            Method::VaBca,
            "bank_transfer",
            json!({"bank": "bca"}),
            json!({"va_numbers": [{"bank": "bca", "va_number": "91019021579"}]}),
            number("91019021579"),
        ),
        (
            Method::VaPermata,
            "bank_transfer",
            json!({"bank": "permata"}),
            json!({"permata_va_number": "8562000087926752"}),
            number("8562000087926752"),
        ),
        (
            Method::VaMandiri,
            "echannel",
            json!({"bill_info1": "Pembayaran:", "bill_info2": "INV/20261122/000123"}),
            json!({"bill_key": "990000000260", "biller_code": "70012"}),
            How::VirtualAccount { number: "990000000260".to_owned(), biller: Some("70012".to_owned()) },
        ),
        (
            Method::Qris,
            "qris",
            json!({"acquirer": "gopay"}),
            json!({"qr_string": "00020101021226"}),
            How::Qr { payload: "00020101021226".to_owned() },
        ),
        (
            Method::Gopay,
            "gopay",
            json!({"enable_callback": true, "callback_url": "https://pasar.example/back"}),
            json!({"actions": [
                {"name": "generate-qr-code", "method": "GET", "url": "https://api.example/qr"},
                {"name": "deeplink-redirect", "method": "GET", "url": "https://gojek.example/pay"},
            ]}),
            url("https://gojek.example/pay"),
        ),
        (
            Method::Indomaret,
            "cstore",
            json!({"store": "indomaret", "message": "INV/20261122/000123"}),
            json!({"payment_code": "498112345234"}),
            How::RetailCode { code: "498112345234".to_owned() },
        ),
    ];
    for (method, payment_type, member, mut answer, how) in cases {
        answer["status_code"] = json!("201");
        answer["transaction_status"] = json!("pending");
        let fake = Fake::start([(200, answer)]).await;
        let opened = midtrans(&fake.url).open(&request(method)).await.unwrap();
        assert_eq!((opened.provider_ref.as_str(), opened.instructions.how), (PAYMENT, how));
        let [asked] = &fake.asked()[..] else { panic!("one request") };
        assert_eq!(asked.line, "POST /v2/charge");
        // The key as user, no password.
        assert_eq!(asked.header("authorization"), Some("Basic U0ItTWlkLXNlcnZlci14Og=="));
        assert_eq!(asked.header("x-override-notification"), Some("https://pasar.example/hook"));
        let body = asked.json();
        assert_eq!((&body["payment_type"], &body[payment_type]), (&json!(payment_type), &member));
        assert_eq!(body["transaction_details"], json!({"order_id": PAYMENT, "gross_amount": 125_000}));
        let expiry =
            json!({"order_time": "2026-11-22 10:30:00 +0700", "expiry_duration": 120, "unit": "minute"});
        assert_eq!(body["custom_expiry"], expiry);
    }
}

#[tokio::test]
async fn cards_are_paid_on_a_page_of_midtrans() {
    let page = "https://app.midtrans.example/snap/v4/redirection/x";
    let fake = Fake::start([(201, json!({"token": "x", "redirect_url": page}))]).await;
    let opened = midtrans(&fake.url).open(&request(Method::Card)).await.unwrap();
    assert_eq!(opened.instructions.how, url(page));
    let [asked] = &fake.asked()[..] else { panic!("one request") };
    assert_eq!(asked.line, "POST /snap/v1/transactions");
    assert_eq!(asked.json()["enabled_payments"], json!(["credit_card"]));
    assert_eq!(asked.json()["callbacks"], json!({"finish": "https://pasar.example/back"}));
}

#[tokio::test]
async fn an_answer_that_was_lost_is_found_again() {
    let known = json!({"status_code": "406", "status_message": "order_id has been taken"});
    let status = json!({"status_code": "201", "va_numbers": [{"bank": "bca", "va_number": "91019021579"}]});
    let fake = Fake::start([(200, known.clone()), (200, status)]).await;
    let opened = midtrans(&fake.url).open(&request(Method::VaBca)).await.unwrap();
    assert_eq!(
        opened.instructions.how,
        How::VirtualAccount { number: "91019021579".to_owned(), biller: None }
    );
    let path = PAYMENT.replace('-', "%2D");
    assert_eq!(fake.asked()[1].line, format!("GET /v2/{path}/status"));

    let refunds = json!({"status_code": "200", "refunds": [
        {"refund_chargeback_id": 1, "refund_key": "other"}, {"refund_chargeback_id": 2, "refund_key": "return:1"},
    ]});
    let fake = Fake::start([(200, known), (200, refunds)]).await;
    let answer = midtrans(&fake.url).refund(&refund(PAYMENT)).await.unwrap();
    assert_eq!((answer.provider_ref.as_deref(), answer.outcome), (Some("2"), RefundOutcome::Settled));
    let wanted = json!({"refund_key": "return:1", "amount": 25_000, "reason": "refund by the merchant"});
    assert_eq!(fake.asked()[0].json(), wanted);
}

#[tokio::test]
async fn it_says_no_within_the_document() {
    let no = json!({"status_code": "412", "status_message": "Transaction status cannot be updated."});
    let gone = json!({"status_code": "404", "status_message": "Transaction doesn't exist."});
    let fake = Fake::start([(200, no), (404, gone.clone()), (404, gone)]).await;
    let midtrans = midtrans(&fake.url);
    let Err(ProviderError::Refused(refusal)) = midtrans.cancel(PAYMENT).await else { panic!("refused") };
    assert_eq!(refusal.status, 412);
    assert_eq!(midtrans.cancel(PAYMENT).await, Ok(()), "nobody has begun to pay");
    assert_eq!(midtrans.status(PAYMENT, now()).await, Ok(Vec::new()));
    let mut dollars = request(Method::VaBca);
    dollars.amount = Money::new(100, Currency::Usd);
    assert_eq!(midtrans.open(&dollars).await, Err(ProviderError::Currency));
    assert_eq!(midtrans.open(&request(Method::Ovo)).await, Err(ProviderError::Unsupported(Method::Ovo)));
    assert_eq!(fake.asked().len(), 3);
}

fn notification(status: &str, code: &str, more: Value) -> Value {
    let mut message = json!({
        "transaction_time": "2026-11-22 10:00:00", "transaction_status": status, "transaction_id": "t1",
        "status_code": code, "payment_type": "bank_transfer", "order_id": PAYMENT, "gross_amount": "125000.00",
        "currency": "IDR", "customer_details": {"email": "sari@example.com"},
    });
    let signed = format!("{PAYMENT}{code}125000.00{KEY}");
    message["signature_key"] = json!(hex::encode(Sha512::digest(signed)));
    for (name, value) in more.as_object().unwrap() {
        message[name] = value.clone();
    }
    message
}

/// Kind, reference, amount.
type Told = &'static [(EventKind, &'static str, i64)];

#[test]
fn notifications_say_what_happened() {
    let midtrans = midtrans("http://127.0.0.1:1");
    let cases: [(&str, &str, Value, Told); 11] = [
        ("pending", "201", json!({}), &[(EventKind::CaptureRequested, "t1", 125_000)]),
        (
            "settlement",
            "200",
            json!({"settlement_time": "2026-11-22 10:30:00"}),
            &[(EventKind::Captured, "t1", 125_000)],
        ),
        ("capture", "200", json!({"fraud_status": "accept"}), &[(EventKind::Captured, "t1", 125_000)]),
        (
            "capture",
            "201",
            json!({"fraud_status": "challenge"}),
            &[(EventKind::CaptureRequested, "t1", 125_000)],
        ),
        ("authorize", "200", json!({}), &[(EventKind::Authorised, "t1", 125_000)]),
        ("deny", "202", json!({}), &[(EventKind::CaptureFailed, "t1", 125_000)]),
        ("cancel", "200", json!({}), &[(EventKind::Cancelled, "t1", 125_000)]),
        ("expire", "202", json!({}), &[(EventKind::Expired, "t1", 125_000)]),
        (
            "partial_refund",
            "200",
            json!({"refunds": [
                {"refund_chargeback_id": 1, "refund_amount": "5000.00", "refund_key": "a", "created_at": "2026-11-22 11:00:00"},
                {"refund_chargeback_id": 2, "refund_amount": "7000.00", "created_at": "2026-11-22 11:00:00"},
            ]}),
            &[
                (EventKind::Captured, "t1", 125_000),
                (EventKind::Refunded, "a", 5_000),
                (EventKind::Refunded, "2", 7_000),
            ],
        ),
        (
            "chargeback",
            "200",
            json!({}),
            &[(EventKind::Captured, "t1", 125_000), (EventKind::ChargedBack, "t1", 125_000)],
        ),
        ("something_new", "200", json!({}), &[]),
    ];
    for (status, code, more, told) in cases {
        let body = notification(status, code, more).to_string();
        let events = midtrans.read_webhook(&headers("x", ""), body.as_bytes(), now()).unwrap();
        let read: Vec<_> =
            events.iter().map(|it| (it.kind, it.reference.as_str(), it.amount.amount())).collect();
        assert_eq!(read, told, "{status}");
        assert!(events.iter().all(|it| !it.body.to_string().contains("sari")), "nothing personal is kept");
        if status == "settlement" {
            assert_eq!(events[0].occurred_at, now());
        }
    }
}

#[test]
fn a_notification_that_is_not_signed_is_not_read() {
    let midtrans = midtrans("http://127.0.0.1:1");
    let read = |message: &Value| {
        midtrans.read_webhook(&headers("x", ""), message.to_string().as_bytes(), now()).map(|it| it.len())
    };
    let good = notification("settlement", "200", json!({}));
    assert_eq!(read(&good), Ok(1));
    for (member, value) in [
        ("gross_amount", json!("1.00")),
        ("status_code", json!("201")),
        ("order_id", json!("other")),
        ("signature_key", json!("00")),
        ("signature_key", json!("not hex")),
        ("signature_key", json!(null)),
    ] {
        let mut forged = good.clone();
        forged[member] = value;
        assert_eq!(read(&forged), Err(WebhookError::BadSignature), "{member}");
    }
    assert_eq!(read(&json!({})), Err(WebhookError::Malformed));
    // Signed, of an account that sells elsewhere too.
    let signed = hex::encode(Sha512::digest(format!("other200125000.00{KEY}")));
    let mut other = good;
    other["order_id"] = json!("other");
    other["signature_key"] = json!(signed);
    assert_eq!(read(&other), Err(WebhookError::Unknown));
}
