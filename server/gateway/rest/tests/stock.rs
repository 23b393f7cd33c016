//! A shop's stock over HTTP: goods between warehouses, counts, and warehouses that close.

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

/// Who is asking: the header names one of the people of the test.
async fn sign_in(mut request: Request, next: Next) -> Response {
    let who = request.headers().get("x-test-member").and_then(|n| n.to_str().ok()?.parse::<u128>().ok());
    if let (Some(n), Some(cx)) = (who, request.extensions().get::<Cx>().cloned()) {
        let member = Member {
            account: AccountId::new(Uuid::from_u128(n)),
            session: SessionId::new(Uuid::from_u128(n + 100)),
            duties: Duties::NONE,
            proved_at: cx.now(),
        };
        request.extensions_mut().insert(cx.as_viewer(Viewer::Member(member)));
    }
    next.run(request).await
}

/// Two shops, each with an owner of its number; the first has ten of one variant in the first of two warehouses.
const SHOPS: &[&str] = &[
    "insert into region (code, level, name) values ('31', 'province', 'DKI Jakarta')",
    "insert into region (code, parent_code, level, name) values ('31.74', '31', 'city', 'Jakarta Selatan')",
    "insert into account (id, lang, created_at, updated_at)
     select lpad(n::text, 32, '0')::uuid, 'id', now(), now() from generate_series(1, 2) n",
    "insert into shop (id, slug, name, city_code, joined_at, created_at, updated_at)
     select lpad(n::text, 32, '0')::uuid, 'toko-' || n, 'Toko ' || n, '31.74', now(), now(), now()
     from generate_series(1, 2) n",
    "insert into shop_staff (shop_id, account_id, role, since)
     select shop.id, account.id, 'owner', now() from shop join account on account.id = shop.id",
    "insert into product (id, shop_id, category_id, slug, name, state, weight_g, created_at, updated_at)
     select id, id, (select min(id::text)::uuid from category), 'kaos-' || slug, 'Kaos Polos', 'draft', 200, now(), now()
     from shop",
    "insert into variant (id, product_id, shop_id, sku, choices, price, created_at, updated_at)
     select id, id, id, 'SKU-' || slug, '{}', 10000, now(), now() from shop",
    "insert into warehouse (id, shop_id, name, region_code, position, created_at)
     select lpad((10 * n)::text, 32, '0')::uuid, lpad('1', 32, '0')::uuid, 'Gudang ' || n, '31.74', n - 1, now()
     from generate_series(1, 2) n",
    "insert into stock (variant_id, warehouse_id, shop_id, on_hand, updated_at)
     select shop_id, id, shop_id, 10, now() from warehouse where position = 0",
];

const VARIANT: &str = "00000000-0000-0000-0000-000000000001";
const FIRST: &str = "00000000-0000-0000-0000-000000000010";
const SECOND: &str = "00000000-0000-0000-0000-000000000020";

struct Api {
    router: Router,
}

impl Api {
    async fn new(db: PgPool) -> Self {
        for &sql in SHOPS {
            sqlx::query(sql).execute(&db).await.unwrap();
        }
        let (kernel, settings) = (Kernel::new(db), WebSettings::default());
        let api = gateway_rest::router(Health::new(&kernel, &settings), &settings.stylesheet);
        Self { router: web::layers(api.layer(from_fn(sign_in)), &settings, &kernel) }
    }

    async fn send(&self, who: u8, call: &str, key: Option<&str>, body: Value) -> (u16, Value) {
        let (method, path) = call.split_once(' ').unwrap();
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1/seller/shops/toko-1/{path}"))
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

    async fn ask(&self, call: &str, body: Value) -> (u16, Value) {
        self.send(1, call, None, body).await
    }

    /// On hand, coming and leaving, of both warehouses.
    async fn stock(&self) -> Vec<[i64; 3]> {
        let (status, stock) = self.ask(&format!("GET stock/{VARIANT}"), Value::Null).await;
        assert_eq!(status, 200, "{stock}");
        let places = stock["warehouses"].as_array().unwrap().clone();
        let of = |place: &Value| ["on_hand", "coming", "leaving"].map(|name| place[name].as_i64().unwrap());
        places.iter().map(of).collect()
    }
}

fn lines(pieces: i64) -> Value {
    json!({"lines": [{"variant_id": VARIANT, "pieces": pieces}]})
}

fn fields(body: Value) -> Vec<(String, String)> {
    let problem: ProblemBody = serde_json::from_value(body).unwrap();
    problem.fields.into_iter().map(|(path, error)| (path, error.as_str().to_owned())).collect()
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn goods_go_from_one_warehouse_to_another(db: PgPool) {
    let api = Api::new(db).await;
    let (status, begun) = api.ask("POST transfers", json!({"from": FIRST, "to": SECOND})).await;
    assert_eq!((status, &begun["state"]), (201, &json!("draft")));
    let at = format!("transfers/{}", begun["id"].as_str().unwrap());
    let (status, loaded) = api.ask(&format!("PATCH {at}/lines"), lines(6)).await;
    assert_eq!((status, &loaded["pieces"]), (200, &json!(6)));
    let (status, sent) = api.ask(&format!("POST {at}/send"), Value::Null).await;
    assert_eq!((status, &sent["state"], &sent["on_way"]), (200, &json!("sent"), &json!(6)));
    assert_eq!(api.stock().await, [[4, 0, 6], [0, 6, 0]]);

    let receipts = format!("POST {at}/receipts");
    assert_eq!(api.ask(&receipts, lines(1)).await.0, 400, "without a key");
    for _ in 0..2 {
        assert_eq!(api.send(1, &receipts, Some("r-1"), lines(4)).await.0, 200);
    }
    assert_eq!(api.stock().await, [[4, 0, 2], [4, 2, 0]]);
    let (status, refused) = api.send(1, &receipts, Some("r-2"), lines(3)).await;
    assert_eq!((status, fields(refused)), (422, vec![("pieces".to_owned(), "out_of_range".to_owned())]));
    let off = json!({"reason": "lost", "lines": [{"variant_id": VARIANT, "pieces": 2}]});
    let (status, closed) = api.send(1, &format!("POST {at}/write-offs"), Some("w-1"), off).await;
    assert_eq!((status, &closed["state"]), (200, &json!("closed")));
    assert_eq!(closed["lines"][0]["written_off"], 2);
    assert_eq!(api.stock().await, [[4, 0, 0], [4, 0, 0]]);
    assert_eq!(api.ask(&format!("DELETE {at}"), Value::Null).await.0, 409);
    assert_eq!(api.ask("GET transfers", Value::Null).await.1["items"][0]["state"], "closed");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_lies_in_a_warehouse_is_counted(db: PgPool) {
    let api = Api::new(db).await;
    let (status, count) = api.ask("POST counts", json!({"warehouse_id": FIRST})).await;
    assert_eq!((status, &count["state"]), (201, &json!("open")));
    assert!(count["lines"]["items"][0].get("expected").is_none());
    let at = format!("counts/{}", count["id"].as_str().unwrap());
    let (status, refused) = api.ask("POST counts", json!({"warehouse_id": FIRST})).await;
    assert_eq!((status, fields(refused)), (422, vec![("warehouse".to_owned(), "taken".to_owned())]));
    let counted = json!({"lines": [{"variant_id": VARIANT, "counted": 7}]});
    let (status, count) = api.ask(&format!("PATCH {at}/lines"), counted).await;
    assert_eq!((status, &count["different"], &count["fewer"]), (200, &json!(1), &json!(3)));
    for _ in 0..2 {
        assert_eq!(api.ask(&format!("POST {at}/post"), Value::Null).await.1["state"], "posted");
    }
    assert_eq!(api.stock().await[0], [7, 0, 0]);
    assert_eq!(api.ask(&format!("DELETE {at}"), Value::Null).await.0, 409);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_warehouse_closes_when_it_is_empty_and_others_see_nothing_of_it(db: PgPool) {
    let api = Api::new(db).await;
    let close = |id: &str| format!("POST warehouses/{id}/close");
    let (status, main) = api.ask(&close(FIRST), Value::Null).await;
    assert_eq!((status, fields(main)[0].0.as_str()), (422, "main"));
    assert_eq!(api.ask(&close(SECOND), Value::Null).await.1["is_active"], false);
    let reopened = api.ask(&format!("POST warehouses/{SECOND}/reopen"), Value::Null).await;
    assert_eq!(reopened.1["is_active"], true);
    for call in ["GET transfers", "GET counts", "GET reorder", &close(SECOND)] {
        assert_eq!(api.send(0, call, None, Value::Null).await.0, 401, "{call}");
        assert_eq!(api.send(2, call, None, Value::Null).await.0, 404, "{call}");
    }
    let policy = json!({"reorder_at": 20, "reorder_quantity": 12});
    assert_eq!(api.ask(&format!("PUT stock/{VARIANT}/policy"), policy).await.0, 200);
    let due = api.ask("GET reorder", Value::Null).await.1;
    assert_eq!((&due["items"][0]["available"], &due["items"][0]["suggested"]), (&json!(10), &json!(12)));
}
