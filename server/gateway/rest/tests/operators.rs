//! What operators look after, over HTTP.

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
    Duties, Duty,
    ids::{AccountId, SessionId, Uuid},
};
use serde_json::{Value, json};
use sqlx::PgPool;
use tower::ServiceExt as _;
use web::{Health, WebSettings};

/// The header says for what the operator is there.
async fn sign_in(mut request: Request, next: Next) -> Response {
    let duty = request.headers().get("x-test-duty").and_then(|name| Duty::from_name(name.to_str().ok()?));
    let is_member = request.headers().contains_key("x-test-duty");
    if let (true, Some(cx)) = (is_member, request.extensions().get::<Cx>().cloned()) {
        let member = Member {
            account: AccountId::new(Uuid::from_u128(1)),
            session: SessionId::new(Uuid::from_u128(2)),
            duties: duty.into_iter().collect::<Duties>(),
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
    fn new(db: PgPool) -> Self {
        let (kernel, settings) = (Kernel::new(db), WebSettings::default());
        let api = gateway_rest::router(Health::new(&kernel, &settings), &settings.stylesheet);
        Self { router: web::layers(api.layer(from_fn(sign_in)), &settings, &kernel) }
    }

    async fn ask(&self, duty: Option<&str>, call: &str, body: Value) -> (u16, Value) {
        let (method, path) = call.split_once(' ').unwrap();
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1/operator/search/{path}"))
            .header("content-type", "application/json")
            .header("sec-fetch-site", "same-origin");
        if let Some(duty) = duty {
            request = request.header("x-test-duty", duty);
        }
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let status = response.status().as_u16();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }
}

const SEARCH: Option<&str> = Some("search");

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn synonyms_are_listed_added_and_removed(db: PgPool) {
    let api = Api::new(db);
    let new = json!({"lang": "id", "phrases": ["Ponsel", "hp"], "shown": ["power bank"]});
    let (status, made) = api.ask(SEARCH, "POST synonyms", new).await;
    assert_eq!(status, 201, "{made}");
    assert_eq!(made["phrases"], json!(["ponsel", "hp"]));
    let (status, all) = api.ask(SEARCH, "GET synonyms", Value::Null).await;
    assert_eq!((status, &all["items"], &all["total"]), (200, &json!([made]), &json!(1)));
    let one = format!("DELETE synonyms/{}", made["id"].as_str().unwrap());
    assert_eq!(api.ask(SEARCH, &one, Value::Null).await.0, 204);
    assert_eq!(api.ask(SEARCH, &one, Value::Null).await.0, 404);
    assert_eq!(api.ask(SEARCH, "GET synonyms", Value::Null).await.1["items"], json!([]));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_cannot_be_a_synonym_is_refused_by_field(db: PgPool) {
    let api = Api::new(db);
    for (body, field) in [
        (json!({"phrases": ["hp"]}), "phrases"),
        (json!({"phrases": ["tiga kata ini"]}), "phrases"),
        (json!({"phrases": ["hp", "ponsel"], "shown": ["tiga kata ini"]}), "shown"),
        (json!({"lang": "fr", "phrases": ["hp", "ponsel"]}), "lang"),
    ] {
        let (status, refused) = api.ask(SEARCH, "POST synonyms", body).await;
        let problem: ProblemBody = serde_json::from_value(refused).unwrap();
        assert_eq!((status, problem.fields.keys().map(String::as_str).collect()), (422, vec![field]));
    }
    assert_eq!(api.ask(SEARCH, "GET synonyms", Value::Null).await.1["total"], json!(0));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn to_everybody_without_the_duty_nothing_is_here(db: PgPool) {
    let api = Api::new(db);
    let new = json!({"phrases": ["ponsel", "hp"]});
    let calls = [
        ("GET synonyms", Value::Null),
        ("POST synonyms", new),
        ("DELETE synonyms/00000000-0000-7000-8000-000000000000", Value::Null),
        ("GET explanation?q=kaos", Value::Null),
    ];
    for (call, body) in calls {
        assert_eq!(api.ask(None, call, body.clone()).await.0, 401, "{call}");
        for duty in ["", "money"] {
            assert_eq!(api.ask(Some(duty), call, body.clone()).await.0, 404, "{call}");
        }
    }
}
