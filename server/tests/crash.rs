//! `kill -9` of the server, of its PostgreSQL, and of both, at some moment of two hundred checkouts and what follows from
//! them. Afterwards every order is whole or not there at all, nothing is lost, and whoever asks again gets what they
//! were about to get. `CRASHES=20` makes it as many times as is said; three are enough to see that it still holds.

mod running;

use running::{
    Place, Server, market, pause,
    shopper::{Shopper, Told},
};
use serde_json::{Value, json};
use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};
use tokio::{sync::Notify, task::JoinSet};

const BUYERS: usize = 200;
/// How many of them are served at a time.
const AT_ONCE: usize = 16;
/// Answers that one of them is given at least: placed, paid.
const ANSWERS: usize = 2;
const METHOD: &str = "gopay";

#[derive(Clone, Copy, Debug)]
enum Victim {
    Server,
    Postgres,
    Both,
}

/// What has happened until now, for whoever kills.
#[derive(Default)]
struct Moment {
    answers: AtomicUsize,
    when: AtomicUsize,
    come: Notify,
    /// Nobody tries again from here on.
    over: AtomicBool,
}

impl Moment {
    fn answered(&self) {
        if self.answers.fetch_add(1, Ordering::SeqCst) == self.when.load(Ordering::SeqCst) {
            self.come.notify_one();
        }
    }
}

/// One who buys, and how far they have come, as far as they have been told.
struct Buyer {
    shopper: Shopper,
    key: String,
    placed: Option<Value>,
    paid: bool,
    /// Sends it back once it is paid.
    fickle: bool,
    done: bool,
}

/// Something broke, or there is no answer yet: it can be asked again.
struct Broken;

impl From<io::Error> for Broken {
    fn from(_: io::Error) -> Self {
        Self
    }
}

/// What was answered, where it was no failure of the server's.
fn heard(told: io::Result<Told>) -> Result<Told, Broken> {
    told.map_err(Broken::from).and_then(|told| if told.0 < 500 { Ok(told) } else { Err(Broken) })
}

impl Buyer {
    /// Goes on from where they are.
    async fn step(&mut self, total: &Value, moment: &Moment) -> Result<(), Broken> {
        let Some(placed) = &self.placed else {
            let (status, told) = heard(self.shopper.place(&self.key, METHOD, total).await)?;
            if status == 409 && market::code(&told) == "conflict" {
                // The request that broke off is still being worked on.
                return Err(Broken);
            }
            assert_eq!(status, 201, "{told}");
            moment.answered();
            self.placed = Some(told);
            return Ok(());
        };
        let payment = format!("GET /payments/{}", placed["payment"]["id"].as_str().unwrap());
        let (status, told) = heard(self.shopper.ask(&payment, None, &Value::Null).await)?;
        assert_eq!(status, 200, "what was placed is there: {told}");
        if !self.paid {
            // While the bank is being asked there is no page yet.
            let page = told["instructions"]["url"].as_str();
            if told["order_group_state"] == "awaiting_payment" {
                let status = self.shopper.pay(page.ok_or(Broken)?).await?;
                if status >= 500 {
                    return Err(Broken);
                }
                assert_eq!(status, 303);
                moment.answered();
            }
            self.paid = true;
            return Ok(());
        }
        if told["order_group_state"] != "paid" {
            return Err(Broken);
        }
        if self.fickle {
            let order = told["orders"][0]["id"].as_str().unwrap();
            let why = json!({"reason": "changed_mind"});
            let (status, told) =
                heard(self.shopper.ask(&format!("POST /orders/{order}/cancel"), None, &why).await)?;
            assert!(status == 200 || status == 409, "cancelled, now or before: {status} {told}");
            moment.answered();
        }
        self.done = true;
        Ok(())
    }

    /// Until all is done, or, once the moment is over, until something does not work out.
    async fn go(mut self, total: Arc<Value>, moment: Arc<Moment>) -> Self {
        while !self.done {
            if self.step(&total, &moment).await.is_err() {
                if moment.over.load(Ordering::SeqCst) {
                    break;
                }
                pause().await;
            }
        }
        self
    }
}

/// All of them, a few at a time.
async fn shop(buyers: Vec<Buyer>, total: &Arc<Value>, moment: &Arc<Moment>) -> Vec<Buyer> {
    let (mut left, mut under_way, mut back) = (buyers.into_iter(), JoinSet::new(), vec![]);
    loop {
        while under_way.len() < AT_ONCE
            && let Some(buyer) = left.next()
        {
            under_way.spawn(buyer.go(total.clone(), moment.clone()));
        }
        match under_way.join_next().await {
            Some(buyer) => back.push(buyer.unwrap()),
            None => return back,
        }
    }
}

/// The same chance each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }
}

async fn crash(
    place: &Place,
    server: &mut Server,
    first: &Shopper,
    total: &Arc<Value>,
    n: usize,
    chance: &mut Chance,
) {
    let victim = [Victim::Server, Victim::Postgres, Victim::Both][n % 3];
    let db = place.database().await;
    let buyers = market::crowd(&db, first, place.address, BUYERS).await;
    let buyers: Vec<Buyer> = buyers
        .into_iter()
        .enumerate()
        .map(|(i, shopper)| Buyer {
            shopper,
            key: format!("buy-{n}-{i}"),
            placed: None,
            paid: false,
            fickle: i % 5 == 0,
            done: false,
        })
        .collect();
    db.close().await;
    let moment = Arc::new(Moment::default());
    let when = chance.below(BUYERS * ANSWERS);
    moment.when.store(when, Ordering::SeqCst);
    let about = format!("crash {n}, of {victim:?} at the {when}th answer");

    let kill = async {
        moment.come.notified().await;
        moment.over.store(true, Ordering::SeqCst);
        match victim {
            Victim::Server => server.kill(),
            Victim::Postgres => place.kill_postgres(),
            Victim::Both => {
                place.kill_postgres();
                server.kill();
            }
        }
    };
    let (buyers, ()) = tokio::join!(shop(buyers, total, &moment), kill);
    let told = buyers.iter().filter(|buyer| buyer.placed.is_some()).count();
    if !matches!(victim, Victim::Postgres) {
        *server = place.start().await;
    }
    let db = place.database().await;
    market::is_whole(&db, &about).await;
    let there = market::number(&db, "select count(*) from order_group").await;
    assert!(
        there >= i64::try_from(told + n * BUYERS).unwrap(),
        "{about}: what was told to be placed is there"
    );
    println!("{about}: {told} had been told, {} were placed", there - i64::try_from(n * BUYERS).unwrap());
    market::a_minute_later(&db).await;

    // Everybody comes back and asks for the same again.
    let moment = Arc::new(Moment::default());
    moment.when.store(usize::MAX, Ordering::SeqCst);
    let hurry = async {
        loop {
            pause().await;
            // What the failing database left behind is not waited for.
            let failed =
                "update job set due = now() where state = 'waiting' and attempts > 0 and due > now()";
            _ = sqlx::query(failed).execute(&db).await;
        }
    };
    let buyers = tokio::select! {
        buyers = shop(buyers, total, &moment) => buyers,
        () = hurry => vec![],
    };
    assert_eq!(buyers.iter().filter(|buyer| buyer.done).count(), BUYERS);
    market::a_minute_later(&db).await;
    market::settle(&db).await;
    market::is_whole(&db, &format!("{about}, and all is done")).await;
    let everybody = i64::try_from((n + 1) * BUYERS).unwrap();
    for (what, sql, expected) in [
        ("everybody has one order group", "select count(*) from order_group where state = 'paid'", everybody),
        (
            "and has paid once",
            "select count(*) from (select group_id from payment where captured = amount group by group_id) as paid",
            everybody,
        ),
        (
            "what was sent back is paid back",
            "select count(*) from refund where state = 'settled'",
            everybody / 5,
        ),
    ] {
        assert_eq!(market::number(&db, sql).await, expected, "{about}: {what}");
    }
    db.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_killed_orders_are_whole_and_nothing_is_lost() {
    let crashes = std::env::var("CRASHES").ok().map_or(3, |crashes| crashes.parse().unwrap());
    let place = Place::new(None);
    let mut server = place.start().await;
    let db = place.database().await;
    market::open(&db).await;
    db.close().await;
    let mut first = Shopper::come(place.address).await.unwrap();
    let goods = [(market::variant(1), 1), (market::variant(2), 2)];
    let total = Arc::new(first.fill(&goods, "sari@example.com", METHOD).await);
    let mut chance = Chance(42);
    for n in 0..crashes {
        crash(&place, &mut server, &first, &total, n, &mut chance).await;
    }
    server.stop().await;
    market::reconciles(&place);
}
