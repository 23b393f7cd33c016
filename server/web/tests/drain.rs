//! Refusals of clients that are still sending, over real connections.

use axum::{Router, routing::post};
use kernel::Kernel;
use std::{future::pending, net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};
use web::WebSettings;

const MEGABYTE: usize = 1024 * 1024;

async fn server() -> SocketAddr {
    let kernel = Kernel::new(sqlx::PgPool::connect_lazy("postgres://nobody@127.0.0.1:1/none").unwrap());
    let settings = WebSettings { body_limit: 1000, ..WebSettings::default() };
    let router = Router::new().route("/echo", post(|body: String| async move { body }));
    let router = web::layers(router, &settings, &kernel);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(web::serve(listener, router, pending(), Duration::ZERO));
    address
}

/// Headers of a request of our own pages, or of another site's.
fn head(site: &str, length: &str) -> String {
    format!("POST /echo HTTP/1.1\r\nhost: x\r\nsec-fetch-site: {site}\r\n{length}\r\n\r\n")
}

/// Reads one answer and returns its status line.
async fn answer(connection: &mut TcpStream) -> String {
    let mut said = Vec::new();
    while !said.windows(4).any(|end| end == b"\r\n\r\n") {
        assert_ne!(connection.read_buf(&mut said).await.unwrap(), 0, "closed without an answer");
    }
    let said = String::from_utf8_lossy(&said);
    said.lines().next().unwrap().to_owned()
}

#[tokio::test]
async fn who_sends_too_much_sends_it_all_and_then_reads_the_refusal() {
    let address = server().await;
    let body = vec![b'x'; 8 * MEGABYTE];
    let announced = format!("content-length: {}", body.len());
    for (site, length, status) in [
        ("same-origin", announced.as_str(), "HTTP/1.1 413 Payload Too Large"),
        ("same-origin", "transfer-encoding: chunked", "HTTP/1.1 413 Payload Too Large"),
        ("cross-site", announced.as_str(), "HTTP/1.1 403 Forbidden"),
    ] {
        let mut connection = TcpStream::connect(address).await.unwrap();
        connection.write_all(head(site, length).as_bytes()).await.unwrap();
        if length.ends_with("chunked") {
            connection.write_all(format!("{:x}\r\n", body.len()).as_bytes()).await.unwrap();
        }
        connection.write_all(&body).await.unwrap();
        if length.ends_with("chunked") {
            connection.write_all(b"\r\n0\r\n\r\n").await.unwrap();
        }
        assert_eq!(answer(&mut connection).await, status, "{site} {length}");
    }
}

#[tokio::test]
async fn nobody_can_make_us_read_without_end() {
    let mut connection = TcpStream::connect(server().await).await.unwrap();
    let length = format!("content-length: {}", 1000 * MEGABYTE);
    connection.write_all(head("same-origin", &length).as_bytes()).await.unwrap();
    let chunk = vec![b'x'; MEGABYTE];
    let mut sent = 0;
    while connection.write_all(&chunk).await.is_ok() {
        sent += 1;
        assert!(sent < 100, "{sent} MB were read in vain");
    }
}

#[tokio::test]
async fn who_asks_before_sending_is_told_no_and_nothing_else() {
    let mut connection = TcpStream::connect(server().await).await.unwrap();
    let length = format!("content-length: {}\r\nexpect: 100-continue", 8 * MEGABYTE);
    connection.write_all(head("same-origin", &length).as_bytes()).await.unwrap();
    assert_eq!(answer(&mut connection).await, "HTTP/1.1 413 Payload Too Large");
}
