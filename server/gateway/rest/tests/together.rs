//! Many of a shop's goods changed over HTTP: asked about first, made, and put back.

use axum::{
    Router,
    body::Body,
    extract::Request,
    middleware::{Next, from_fn},
    response::Response,
};
use gateway_rest::body::ProblemBody;
use http_body_util::BodyExt as _;
use kernel::{Cx, Kernel, Member, Viewer};
use model::{
    Duties,
    ids::{AccountId, SessionId, Uuid},
};
use serde_json::{Value, json};
use sqlx::PgPool;
use tower::ServiceExt as _;
use web::{Health, WebSettings};

/// The owner of a shop with two goods, and somebody else with a shop of theirs.
const MARKET: &[&str] = &[
    "insert into region (code, level, name) values ('31', 'province', 'DKI Jakarta')",
    "insert into region (code, parent_code, level, name) values ('31.74', '31', 'city', 'Jakarta Selatan')",
    "insert into account (id, lang, created_at, updated_at)
     select lpad(n::text, 32, '0')::uuid, 'id', now(), now() from generate_series(1, 2) n",
    "insert into shop (id, slug, name, city_code, joined_at, created_at, updated_at)
     select id, 'toko-' || n, 'Toko ' || n, '31.74', now(), now(), now()
     from (select id, row_number() over (order by id) as n from account) as owner",
    "insert into shop_staff (shop_id, account_id, role, since) select id, id, 'owner', now() from shop",
    "insert into product (id, shop_id, category_id, slug, name, state, weight_g, created_at, updated_at)
     select lpad((10 + n)::text, 32, '0')::uuid, lpad('1', 32, '0')::uuid, (select id from category where slug = 'fashion-pria'),
       'kaos-' || n, 'Kaos Polos ' || n, 'draft', 200, now(), now()
     from generate_series(1, 2) n",
    "insert into variant (id, product_id, shop_id, sku, price, created_at, updated_at)
     select id, id, shop_id, 'SKU-' || slug, 50000, now(), now() from product",
    "update product set state = 'active', price_min = 50000, price_max = 50000, published_at = now()",
];

/// Who is asking: the header names one of the people of the test.
async fn sign_in(mut request: Request, next: Next) -> Response {
    let who = request.headers().get("x-test-member").and_then(|n| n.to_str().ok()?.parse::<u128>().ok());
    if let (Some(n), Some(cx)) = (who, request.extensions().get::<Cx>().cloned()) {
        let account: Uuid = format!("{n:032}").parse().unwrap();
        let member = Member {
            account: AccountId::new(account),
            session: SessionId::new(Uuid::from_u128(n + 100)),
            duties: Duties::NONE,
            proved_at: cx.now(),
        };
        request.extensions_mut().insert(cx.as_viewer(Viewer::Member(member)));
    }
    next.run(request).await
}

struct Api {
    router: Router,
    db: PgPool,
}

impl Api {
    async fn new(db: PgPool) -> Self {
        for sql in MARKET {
            sqlx::query(*sql).execute(&db).await.unwrap();
        }
        let (kernel, settings) = (Kernel::new(db.clone()), WebSettings::default());
        let api = gateway_rest::router(Health::new(&kernel, &settings), &settings.stylesheet);
        Self { router: web::layers(api.layer(from_fn(sign_in)), &settings, &kernel), db }
    }

    /// Below the changes of the first shop.
    async fn ask(
        &self,
        who: u8,
        (method, path): (&str, &str),
        key: Option<&str>,
        body: &Value,
    ) -> (u16, Value) {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1/seller/shops/toko-1/products/bulk-edits{path}"))
            .header("content-type", "application/json")
            .header("sec-fetch-site", "same-origin");
        if who > 0 {
            request = request.header("x-test-member", who.to_string());
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

    async fn prices(&self) -> Vec<i64> {
        sqlx::query_scalar("select price from variant order by sku").fetch_all(&self.db).await.unwrap()
    }
}

fn fields(body: Value) -> Vec<String> {
    let problem: ProblemBody = serde_json::from_value(body).unwrap();
    problem.fields.into_keys().collect()
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn goods_are_changed_as_was_told_and_put_back(db: PgPool) {
    let api = Api::new(db).await;
    let product = format!("{:032}", 11).parse::<Uuid>().unwrap();
    let dearer = json!({"product_ids": [product], "kind": "price_percent", "value": 10, "round": 1000, "dry_run": true});
    let (status, told) = api.ask(1, ("POST", ""), Some("a"), &dearer).await;
    assert_eq!((status, &told["state"], &told["waiting"]), (202, &json!("planned"), &json!(1)), "{told}");
    assert_eq!(told["rows"][0]["sku"], "SKU-kaos-1");
    assert_eq!(told["rows"][0]["before"]["price"], json!({"amount": 50_000, "currency": "IDR"}));
    assert_eq!(told["rows"][0]["after"]["price"], json!({"amount": 55_000, "currency": "IDR"}));
    assert_eq!(api.prices().await, [50_000, 50_000]);
    let (status, again) = api.ask(1, ("POST", ""), Some("a"), &dearer).await;
    assert_eq!((status, &again["id"]), (202, &told["id"]));

    let id = told["id"].as_str().unwrap();
    let (status, made) = api.ask(1, ("POST", &format!("/{id}/apply")), None, &Value::Null).await;
    assert_eq!((status, &made["state"], &made["changed"]), (202, &json!("done"), &json!(1)), "{made}");
    assert!(made["undo_until"].is_string());
    assert_eq!(api.prices().await, [55_000, 50_000]);
    let (status, undone) = api.ask(1, ("POST", &format!("/{id}/undo")), None, &Value::Null).await;
    assert_eq!((status, &undone["state"], &undone["undone"]), (202, &json!("undone"), &json!(1)), "{undone}");
    assert_eq!(api.prices().await, [50_000, 50_000]);

    let all = json!({"matching": {"q": "kaos"}, "kind": "weight", "value": 750});
    let (status, made) = api.ask(1, ("POST", ""), Some("b"), &all).await;
    assert_eq!((status, &made["changed"]), (202, &json!(2)), "{made}");
    let (status, list) = api.ask(1, ("GET", ""), None, &Value::Null).await;
    assert_eq!((status, list["items"].as_array().unwrap().len()), (200, 2));
    let (status, one) = api.ask(1, ("GET", &format!("/{id}")), None, &Value::Null).await;
    assert_eq!((status, &one["state"]), (200, &json!("undone")));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_refused_is_told_and_changes_nothing(db: PgPool) {
    let api = Api::new(db).await;
    let cheaper = json!({"matching": {}, "kind": "price_amount", "value": -1000});
    assert_eq!(api.ask(0, ("POST", ""), Some("a"), &cheaper).await.0, 401);
    assert_eq!(api.ask(2, ("POST", ""), Some("a"), &cheaper).await.0, 404);
    let (status, body) = api.ask(1, ("POST", ""), None, &cheaper).await;
    assert_eq!((status, fields(body)), (400, vec!["idempotency-key".to_owned()]));
    let wrong = [
        (json!({"matching": {}, "kind": "price_percent", "value": -95}), "value"),
        (json!({"matching": {}, "kind": "price_percent", "value": 5, "round": 7}), "round"),
        (json!({"matching": {}, "kind": "price"}), "value"),
        (json!({"matching": {}, "kind": "category"}), "category_id"),
        (json!({"matching": {}, "kind": "stock", "value": 5}), "warehouse_id"),
        (json!({"product_ids": [], "kind": "hide"}), "product_ids"),
    ];
    for (n, (body, field)) in wrong.into_iter().enumerate() {
        let key = format!("wrong-{n}");
        let (status, told) = api.ask(1, ("POST", ""), Some(&key), &body).await;
        assert_eq!((status, fields(told)), (422, vec![field.to_owned()]), "{body}");
    }
    let other = json!({"matching": {}, "kind": "archive"});
    let (status, told) = api.ask(1, ("POST", ""), Some("wrong-0"), &other).await;
    assert_eq!((status, &told["code"]), (422, &json!("key_reused")), "{told}");
    assert_eq!(api.prices().await, [50_000, 50_000]);
}
