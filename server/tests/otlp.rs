//! Traces reach a collector: `scripts/test.sh -p pasar --features otlp --test otlp`.
//!
//! Not among what CI runs, since the feature is a build of its own.

use axum::{Router, body::Bytes, extract::State, http::HeaderMap, routing};
use kernel::{
    Kernel,
    telemetry::{Telemetry, TelemetrySettings},
};
use std::{future::pending, net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::mpsc::{UnboundedSender, unbounded_channel},
};
use web::WebSettings;

async fn listen(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(web::serve(listener, router, pending(), Duration::ZERO));
    address
}

async fn take(State(taken): State<UnboundedSender<(HeaderMap, Bytes)>>, headers: HeaderMap, body: Bytes) {
    taken.send((headers, body)).unwrap();
}

fn says(body: &[u8], text: &str) -> bool {
    body.windows(text.len()).any(|part| part == text.as_bytes())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_a_span_at_the_collector() {
    let (taken, mut spans) = unbounded_channel();
    let collector = listen(Router::new().route("/v1/traces", routing::post(take)).with_state(taken)).await;
    let otlp = Some(format!("http://{collector}/v1/traces"));
    let telemetry = Telemetry::start(&TelemetrySettings { otlp, ..TelemetrySettings::default() }).unwrap();

    let kernel = Kernel::new(sqlx::PgPool::connect_lazy("postgres://nobody@127.0.0.1:1/none").unwrap());
    let shop = Router::new().route("/a-page", routing::get(|| async { "hello" }));
    let shop = listen(web::layers(shop, &WebSettings::default(), &kernel)).await;
    let mut connection = TcpStream::connect(shop).await.unwrap();
    connection.write_all(b"GET /a-page HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let id = answer.lines().find_map(|line| line.strip_prefix("x-request-id: ")).unwrap();

    tokio::task::spawn_blocking(move || telemetry.shut_down()).await.unwrap();
    let (headers, body) = spans.recv().await.unwrap();
    assert_eq!(headers["content-type"], "application/x-protobuf");
    for text in ["service.name", "pasar", "request", "/a-page", id] {
        assert!(says(&body, text), "{text} in {}", String::from_utf8_lossy(&body));
    }
}
