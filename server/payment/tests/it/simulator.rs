//! The bank of our own, from outside.

use crate::fake::*;
use model::{Money, payment::Method};
use payment::{
    About, EventKind, How, Provider, ProviderError, RefundAnswer, RefundOutcome, Refusal, Secret,
    WebhookError,
    provider::{Simulator, SimulatorSettings},
};
use serde_json::json;

fn simulator(url: &str) -> Simulator {
    Simulator::new(SimulatorSettings {
        base: format!("{url}/sim/bank"),
        key: Secret::new("bank-key".to_owned()),
        webhook_secret: Secret::new("hook".to_owned()),
    })
    .unwrap()
}

#[tokio::test]
async fn a_charge_is_made_at_the_bank() {
    let page = "https://pasar.example/sim/bank/pay/1";
    for (method, member, value, how) in [
        (
            Method::VaBca,
            "va_number",
            "880812345678",
            How::VirtualAccount { number: "880812345678".to_owned(), biller: None },
        ),
        (Method::Qris, "qr_payload", "000201…", How::Qr { payload: "000201…".to_owned() }),
        (Method::Alfamart, "retail_code", "123456", How::RetailCode { code: "123456".to_owned() }),
        (Method::Card, "pay_url", page, How::Redirect { url: page.to_owned() }),
    ] {
        let fake = Fake::start([(201, json!({"charge_id": "c1", "page_url": page, member: value}))]).await;
        let opened = simulator(&fake.url).open(&request(method)).await.unwrap();
        assert_eq!((opened.provider_ref.as_str(), opened.instructions.how), ("c1", how));
        assert_eq!(opened.instructions.page.as_deref(), Some(page));
        let [asked] = &fake.asked()[..] else { panic!("one request") };
        assert_eq!(asked.line, "POST /sim/bank/api/charges");
        assert_eq!(asked.header("authorization"), Some("Bearer bank-key"));
        let wanted = json!({
            "id": PAYMENT, "amount": 125_000, "currency": "IDR", "method": method.as_str(),
            "due_at": "2026-11-22T05:30:00Z", "notify_url": "https://pasar.example/hook",
            "return_url": "https://pasar.example/back", "description": "INV/20261122/000123",
        });
        assert_eq!(asked.json(), wanted);
    }
}

#[tokio::test]
async fn an_answer_is_read_for_what_it_proves() {
    let refused = ProviderError::Refused(Refusal { status: 409, reason: "paid".to_owned() });
    for (status, body, error) in [
        (409, json!({"error": "paid"}), refused),
        (401, json!({}), ProviderError::Credentials),
        (500, json!({}), ProviderError::NoAnswer),
        (0, json!({}), ProviderError::NoAnswer),
        (201, json!({"charge_id": "c1"}), ProviderError::Malformed),
        (201, json!({"charge_id": "c1", "pay_url": "javascript:x"}), ProviderError::Malformed),
    ] {
        let fake = Fake::start([(status, body)]).await;
        assert_eq!(simulator(&fake.url).open(&request(Method::Card)).await, Err(error));
    }
    let away = simulator("http://127.0.0.1:1").open(&request(Method::Card)).await;
    assert_eq!(away, Err(ProviderError::Unreachable));
    let cod = simulator("http://127.0.0.1:1").open(&request(Method::Cod)).await;
    assert_eq!(cod, Err(ProviderError::Unsupported(Method::Cod)));
}

#[tokio::test]
async fn charges_are_cancelled_refunded_and_looked_at() {
    let event = message("charge.paid", "p1");
    let fake = Fake::start([
        (200, json!({})),
        (201, json!({"refund_id": "r1", "state": "sent"})),
        (200, json!({"charge_id": "c1", "events": [event]})),
    ])
    .await;
    let bank = simulator(&fake.url);
    bank.cancel("c1").await.unwrap();
    let answer = bank.refund(&refund("c1")).await.unwrap();
    assert_eq!(answer, RefundAnswer { provider_ref: Some("r1".to_owned()), outcome: RefundOutcome::Sent });
    let events = bank.status("c1", now()).await.unwrap();
    assert_eq!((events.len(), events[0].kind), (1, EventKind::Captured));
    let asked = fake.asked();
    let lines: Vec<_> = asked.iter().map(|it| it.line.as_str()).collect();
    let wanted = [
        "POST /sim/bank/api/charges/c1/cancel",
        "POST /sim/bank/api/charges/c1/refunds",
        "GET /sim/bank/api/charges/c1",
    ];
    assert_eq!(lines, wanted);
    assert_eq!(asked[1].json(), json!({"key": "return:1", "amount": 25_000}));
}

fn message(kind: &str, reference: &str) -> serde_json::Value {
    json!({
        "event_id": format!("e-{kind}"), "type": kind, "charge_id": "c1", "payment_id": PAYMENT, "amount": 125_000,
        "currency": "IDR", "reference": reference, "occurred_at": "2026-11-22T03:30:00Z",
    })
}

#[test]
fn what_the_bank_tells_is_believed_when_it_is_signed() {
    let bank = simulator("http://127.0.0.1:1");
    for (kind, meaning) in [
        ("charge.paid", EventKind::Captured),
        ("charge.failed", EventKind::CaptureFailed),
        ("charge.expired", EventKind::Expired),
        ("charge.charged_back", EventKind::ChargedBack),
        ("refund.settled", EventKind::Refunded),
        ("refund.failed", EventKind::RefundFailed),
    ] {
        let body = message(kind, "p1").to_string();
        let signed = headers("x-bank-signature", &timed("hook", &body, now()));
        let [event] = &bank.read_webhook(&signed, body.as_bytes(), now()).unwrap()[..] else {
            panic!("one event")
        };
        assert_eq!(
            (event.kind, event.reference.as_str(), event.amount),
            (meaning, "p1", Money::idr(125_000))
        );
        assert_eq!(event.about, About::Payment(PAYMENT.parse().unwrap()));
        assert_eq!(event.occurred_at, now());

        let later = now() + time::Duration::minutes(6);
        assert_eq!(bank.read_webhook(&signed, body.as_bytes(), later), Err(WebhookError::Stale));
        let forged = body.replace("125000", "999000");
        assert_eq!(bank.read_webhook(&signed, forged.as_bytes(), now()), Err(WebhookError::BadSignature));
    }
    for (body, answer) in [
        (json!({"type": "charge.looked_at"}).to_string(), Ok(Vec::new())),
        (json!({"type": "charge.paid"}).to_string(), Err(WebhookError::Malformed)),
        ("not json".to_owned(), Err(WebhookError::Malformed)),
        (message("charge.paid", "p").to_string().replace(PAYMENT, "not ours"), Err(WebhookError::Unknown)),
        (message("charge.paid", "p").to_string().replace("125000", "-1"), Err(WebhookError::Malformed)),
    ] {
        let signed = headers("x-bank-signature", &timed("hook", &body, now()));
        assert_eq!(bank.read_webhook(&signed, body.as_bytes(), now()), answer, "{body}");
    }
}
