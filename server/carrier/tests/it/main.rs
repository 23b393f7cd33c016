//! The carrier: what programs ask of it, what people do on its pages, and what it tells.

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::State,
    routing::post,
};
use bank::Secret;
use carrier::{Carrier, CarrierSettings};
use http::{HeaderMap, Request, StatusCode};
use kernel::{jobs::Registry, testing::TestApp};
use serde_json::{Value, json};
use sqlx::PgPool;
use std::sync::{Arc, Mutex};
use time::Duration;
use tower::ServiceExt as _;

const KEY: &str = "carrier-key";

type Heard = Arc<Mutex<Vec<(HeaderMap, Value)>>>;

async fn hear(State(heard): State<Heard>, headers: HeaderMap, body: Bytes) -> StatusCode {
    heard.lock().unwrap().push((headers, serde_json::from_slice(&body).unwrap()));
    StatusCode::NO_CONTENT
}

struct Depot {
    app: TestApp,
    router: Router,
    heard: Heard,
    notify_url: String,
}

impl Depot {
    async fn open(db: PgPool) -> Self {
        let heard = Heard::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let notify_url = format!("http://{}/hook", listener.local_addr().unwrap());
        let hook = Router::new().route("/hook", post(hear)).with_state(heard.clone());
        tokio::spawn(async move { axum::serve(listener, hook).await });
        let carrier = Arc::new(
            Carrier::open(CarrierSettings {
                api_key: Secret::new(KEY.to_owned()),
                webhook_secret: Secret::new("whsec".to_owned()),
                stylesheet: None,
            })
            .unwrap(),
        );
        let part = carrier.clone();
        let app =
            TestApp::with_parts(db, carrier::with_jobs(Registry::empty()), |kernel| kernel.with_part(part));
        let router = carrier::router(app.kernel(), carrier);
        Self { app, router, heard, notify_url }
    }

    fn order(&self, reference: &str) -> Value {
        json!({
            "reference_id": reference, "order_note": "INV/20261129/000001", "courier_company": "kirim_cepat",
            "courier_type": "reg", "items": [{"name": "Paket", "value": 1, "quantity": 1, "weight": 500}],
            "origin_postal_code": 10110, "destination_postal_code": 12810,
            "destination_contact_name": "Sari", "destination_cash_on_delivery": 50_000,
            "metadata": {"notify_url": self.notify_url},
        })
    }

    async fn ask(&self, method: &str, path: &str, key: &str, body: &str, kind: &str) -> (StatusCode, String) {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", key)
            .header("content-type", kind)
            .body(Body::from(body.to_owned()))
            .unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    async fn api(&self, method: &str, below: &str, body: &Value) -> (StatusCode, Value) {
        let path = format!("/sim/carrier/v1/{below}");
        let (status, text) = self.ask(method, &path, KEY, &body.to_string(), "application/json").await;
        (status, serde_json::from_str(&text).unwrap())
    }

    async fn press(&self, id: &str, button: &str, version: i32) -> StatusCode {
        let path = format!("/sim/carrier/parcels/{id}");
        let form = format!("do={button}&version={version}");
        self.ask("POST", &path, "", &form, "application/x-www-form-urlencoded").await.0
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_parcel_is_booked_once_moved_along_and_told_of(db: PgPool) {
    let depot = Depot::open(db).await;
    let (status, first) = depot.api("POST", "orders", &depot.order("a")).await;
    assert_eq!(status, StatusCode::OK);
    let (_, again) = depot.api("POST", "orders", &depot.order("a")).await;
    assert_eq!(first, again);
    let id = first["id"].as_str().unwrap().to_owned();
    assert!(first["courier"]["waybill_id"].as_str().unwrap().starts_with("KCX"));
    for (version, button) in ["picked", "in_transit", "dropping_off", "on_hold"].iter().enumerate() {
        let version = i32::try_from(version).unwrap() + 1;
        assert_eq!(depot.press(&id, button, version).await, StatusCode::SEE_OTHER);
        depot.app.clock().advance(Duration::MINUTE);
    }
    // A page that is out of date, and a step there is not.
    depot.press(&id, "dropping_off", 1).await;
    depot.press(&id, "delivered", 5).await;
    let (_, told) = depot.api("GET", &format!("trackings/{id}"), &Value::Null).await;
    let states: Vec<_> =
        told["history"].as_array().unwrap().iter().map(|it| it["status"].as_str().unwrap()).collect();
    assert_eq!(states, ["confirmed", "picked", "in_transit", "dropping_off", "on_hold"]);
    depot.app.run_jobs().await;
    let heard = depot.heard.lock().unwrap().clone();
    assert_eq!(heard.len(), 5);
    assert_eq!((&heard[4].1["event"], &heard[4].1["status"]), (&"order.status".into(), &"on_hold".into()));
    assert!(heard.iter().all(|(headers, body)| {
        headers["x-carrier-signature"].to_str().unwrap().contains(",v1=") && body["order_id"] == id.as_str()
    }));
    let (status, page) = depot.ask("GET", &format!("/sim/carrier/parcels/{id}"), "", "", "text/html").await;
    assert!(status.is_success() && page.contains("INV/20261129/000001") && !page.contains("Sari"));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_parcel_that_travels_by_itself_arrives(db: PgPool) {
    let depot = Depot::open(db).await;
    let (_, order) = depot.api("POST", "orders", &depot.order("a")).await;
    let id = order["id"].as_str().unwrap().to_owned();
    depot.press(&id, "travel", 1).await;
    depot.app.run_all_jobs(Duration::HOUR).await;
    let (_, told) = depot.api("GET", &format!("trackings/{id}"), &Value::Null).await;
    assert_eq!(told["status"], "delivered");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_courier_comes_when_it_was_asked_to_or_not_at_all(db: PgPool) {
    let depot = Depot::open(db).await;
    let with = |reference: &str, more: Value| {
        let mut order = depot.order(reference);
        order.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        order
    };
    let date = "2026-12-01";
    for (reference, more, said) in [
        ("now", json!({"delivery_type": "now"}), "Dijemput secepatnya"),
        ("brought", json!({"origin_collection_method": "drop_off"}), "Diantar pengirim ke loket"),
        (
            "slot",
            json!({"delivery_type": "scheduled", "delivery_date": date, "delivery_time": "09:00",
                "metadata": {"pickup_until": "11:00"}}),
            "Dijemput antara 01-12-2026 09:00 WIB dan 01-12-2026 11:00 WIB",
        ),
        (
            "open end",
            json!({"delivery_type": "scheduled", "delivery_date": date, "delivery_time": "13:30"}),
            "Dijemput antara 01-12-2026 13:30 WIB dan 01-12-2026 15:30 WIB",
        ),
    ] {
        let (status, order) = depot.api("POST", "orders", &with(reference, more)).await;
        assert_eq!(status, StatusCode::OK, "{reference}");
        let page = format!("/sim/carrier/parcels/{}", order["id"].as_str().unwrap());
        let (_, page) = depot.ask("GET", &page, "", "", "text/html").await;
        assert!(page.contains(said), "{reference}: {page}");
    }
    for more in [
        json!({"delivery_type": "scheduled", "delivery_date": date}),
        json!({"delivery_type": "scheduled", "delivery_date": "soon", "delivery_time": "09:00"}),
        json!({"delivery_type": "scheduled", "delivery_date": date, "delivery_time": "09:00",
            "metadata": {"pickup_until": "08:00"}}),
        json!({"origin_collection_method": "by_boat"}),
    ] {
        assert_eq!(depot.api("POST", "orders", &with("wrong", more)).await.0, StatusCode::BAD_REQUEST);
    }
    depot.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn nobody_without_the_key_asks_and_what_was_fetched_is_not_cancelled(db: PgPool) {
    let depot = Depot::open(db).await;
    let body = depot.order("a").to_string();
    for key in ["", "other", "carrier-ke"] {
        let (status, _) = depot.ask("POST", "/sim/carrier/v1/orders", key, &body, "application/json").await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{key}");
    }
    for wrong in
        [json!({}), json!({"reference_id": "x", "courier_company": "a", "courier_type": "b", "items": []})]
    {
        assert_eq!(depot.api("POST", "orders", &wrong).await.0, StatusCode::BAD_REQUEST);
    }
    let (_, order) = depot.api("POST", "orders", &depot.order("a")).await;
    let mut other = depot.order("a");
    other["items"][0]["weight"] = 501.into();
    assert_eq!(
        depot.api("POST", "orders", &other).await.0,
        StatusCode::BAD_REQUEST,
        "the reference is taken"
    );
    let cancel = format!("orders/{}/cancel", order["id"].as_str().unwrap());
    for _ in 0..2 {
        assert_eq!(depot.api("POST", &cancel, &json!({})).await.1["status"], "cancelled");
    }
    let (_, order) = depot.api("POST", "orders", &depot.order("b")).await;
    depot.press(order["id"].as_str().unwrap(), "picked", 1).await;
    let cancel = format!("orders/{}/cancel", order["id"].as_str().unwrap());
    assert_eq!(depot.api("POST", &cancel, &json!({})).await.0, StatusCode::BAD_REQUEST);
    depot.app.run_jobs().await;
}
