//! An aggregator that gives one answer, and keeps what it was asked.

use serde_json::Value;
use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

#[derive(Clone, Debug)]
pub struct Asked {
    /// `POST /v1/rates/couriers HTTP/1.1`.
    pub line: String,
    /// Lower-case names with their values.
    pub headers: Vec<(String, String)>,
    pub body: Value,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// How it answers.
#[derive(Clone)]
pub enum Manner {
    Says(u16, String),
    HangsUp,
    /// Keeps the line open and is silent.
    Sleeps,
}

pub struct Aggregator {
    pub url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Aggregator {
    pub async fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
        let asked = Arc::<Mutex<Vec<Asked>>>::default();
        let noted = asked.clone();
        tokio::spawn(async move {
            let mut open = Vec::new();
            while let Ok((stream, _)) = listener.accept().await {
                open.extend(answer(stream, &manner, &noted).await);
            }
        });
        Self { url, asked }
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

/// Returns the line where it is to stay open.
async fn answer(
    stream: TcpStream,
    manner: &Manner,
    asked: &Mutex<Vec<Asked>>,
) -> Option<BufReader<TcpStream>> {
    let mut stream = BufReader::new(stream);
    let (mut first, mut headers) = (String::new(), Vec::new());
    stream.read_line(&mut first).await.ok()?;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let mut body = vec![0; length.map_or(0, |(_, value)| value.parse().unwrap())];
    stream.read_exact(&mut body).await.ok()?;
    // A question without a body has none.
    let body = if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).unwrap() };
    asked.lock().unwrap().push(Asked { line: first.trim_end().to_owned(), headers, body });
    match manner {
        Manner::Says(status, text) => {
            let length = text.len();
            let head =
                format!("HTTP/1.1 {status} So\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
            // Whoever has heard enough hangs up.
            let _ = stream.write_all((head + text).as_bytes()).await;
            None
        }
        Manner::HangsUp => None,
        Manner::Sleeps => Some(stream),
    }
}
