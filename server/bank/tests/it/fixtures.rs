//! A bank, and somebody who is told.

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::State,
    routing::post,
};
use bank::{Bank, BankSettings, Secret};
use http::{HeaderMap, Request, StatusCode};
use kernel::{jobs::Registry, testing::TestApp};
use serde_json::{Value, json};
use sqlx::PgPool;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};
use tower::ServiceExt as _;

pub const KEY: &str = "bank-key";
pub const SECRET: &str = "bank-webhook-secret";

/// Takes webhooks, answering with the statuses it is given and then 204.
#[derive(Clone, Default)]
pub struct Ear {
    pub heard: Arc<Mutex<Vec<(HeaderMap, String)>>>,
    pub answers: Arc<Mutex<VecDeque<u16>>>,
}

impl Ear {
    pub fn events(&self) -> Vec<Value> {
        let heard = self.heard.lock().unwrap();
        heard.iter().map(|(_, body)| serde_json::from_str(body).unwrap()).collect()
    }

    /// Kind and amount of each.
    pub fn told(&self) -> Vec<(String, i64)> {
        let of =
            |event: &Value| (event["type"].as_str().unwrap().to_owned(), event["amount"].as_i64().unwrap());
        self.events().iter().map(of).collect()
    }
}

async fn hear(State(ear): State<Ear>, headers: HeaderMap, body: Bytes) -> StatusCode {
    ear.heard.lock().unwrap().push((headers, String::from_utf8(body.to_vec()).unwrap()));
    let answer = ear.answers.lock().unwrap().pop_front();
    StatusCode::from_u16(answer.unwrap_or(204)).unwrap()
}

pub struct House {
    pub app: TestApp,
    pub router: Router,
    pub ear: Ear,
    notify_url: String,
}

impl House {
    pub async fn open(db: PgPool) -> Self {
        let ear = Ear::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let notify_url = format!("http://{}/hook", listener.local_addr().unwrap());
        let hook = Router::new().route("/hook", post(hear)).with_state(ear.clone());
        tokio::spawn(async move { axum::serve(listener, hook).await });
        let bank = Bank::open(BankSettings {
            base_url: "https://pasar.example/sim/bank".to_owned(),
            api_key: Secret::new(KEY.to_owned()),
            webhook_secret: Secret::new(SECRET.to_owned()),
            stylesheet: Some("/pkg/pasar.css".to_owned()),
        });
        let bank = Arc::new(bank.unwrap());
        let part = bank.clone();
        let app =
            TestApp::with_parts(db, bank::with_jobs(Registry::empty()), |kernel| kernel.with_part(part));
        let router = bank::router(app.kernel(), bank);
        Self { app, router, ear, notify_url }
    }

    /// A payment of Rp 100.000 by BCA, due in a day.
    pub fn asked(&self, payment: u128) -> Value {
        let id = kernel::Uuid::from_u128(payment);
        json!({
            "id": id, "amount": 100_000, "currency": "IDR", "method": "va_bca",
            "due_at": "2026-01-06T03:00:00Z", "notify_url": self.notify_url,
            "return_url": "https://pasar.example/orders/1", "description": "INV/20260105/1",
        })
    }

    pub async fn charge(&self, payment: u128) -> String {
        self.charge_by(payment, "va_bca").await
    }

    pub async fn charge_by(&self, payment: u128, method: &str) -> String {
        let mut asked = self.asked(payment);
        asked["method"] = method.into();
        let (status, charge) = self.ask("POST", "", &asked).await;
        assert_eq!(status, 201, "{charge}");
        charge["charge_id"].as_str().unwrap().to_owned()
    }

    /// With the key, beneath `/sim/bank/api/charges`.
    pub async fn ask(&self, method: &str, below: &str, body: &Value) -> (StatusCode, Value) {
        self.ask_as(&format!("Bearer {KEY}"), method, below, body).await
    }

    pub async fn ask_as(
        &self,
        authorization: &str,
        method: &str,
        below: &str,
        body: &Value,
    ) -> (StatusCode, Value) {
        let request = Request::builder()
            .method(method)
            .uri(format!("/sim/bank/api/charges{below}"))
            .header("authorization", authorization)
            .body(Body::from(body.to_string()))
            .unwrap();
        let (status, _, body) = self.send(request).await;
        (status, serde_json::from_str(&body).unwrap())
    }

    pub async fn get(&self, path: &str) -> (StatusCode, HeaderMap, String) {
        let request =
            Request::builder().uri(path).header("accept-language", "en").body(Body::empty()).unwrap();
        self.send(request).await
    }

    /// Presses a button of the page as it is shown now.
    pub async fn press(&self, charge: &str, button: &str) -> (StatusCode, HeaderMap, String) {
        let version = self.version(charge).await;
        self.press_at(charge, button, &version, "").await
    }

    pub async fn press_at(
        &self,
        charge: &str,
        button: &str,
        version: &str,
        more: &str,
    ) -> (StatusCode, HeaderMap, String) {
        let request = Request::builder()
            .method("POST")
            .uri(format!("/sim/bank/pay/{charge}"))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept-language", "en")
            .body(Body::from(format!("version={version}&do={button}{more}")))
            .unwrap();
        self.send(request).await
    }

    /// The one hidden in the page's form.
    pub async fn version(&self, charge: &str) -> String {
        let (_, _, page) = self.get(&format!("/sim/bank/pay/{charge}")).await;
        let (_, rest) = page.split_once(r#"name="version" value=""#).unwrap();
        rest.split('"').next().unwrap().to_owned()
    }

    pub async fn shown(&self, charge: &str) -> Value {
        self.ask("GET", &format!("/{charge}"), &Value::Null).await.1
    }

    /// Kind and amount of what has happened to a charge.
    pub async fn happened(&self, charge: &str) -> Vec<(String, i64)> {
        let shown = self.shown(charge).await;
        let of =
            |event: &Value| (event["type"].as_str().unwrap().to_owned(), event["amount"].as_i64().unwrap());
        shown["events"].as_array().unwrap().iter().map(of).collect()
    }

    async fn send(&self, request: Request<Body>) -> (StatusCode, HeaderMap, String) {
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let body = to_bytes(body, 1 << 20).await.unwrap();
        (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
    }
}

pub fn paid(amount: i64) -> (String, i64) {
    ("charge.paid".to_owned(), amount)
}
