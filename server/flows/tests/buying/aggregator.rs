//! An aggregator on a port of its own that speaks Biteship's protocol: what couriers take, and booking them.

use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::Barrier,
};

/// How it answers those who ask what couriers take.
#[derive(Clone)]
pub enum Manner {
    Offers(Vec<Value>),
    /// Only once so many are asking at the same time.
    Together(Arc<Barrier>, Vec<Value>),
    Refuses,
    /// Keeps the line open and says nothing.
    Silent,
}

struct Desk {
    manner: Manner,
    asked: Vec<Value>,
    booked: Vec<Value>,
}

pub struct Aggregator {
    pub url: String,
    desk: Arc<Mutex<Desk>>,
}

/// One of Biteship's rates, insurance of Rp 500 included.
pub fn rate(courier: &str, code: &str, price: i64) -> Value {
    json!({
        "available_for_cash_on_delivery": true, "available_for_insurance": true, "company": courier,
        "courier_name": courier.to_uppercase(), "courier_code": courier, "courier_service_code": code,
        "currency": "IDR", "shipment_duration_range": "1 - 2", "shipment_duration_unit": "days",
        "service_type": "standard", "shipping_type": "parcel", "insurance_fee": 500, "price": price,
    })
}

impl Aggregator {
    pub async fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
        let desk = Arc::new(Mutex::new(Desk { manner, asked: vec![], booked: vec![] }));
        let noted = desk.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, noted.clone()));
            }
        });
        Self { url, desk }
    }

    pub fn behave(&self, manner: Manner) {
        self.desk.lock().unwrap().manner = manner;
    }

    /// How often it was asked what couriers take.
    pub fn times_asked(&self) -> usize {
        self.desk.lock().unwrap().asked.len()
    }

    /// What was asked last.
    pub fn last_asked(&self) -> Value {
        self.desk.lock().unwrap().asked.last().cloned().unwrap()
    }

    pub fn booked(&self) -> Vec<Value> {
        self.desk.lock().unwrap().booked.clone()
    }
}

/// None where whoever asked has hung up.
async fn answer(stream: TcpStream, desk: Arc<Mutex<Desk>>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    let (mut first, mut length) = (String::new(), 0);
    stream.read_line(&mut first).await.ok()?;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    let body: Value = serde_json::from_slice(&body).unwrap();
    let manner = {
        let mut desk = desk.lock().unwrap();
        if first.starts_with("POST /v1/orders ") {
            desk.booked.push(body);
            None
        } else {
            assert!(first.starts_with("POST /v1/rates/couriers "), "{first}");
            desk.asked.push(body);
            Some(desk.manner.clone())
        }
    };
    let pricing = |rates: &[Value]| json!({"success": true, "object": "courier_pricing", "pricing": rates});
    let (status, said) = match manner {
        None => {
            let courier = json!({"tracking_id": "tracking-1", "waybill_id": "WYB-1112223333444"});
            (200, json!({"success": true, "id": "order-1", "status": "confirmed", "courier": courier}))
        }
        Some(Manner::Offers(rates)) => (200, pricing(&rates)),
        Some(Manner::Together(all, rates)) => {
            all.wait().await;
            (200, pricing(&rates))
        }
        Some(Manner::Refuses) => (503, json!({"success": false, "error": "Unavailable", "code": 50_300_000})),
        Some(Manner::Silent) => {
            // Until the other side has had enough.
            let _ = stream.read(&mut [0]).await;
            return None;
        }
    };
    let said = said.to_string();
    let head = format!("HTTP/1.1 {status} So\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", said.len());
    stream.write_all((head + &said).as_bytes()).await.ok()
}
