//! Having the aggregator send a courier.

use crate::aggregator::{Aggregator, Manner};
use hmac::{Hmac, Mac as _};
use http::{HeaderMap, HeaderName, HeaderValue};
use model::{
    Money,
    geo::Position,
    ids::{ShipmentId, Uuid},
    shipping::{Collection, CourierCode, Service, ShipmentState},
};
use serde_json::{Value, json};
use sha2::Sha256;
use shipping::{
    BiteshipOrders, Booked as Answer, Booking, CarrierError, Dispatcher, OrdersSettings, Party, Unheard,
    WebhookProof,
};
use std::time::Duration;
use time::OffsetDateTime;

const NOW: i64 = 1_700_000_000;

fn at(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(seconds).unwrap()
}

fn orders(url: &str, proof: WebhookProof) -> BiteshipOrders {
    BiteshipOrders::new(OrdersSettings {
        name: "biteship",
        url: url.to_owned(),
        key: "biteship_test.s3cret".to_owned(),
        proof,
        own_couriers: false,
        notify_url: None,
        to_connect: Duration::from_secs(2),
        to_answer: Duration::from_secs(2),
    })
    .unwrap()
}

fn header() -> WebhookProof {
    WebhookProof::Header { name: "x-biteship-signature", secret: "whsec".to_owned() }
}

fn booking() -> Booking {
    let party = |name: &str, postcode: Option<&str>, position| Party {
        name: name.to_owned(),
        phone: "+6281234567890".to_owned(),
        address: "Jl. Melati No. 5, Tebet".to_owned(),
        postcode: postcode.map(str::to_owned),
        position,
        notes: None,
    };
    Booking {
        shipment: ShipmentId::new(Uuid::from_u128(7)),
        number: "INV/20261129/000123".to_owned(),
        courier: CourierCode::try_from("jne".to_owned()).unwrap(),
        service: Service::Regular,
        service_code: None,
        weight_g: 750,
        collection: Collection::PickUp,
        value: Money::idr(90_000),
        insured: true,
        cash: Some(Money::idr(102_000)),
        from: party("Toko", None, Some(Position::new(-6.2, 106.8))),
        to: party("Sari", Some("12810"), None),
    }
}

#[tokio::test]
async fn a_booking_has_the_form_the_aggregator_documents() {
    let answer = json!({
        "success": true, "object": "order", "id": "5dd599ebdefcd4158eb8470b", "status": "confirmed",
        "courier": {"tracking_id": "6de509ebdefgh4158ij8451c", "waybill_id": "WYB-1112223333444", "company": "jne"},
    });
    let aggregator = Aggregator::start(Manner::Says(200, answer.to_string())).await;
    let booked = orders(&aggregator.url, header()).book(&booking()).await;
    assert_eq!(
        booked,
        Ok(Answer {
            carrier_ref: "5dd599ebdefcd4158eb8470b".to_owned(),
            tracking_ref: "6de509ebdefgh4158ij8451c".to_owned(),
            waybill: "WYB-1112223333444".to_owned(),
        })
    );
    let asked = aggregator.asked();
    assert_eq!(asked[0].line, "POST /v1/orders HTTP/1.1");
    assert_eq!(asked[0].header("authorization"), Some("biteship_test.s3cret"));
    let expected = json!({
        "reference_id": "00000000-0000-0000-0000-000000000007", "order_note": "INV/20261129/000123",
        "courier_company": "jne", "courier_type": "reg", "delivery_type": "now",
        "origin_collection_method": "pickup", "courier_insurance": 90_000,
        "destination_cash_on_delivery": 102_000,
        "items": [{"name": "INV/20261129/000123", "value": 90_000, "quantity": 1, "weight": 750}],
        "origin_contact_name": "Toko", "origin_contact_phone": "+6281234567890",
        "origin_address": "Jl. Melati No. 5, Tebet", "origin_coordinate": {"latitude": -6.2, "longitude": 106.8},
        "destination_contact_name": "Sari", "destination_contact_phone": "+6281234567890",
        "destination_address": "Jl. Melati No. 5, Tebet", "destination_postal_code": 12810,
    });
    assert_eq!(asked[0].body, expected);
    assert!(!format!("{:?}", booking()).contains("Sari"), "who it is for is not printed");
}

#[tokio::test]
async fn a_courier_is_told_when_to_come_or_that_it_is_brought() {
    let answer = json!({
        "success": true, "id": "5dd599", "courier": {"tracking_id": "6de509", "waybill_id": "WYB-1112223333444"},
    });
    let aggregator = Aggregator::start(Manner::Says(200, answer.to_string())).await;
    let orders = orders(&aggregator.url, header());
    // 2025-12-01, from 9 to 11 by WIB.
    let slot = Collection::Slot { from: 1_764_554_400, until: 1_764_561_600 };
    for collection in [slot, Collection::DropOff] {
        orders.book(&Booking { collection, ..booking() }).await.unwrap();
    }
    let asked = aggregator.asked();
    let said = |n: usize, name: &str| asked[n].body[name].clone();
    assert_eq!(said(0, "delivery_type"), "scheduled");
    assert_eq!((said(0, "delivery_date"), said(0, "delivery_time")), ("2025-12-01".into(), "09:00".into()));
    assert_eq!(said(0, "metadata"), json!({"pickup_until": "11:00"}));
    assert_eq!(said(0, "origin_collection_method"), "pickup");
    assert_eq!(
        (said(1, "origin_collection_method"), said(1, "delivery_type")),
        ("drop_off".into(), "now".into())
    );
}

#[tokio::test]
async fn what_happened_is_read_in_our_words_and_the_unknown_left_out() {
    use ShipmentState::{Booked, Delivered, OutForDelivery, PickedUp};
    let told = |status: &str, at: &str| json!({"note": format!("{status}\n"), "service_type": "-", "status": status, "updated_at": at});
    let answer = json!({"success": true, "object": "tracking", "status": "delivered", "history": [
        told("confirmed", "2021-03-16T18:17:00+07:00"), told("picked", "2021-03-16T19:00:00+07:00"),
        told("teleported", "2021-03-16T19:30:00+07:00"), told("picked", "yesterday"),
        told("dropping_off", "2021-03-17T08:00:00+07:00"), told("delivered", "2021-03-17T09:00:00+07:00"),
    ]});
    let aggregator = Aggregator::start(Manner::Says(200, answer.to_string())).await;
    let orders = orders(&aggregator.url, header());
    let seen = orders.track("../6de509").await.unwrap();
    let states: Vec<_> = seen.iter().map(|it| it.state).collect();
    assert_eq!(states, [Booked, PickedUp, OutForDelivery, Delivered]);
    assert_eq!((seen[0].occurred_at, seen[0].note.as_str()), (at(1_615_893_420), "confirmed"));
    assert_eq!(aggregator.asked()[0].line, "GET /v1/trackings/%2E%2E%2F6de509 HTTP/1.1");
    assert_eq!(orders.track("6de509").await.unwrap(), seen, "each has the same name again");
}

#[tokio::test]
async fn refusals_are_told_from_trouble() {
    let says = |status, body: Value| Manner::Says(status, body.to_string());
    let refused = json!({"success": false, "error": "No", "code": 40_002_031});
    for (manner, error) in [
        (says(400, refused.clone()), CarrierError::Refused { status: 400, code: Some(40_002_031) }),
        (says(401, json!({})), CarrierError::Unauthorised),
        (says(503, json!({})), CarrierError::Broken { status: 503 }),
        (says(200, json!({"success": true})), CarrierError::Unreadable),
        (Manner::HangsUp, CarrierError::Unreachable),
    ] {
        let aggregator = Aggregator::start(manner).await;
        assert_eq!(orders(&aggregator.url, header()).book(&booking()).await, Err(error));
    }
    let aggregator = Aggregator::start(says(400, refused)).await;
    let cancelled = orders(&aggregator.url, header()).cancel("5dd599").await;
    assert!(matches!(cancelled, Err(CarrierError::Refused { .. })));
    assert_eq!(aggregator.asked()[0].line, "POST /v1/orders/5dd599/cancel HTTP/1.1");
}

#[test]
fn only_the_aggregators_own_messages_are_heard() {
    let body = br#"{"event": "order.status", "order_id": "5dd599", "status": "delivered"}"#;
    let with = |name: &str, value: &str| {
        let mut headers = HeaderMap::new();
        headers.insert(HeaderName::try_from(name).unwrap(), HeaderValue::from_str(value).unwrap());
        headers
    };
    let by_header = orders("http://127.0.0.1:9", header());
    let read = |value: &str, body: &[u8]| {
        by_header.read_webhook(&with("x-biteship-signature", value), body, at(NOW))
    };
    assert_eq!(read("whsec", body), Ok(Some("5dd599".to_owned())));
    assert_eq!(read("whsec", b""), Ok(None), "a new address is tried");
    assert_eq!(read("whsec", br#"{"event": "invoice.paid", "order_id": "x"}"#), Ok(None));
    assert_eq!(read("whsec", b"<"), Err(Unheard::Unreadable));
    assert_eq!(read("other", body), Err(Unheard::NotTheirs));
    assert_eq!(by_header.read_webhook(&HeaderMap::new(), body, at(NOW)), Err(Unheard::NotTheirs));

    let signed =
        |secret: &str| WebhookProof::Signed { name: "x-carrier-signature", secret: secret.to_owned() };
    let by_signature = orders("http://127.0.0.1:9", signed("whsec"));
    let sign = |secret: &str, seconds: i64| {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(format!("{seconds}.").as_bytes());
        mac.update(body);
        format!("t={seconds},v1={}", hex::encode(mac.finalize().into_bytes()))
    };
    let read = |header: &str| by_signature.read_webhook(&with("x-carrier-signature", header), body, at(NOW));
    assert_eq!(read(&sign("whsec", NOW)), Ok(Some("5dd599".to_owned())));
    assert_eq!(read(&sign("whsec", NOW - 301)), Err(Unheard::Stale));
    assert_eq!(read(&sign("other", NOW)), Err(Unheard::NotTheirs));
    assert_eq!(read("v1=00"), Err(Unheard::NotTheirs));
    let open = orders("http://127.0.0.1:9", signed(""));
    let heard = open.read_webhook(&with("x-carrier-signature", &sign("", NOW)), body, at(NOW));
    assert_eq!(heard, Err(Unheard::NotTheirs), "without a secret nothing is signed");
}
