//! The whole router over a database of its own, and people's browsers in front of it.

use crate::{account, doorman};
use axum::{Router, body::Body, extract::ConnectInfo};
use flows::privacy::Exports;
use http::{HeaderMap, Request, header};
use http_body_util::BodyExt as _;
use identity::{
    Guard, Safe,
    password::{Cost, Hasher},
};
use kernel::{jobs::Registry, testing::TestApp};
use leptos::config::LeptosOptions;
use media::Files;
use serde_json::{Value, json};
use sqlx::PgPool;
use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};
use tempfile::TempDir;
use tower::ServiceExt as _;
use web::{Health, Rates, WebSettings};

pub const PASSWORD: &str = "lautan biru senja kala";
pub const OTHER_PASSWORD: &str = "hujan sore di kebun";
pub const SIGN_IN: &str = "/_fn/account/door/rpc/sign_in";

pub struct House {
    pub app: TestApp,
    pub guard: Arc<Guard>,
    pub router: Router,
    pub folder: TempDir,
    pub asked: AtomicU32,
}

pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or(Value::Null)
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// All that a client could tell two answers apart by, but for what is random in every one.
    pub fn seen(&self) -> (u16, String, Vec<(String, String)>) {
        let request = self.header("x-request-id").to_owned();
        let nonce =
            self.header("content-security-policy").split('\'').find(|part| part.starts_with("nonce-"));
        let nonce = nonce.unwrap_or("nonce-?").to_owned();
        let registration = self.json()["registration"].as_str().unwrap_or("?").to_owned();
        let plain = |text: &str| text.replace(&request, "…").replace(&nonce, "…").replace(&registration, "…");
        let mut headers: Vec<(String, String)> = Vec::new();
        for (name, value) in &self.headers {
            let value = value.to_str().unwrap();
            let value = match name.as_str() {
                "set-cookie" => {
                    let (name, rest) = value.split_once('=').unwrap();
                    format!("{name}={}", rest.split_once(';').unwrap().1)
                }
                // The error is written in base64 and carries the request's id: its length says the rest.
                "location" => {
                    let (to, error) = value.split_once("__err=").unwrap_or((value, ""));
                    format!("{to} {}", error.len())
                }
                "etag" => continue,
                _ => plain(value),
            };
            headers.push((name.to_string(), value));
        }
        headers.sort();
        (self.status, plain(&self.body), headers)
    }
}

/// The cookies of one person's browser.
#[derive(Clone, Default)]
pub struct Browser(pub BTreeMap<String, String>);

impl Browser {
    pub fn cookie(&self) -> Option<String> {
        let pairs: Vec<String> = self.0.iter().map(|(name, value)| format!("{name}={value}")).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    pub fn keep(&mut self, answer: &Answer) {
        for line in answer.headers.get_all(header::SET_COOKIE) {
            let (name, rest) = line.to_str().unwrap().split_once('=').unwrap();
            let (value, attributes) = rest.split_once(';').unwrap();
            if attributes.contains("Max-Age=0") {
                self.0.remove(name);
            } else {
                self.0.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    pub fn session(&self) -> String {
        self.0.get("session").cloned().unwrap_or_default()
    }
}

impl House {
    pub fn new(db: PgPool) -> Self {
        Self::hashing_at(db, Cost { memory: 64, passes: 1, lanes: 1 })
    }

    pub fn hashing_at(db: PgPool, cost: Cost) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let guard = Arc::new(Guard {
            hasher: Hasher::start(cost, 1, 64),
            safe: Safe::new(b"a key of the tests that is long enough"),
            host: "localhost".to_owned(),
        });
        let (files, exports) =
            (Files::folder(&folder.path().join("media")), Exports::folder(&folder.path().join("exports")));
        let jobs = flows::reactions::people(Registry::empty());
        let app = TestApp::with_parts(db, jobs, |kernel| {
            kernel
                .with_part(guard.clone())
                .with_part(Arc::new(files.unwrap()))
                .with_part(Arc::new(exports.unwrap()))
                .with_part(Arc::new(flows::index::open(&folder.path().join("search")).unwrap()))
                .with_part(Arc::new(doorman::door()))
        });
        let settings = WebSettings {
            public_url: "http://localhost".to_owned(),
            rates: Rates { enabled: false, ..Rates::default() },
            ..WebSettings::default()
        };
        let options = LeptosOptions::builder()
            .output_name("pasar")
            .site_root(folder.path().to_string_lossy().into_owned())
            .site_pkg_dir("pkg")
            .build();
        let site = web::site(&options, &settings, app::App, app::shell)
            .layer(axum::Extension(model::Site("http://localhost".into())))
            .merge(gateway_rest::router(Health::new(app.kernel(), &settings), "/pkg/pasar.css"))
            .merge(account::routes());
        let router = web::layers(site, &settings, app.kernel());
        Self { app, guard, router, folder, asked: AtomicU32::new(0) }
    }

    /// Each request comes from another address, so that nothing here is refused because its client tried often.
    pub async fn send(&self, request: http::request::Builder, body: impl Into<Body>) -> Answer {
        let [_, a, b, c] = self.asked.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        let peer = ConnectInfo(SocketAddr::from(([10, a, b, c], 1)));
        let request = request.header(header::HOST, "localhost").extension(peer).body(body.into()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let body = String::from_utf8_lossy(&body).into_owned();
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    pub fn from_here(browser: &Browser, method: &str, path: &str) -> http::request::Builder {
        let request = Request::builder().method(method).uri(path).header("sec-fetch-site", "same-origin");
        match browser.cookie() {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        }
    }

    /// A page, as a browser asks for it.
    pub async fn get(&self, browser: &Browser, path: &str) -> Answer {
        self.send(Self::from_here(browser, "GET", path).header(header::ACCEPT, "text/html"), "").await
    }

    /// A form of a page, sent without JavaScript.
    pub async fn form(&self, browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Self::from_here(browser, "POST", path)
            .header(header::ACCEPT, "text/html")
            .header(header::REFERER, "http://localhost/sign-in")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = self.send(request, body).await;
        browser.keep(&answer);
        answer
    }

    /// An endpoint: `POST /wishlists`.
    pub async fn rest(&self, browser: &mut Browser, call: &str, body: Value) -> Answer {
        let (method, path) = call.split_once(' ').unwrap();
        let request = Self::from_here(browser, method, &format!("/api/v1{path}"))
            .header(header::CONTENT_TYPE, "application/json");
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let answer = self.send(request, body).await;
        browser.keep(&answer);
        answer
    }

    /// Somebody who registered here, and their browser.
    pub async fn member(&self, email: &str) -> Browser {
        let mut browser = Browser::default();
        let body = json!({"contact": email, "password": PASSWORD});
        let id = self.rest(&mut browser, "POST /registrations", body).await.json()["registration"].clone();
        let code = self.last_message_of(email, "code").await;
        let call = format!("POST /registrations/{}/confirm", id.as_str().unwrap());
        let answer = self.rest(&mut browser, &call, json!({"code": code, "carried": "cookie"})).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        browser
    }

    /// One fact of the last message that has it.
    pub async fn last_message_of(&self, to: &str, fact: &str) -> Value {
        self.app.run_jobs().await;
        sqlx::query_scalar(
            "select message -> $2 from delivery where address = $1 and message ? $2 order by id desc limit 1",
        )
        .bind(to)
        .bind(fact)
        .fetch_one(self.app.kernel().db())
        .await
        .unwrap()
    }

    pub async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(self.app.kernel().db()).await.unwrap()
    }

    pub async fn load_regions(&self) {
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
                .execute(self.app.kernel().db())
                .await
                .unwrap();
        }
    }
}
