//! Sending what was bought over HTTP: in parts, when its courier comes, and what is not sent after all.

use axum::{
    Router,
    body::Body,
    extract::Request,
    middleware::{Next, from_fn},
    response::Response,
};
use flows::{cart, checkout, fulfil::Fleet, pay, place_order, till::Till};
use http::HeaderMap;
use http_body_util::BodyExt as _;
use kernel::{Buyer, Cx, GuestKey, Kernel, Member, Viewer};
use model::{
    Duties,
    address::AddressInput,
    ids::{AccountId, SessionId, Uuid, VariantId},
    payment::Method,
    shipping::CourierCode,
};
use payment::{About, EventKind, ProviderEvent, Secret, provider};
use serde_json::{Value, json};
use shipping::{Booked, Booking, CarrierError, Dispatcher, Sighting, Unheard};
use sqlx::PgPool;
use std::sync::Arc;
use time::OffsetDateTime;
use tower::ServiceExt as _;
use web::{Health, Rates, WebSettings};

/// Sends whatever it is asked to, and tells nothing.
struct Van;

#[async_trait::async_trait]
impl Dispatcher for Van {
    fn name(&self) -> &'static str {
        "van"
    }

    fn sends(&self, _: &CourierCode) -> bool {
        true
    }

    async fn book(&self, booking: &Booking) -> Result<Booked, CarrierError> {
        let reference = booking.shipment.uuid().simple().to_string();
        let waybill = reference.to_uppercase();
        Ok(Booked { carrier_ref: reference.clone(), tracking_ref: reference, waybill })
    }

    async fn cancel(&self, _: &str) -> Result<(), CarrierError> {
        Ok(())
    }

    async fn track(&self, _: &str) -> Result<Vec<Sighting>, CarrierError> {
        Ok(vec![])
    }

    fn read_webhook(&self, _: &HeaderMap, _: &[u8], _: OffsetDateTime) -> Result<Option<String>, Unheard> {
        Ok(None)
    }
}

/// Two shops of Jakarta, each with its owner, and a shirt of the first, of which there are five.
const MARKET: &[&str] = &[
    "insert into region (code, level, name) values ('31', 'province', 'DKI Jakarta')",
    "insert into region (code, parent_code, level, name, latitude, longitude) values
       ('31.74', '31', 'city', 'Jakarta Selatan', -6.26, 106.81),
       ('31.74.07', '31.74', 'district', 'Kebayoran Baru', -6.24, 106.80)",
    "insert into account (id, lang, created_at, updated_at)
     select lpad(n::text, 32, '0')::uuid, 'id', now(), now() from generate_series(1, 2) n",
    "insert into shop (id, slug, name, city_code, joined_at, created_at, updated_at)
     select id, 'toko-' || right(id::text, 1), 'Toko', '31.74', now(), now(), now() from account",
    "insert into shop_staff (shop_id, account_id, role, since) select id, id, 'owner', now() from account",
    "insert into product (id, shop_id, category_id, slug, name, state, weight_g, created_at, updated_at)
     select id, id, (select min(id::text)::uuid from category), 'kaos', 'Kaos Polos', 'draft', 200, now(), now()
     from shop where slug = 'toko-1'",
    "insert into variant (id, product_id, shop_id, sku, choices, price, created_at, updated_at)
     select lpad('101', 32, '0')::uuid, id, id, 'SKU-1', '{}', 10000, now(), now() from product",
    "update product set state = 'active', price_min = 10000, price_max = 10000, in_stock = true, published_at = now()",
    "insert into warehouse (id, shop_id, name, region_code, position, created_at)
     select id, id, 'Gudang', '31.74', 0, now() from shop",
    "insert into stock (variant_id, warehouse_id, shop_id, on_hand, updated_at)
     select id, shop_id, shop_id, 5, now() from variant",
];

/// Who is asking: the header names one of the owners.
async fn sign_in(mut request: Request, next: Next) -> Response {
    let who = request.headers().get("x-test-member").and_then(|n| n.to_str().ok()?.parse::<u32>().ok());
    if let (Some(n), Some(cx)) = (who, request.extensions().get::<Cx>().cloned()) {
        let member = Member {
            account: AccountId::new(id(n)),
            session: SessionId::new(id(n + 10)),
            duties: Duties::NONE,
            proved_at: cx.now(),
        };
        request.extensions_mut().insert(cx.as_viewer(Viewer::Member(member)));
    }
    next.run(request).await
}

fn id(n: u32) -> Uuid {
    format!("{n:032}").parse().unwrap()
}

struct Api {
    router: Router,
    kernel: Kernel,
}

impl Api {
    async fn new(db: PgPool) -> Self {
        for &sql in MARKET {
            sqlx::query(sql).execute(&db).await.unwrap();
        }
        let bank = provider::SimulatorSettings {
            base: "http://here.example/sim/bank".to_owned(),
            key: Secret::new("key".to_owned()),
            webhook_secret: Secret::new("secret".to_owned()),
        };
        let till =
            Till::new("http://here.example", vec![Arc::new(provider::Simulator::new(bank).unwrap()) as _]);
        let fleet = Fleet::new("+622150880100", vec![Arc::new(Van) as _]);
        let kernel = Kernel::new(db).with_part(Arc::new(till)).with_part(Arc::new(fleet));
        let rates = Rates { enabled: false, ..Rates::default() };
        let settings = WebSettings { rates, ..WebSettings::default() };
        let api = gateway_rest::router(Health::new(&kernel, &settings), &settings.stylesheet);
        Self { router: web::layers(api.layer(from_fn(sign_in)), &settings, &kernel), kernel }
    }

    async fn send(&self, who: u32, call: &str, key: Option<&str>, body: Value) -> (u16, Value) {
        let (method, path) = call.split_once(' ').unwrap();
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1/seller/shops/toko-1/orders/{path}"))
            .header("content-type", "application/json")
            .header("sec-fetch-site", "same-origin")
            .header("x-test-member", who.to_string());
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let status = response.status().as_u16();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    /// By the owner, and answered with 200.
    async fn ok(&self, call: &str, key: Option<&str>, body: Value) -> Value {
        let (status, answer) = self.send(1, call, key, body).await;
        assert_eq!(status, 200, "{call}: {answer}");
        answer
    }

    /// Three shirts, bought and paid.
    async fn sold(&self) -> String {
        let (cx, buyer) = (self.kernel.job_cx(), Buyer::Guest(GuestKey::new([1; 32])));
        cart::add(&cx, &buyer, VariantId::new(id(101)), 3, "").await.unwrap();
        checkout::set_contact(&cx, &buyer, "sari@mail.example", "").await.unwrap();
        let address = AddressInput {
            recipient: "Sari Wulandari".to_owned(),
            phone: "0812-3456-7890".to_owned(),
            district: "31.74.07".to_owned(),
            postcode: "12110".to_owned(),
            street: "Jl. Melati No. 5".to_owned(),
            ..AddressInput::default()
        };
        checkout::set_address(&cx, &buyer, &address).await.unwrap();
        checkout::set_method(&cx, &buyer, Method::VaBca).await.unwrap();
        let shown = checkout::view(&cx, &buyer, None).await.unwrap();
        let total = shown.summary.total;
        let placed = place_order::place(&cx, &buyer, &shown.key, total, Method::VaBca).await.unwrap();
        let payment = placed.payment.unwrap();
        let provider: String =
            sqlx::query_scalar("select provider from payment").fetch_one(cx.db()).await.unwrap();
        let event = ProviderEvent {
            id: "paid".to_owned(),
            about: About::Payment(payment),
            kind: EventKind::Captured,
            reference: "paid".to_owned(),
            amount: total,
            occurred_at: cx.now(),
            body: Value::Null,
        };
        pay::hear(&cx, &provider, vec![event]).await.unwrap();
        let order: Uuid = sqlx::query_scalar("select id from shop_order").fetch_one(cx.db()).await.unwrap();
        order.to_string()
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_was_bought_is_sent_in_parts(db: PgPool) {
    let api = Api::new(db).await;
    let order = api.sold().await;
    let accepted = api.ok(&format!("POST {order}/accept"), None, Value::Null).await;
    let line = accepted["waiting"][0]["line_id"].as_str().unwrap();
    let some = |n: i32| json!([{"line_id": line, "quantity": n}]);
    assert_eq!(accepted["waiting"], some(3));
    let slot = accepted["collections"][0].clone();
    assert!(slot["method"] == "pick_up" && slot["from"].is_string(), "{slot}");

    let pack = format!("POST {order}/pack");
    assert_eq!(api.send(1, &pack, None, json!({"contents": some(4)})).await.0, 422);
    assert_eq!(api.send(1, &pack, None, json!({"collection": {"method": "by_boat"}})).await.0, 422);
    assert_eq!(api.send(2, &pack, None, json!({"contents": some(1)})).await.0, 404, "another shop's owner");
    let mut packed = Value::Null;
    for _ in 0..2 {
        let body = json!({"contents": some(1), "weight_g": 300, "collection": slot});
        packed = api.ok(&pack, Some("first"), body).await;
    }
    let parcel = &packed["parcels"][0];
    assert_eq!((&packed["state"], packed["parcels"].as_array().unwrap().len()), (&json!("accepted"), 1));
    assert_eq!((&parcel["contents"], &parcel["collection"]), (&some(1), &slot));

    let at = format!("{order}/parcels/{}", parcel["id"].as_str().unwrap());
    let collect = format!("PUT {at}/collection");
    assert_eq!(api.send(2, &collect, None, json!({"method": "drop_off"})).await.0, 404);
    let brought = api.ok(&collect, None, json!({"method": "drop_off"})).await;
    let parcel = &brought["parcels"][0];
    assert_eq!(parcel["collection"], json!({"method": "drop_off"}));
    let at = format!("POST {order}/parcels/{}/hand-over", parcel["id"].as_str().unwrap());
    assert_eq!(api.send(2, &at, None, Value::Null).await.0, 404);
    let left = api.ok(&at, None, Value::Null).await;
    assert_eq!(left["parcels"][0]["handed_over"], true);
    assert_eq!(api.send(1, &collect, None, json!({"method": "pick_up"})).await.0, 404, "booked anew");
    let reject = format!("POST {order}/reject");
    assert_eq!(api.send(1, &reject, None, json!({"reason": "other"})).await.0, 409);

    let leave_out = format!("POST {order}/leave-out");
    let body = json!({"contents": some(1), "reason": "out_of_stock"});
    assert_eq!(api.send(1, &leave_out, None, body.clone()).await.0, 400, "money moves");
    assert_eq!(api.send(2, &leave_out, Some("b"), body.clone()).await.0, 404);
    let without = api.ok(&leave_out, Some("b"), body).await;
    assert_eq!((&without["left_out"][0]["contents"], &without["waiting"]), (&some(1), &some(1)));
    assert_eq!(without["left_out"][0]["refund"]["amount"], 10_000);

    let packed = api.ok(&pack, None, json!({})).await;
    let here = packed["parcels"].as_array().unwrap().iter().find(|it| it["handed_over"] == false).unwrap();
    let unpack = format!("POST {order}/parcels/{}/unpack", here["id"].as_str().unwrap());
    assert_eq!(api.send(2, &unpack, None, Value::Null).await.0, 404);
    for _ in 0..2 {
        let open = api.ok(&unpack, None, Value::Null).await;
        assert_eq!((&open["state"], &open["waiting"]), (&json!("accepted"), &some(1)));
    }
    let gone = at.replace("hand-over", "unpack");
    assert_eq!(api.send(1, &gone, None, Value::Null).await.0, 409, "its courier has it");
    api.ok(&pack, None, json!({})).await;
    let sent = api.ok(&format!("POST {order}/hand-over"), None, Value::Null).await;
    assert_eq!((&sent["state"], sent["parcels"].as_array().unwrap().len()), (&json!("shipped"), 2));
}
