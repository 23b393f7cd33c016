//! Stripe, as its documentation of Checkout, refunds and webhooks says.

use crate::fake::*;
use model::{Money, payment::Method};
use payment::{
    About, EventKind, How, Provider, ProviderError, RefundOutcome, Secret, WebhookError,
    provider::{Stripe, StripeSettings},
};
use serde_json::{Value, json};

fn stripe(url: &str) -> Stripe {
    Stripe::new(StripeSettings {
        secret_key: Secret::new("sk_test".to_owned()),
        webhook_secret: Secret::new("whsec_x".to_owned()),
        api: url.to_owned(),
    })
    .unwrap()
}

#[tokio::test]
async fn cards_are_paid_on_a_page_of_stripe() {
    let page = "https://checkout.stripe.example/c/pay/cs_1";
    let fake = Fake::start([(200, json!({"id": "cs_1", "url": page}))]).await;
    let opened = stripe(&fake.url).open(&request(Method::Card)).await.unwrap();
    assert_eq!(opened.provider_ref, "cs_1");
    assert_eq!(opened.instructions.how, How::Redirect { url: page.to_owned() });
    let [asked] = &fake.asked()[..] else { panic!("one request") };
    assert_eq!(asked.line, "POST /v1/checkout/sessions");
    assert_eq!(asked.header("authorization"), Some("Bearer sk_test"));
    assert_eq!(asked.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(asked.header("idempotency-key"), Some(PAYMENT));
    for (member, value) in [
        ("mode", "payment"),
        ("client_reference_id", PAYMENT),
        ("payment_intent_data[metadata][payment]", PAYMENT),
        ("line_items[0][price_data][currency]", "idr"),
        // In hundredths: Stripe counts sen, we do not.
        ("line_items[0][price_data][unit_amount]", "12500000"),
        ("customer_email", "sari@example.com"),
        ("success_url", "https://pasar.example/back"),
    ] {
        assert_eq!(asked.form(member).as_deref(), Some(value), "{member}");
    }
    assert_eq!(asked.form("expires_at"), Some(request(Method::Card).due_at.unix_timestamp().to_string()));
    let other = stripe(&fake.url).open(&request(Method::Qris)).await;
    assert_eq!(other, Err(ProviderError::Unsupported(Method::Qris)));
}

#[tokio::test]
async fn sessions_are_expired_refunded_and_looked_at() {
    let paid = json!({
        "id": "cs_1", "status": "complete", "payment_status": "paid", "payment_intent": "pi_1",
        "client_reference_id": PAYMENT, "amount_total": 12_500_000, "currency": "idr",
    });
    let fake = Fake::start([
        (200, json!({"id": "cs_1", "status": "expired"})),
        (200, paid.clone()),
        (200, json!({"id": "re_1", "status": "succeeded"})),
        (200, paid),
        (200, json!({"id": "cs_1", "status": "open", "payment_status": "unpaid"})),
        (402, json!({"error": {"code": "charge_already_refunded"}})),
    ])
    .await;
    let stripe = stripe(&fake.url);
    stripe.cancel("cs_1").await.unwrap();
    let answer = stripe.refund(&refund("cs_1")).await.unwrap();
    assert_eq!((answer.provider_ref.as_deref(), answer.outcome), (Some("re_1"), RefundOutcome::Settled));
    let events = stripe.status("cs_1", now()).await.unwrap();
    assert_eq!((events[0].kind, events[0].reference.as_str()), (EventKind::Captured, "pi_1"));
    assert_eq!(events[0].amount, Money::idr(125_000));
    assert_eq!(stripe.status("cs_1", now()).await.unwrap(), []);
    let Err(ProviderError::Refused(refusal)) = stripe.cancel("cs_1").await else { panic!("refused") };
    assert_eq!(refusal.reason, "charge_already_refunded");
    let asked = fake.asked();
    assert_eq!(asked[0].line, "POST /v1/checkout/sessions/cs%5F1/expire");
    assert_eq!(
        (asked[2].line.as_str(), asked[2].header("idempotency-key")),
        ("POST /v1/refunds", Some("return:1"))
    );
    assert_eq!(asked[2].form("payment_intent").as_deref(), Some("pi_1"));
    assert_eq!(asked[2].form("amount").as_deref(), Some("2500000"));
    assert_eq!(asked[2].form("metadata[key]").as_deref(), Some("return:1"));
}

fn message(kind: &str, object: Value) -> String {
    json!({"id": "evt_1", "type": kind, "created": now().unix_timestamp(), "data": {"object": object}})
        .to_string()
}

fn session(status: &str) -> Value {
    json!({
        "id": "cs_1", "client_reference_id": PAYMENT, "payment_intent": "pi_1", "payment_status": status,
        "amount_total": 12_500_000, "currency": "idr", "customer_details": {"email": "sari@example.com"},
    })
}

#[test]
fn what_stripe_tells_is_believed_when_it_is_signed() {
    let stripe = stripe("http://127.0.0.1:1");
    let ours = || About::Payment(PAYMENT.parse().unwrap());
    let refund = |status: &str, metadata: Value| {
        json!({"id": "re_1", "status": status, "amount": 2_500_000, "currency": "idr", "payment_intent": "pi_1",
            "metadata": metadata})
    };
    let known = json!({"key": "return:1", "payment": PAYMENT});
    let dispute = json!({"id": "dp_1", "amount": 12_500_000, "currency": "idr", "payment_intent": "pi_1"});
    let cases = [
        ("checkout.session.completed", session("paid"), EventKind::Captured, ours(), "pi_1"),
        ("checkout.session.completed", session("unpaid"), EventKind::CaptureRequested, ours(), "pi_1"),
        ("checkout.session.async_payment_succeeded", session("paid"), EventKind::Captured, ours(), "pi_1"),
        (
            "checkout.session.async_payment_failed",
            session("unpaid"),
            EventKind::CaptureFailed,
            ours(),
            "pi_1",
        ),
        ("checkout.session.expired", session("unpaid"), EventKind::Expired, ours(), "pi_1"),
        ("refund.created", refund("pending", known.clone()), EventKind::RefundRequested, ours(), "return:1"),
        ("refund.updated", refund("succeeded", known.clone()), EventKind::Refunded, ours(), "return:1"),
        ("refund.failed", refund("failed", known), EventKind::RefundFailed, ours(), "return:1"),
        (
            "refund.updated",
            refund("succeeded", json!({})),
            EventKind::Refunded,
            About::Reference("pi_1".to_owned()),
            "re_1",
        ),
        (
            "charge.dispute.funds_withdrawn",
            dispute.clone(),
            EventKind::ChargedBack,
            About::Reference("pi_1".to_owned()),
            "dp_1",
        ),
        (
            "charge.dispute.funds_reinstated",
            dispute,
            EventKind::ChargebackReversed,
            About::Reference("pi_1".to_owned()),
            "dp_1",
        ),
    ];
    for (kind, object, meaning, about, reference) in cases {
        let body = message(kind, object);
        let signed = headers("stripe-signature", &timed("whsec_x", &body, now()));
        let [event] = &stripe.read_webhook(&signed, body.as_bytes(), now()).unwrap()[..] else {
            panic!("one event")
        };
        assert_eq!((event.kind, event.reference.as_str()), (meaning, reference), "{kind}");
        assert_eq!((&event.about, event.occurred_at), (&about, now()));
        assert!(!event.body.to_string().contains("sari"), "nothing personal is kept");
        let later = now() + time::Duration::seconds(301);
        assert_eq!(stripe.read_webhook(&signed, body.as_bytes(), later), Err(WebhookError::Stale));
        let other = headers("stripe-signature", &timed("whsec_y", &body, now()));
        assert_eq!(stripe.read_webhook(&other, body.as_bytes(), now()), Err(WebhookError::BadSignature));
    }
}

#[test]
fn what_is_not_about_a_payment_of_ours_is_told_apart() {
    let stripe = stripe("http://127.0.0.1:1");
    let mut strange = session("paid");
    strange["client_reference_id"] = json!(null);
    let mut fraction = session("paid");
    fraction["amount_total"] = json!(12_500_050);
    for (body, answer) in [
        (message("customer.created", json!({})), Ok(Vec::new())),
        (message("payment_intent.payment_failed", json!({})), Ok(Vec::new())),
        (message("checkout.session.completed", strange), Err(WebhookError::Unknown)),
        (message("checkout.session.completed", fraction), Err(WebhookError::Malformed)),
        ("{}".to_owned(), Err(WebhookError::Malformed)),
    ] {
        let signed = headers("stripe-signature", &timed("whsec_x", &body, now()));
        assert_eq!(stripe.read_webhook(&signed, body.as_bytes(), now()), answer, "{body}");
    }
}
