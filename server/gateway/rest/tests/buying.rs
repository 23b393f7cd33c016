//! Buying over HTTP: from an empty cart to the payment's instructions, twice the same, and what strangers see.

use axum::{Router, body::Body, extract::Request};
use flows::till::Till;
use http::HeaderMap;
use http_body_util::BodyExt as _;
use kernel::{Buyer, Cx, GuestKey, GuestToken, Kernel};
use model::{
    ids::{AccountId, Uuid},
    payment::Method,
};
use payment::{
    How, Instructions, OpenRequest, Opened, Provider, ProviderError, ProviderEvent, RefundAnswer,
    RefundOutcome, RefundRequest, WebhookError,
};
use serde_json::{Value, json};
use sqlx::PgPool;
use std::sync::Arc;
use time::OffsetDateTime;
use tower::ServiceExt as _;
use web::{Health, Rates, WebSettings};

/// A bank that opens everything it is asked to, and of which nothing is heard.
struct QuietBank;

#[async_trait::async_trait]
impl Provider for QuietBank {
    fn name(&self) -> &'static str {
        "quietbank"
    }

    fn methods(&self) -> &'static [Method] {
        &[Method::VaBca, Method::VaBni]
    }

    async fn open(&self, request: &OpenRequest) -> Result<Opened, ProviderError> {
        let number = if request.method == Method::VaBca { "8808123" } else { "9909123" };
        let how = How::VirtualAccount { number: number.to_owned(), biller: None };
        let instructions = Instructions { how, expires_at: None, page: None };
        Ok(Opened { provider_ref: request.payment.to_string(), instructions })
    }

    async fn cancel(&self, _: &str) -> Result<(), ProviderError> {
        Ok(())
    }

    async fn refund(&self, _: &RefundRequest) -> Result<RefundAnswer, ProviderError> {
        Ok(RefundAnswer { provider_ref: None, outcome: RefundOutcome::Settled })
    }

    async fn status(&self, _: &str, _: OffsetDateTime) -> Result<Vec<ProviderEvent>, ProviderError> {
        Ok(Vec::new())
    }

    fn read_webhook(
        &self,
        _: &HeaderMap,
        _: &[u8],
        _: OffsetDateTime,
    ) -> Result<Vec<ProviderEvent>, WebhookError> {
        Err(WebhookError::Malformed)
    }
}

/// Two shops of Jakarta; variant n of shop n costs n × 10.000 and there are 5 of it.
const MARKET: &[&str] = &[
    "insert into region (code, level, name) values ('31', 'province', 'DKI Jakarta')",
    "insert into region (code, parent_code, level, name, latitude, longitude) values
       ('31.74', '31', 'city', 'Jakarta Selatan', -6.26, 106.81),
       ('31.74.07', '31.74', 'district', 'Kebayoran Baru', -6.24, 106.80)",
    "insert into shop (id, slug, name, city_code, joined_at, created_at, updated_at)
     select lpad(n::text, 32, '0')::uuid, 'toko-' || n, 'Toko ' || n, '31.74', now(), now(), now()
     from generate_series(1, 2) n",
    "insert into product (id, shop_id, category_id, slug, name, state, weight_g, created_at, updated_at)
     select id, id, (select min(id::text)::uuid from category), 'kaos-' || slug, 'Kaos Polos', 'draft', 200, now(), now()
     from shop",
    "insert into variant (id, product_id, shop_id, sku, choices, price, created_at, updated_at)
     select lpad((100 + n)::text, 32, '0')::uuid, lpad(n::text, 32, '0')::uuid, lpad(n::text, 32, '0')::uuid,
       'SKU-' || n, '{}', n * 10000, now(), now()
     from generate_series(1, 2) n",
    "update product set state = 'active', price_min = variant.price, price_max = variant.price, in_stock = true,
       published_at = now()
     from variant where variant.product_id = product.id",
    "insert into warehouse (id, shop_id, name, region_code, position, created_at)
     select id, id, 'Gudang', '31.74', 0, now() from shop",
    "insert into stock (variant_id, warehouse_id, shop_id, on_hand, updated_at)
     select id, shop_id, shop_id, 5, now() from variant",
];

struct Api {
    router: Router,
    db: PgPool,
}

impl Api {
    async fn new(db: PgPool) -> Self {
        for &sql in MARKET {
            sqlx::query(sql).execute(&db).await.unwrap();
        }
        let till = Till::new("http://here.example", vec![Arc::new(QuietBank)]);
        let kernel = Kernel::new(db.clone()).with_part(Arc::new(till));
        let rates = Rates { enabled: false, ..Rates::default() };
        let settings = WebSettings { rates, ..WebSettings::default() };
        let api = gateway_rest::router(Health::new(&kernel, &settings), &settings.stylesheet);
        Self { router: web::layers(api, &settings, &kernel), db }
    }

    async fn send(&self, token: &str, call: &str, key: Option<&str>, body: Value) -> (u16, Value) {
        let (method, path) = call.split_once(' ').unwrap();
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header("content-type", "application/json");
        if !token.is_empty() {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let status = response.status().as_u16();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    /// What is answered with 200.
    async fn ok(&self, token: &str, call: &str, body: Value) -> Value {
        let (status, answer) = self.send(token, call, None, body).await;
        assert_eq!(status, 200, "{call}: {answer}");
        answer
    }

    async fn guest(&self) -> String {
        let (status, opened) = self.send("", "POST /carts", None, Value::Null).await;
        assert_eq!(status, 201, "{opened}");
        opened["token"].as_str().unwrap().to_owned()
    }

    /// A guest whose checkout lacks nothing; also its total.
    async fn ready(&self) -> (String, Value) {
        let token = self.guest().await;
        for n in [1, 2] {
            self.ok(&token, "POST /carts/current/lines", line(n, 1)).await;
        }
        self.ok(&token, "PUT /carts/current/contact", json!({"email": "sari@example.com"})).await;
        self.ok(&token, "PUT /carts/current/address", address()).await;
        let checkout =
            self.ok(&token, "PUT /carts/current/payment-method", json!({"payment_method": "va_bca"})).await;
        assert_eq!(checkout["missing"], json!([]), "{checkout}");
        (token, checkout["summary"]["total"].clone())
    }

    async fn placed(&self, token: &str, key: &str, total: &Value) -> (u16, Value) {
        let body = json!({"payment_method": "va_bca", "expected_total": total});
        self.send(token, "POST /carts/current/checkout", Some(key), body).await
    }

    async fn groups(&self) -> i64 {
        sqlx::query_scalar("select count(*) from order_group").fetch_one(&self.db).await.unwrap()
    }

    async fn reserved(&self) -> i64 {
        sqlx::query_scalar("select sum(reserved)::bigint from stock").fetch_one(&self.db).await.unwrap()
    }
}

fn id(n: u32) -> Uuid {
    format!("{n:032}").parse().unwrap()
}

fn line(n: u32, quantity: i32) -> Value {
    json!({"variant_id": id(100 + n), "quantity": quantity})
}

fn address() -> Value {
    json!({
        "recipient": "Sari Wulandari", "phone": "0812 3456 7890", "district": "31.74.07", "postcode": "12110",
        "street": "Jl. Melati No. 5", "pin": {"latitude": -6.2436, "longitude": 106.8001},
    })
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_guest_buys_of_two_shops_and_is_told_how_to_pay(db: PgPool) {
    let api = Api::new(db).await;
    let token = api.guest().await;
    let cart = api.ok(&token, "POST /carts", Value::Null).await;
    assert_eq!(cart.get("token"), None, "it is told once");
    let at = format!("/carts/{}", cart["id"].as_str().unwrap());

    api.ok(&token, &format!("POST {at}/lines"), line(1, 1)).await;
    let cart = api.ok(&token, &format!("POST {at}/lines"), line(2, 1)).await;
    let shops = cart["shops"].as_array().unwrap();
    assert_eq!((shops.len(), &cart["summary"]["total"]["amount"]), (2, &json!(30_000)));
    let shop = shops.iter().find(|shop| shop["slug"] == "toko-1").unwrap();
    let first = shop["lines"][0]["id"].as_str().unwrap();
    let change = json!({"quantity": 3, "note": "Warna hitam"});
    let cart = api.ok(&token, &format!("PATCH {at}/lines/{first}"), change).await;
    assert_eq!((&cart["summary"]["total"]["amount"], &cart["can_check_out"]), (&json!(50_000), &json!(true)));

    let checkout = api.ok(&token, &format!("GET {at}/checkout"), Value::Null).await;
    assert_eq!(checkout["missing"], json!(["contact", "address", "payment_method"]));
    let contact = json!({"email": "sari@example.com", "phone": "0812 3456 7890"});
    let checkout = api.ok(&token, &format!("PUT {at}/contact"), contact).await;
    assert_eq!(checkout["contact"], json!({"email": "sari@example.com", "phone": "+6281234567890"}));
    let checkout = api.ok(&token, &format!("PUT {at}/address"), address()).await;
    assert_eq!(checkout["address"]["district"]["name"], "Kebayoran Baru");
    assert_eq!(checkout["address"].get("address_id"), None);

    let options = api.ok(&token, &format!("GET {at}/shipping-options"), Value::Null).await;
    let of_shop = options["items"].as_array().unwrap().iter().find(|it| it["shop"] == "Toko 1").unwrap();
    let dearest = of_shop["options"].as_array().unwrap().last().unwrap();
    let choice = json!({"shop_id": id(1), "courier": dearest["courier"], "service": dearest["service"]});
    let checkout = api.ok(&token, &format!("PUT {at}/shipping"), choice).await;
    let rows = checkout["summary"]["rows"].as_array().unwrap();
    let shipping = rows.iter().find(|row| row["kind"] == "shipping").unwrap()["amount"]["amount"].as_i64();
    assert!(shipping > dearest["fee"]["amount"].as_i64(), "{checkout}");
    let by = json!({"payment_method": "va_bca"});
    let checkout = api.ok(&token, &format!("PUT {at}/payment-method"), by).await;
    let rows = checkout["summary"]["rows"].as_array().unwrap();
    let sum: i64 = rows.iter().map(|row| row["amount"]["amount"].as_i64().unwrap()).sum();
    assert_eq!((&checkout["missing"], &json!(sum)), (&json!([]), &checkout["summary"]["total"]["amount"]));

    let (status, placed) = api.placed(&token, "buy-1", &checkout["summary"]["total"]).await;
    assert_eq!(status, 201, "{placed}");
    let payment = &placed["payment"];
    assert_eq!(payment["instructions"], json!({"kind": "virtual_account", "number": "8808123"}));
    assert_eq!((&payment["state"], &payment["amount"]), (&json!("pending"), &checkout["summary"]["total"]));
    assert_eq!(payment["orders"].as_array().unwrap().len(), 2);
    let payment = format!("/payments/{}", payment["id"].as_str().unwrap());
    let paid_by_bca = api.ok(&token, &format!("GET {payment}"), Value::Null).await;
    assert_eq!(paid_by_bca["other_methods"][0]["payment_method"], "va_bni");
    assert_eq!(api.ok(&token, &format!("GET {at}"), Value::Null).await["shops"], json!([]));

    let group = format!("/order-groups/{}", placed["order_group_id"].as_str().unwrap());
    let group = api.ok(&token, &format!("GET {group}"), Value::Null).await;
    assert_eq!((&group["state"], &group["email"]), (&json!("awaiting_payment"), &json!("sari@example.com")));
    let orders = api.ok(&token, "GET /orders?state=to_pay&limit=1", Value::Null).await;
    assert_eq!(orders["items"].as_array().unwrap().len(), 1);
    let after = orders["next"].as_str().unwrap();
    let rest = api.ok(&token, &format!("GET /orders?limit=1&after={after}"), Value::Null).await;
    assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next"]), (1, &Value::Null));
    let order = format!("/orders/{}", orders["items"][0]["id"].as_str().unwrap());
    let order_now = api.ok(&token, &format!("GET {order}"), Value::Null).await;
    assert_eq!((&order_now["can_cancel"], &order_now["payment_method"]), (&json!(true), &json!("va_bca")));

    let other = json!({"payment_method": "va_bni"});
    let changed = api.ok(&token, &format!("POST {payment}/method"), other.clone()).await;
    assert_eq!(changed["instructions"]["number"], "9909123");
    let again = api.ok(&token, &format!("POST {payment}/method"), other).await;
    assert_eq!(again["id"], changed["id"]);

    let why = |reason: &str| json!({"reason": reason});
    let cancel = format!("POST {order}/cancel");
    assert_eq!(api.send(&token, &cancel, None, why("not_paid")).await.0, 422);
    let cancelled = api.ok(&token, &cancel, why("changed_mind")).await;
    let last = cancelled["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["state"], &last["reason"]), (&json!("cancelled"), &json!("changed_mind")));
    assert_eq!(api.send(&token, &cancel, None, why("changed_mind")).await.0, 409);
    assert_eq!(api.reserved().await, 0);
    let again = api.ok(&token, &format!("POST {order}/buy-again"), Value::Null).await;
    assert_eq!((&again["added"], again["cart"]["shops"].as_array().unwrap().len()), (&json!(1), 1));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_same_key_places_once(db: PgPool) {
    let api = Api::new(db).await;
    let (token, total) = api.ready().await;
    let body = json!({"payment_method": "va_bca", "expected_total": total});
    let place = "POST /carts/current/checkout";
    let (status, refused) = api.send(&token, place, None, body.clone()).await;
    assert_eq!((status, &refused["fields"]), (400, &json!({"idempotency-key": "required"})));

    let mut dearer = total.clone();
    dearer["amount"] = json!(total["amount"].as_i64().unwrap() - 1);
    let (status, refused) = api.placed(&token, "k-0", &dearer).await;
    assert_eq!((status, &refused["code"]), (409, &json!("changed")));
    assert_eq!((api.groups().await, api.reserved().await), (0, 0));
    let look = format!("GET /carts/current/checkout?was={}", dearer["amount"]);
    let changes = api.ok(&token, &look, Value::Null).await["changes"].clone();
    assert_eq!(changes, json!([{"kind": "total", "before": dearer, "now": total}]));

    let first = api.placed(&token, "k-1", &total).await;
    assert_eq!(first.0, 201, "{}", first.1);
    let again = api.placed(&token, "k-1", &total).await;
    assert_eq!((again.0, &again.1["order_group_id"]), (201, &first.1["order_group_id"]));
    assert_eq!(again.1["payment"]["id"], first.1["payment"]["id"]);
    let other = json!({"payment_method": "va_bni", "expected_total": total});
    let (status, refused) = api.send(&token, place, Some("k-1"), other).await;
    assert_eq!((status, &refused["code"]), (422, &json!("key_reused")));
    assert_eq!((api.groups().await, api.reserved().await), (1, 2));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_twin_under_way_is_refused(db: PgPool) {
    let api = Api::new(db).await;
    let (token, total) = api.ready().await;
    let owner = Buyer::Guest(GuestToken::parse(&token).unwrap().key()).uuid();
    let mut twin = api.db.begin().await.unwrap();
    sqlx::query("select pg_advisory_xact_lock(hashtextextended($1, 0))")
        .bind(format!("{owner}:order.place:k-1"))
        .execute(&mut *twin)
        .await
        .unwrap();
    let (status, refused) = api.placed(&token, "k-1", &total).await;
    assert_eq!((status, &refused["code"], api.groups().await), (409, &json!("conflict"), 0));
    twin.rollback().await.unwrap();
    assert_eq!(api.placed(&token, "k-1", &total).await.0, 201);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_belongs_to_somebody_else_is_not_there(db: PgPool) {
    let api = Api::new(db).await;
    let (token, total) = api.ready().await;
    let (_, placed) = api.placed(&token, "k-1", &total).await;
    let cart = api.ok(&token, "POST /carts/current/lines", line(1, 1)).await;
    let line_id = cart["shops"][0]["lines"][0]["id"].as_str().unwrap();
    let cart = cart["id"].as_str().unwrap();
    let payment = placed["payment"]["id"].as_str().unwrap();
    let order = placed["payment"]["orders"][0]["id"].as_str().unwrap();
    let group = placed["order_group_id"].as_str().unwrap();
    let shopper = api.guest().await;
    let nobody_yet = GuestToken::new(&kernel::ids::SystemIds::default()).text();
    for (call, body) in [
        (format!("GET /carts/{cart}"), Value::Null),
        (format!("POST /carts/{cart}/lines"), line(1, 1)),
        (format!("PATCH /carts/{cart}/lines/{line_id}"), json!({"quantity": 2})),
        (format!("PATCH /carts/current/lines/{line_id}"), json!({"ticked": false})),
        (format!("DELETE /carts/{cart}/lines/{line_id}"), Value::Null),
        (format!("PUT /carts/{cart}/contact"), json!({"email": "budi@example.com"})),
        (format!("PUT /carts/{cart}/address"), address()),
        (format!("GET /carts/{cart}/shipping-options"), Value::Null),
        (format!("PUT /carts/{cart}/payment-method"), json!({"payment_method": "va_bca"})),
        (format!("POST /carts/{cart}/vouchers"), json!({"code": "HEMAT50"})),
        (format!("DELETE /carts/{cart}/vouchers/HEMAT50"), Value::Null),
        (format!("GET /carts/{cart}/checkout"), Value::Null),
        (format!("GET /payments/{payment}"), Value::Null),
        (format!("POST /payments/{payment}/method"), json!({"payment_method": "va_bni"})),
        (format!("GET /order-groups/{group}"), Value::Null),
        (format!("GET /orders/{order}"), Value::Null),
        (format!("POST /orders/{order}/cancel"), json!({"reason": "other"})),
        (format!("POST /orders/{order}/buy-again"), Value::Null),
        ("GET /payments/none".to_owned(), Value::Null),
        ("GET /carts/none".to_owned(), Value::Null),
    ] {
        for stranger in [&shopper, &nobody_yet] {
            assert_eq!(api.send(stranger, &call, None, body.clone()).await.0, 404, "{call}");
        }
        assert_eq!(api.send("", &call, None, body).await.0, 401, "{call}");
    }
    assert_eq!(api.send(&nobody_yet, "GET /carts/current", None, Value::Null).await.0, 404);
    let body = json!({"payment_method": "va_bca", "expected_total": total});
    let place = format!("POST /carts/{cart}/checkout");
    assert_eq!(api.send(&shopper, &place, Some("k-1"), body).await.0, 404);
    assert_eq!(api.ok(&shopper, "GET /orders", Value::Null).await["items"], json!([]));
    let kept = api.ok(&token, &format!("GET /carts/{cart}"), Value::Null).await;
    assert_eq!(kept["shops"][0]["lines"][0]["quantity"], 1);
    let group = api.ok(&token, &format!("GET /order-groups/{group}"), Value::Null).await;
    assert_eq!(group["state"], "awaiting_payment");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn mistakes_are_told_by_field_and_change_nothing(db: PgPool) {
    let api = Api::new(db).await;
    let (token, _) = api.ready().await;
    let before = api.ok(&token, "GET /carts/current/checkout", Value::Null).await;
    let line_id = before["shops"][0]["lines"][0]["id"].as_str().unwrap();
    let patch = format!("PATCH /carts/current/lines/{line_id}");
    let with = |field: &str, value: Value| {
        let mut body = address();
        body[field] = value;
        body
    };
    let choice = |shop: u32, courier: &str, service: &str| json!({"shop_id": id(shop), "courier": courier, "service": service});
    for (call, body, status, field, error) in [
        ("POST /carts/current/lines", line(9, 1), 422, "variant_id", "not_allowed"),
        ("POST /carts/current/lines", line(1, 0), 422, "quantity", "out_of_range"),
        ("POST /carts/current/lines", json!({"quantity": 1}), 422, "variant_id", "required"),
        (&patch, json!({"quantity": 1000}), 422, "quantity", "out_of_range"),
        (&patch, json!({"quantity": 2, "note": "x".repeat(201)}), 422, "note", "too_long"),
        (&patch, json!({"price": 1}), 422, "price", "not_allowed"),
        ("PUT /carts/current/contact", json!({"phone": "0812 3456 7890"}), 422, "email", "required"),
        ("PUT /carts/current/contact", json!({"email": "sari"}), 422, "email", "malformed"),
        ("PUT /carts/current/address", with("postcode", json!("40111")), 422, "postcode", "not_allowed"),
        ("PUT /carts/current/address", json!({"address_id": id(1)}), 422, "address_id", "not_allowed"),
        ("PUT /carts/current/shipping", choice(3, "kirim_cepat", "regular"), 422, "shop_id", "not_allowed"),
        ("PUT /carts/current/shipping", choice(1, "pos_lama", "regular"), 422, "courier", "not_allowed"),
        (
            "PUT /carts/current/payment-method",
            json!({"payment_method": "gopay"}),
            422,
            "payment_method",
            "not_allowed",
        ),
        (
            "PUT /carts/current/payment-method",
            json!({"payment_method": "gold"}),
            422,
            "payment_method",
            "malformed",
        ),
        ("POST /carts/current/vouchers", json!({"code": "?"}), 422, "code", "malformed"),
        ("GET /orders?state=lost", Value::Null, 400, "state", "malformed"),
        ("GET /orders?limit=0", Value::Null, 400, "limit", "malformed"),
    ] {
        let (answered, refused) = api.send(&token, call, None, body).await;
        assert_eq!((answered, &refused["fields"]), (status, &json!({field: error})), "{call}");
    }
    let (status, refused) = api.send(&token, "POST /carts/current/lines", None, line(1, 6)).await;
    assert_eq!((status, &refused["code"]), (409, &json!("sold_out")));
    assert_eq!(api.ok(&token, "GET /carts/current/checkout", Value::Null).await, before);
    let cart = api.ok(&token, "POST /carts/current/vouchers", json!({"code": "hemat50"})).await;
    assert_eq!(cart["vouchers"], json!([{"code": "HEMAT50", "refused": {"reason": "unknown"}}]));
    assert_eq!(
        api.ok(&token, "DELETE /carts/current/vouchers/HEMAT50", Value::Null).await["vouchers"],
        json!([])
    );
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_put_into_a_cart_under_a_key_is_put_in_once(db: PgPool) {
    let api = Api::new(db).await;
    let token = api.guest().await;
    let add = "POST /carts/current/lines";
    for _ in 0..2 {
        let (status, cart) = api.send(&token, add, Some("a-1"), line(1, 2)).await;
        assert_eq!((status, &cart["shops"][0]["lines"][0]["quantity"]), (200, &json!(2)), "{cart}");
    }
    let (status, refused) = api.send(&token, add, Some("a-1"), line(1, 1)).await;
    assert_eq!((status, &refused["code"]), (422, &json!("key_reused")));
    let owner = Buyer::Guest(GuestToken::parse(&token).unwrap().key()).uuid();
    let mut twin = api.db.begin().await.unwrap();
    sqlx::query("select pg_advisory_xact_lock(hashtextextended($1, 0))")
        .bind(format!("{owner}:cart.add:a-2"))
        .execute(&mut *twin)
        .await
        .unwrap();
    let (status, refused) = api.send(&token, add, Some("a-2"), line(1, 1)).await;
    assert_eq!((status, &refused["code"]), (409, &json!("conflict")));
    twin.rollback().await.unwrap();
    let cart = api.ok(&token, add, line(1, 1)).await;
    assert_eq!(cart["shops"][0]["lines"][0]["quantity"], 3, "without a key it is added each time");
}

/// As the server has it.
struct Door;

#[async_trait::async_trait]
impl web::Carts for Door {
    async fn come_in(&self, cx: &Cx, guest: GuestKey, account: AccountId) -> Result<(), sqlx::Error> {
        flows::cart::come_in(cx, guest, account).await
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_guest_s_cart_comes_along_when_they_sign_in_with_its_token(db: PgPool) {
    let api = Api::new(db.clone()).await;
    let token = api.guest().await;
    api.ok(&token, "POST /carts/current/lines", line(1, 2)).await;
    let kernel = Kernel::new(db.clone()).with_part(Arc::new(web::CartDoor(Box::new(Door))));
    let cx = kernel.job_cx();
    let account = AccountId::new(id(900));
    sqlx::query("insert into account (id, lang, created_at, updated_at) values ($1, 'id', now(), now())")
        .bind(account.uuid())
        .execute(&db)
        .await
        .unwrap();
    let mut headers = HeaderMap::new();
    headers.insert("authorization", format!("Bearer {token}").parse().unwrap());
    for _ in 0..2 {
        web::bring_cart(&cx, &headers, false, account).await.unwrap();
        let cart = flows::cart::view(&cx, Some(&Buyer::Member(account))).await.unwrap();
        assert_eq!(cart.items().map(|item| item.quantity).collect::<Vec<_>>(), [2]);
    }
    assert_eq!(
        api.send(&token, "GET /carts/current", None, Value::Null).await.0,
        404,
        "it is theirs no more"
    );
    web::bring_cart(&cx, &HeaderMap::new(), false, account).await.unwrap();
}
