//! What every request meets, whatever is asked for.

use axum::{
    Json, Router,
    body::{Body, Bytes},
    extract::ConnectInfo,
    response::{IntoResponse as _, Response, Sse, sse},
    routing::{get, post},
};
use futures::stream;
use http::{Request, StatusCode, header};
use http_body_util::BodyExt as _;
use kernel::Kernel;
use leptos::prelude::*;
use model::{AppError, Code, FieldError, LocalPath};
use serde_json::{Value, json};
use std::{cell::RefCell, convert::Infallible, io, net::SocketAddr, sync::Once, time::Duration};
use tower::ServiceExt as _;
use web::{Health, Problem, Rate, Rates, WebSettings};

/// Nothing listens there: whoever asks the database is told that it is away.
fn kernel() -> Kernel {
    Kernel::new(sqlx::PgPool::connect_lazy("postgres://nobody@127.0.0.1:1/none").unwrap())
}

async fn sink() -> &'static str {
    panic!("the boat is full")
}

fn handlers() -> Router {
    Router::new()
        .route("/api/ok", get(|| async { Json(json!({"ok": true, "padding": "x".repeat(2000)})) }))
        .route("/api/echo", post(|body: Bytes| async move { body }))
        .route("/echo", post(|body: Bytes| async move { body }))
        .route("/page", get(|| async { axum::response::Html("<p>hello</p>") }))
        .route("/panic", get(sink))
        .route("/slow", get(|| async { tokio::time::sleep(Duration::from_hours(1)).await }))
        .route(
            "/events",
            get(|| async {
                let events =
                    stream::iter([Ok::<_, Infallible>(sse::Event::default().data("x".repeat(2000)))]);
                Sse::new(events)
            }),
        )
        .route(
            "/refused",
            post(|| async {
                Problem::from(AppError::field("quantity", FieldError::OutOfRange)).into_response()
            }),
        )
        .route("/database", get(|| async { Problem::from(sqlx::Error::PoolTimedOut).into_response() }))
}

fn server(settings: &WebSettings) -> Router {
    let kernel = kernel();
    web::layers(handlers().merge(Health::new(&kernel, settings).routes()), settings, &kernel)
}

fn request(method: &str, path: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let request =
        headers.iter().fold(Request::builder(), |request, (name, value)| request.header(*name, *value));
    request.method(method).uri(path).body(Body::empty()).unwrap()
}

async fn send(server: &Router, request: Request<Body>) -> Response {
    server.clone().oneshot(request).await.unwrap()
}

async fn ask(method: &str, path: &str, headers: &[(&str, &str)]) -> Response {
    send(&server(&WebSettings::default()), request(method, path, headers)).await
}

async fn text(response: Response) -> String {
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

async fn problem(response: Response) -> Value {
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
    let mut problem: Value = serde_json::from_str(&text(response).await).unwrap();
    assert_eq!(problem["request_id"], id);
    problem.as_object_mut().unwrap().remove("request_id");
    problem
}

const HERE: (&str, &str) = ("sec-fetch-site", "same-origin");
const BROWSER: (&str, &str) = ("accept", "text/html,application/xhtml+xml");
const ENGLISH: (&str, &str) = ("accept-language", "en");

#[tokio::test]
async fn programs_get_problem_documents() {
    type Case = (&'static str, &'static str, &'static [(&'static str, &'static str)], u16, &'static str);
    let cases: &[Case] = &[
        ("GET", "/api/none", &[], 404, "not_found"),
        ("GET", "/none", &[], 404, "not_found"),
        ("DELETE", "/api/ok", &[], 405, "method_not_allowed"),
        ("POST", "/api/echo", &[("content-length", "99999999")], 413, "too_large"),
        ("POST", "/refused", &[HERE], 422, "invalid"),
        ("POST", "/echo", &[("sec-fetch-site", "cross-site")], 403, "cross_site"),
        ("GET", "/panic", &[], 500, "internal"),
        ("GET", "/database", &[], 503, "unavailable"),
        ("GET", "/readyz", &[], 503, "unavailable"),
        ("GET", "/metrics", &[], 404, "not_found"),
    ];
    for (method, path, headers, status, code) in cases {
        let response = ask(method, path, headers).await;
        assert_eq!(response.status(), *status, "{method} {path}");
        assert_eq!(response.headers()["cache-control"], "no-store");
        let problem = problem(response).await;
        assert_eq!(problem["code"], *code);
        assert_eq!(problem["type"], format!("/problems/{code}"));
        assert_eq!(problem["status"], *status);
    }
}

#[tokio::test]
async fn a_problem_document_says_what_and_where() {
    insta::assert_json_snapshot!(problem(ask("POST", "/refused", &[HERE, ENGLISH]).await).await, @r#"
    {
      "code": "invalid",
      "detail": "What needs correcting is marked.",
      "fields": {
        "quantity": "out_of_range"
      },
      "status": 422,
      "title": "Please check what you entered",
      "type": "/problems/invalid"
    }
    "#);
}

#[tokio::test]
async fn a_wrong_method_is_told_the_right_one() {
    let response = ask("DELETE", "/page", &[HERE]).await;
    assert_eq!(response.headers()[header::ALLOW], "GET,HEAD");
}

#[tokio::test]
async fn people_get_a_page_in_their_language_without_script() {
    for (headers, lang, words) in [
        (&[BROWSER][..], "id", "Halaman tidak ditemukan"),
        (&[BROWSER, ENGLISH], "en", "Page not found"),
        (&[BROWSER, ENGLISH, ("cookie", "lang=id")], "id", "Halaman tidak ditemukan"),
    ] {
        let response = ask("GET", "/none", headers).await;
        assert_eq!(response.status(), 404);
        assert_eq!(response.headers()["content-language"], lang);
        let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
        let page = text(response).await;
        assert!(
            page.contains(&format!("<html lang=\"{lang}\"")) && page.contains(words) && page.contains(&id)
        );
        assert!(page.contains("href=\"/\"") && page.contains("/pkg/pasar.css") && !page.contains("<script"));
    }
    let english = ask("GET", "/none?lang=en", &[BROWSER, ("cookie", "lang=id; theme=dark")]).await;
    assert!(text(english).await.contains("<html lang=\"en\" data-theme=\"dark\">"));
}

#[tokio::test]
async fn a_problem_type_leads_to_its_explanation() {
    for code in Code::ALL {
        let response = ask("GET", &format!("/problems/{code}"), &[BROWSER]).await;
        assert_eq!(response.status(), 200);
    }
    assert_eq!(ask("GET", "/problems/other", &[BROWSER]).await.status(), 404);
}

#[tokio::test]
async fn every_answer_has_the_security_headers_and_a_nonce_of_its_own() {
    let mut nonces = Vec::new();
    for (method, path) in [
        ("GET", "/page"),
        ("GET", "/api/ok"),
        ("GET", "/none"),
        ("DELETE", "/page"),
        ("POST", "/echo"),
        ("GET", "/panic"),
        ("GET", "/healthz"),
        ("GET", "/readyz"),
        ("GET", "/events"),
        ("GET", "/pkg/none.js"),
    ] {
        let headers = ask(method, path, &[]).await.headers().clone();
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        let nonce = policy.split("script-src 'nonce-").nth(1).unwrap().split('\'').next().unwrap();
        assert_eq!(nonce.len(), 22);
        assert!(
            policy.contains("'strict-dynamic' 'wasm-unsafe-eval'")
                && policy.contains("frame-ancestors 'none'")
        );
        nonces.push(nonce.to_owned());
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["cross-origin-opener-policy"], "same-origin");
        assert!(headers.contains_key("permissions-policy") && headers.contains_key("referrer-policy"));
        assert!(!headers.contains_key("strict-transport-security"), "only behind TLS");
    }
    nonces.sort();
    nonces.dedup();
    assert_eq!(nonces.len(), 10);

    let tls = WebSettings { public_url: "https://pasar.example".to_owned(), ..WebSettings::default() };
    let response = send(&server(&tls), request("GET", "/page", &[])).await;
    assert!(response.headers().contains_key("strict-transport-security"));
}

#[tokio::test]
async fn an_id_from_outside_is_not_taken_over() {
    let response = ask("GET", "/page", &[("x-request-id", "mine")]).await;
    let id = response.headers()["x-request-id"].to_str().unwrap();
    assert_ne!(id, "mine");
    assert_eq!(id.parse::<kernel::Uuid>().unwrap().get_version_num(), 7);
}

#[tokio::test]
async fn a_body_is_limited_whether_its_length_is_announced_or_not() {
    let server = server(&WebSettings {
        body_limit: 1000,
        body_limits: vec![("/api/".into(), 5000)],
        ..WebSettings::default()
    });
    for (path, length, status) in
        [("/echo", 1000, 200), ("/echo", 1001, 413), ("/api/echo", 5000, 200), ("/api/echo", 5001, 413)]
    {
        let whole = Body::from(vec![b'x'; length]);
        let chunks = stream::iter(vec![Ok::<_, Infallible>(Bytes::from_static(b"x")); length]);
        for body in [whole, Body::from_stream(chunks)] {
            let request = Request::post(path).header(HERE.0, HERE.1).body(body).unwrap();
            assert_eq!(send(&server, request).await.status(), status, "{path} {length}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_forever() {
    let response = ask("GET", "/slow", &[]).await;
    assert_eq!(response.status(), 503);
    assert!(response.headers().contains_key("retry-after"));

    let never = Body::from_stream(stream::pending::<Result<Bytes, Infallible>>());
    let request = Request::post("/api/echo").body(never).unwrap();
    assert_eq!(send(&server(&WebSettings::default()), request).await.status(), 408);
}

#[tokio::test(start_paused = true)]
async fn who_asks_too_much_is_told_to_wait() {
    let rate = Rate { per_second: 1, burst: 2 };
    let rates = Rates { read: rate, write: rate, ..Rates::default() };
    let server = server(&WebSettings { rates, ..WebSettings::default() });
    let from = |ip: &str, path: &str| {
        let mut request = request("GET", path, &[("x-forwarded-for", "198.51.100.77")]);
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(ip.parse().unwrap(), 4711)));
        request
    };
    let first = send(&server, from("192.0.2.1", "/page")).await;
    assert_eq!(first.headers()["ratelimit-policy"], "\"read\";q=2;w=2");
    assert_eq!(first.headers()["ratelimit"], "\"read\";r=1;t=1");
    assert_eq!(send(&server, from("192.0.2.1", "/page")).await.status(), 200);
    let refused = send(&server, from("192.0.2.1", "/page")).await;
    assert_eq!(refused.status(), 429);
    assert_eq!(refused.headers()["retry-after"], "1");
    assert_eq!(refused.headers()["ratelimit"], "\"read\";r=0;t=2");
    assert_eq!(problem(refused).await["code"], "rate_limited");
    assert_eq!(send(&server, from("192.0.2.2", "/page")).await.status(), 200);
    for _ in 0..5 {
        assert_eq!(send(&server, from("192.0.2.1", "/healthz")).await.status(), 200);
        assert_eq!(send(&server, from("192.0.2.1", "/pkg/pasar.css")).await.status(), 404);
    }
    tokio::time::advance(Duration::from_secs(1)).await;
    assert_eq!(send(&server, from("192.0.2.1", "/page")).await.status(), 200);
}

#[tokio::test]
async fn too_many_at_once_are_asked_to_come_back() {
    let server = server(&WebSettings { max_in_flight: 0, ..WebSettings::default() });
    let response = send(&server, request("GET", "/page", &[BROWSER])).await;
    assert_eq!(response.status(), 503);
    assert!(response.headers().contains_key("retry-after"));
    assert_eq!(send(&server, request("GET", "/healthz", &[])).await.status(), 200);
}

#[tokio::test]
async fn what_did_not_change_is_not_sent_again() {
    let first = ask("GET", "/api/ok", &[]).await;
    let tag = first.headers()["etag"].to_str().unwrap().to_owned();
    assert!(tag.starts_with('"'));
    for known in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
        let again = ask("GET", "/api/ok", &[("if-none-match", &known)]).await;
        assert_eq!(again.status(), 304, "{known}");
        assert_eq!(again.headers()["etag"], tag);
        assert_eq!(text(again).await, "");
    }
    assert_eq!(ask("GET", "/api/ok", &[("if-none-match", "\"x\"")]).await.status(), 200);
    let compressed = ask("GET", "/api/ok", &[("accept-encoding", "br")]).await;
    assert_eq!(compressed.headers()["etag"], format!("W/{tag}"));
}

#[tokio::test]
async fn long_texts_are_compressed_and_streams_of_events_are_not() {
    for encoding in ["br", "zstd", "gzip"] {
        let response = ask("GET", "/api/ok", &[("accept-encoding", encoding)]).await;
        assert_eq!(response.headers()["content-encoding"], encoding);
        assert!(response.into_body().collect().await.unwrap().to_bytes().len() < 500);
    }
    for path in ["/page", "/events"] {
        let response = ask("GET", path, &[("accept-encoding", "br")]).await;
        assert!(!response.headers().contains_key("content-encoding"), "{path}");
    }
}

thread_local! {
    static LOGGED: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Collects what is logged on this thread. There is one subscriber for the whole process: with one for each test, a
/// line whose place in the code is reached first by a test without one is switched off for all.
struct Log;

impl Log {
    fn start() {
        static LISTENING: Once = Once::new();
        LISTENING.call_once(|| {
            let subscriber = tracing_subscriber::fmt().with_writer(|| Log).with_ansi(false).finish();
            tracing::subscriber::set_global_default(subscriber).unwrap();
        });
        tracing::callsite::rebuild_interest_cache();
        LOGGED.take();
    }

    fn text() -> String {
        String::from_utf8(LOGGED.take()).unwrap()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOGGED.with_borrow_mut(|logged| logged.extend_from_slice(bytes));
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_request_is_one_line_in_the_log_and_a_panic_is_part_of_it() {
    web::log_panics();
    Log::start();
    let server = server(&WebSettings::default());
    let response = send(&server, request("GET", "/panic?email=secret@example.org", &[BROWSER])).await;
    assert_eq!(response.status(), 500);
    let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
    assert!(text(response).await.contains(&id), "the page says which request it was");

    let lines = Log::text();
    assert_eq!(lines.lines().count(), 1, "{lines}");
    for part in ["ERROR", "the boat is full", "edge.rs", &id, "status=500", "route=\"/panic\""] {
        assert!(lines.contains(part), "{part} in {lines}");
    }
    assert!(!lines.contains("secret"), "queries are not logged");

    send(&server, request("GET", "/page", &[])).await;
    let lines = Log::text();
    assert_eq!(lines.lines().count(), 1, "{lines}");
    assert!(lines.contains("INFO"));
}

mod functions {
    use super::*;

    #[server]
    pub async fn refuse(code: Code) -> Result<u32, AppError> {
        let cx = web::cx().await?;
        assert_eq!(cx.lang(), web::prefs().lang);
        Err(AppError::new(code).and("name", FieldError::TooLong))
    }

    #[server]
    pub async fn go(to: Option<String>) -> Result<(), AppError> {
        let cx = web::cx().await?;
        web::set_cookie(&web::cookie("seen", cx.lang().tag()).build());
        if let Some(to) = to {
            web::redirect(
                &to.parse::<LocalPath>().map_err(|_| AppError::field("to", FieldError::Malformed))?,
            );
        }
        Ok(())
    }

    #[server]
    pub async fn broken() -> Result<(), AppError> {
        web::cx().await.and_then(|_| Err(web::internal("the cable is cut")))
    }
}

const REFUSE: &str = <functions::Refuse as server_fn::ServerFn>::PATH;
const GO: &str = <functions::Go as server_fn::ServerFn>::PATH;
const BROKEN: &str = <functions::Broken as server_fn::ServerFn>::PATH;

fn site(settings: &WebSettings, root: &std::path::Path) -> Router {
    let options = LeptosOptions::builder().output_name("pasar").site_root(root.to_str().unwrap()).build();
    let app = || view! { <p>"page"</p> };
    let shell = |options: LeptosOptions| {
        view! { <html><head><HydrationScripts options/></head><body><p>{web::prefs().lang.name()}</p></body></html> }
    };
    let kernel = kernel();
    web::layers(web::site(&options, settings, app, shell), settings, &kernel)
}

async fn call(path: &str, body: &str, headers: &[(&str, &str)]) -> Response {
    let mut request = request("POST", path, headers);
    *request.body_mut() = Body::from(body.to_owned());
    let headers = request.headers_mut();
    headers.insert("host", "here.example".parse().unwrap());
    headers.insert("content-type", "application/x-www-form-urlencoded".parse().unwrap());
    headers.insert("sec-fetch-site", "same-origin".parse().unwrap());
    send(&site(&WebSettings::default(), "/nowhere".as_ref()), request).await
}

#[tokio::test]
async fn a_server_function_s_error_decides_the_status() {
    for code in Code::ALL {
        let response = call(REFUSE, &format!("code={code}"), &[]).await;
        assert_eq!(response.status(), code.status());
        let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
        let error: AppError = serde_json::from_str(&text(response).await).unwrap();
        assert_eq!((error.code, error.of("name")), (*code, Some(FieldError::TooLong)));
        assert_eq!(error.request.unwrap().to_string(), id);
    }
}

#[tokio::test]
async fn what_a_client_sends_is_never_a_500() {
    for body in ["", "code=nonsense", "code", "%%%", "\u{0}", "code=gone&code=gone"] {
        let response = call(REFUSE, body, &[]).await;
        assert_eq!(response.status(), 400, "{body}");
        let error: AppError = serde_json::from_str(&text(response).await).unwrap();
        assert_eq!(error.code, Code::Malformed);
    }
    for (path, status, code) in [("/_fn/none", 404, Code::NotFound), ("/_fn/edge", 404, Code::NotFound)] {
        let response = call(path, "", &[]).await;
        assert_eq!(response.status(), status, "{path}");
        assert_eq!(serde_json::from_str::<AppError>(&text(response).await).unwrap().code, code);
    }
    let get = request("GET", &format!("{REFUSE}?code=gone"), &[]);
    let response = send(&site(&WebSettings::default(), "/nowhere".as_ref()), get).await;
    assert_eq!(response.status(), 405);
    assert_eq!(call(BROKEN, "", &[]).await.status(), 500);
}

#[tokio::test]
async fn a_form_without_javascript_goes_back_with_the_error() {
    let from = ("referer", "http://here.example/cart?step=2&__path=x&__err=old");
    let response = call(REFUSE, "code=conflict", &[BROWSER, from]).await;
    assert_eq!(response.status(), 302);
    let to = response.headers()["location"].to_str().unwrap();
    let error = to.strip_prefix(&format!("/cart?step=2&__path={REFUSE}&__err=")).unwrap().replace("%3D", "=");
    let error = server_fn::error::ServerFnUrlError::<AppError>::decode_err(&error);
    assert_eq!((error.code, error.of("name")), (Code::Conflict, Some(FieldError::TooLong)));

    for (body, referer, location) in [
        ("", "http://here.example/cart?__err=old", "/cart"),
        ("", "http://evil.example/cart", "/"),
        ("to=/orders", "http://here.example/cart", "/orders"),
    ] {
        let response = call(GO, body, &[BROWSER, ("referer", referer)]).await;
        assert_eq!(response.status(), 302);
        assert_eq!(response.headers()["location"], location);
        assert_eq!(response.headers()["set-cookie"], "seen=id; HttpOnly; SameSite=Lax; Path=/");
    }
    let elsewhere = call(GO, "to=//evil.example", &[]).await;
    assert_eq!(elsewhere.status(), 422);
}

#[tokio::test]
async fn what_a_function_could_not_do_is_in_the_log_and_not_in_the_answer() {
    Log::start();
    assert!(!text(call(BROKEN, "", &[]).await).await.contains("cable"));
    let lines = Log::text();
    assert_eq!(lines.lines().filter(|line| line.contains("the cable is cut")).count(), 1, "{lines}");
}

#[tokio::test]
async fn pages_know_the_reader_and_name_the_nonce_of_their_policy() {
    let site = site(&WebSettings::default(), "/nowhere".as_ref());
    for (path, status) in [("/", 200), ("/none", 404)] {
        let response = send(&site, request("GET", path, &[BROWSER, ENGLISH])).await;
        assert_eq!(response.status(), status);
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
        let nonce = policy.split("script-src 'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
        let page = text(response).await;
        assert!(page.contains("English"), "{page}");
        assert!(page.contains(&format!("nonce=\"{nonce}\"")), "{page}");
    }
}

#[tokio::test]
async fn files_are_kept_by_browsers_and_their_compressed_variants_used() {
    let root = std::env::temp_dir().join(format!("pasar-web-{}", std::process::id()));
    std::fs::create_dir_all(root.join("pkg")).unwrap();
    let hashed = "pkg/pasar.Xx0sYoVGf9zJ5c0Kxmfm0w.js";
    std::fs::write(root.join(hashed), "let x = 1;").unwrap();
    std::fs::write(root.join(format!("{hashed}.br")), "brotli").unwrap();
    std::fs::write(root.join("robots.txt"), "User-agent: *").unwrap();
    let site = site(&WebSettings::default(), &root);
    let get = async |path: &str, headers: &[(&str, &str)]| send(&site, request("GET", path, headers)).await;

    let plain = get(&format!("/{hashed}"), &[]).await;
    assert_eq!(plain.headers()["cache-control"], "public, max-age=31536000, immutable");
    let brotli = get(&format!("/{hashed}"), &[("accept-encoding", "gzip, br")]).await;
    assert_eq!(brotli.headers()["content-encoding"], "br");
    assert_eq!(text(brotli).await, "brotli");

    let robots = get("/robots.txt", &[]).await;
    assert_eq!(robots.headers()["cache-control"], "public, max-age=3600");
    let tag = robots.headers()["etag"].to_str().unwrap().to_owned();
    assert_eq!(text(robots).await, "User-agent: *");
    assert_eq!(get("/robots.txt", &[("if-none-match", &tag)]).await.status(), StatusCode::NOT_MODIFIED);

    let missing = get("/pkg/pasar.Xx0sYoVGf9zJ5c0Kxmfm0x.js", &[]).await;
    assert_eq!(missing.status(), 404);
    assert_ne!(missing.headers()["cache-control"], "public, max-age=31536000, immutable");
    let picture = get("/none.webp", &[]).await;
    assert_eq!(picture.headers()["content-type"], "application/problem+json", "no page is rendered for it");
    assert_eq!(get("/../Cargo.toml", &[]).await.status(), 404);
    std::fs::remove_dir_all(root).unwrap();
}

#[tokio::test]
async fn preferences_are_kept_for_a_year() {
    let response = call("/preferences", "lang=en&theme=dark&next=/search%3Fq%3Dx%26lang%3Did", &[]).await;
    assert_eq!(response.status(), 303);
    assert_eq!(response.headers()["location"], "/search?q=x");
    let set: Vec<_> =
        response.headers().get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect();
    assert_eq!(
        set,
        [
            "lang=en; HttpOnly; SameSite=Lax; Path=/; Max-Age=31536000",
            "theme=dark; HttpOnly; SameSite=Lax; Path=/; Max-Age=31536000",
        ]
    );
    for (body, to) in
        [("lang=xx", "/"), ("theme=light&next=//evil.example", "/"), ("next=https://evil.example", "/")]
    {
        let response = call("/preferences", body, &[]).await;
        assert_eq!((response.status().as_u16(), response.headers()["location"].to_str().unwrap()), (303, to));
    }
    let response = call("/preferences", "", &[("cookie", "a=b"), ("origin", "https://evil.example")]).await;
    assert_eq!(response.status(), 303, "the browser said same-origin");
}

#[tokio::test]
async fn stopping_lets_requests_finish_and_waits_no_longer_than_told() {
    for (path, ended, patience) in [("/page", web::Ended::Drained, 5_000), ("/slow", web::Ended::CutOff, 200)]
    {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let stopped = async move { drop(stopped.await) };
        let router = server(&WebSettings::default());
        let serving = tokio::spawn(web::serve(listener, router, stopped, Duration::from_millis(patience)));
        let mut connection = tokio::net::TcpStream::connect(address).await.unwrap();
        let sent = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        tokio::io::AsyncWriteExt::write_all(&mut connection, sent.as_bytes()).await.unwrap();
        if ended == web::Ended::Drained {
            let mut answer = String::new();
            tokio::io::AsyncReadExt::read_to_string(&mut connection, &mut answer).await.unwrap();
            assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        } else {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        stop.send(()).unwrap();
        assert_eq!(serving.await.unwrap().unwrap(), ended);
    }
}
