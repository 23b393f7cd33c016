//! What members keep, over HTTP: whose it is, twice the same, old versions, and what is told of mistakes.

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

struct Api {
    router: Router,
}

impl Api {
    async fn new(db: PgPool) -> Self {
        for (code, parent, level, name) in [
            ("31", None, "province", "DKI Jakarta"),
            ("31.74", Some("31"), "city", "Jakarta Selatan"),
            ("31.74.07", Some("31.74"), "district", "Kebayoran Baru"),
        ] {
            sqlx::query("insert into region (code, parent_code, level, name) values ($1, $2, $3, $4)")
                .bind(code)
                .bind(parent)
                .bind(level)
                .bind(name)
                .execute(&db)
                .await
                .unwrap();
        }
        for n in [1, 2] {
            sqlx::query(
                "insert into account (id, lang, created_at, updated_at) values ($1, 'id', now(), now())",
            )
            .bind(Uuid::from_u128(n))
            .execute(&db)
            .await
            .unwrap();
        }
        let (kernel, settings) = (Kernel::new(db), WebSettings::default());
        let api = gateway_rest::router(Health::new(&kernel, &settings), &settings.stylesheet);
        Self { router: web::layers(api.layer(from_fn(sign_in)), &settings, &kernel) }
    }

    async fn send(&self, who: u8, call: &str, key: Option<&str>, body: Value) -> (u16, Value) {
        let (method, path) = call.split_once(' ').unwrap();
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
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

    async fn ask(&self, who: u8, call: &str, body: Value) -> (u16, Value) {
        self.send(who, call, None, body).await
    }
}

fn address() -> Value {
    json!({
        "recipient": "Sari Wulandari", "phone": "0812 3456 7890", "district": "31.74.07", "postcode": "12110",
        "street": "Jl. Melati No. 5", "label": "home", "pin": {"latitude": -6.2436, "longitude": 106.8001},
    })
}

fn fields(body: Value) -> Vec<(String, String)> {
    let problem: ProblemBody = serde_json::from_value(body).unwrap();
    problem.fields.into_iter().map(|(path, error)| (path, error.as_str().to_owned())).collect()
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn whoever_is_not_signed_in_is_told_to(db: PgPool) {
    let api = Api::new(db).await;
    for call in [
        "GET /addresses",
        "POST /addresses",
        "GET /addresses/x",
        "PUT /addresses/x/default",
        "GET /profile",
        "PUT /profile",
        "PUT /profile/picture",
        "GET /wishlists",
        "POST /wishlists",
        "POST /wishlists/default/items",
        "DELETE /wishlists/items/x",
    ] {
        assert_eq!(api.ask(0, call, Value::Null).await.0, 401, "{call}");
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_address_is_added_changed_and_removed(db: PgPool) {
    let api = Api::new(db).await;
    let (status, added) = api.ask(1, "POST /addresses", address()).await;
    assert_eq!(status, 201, "{added}");
    assert_eq!((&added["is_default"], &added["version"]), (&json!(true), &json!(1)));
    assert_eq!((&added["phone"], &added["pin"]["latitude"]), (&json!("+6281234567890"), &json!(-6.2436)));
    assert_eq!(added["district"]["within"][0], "Jakarta Selatan");
    let id = added["id"].as_str().unwrap();

    let mut edit = address();
    edit["notes"] = json!("Pagar hijau");
    assert_eq!(fields(api.ask(1, &format!("PUT /addresses/{id}"), edit.clone()).await.1)[0].0, "version");
    edit["version"] = json!(1);
    let (status, changed) = api.ask(1, &format!("PUT /addresses/{id}"), edit.clone()).await;
    assert_eq!((status, &changed["version"], &changed["notes"]), (200, &json!(2), &json!("Pagar hijau")));
    let (status, stale) = api.ask(1, &format!("PUT /addresses/{id}"), edit).await;
    assert_eq!((status, &stale["code"]), (409, &json!("conflict")));

    let (_, list) = api.ask(1, "GET /addresses", Value::Null).await;
    assert_eq!((list["items"].as_array().unwrap().len(), &list["total"]), (1, &json!(1)));
    assert_eq!(api.ask(1, &format!("DELETE /addresses/{id}"), Value::Null).await.0, 204);
    assert_eq!(api.ask(1, &format!("GET /addresses/{id}"), Value::Null).await.0, 404);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_same_key_and_body_have_the_same_answer(db: PgPool) {
    let api = Api::new(db).await;
    let first = api.send(1, "POST /addresses", Some("a-1"), address()).await;
    let again = api.send(1, "POST /addresses", Some("a-1"), address()).await;
    assert_eq!((first.0, &first.1["id"]), (201, &again.1["id"]));
    let mut other = address();
    other["street"] = json!("Jl. Mawar No. 9");
    let (status, refused) = api.send(1, "POST /addresses", Some("a-1"), other).await;
    assert_eq!((status, fields(refused)[0].0.as_str()), (422, "idempotency_key"));
    assert_eq!(api.send(1, "POST /addresses", Some("two words"), address()).await.0, 400);
    assert_eq!(api.ask(1, "GET /addresses", Value::Null).await.1["total"], 1);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_belongs_to_somebody_else_is_not_there(db: PgPool) {
    let api = Api::new(db).await;
    let (_, added) = api.ask(1, "POST /addresses", address()).await;
    let id = added["id"].as_str().unwrap();
    let (_, list) = api.ask(1, "POST /wishlists", json!({"name": "Hadiah"})).await;
    let list = list["id"].as_str().unwrap();
    let mut edit = address();
    edit["version"] = json!(1);
    for (call, body) in [
        (format!("GET /addresses/{id}"), Value::Null),
        (format!("PUT /addresses/{id}"), edit.clone()),
        (format!("PUT /addresses/{id}/default"), Value::Null),
        (format!("DELETE /addresses/{id}"), Value::Null),
        (format!("GET /wishlists/{list}"), Value::Null),
        (format!("PATCH /wishlists/{list}"), json!({"name": "Punyaku", "version": 1})),
        (format!("PUT /wishlists/{list}/share"), Value::Null),
        (format!("DELETE /wishlists/{list}/share"), Value::Null),
        (format!("DELETE /wishlists/{list}"), Value::Null),
        (format!("POST /wishlists/{list}/items"), json!({"product_id": Uuid::from_u128(7)})),
        ("GET /addresses/none".to_owned(), Value::Null),
        (format!("GET /shared-wishlists/{}", "a".repeat(32)), Value::Null),
        ("GET /shared-wishlists/x".to_owned(), Value::Null),
    ] {
        assert_eq!(api.ask(2, &call, body).await.0, 404, "{call}");
    }
    assert_eq!(api.ask(1, &format!("GET /addresses/{id}"), Value::Null).await.1["version"], 1);
    assert_eq!(api.ask(1, "GET /wishlists", Value::Null).await.1.as_array().unwrap().len(), 2);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn mistakes_are_told_by_field(db: PgPool) {
    let api = Api::new(db).await;
    let with = |field: &str, value: Value| {
        let mut body = address();
        body[field] = value;
        body
    };
    for (body, field, error) in [
        (with("postcode", json!("40111")), "postcode", "not_allowed"),
        (with("district", json!("31.74")), "district", "not_allowed"),
        (with("phone", json!("12")), "phone", "malformed"),
        (with("street", json!("")), "street", "required"),
        (with("pin", json!({"latitude": 51.5, "longitude": 0.1})), "pin", "out_of_range"),
        (with("pin", json!({"latitude": 1})), "pin.longitude", "required"),
        (with("account_id", json!("me")), "account_id", "not_allowed"),
        (with("phone", json!(62)), "phone", "malformed"),
    ] {
        let (status, refused) = api.ask(1, "POST /addresses", body.clone()).await;
        assert_eq!(status, 422, "{body}");
        assert_eq!(fields(refused), [(field.to_owned(), error.to_owned())], "{body}");
    }
    assert_eq!(api.ask(1, "GET /addresses", Value::Null).await.1["total"], 0);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_profile_and_a_list_carry_their_version(db: PgPool) {
    let api = Api::new(db).await;
    let profile =
        |version: i32| json!({"name": "Sari", "language": "en", "theme": "dark", "version": version});
    assert_eq!(api.ask(1, "GET /profile", Value::Null).await.1["version"], 0);
    assert_eq!(api.ask(1, "PUT /profile", profile(0)).await.1["version"], 1);
    assert_eq!(api.ask(1, "PUT /profile", profile(0)).await.0, 409);
    assert_eq!(api.ask(1, "GET /profile", Value::Null).await.1["name"], "Sari");

    let (status, list) = api.send(1, "POST /wishlists", Some("l-1"), json!({"name": "Hadiah"})).await;
    assert_eq!((status, &list["name"]), (201, &json!("Hadiah")));
    assert_eq!(
        api.send(1, "POST /wishlists", Some("l-1"), json!({"name": "Hadiah"})).await.1["id"],
        list["id"]
    );
    let id = list["id"].as_str().unwrap();
    let (_, shared) = api.ask(1, &format!("PUT /wishlists/{id}/share"), Value::Null).await;
    let token = shared["shared_at"].as_str().unwrap().strip_prefix("/w/").unwrap().to_owned();
    assert_eq!(
        api.ask(0, &format!("GET /shared-wishlists/{token}"), Value::Null).await.1["list"]["name"],
        "Hadiah"
    );
    assert_eq!(api.ask(1, &format!("DELETE /wishlists/{id}/share"), Value::Null).await.0, 204);
    assert_eq!(api.ask(0, &format!("GET /shared-wishlists/{token}"), Value::Null).await.0, 404);
    let rename = |version: i32| json!({"name": "Kado", "version": version});
    assert_eq!(api.ask(1, &format!("PATCH /wishlists/{id}"), rename(1)).await.1["version"], 2);
    assert_eq!(api.ask(1, &format!("PATCH /wishlists/{id}"), rename(1)).await.0, 409);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn regions_are_listed_and_searched_by_anyone(db: PgPool) {
    let api = Api::new(db).await;
    let (_, provinces) = api.ask(0, "GET /regions", Value::Null).await;
    assert_eq!(provinces.as_array().unwrap().len(), 38);
    let (_, districts) = api.ask(0, "GET /regions?parent=31.74", Value::Null).await;
    assert_eq!(districts.as_array().unwrap().len(), 10);
    assert_eq!(api.ask(0, "GET /regions?parent=99", Value::Null).await.0, 404);
    let (_, found) = api.ask(0, "GET /regions/search?q=kebayoran+baru", Value::Null).await;
    assert_eq!((&found[0]["code"], &found[0]["level"]), (&json!("31.74.07"), &json!("district")));
    assert_eq!(api.ask(0, "GET /regions/search?q=x&limit=51", Value::Null).await.0, 400);
    assert_eq!(api.ask(0, "GET /regions/search", Value::Null).await.0, 400);
    assert_eq!(api.ask(0, "GET /regions/search?q=", Value::Null).await.1, json!([]));
}
