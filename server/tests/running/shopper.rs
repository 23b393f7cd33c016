//! Somebody without an account who buys through the API.

use super::http::Connection;
use serde_json::{Value, json};
use std::{io, net::SocketAddr};

pub struct Shopper {
    http: Connection,
    /// Opens their cart and their orders.
    pub token: String,
}

/// A status, and the document that came with it.
pub type Told = (u16, Value);

impl Shopper {
    pub const fn with(to: SocketAddr, token: String) -> Self {
        Self { http: Connection::new(to), token }
    }

    /// A new guest with an empty cart.
    pub async fn come(to: SocketAddr) -> io::Result<Self> {
        let mut guest = Self::with(to, String::new());
        let (status, opened) = guest.ask("POST /carts", None, &Value::Null).await?;
        assert_eq!(status, 201, "{opened}");
        opened["token"].as_str().unwrap_or_default().clone_into(&mut guest.token);
        Ok(guest)
    }

    pub async fn ask(&mut self, call: &str, key: Option<&str>, body: &Value) -> io::Result<Told> {
        let key = key.map(|key| ("idempotency-key", key));
        self.send(call, key.as_slice(), body).await
    }

    async fn send(&mut self, call: &str, more: &[(&str, &str)], body: &Value) -> io::Result<Told> {
        let (method, path) = call.split_once(' ').unwrap_or((call, "/"));
        let bearer = format!("Bearer {}", self.token);
        let mut headers = vec![("content-type", "application/json")];
        if !self.token.is_empty() {
            headers.push(("authorization", &bearer));
        }
        headers.extend(more);
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let answer = self.http.send(&format!("{method} /api/v1{path}"), &headers, &body).await?;
        Ok((answer.status, serde_json::from_slice(&answer.body).unwrap_or_default()))
    }

    /// What is changed without asking how things are then.
    async fn done(&mut self, call: &str, body: Value) {
        let (status, told) =
            self.send(call, &[("prefer", "return=minimal")], &body).await.expect("the server answers");
        assert_eq!(status, 204, "{call}: {told}");
    }

    /// What is answered with 200.
    pub async fn ok(&mut self, call: &str, body: Value) -> Value {
        let (status, told) = self.ask(call, None, &body).await.expect("the server answers");
        assert_eq!(status, 200, "{call}: {told}");
        told
    }

    /// Puts pieces of variants into the cart, says all that has to be said, and looks at what it comes to.
    pub async fn fill(&mut self, goods: &[(String, i32)], email: &str, method: &str) -> Value {
        for (variant, quantity) in goods {
            self.done("POST /carts/current/lines", json!({"variant_id": variant, "quantity": quantity}))
                .await;
        }
        self.done("PUT /carts/current/contact", json!({"email": email})).await;
        self.done("PUT /carts/current/address", address()).await;
        let checkout = self.ok("PUT /carts/current/payment-method", json!({"payment_method": method})).await;
        assert_eq!(checkout["missing"], json!([]), "{checkout}");
        checkout["summary"]["total"].clone()
    }

    pub async fn place(&mut self, key: &str, method: &str, total: &Value) -> io::Result<Told> {
        let body = json!({"payment_method": method, "expected_total": total});
        self.ask("POST /carts/current/checkout", Some(key), &body).await
    }

    /// Pays on the page of the simulated bank. The page is that of a charge nobody has paid yet, so of any number of
    /// times only one counts; the status.
    pub async fn pay(&mut self, page: &str) -> io::Result<u16> {
        let path =
            page.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..])).unwrap_or(page);
        let headers =
            [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
        Ok(self.http.send(&format!("POST {path}"), &headers, "do=pay&version=1").await?.status)
    }
}

pub fn address() -> Value {
    json!({
        "recipient": "Sari Wulandari", "phone": "0812 3456 7890", "district": "31.74.07", "postcode": "12110",
        "street": "Jl. Melati No. 5, RT 03/RW 04",
    })
}
