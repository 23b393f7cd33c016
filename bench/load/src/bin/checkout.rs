//! Makes load for `make bench-checkout`: `checkout ADDRESS CLIENTS SECONDS METHOD FILE`. Each line of the
//! file has the ids of two variants, which are bought together.
//!
//! Each client is one guest after another who opens a cart, puts two things into it, says how they are reached, where it
//! goes and how they pay, looks at what it comes to, places it, and pays at the simulated bank. A checkout counts once the
//! bank has told the market and the order is paid, so what is left to be told in the end is waited for, and the time it
//! takes is counted. Printed: checkouts, seconds, and how long a guest waited from the first request to the last.

#[path = "../../../../server/tests/running/http.rs"]
mod http;
#[path = "../../../../server/tests/running/shopper.rs"]
mod shopper;

use serde_json::{Value, json};
use shopper::Shopper;
use std::{
    error::Error,
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

#[derive(Clone)]
struct Wish {
    to: SocketAddr,
    method: String,
    pairs: Arc<Vec<Vec<(String, i32)>>>,
}

/// From an empty cart to the bank's "paid"; the request that tells how the payment stands, and who may ask.
async fn buy(wish: &Wish, client: usize, n: usize) -> Outcome<(Shopper, String)> {
    let (name, goods) = (format!("bench-{client}-{n}"), &wish.pairs[(client * 31 + n) % wish.pairs.len()]);
    let mut guest = Shopper::come(wish.to).await?;
    let total = guest.fill(goods, &format!("{name}@mail.example"), &wish.method).await;
    let (status, placed) = guest.place(&name, &wish.method, &total).await?;
    if status != 201 {
        return Err(format!("{status} {placed}").into());
    }
    let payment = &placed["payment"];
    let page = payment["instructions"]["url"].as_str().ok_or("the bank was not asked in time")?;
    let status = guest.pay(page).await?;
    if status != 303 {
        return Err(format!("the bank says {status}").into());
    }
    Ok((guest, format!("GET /payments/{}", payment["id"].as_str().unwrap_or_default())))
}

async fn client(wish: Wish, n: usize, until: Instant) -> Outcome<(Vec<Duration>, Option<(Shopper, String)>)> {
    let (mut took, mut last) = (vec![], None);
    while Instant::now() < until {
        let started = Instant::now();
        last = Some(buy(&wish, n, took.len()).await?);
        took.push(started.elapsed());
    }
    Ok((took, last))
}

/// What the bank tells, it tells in order, near enough: once each client's last is paid, all are.
async fn told((mut guest, payment): (Shopper, String)) -> Outcome<()> {
    loop {
        let (_, now) = guest.ask(&payment, None, &Value::Null).await?;
        if now["order_group_state"] == json!("paid") {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().ok_or("usage: checkout ADDRESS CLIENTS SECONDS METHOD FILE");
    let (to, clients, seconds) = (next()?.parse()?, next()?.parse()?, next()?.parse()?);
    let method = next()?;
    let pair = |line: &str| line.split(' ').map(|variant| (variant.to_owned(), 1)).collect();
    let pairs = std::fs::read_to_string(next()?)?.lines().map(pair).collect();
    let wish = Wish { to, method, pairs: Arc::new(pairs) };
    let started = Instant::now();
    let until = started + Duration::from_secs(seconds);
    let mut clients: JoinSet<_> = (0..clients).map(|n| client(wish.clone(), n, until)).collect();
    let (mut took, mut last) = (vec![], vec![]);
    while let Some(done) = clients.join_next().await {
        let (of_client, its_last) = done??;
        took.extend(of_client);
        last.extend(its_last);
    }
    for payment in last {
        told(payment).await?;
    }
    let elapsed = started.elapsed().as_secs_f64();
    took.sort_unstable();
    let at = |percent: usize| took.get(took.len() * percent / 100).map_or(0.0, |it| it.as_secs_f64() * 1e3);
    println!("{} {elapsed:.3} {:.1} {:.1}", took.len(), at(50), at(99));
    Ok(())
}
