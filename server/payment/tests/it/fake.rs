//! A provider that answers what a test tells it to, and remembers what it was asked.

use ::http::{HeaderMap, HeaderName, HeaderValue};
use hmac::{Hmac, Mac as _};
use model::{Money, payment::Method};
use payment::{OpenRequest, RefundRequest};
use serde_json::Value;
use sha2::Sha256;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};
use time::OffsetDateTime;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

#[derive(Clone, Debug)]
pub struct Asked {
    /// As in `POST /v2/charge`.
    pub line: String,
    headers: Vec<(String, String)>,
    pub body: String,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// A member of a form.
    pub fn form(&self, name: &str) -> Option<String> {
        form_urlencoded::parse(self.body.as_bytes())
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.into_owned())
    }
}

pub struct Fake {
    pub url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Fake {
    /// Answers these, one after another; status 0 closes the line without an answer.
    pub async fn start(answers: impl IntoIterator<Item = (u16, Value)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
        let asked = Arc::<Mutex<Vec<Asked>>>::default();
        let noted = asked.clone();
        let mut answers: VecDeque<_> = answers.into_iter().collect();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let next = answers.pop_front().unwrap_or((500, Value::Null));
                _ = answer(stream, next, &noted).await;
            }
        });
        Self { url, asked }
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

async fn answer(
    stream: TcpStream,
    (status, body): (u16, Value),
    asked: &Mutex<Vec<Asked>>,
) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut first = String::new();
    stream.read_line(&mut first).await?;
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let mut sent = vec![0; length.map_or(0, |(_, value)| value.parse().unwrap())];
    stream.read_exact(&mut sent).await?;
    asked.lock().unwrap().push(Asked {
        line: first.trim_end().trim_end_matches(" HTTP/1.1").to_owned(),
        headers,
        body: String::from_utf8(sent).unwrap(),
    });
    if status != 0 {
        let body = body.to_string();
        let head = format!(
            "HTTP/1.1 {status} So\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(head.as_bytes()).await?;
    }
    Ok(())
}

pub const PAYMENT: &str = "01900000-0000-7000-8000-000000000001";

/// 2026-11-22 10:30:00 in Jakarta.
pub fn now() -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(1_795_318_200).unwrap()
}

pub fn request(method: Method) -> OpenRequest {
    OpenRequest {
        payment: PAYMENT.parse().unwrap(),
        amount: Money::idr(125_000),
        method,
        now: now(),
        due_at: now() + time::Duration::hours(2),
        description: "INV/20261122/000123".to_owned(),
        buyer_name: Some("Sari".to_owned()),
        buyer_email: Some("sari@example.com".to_owned()),
        buyer_phone: Some("+6281234567890".to_owned()),
        return_url: "https://pasar.example/back".to_owned(),
        notify_url: "https://pasar.example/hook".to_owned(),
    }
}

pub fn refund(provider_ref: &str) -> RefundRequest {
    RefundRequest {
        payment: PAYMENT.parse().unwrap(),
        provider_ref: provider_ref.to_owned(),
        amount: Money::idr(25_000),
        key: "return:1".to_owned(),
    }
}

pub fn headers(name: &'static str, value: &str) -> HeaderMap {
    HeaderMap::from_iter([(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())])
}

/// `t=…,v1=…` as Stripe and our bank write it.
pub fn timed(secret: &str, body: &str, at: OffsetDateTime) -> String {
    let at = at.unix_timestamp();
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{at}.{body}").as_bytes());
    format!("t={at},v1={}", hex::encode(mac.finalize().into_bytes()))
}
