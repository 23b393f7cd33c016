//! Hundreds at once for few things: of the binary itself, over HTTP. As many get something as there is, everybody else
//! hears why not, and nothing is left over.

mod running;

use running::{
    Place, Server,
    market::{self, code, number},
    pause,
    shopper::{Shopper, Told},
};
use serde_json::{Value, json};
use sqlx::{ConnectOptions as _, PgPool};
use std::sync::Arc;
use tokio::{sync::Barrier, task::JoinSet};

/// Each of these tests needs the whole machine.
static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Of a way to pay whose instructions are the page on which one pays.
const METHOD: &str = "gopay";

struct House {
    place: Place,
    server: Server,
    db: PgPool,
    /// Whose cart all others have.
    first: Shopper,
    total: Value,
}

impl House {
    async fn open(db: PgPool, goods: &[(String, i32)], code: Option<&str>) -> Self {
        let place = Place::new(Some(db.connect_options().to_url_lossy().to_string()));
        let server = place.start().await;
        let mut first = Shopper::come(place.address).await.unwrap();
        let mut total = first.fill(goods, "sari@example.com", METHOD).await;
        if let Some(code) = code {
            first.ok("POST /carts/current/vouchers", json!({"code": code})).await;
            total = first.ok("GET /carts/current/checkout", Value::Null).await["summary"]["total"].clone();
        }
        Self { place, server, db, first, total }
    }

    /// All of a crowd press the button at the same moment, each as often as is said.
    async fn rush(&self, many: usize, times: usize) -> Rush {
        let crowd = market::crowd(&self.db, &self.first, self.place.address, many).await;
        let (start, mut rush) = (Arc::new(Barrier::new(many * times)), JoinSet::new());
        for (n, shopper) in crowd.iter().enumerate() {
            for _ in 0..times {
                let mut shopper = Shopper::with(self.place.address, shopper.token.clone());
                let (start, total) = (start.clone(), self.total.clone());
                rush.spawn(async move {
                    start.wait().await;
                    (n, shopper.place(&format!("buy-{n}"), METHOD, &total).await.expect("there is an answer"))
                });
            }
        }
        let mut told: Vec<Vec<Told>> = vec![vec![]; many];
        for (n, answer) in rush.join_all().await {
            told[n].push(answer);
        }
        Rush { crowd, told }
    }

    /// What was bought is paid for at the bank, which tells of it; each is paid once, and so the money is there once.
    async fn all_pay(&self, winners: Vec<(Shopper, Value)>) {
        let (mut paying, mut sum) = (JoinSet::new(), 0);
        for (mut shopper, placed) in winners {
            sum += placed["payment"]["amount"]["amount"].as_i64().unwrap();
            paying.spawn(async move {
                let payment = format!("GET /payments/{}", placed["payment"]["id"].as_str().unwrap());
                let page = loop {
                    let payment = shopper.ok(&payment, Value::Null).await;
                    if let Some(page) = payment["instructions"]["url"].as_str() {
                        break page.to_owned();
                    }
                    pause().await;
                };
                assert_eq!(shopper.pay(&page).await.unwrap(), 303);
                while shopper.ok(&payment, Value::Null).await["order_group_state"] != "paid" {
                    pause().await;
                }
            });
        }
        paying.join_all().await;
        market::settle(&self.db).await;
        let taken = "select coalesce(sum(-amount), 0)::bigint from ledger_entry join ledger_account as a on a.id = account_id
                     where kind = 'provider'";
        assert_eq!(number(&self.db, taken).await, sum, "what the bank took is what was to be paid");
    }

    async fn close(self) {
        market::is_whole(&self.db, "in the end").await;
        market::reconciles(&self.place);
        self.server.stop().await;
        assert!(!self.place.log().contains("ERROR"), "nothing went wrong on the way: {}", self.place.log());
    }
}

struct Rush {
    crowd: Vec<Shopper>,
    /// Each one's answers.
    told: Vec<Vec<Told>>,
}

impl Rush {
    /// Those who got something, with what they were told, and those who did not. Every answer is one of: placed, the
    /// same twice; something has changed, nothing was placed; the same request is under way.
    fn parted(self) -> (Vec<(Shopper, Value)>, Vec<Shopper>) {
        let (mut got, mut left) = (vec![], vec![]);
        for (shopper, told) in self.crowd.into_iter().zip(self.told) {
            let placed: Vec<&Value> = told.iter().filter(|it| it.0 == 201).map(|it| &it.1).collect();
            for (status, refused) in told.iter().filter(|it| it.0 != 201) {
                let expected: &[&str] =
                    if placed.is_empty() { &["changed", "conflict"] } else { &["conflict"] };
                assert!(*status == 409 && expected.contains(&code(refused)), "{status} {refused}");
            }
            let mut groups: Vec<&Value> = placed.iter().map(|it| &it["order_group_id"]).collect();
            groups.dedup();
            assert!(groups.len() <= 1, "one button, one order");
            match placed.first() {
                Some(placed) => got.push((shopper, (*placed).clone())),
                None => left.push(shopper),
            }
        }
        (got, left)
    }
}

/// What somebody who got nothing is told has changed.
async fn changes(shopper: &mut Shopper, total: &Value) -> Vec<Value> {
    let look = format!("GET /carts/current/checkout?was={}", total["amount"]);
    let checkout = shopper.ok(&look, Value::Null).await;
    let lines =
        checkout["shops"].as_array().unwrap().iter().flat_map(|shop| shop["lines"].as_array().unwrap());
    assert!(lines.count() > 0, "the cart is as it was");
    checkout["changes"].as_array().unwrap().clone()
}

fn one_of(n: u32) -> (String, i32) {
    (market::variant(n), 1)
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn of_a_hundred_who_press_twice_one_gets_the_last_piece(db: PgPool) {
    let _turn = TURN.lock().await;
    market::open(&db).await;
    market::leave(&db, 1).await;
    let house = House::open(db.clone(), &[one_of(1), one_of(2)], None).await;
    let (got, mut left) = house.rush(100, 2).await.parted();
    assert_eq!((got.len(), left.len()), (1, 99));
    assert_eq!(number(&db, "select count(*) from order_group").await, 1);
    assert_eq!(number(&db, "select sum(reserved)::bigint from stock").await, 2, "one of each shop's");
    let gone = json!({"kind": "stock", "name": "Kaos Polos", "left": 0});
    assert_eq!(changes(&mut left[0], &house.total).await, [gone]);
    house.all_pay(got).await;
    house.close().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn of_five_hundred_fifty_get_the_last_fifty_pieces(db: PgPool) {
    let _turn = TURN.lock().await;
    market::open(&db).await;
    market::leave(&db, 50).await;
    let house = House::open(db.clone(), &[one_of(2), one_of(1)], None).await;
    let (got, left) = house.rush(500, 1).await.parted();
    assert_eq!((got.len(), left.len()), (50, 450));
    let sold = "select sum(quantity)::bigint from order_line where sku = 'SKU-1'";
    let kept =
        "select reserved::bigint from stock join variant on variant.id = variant_id where sku = 'SKU-1'";
    assert_eq!((number(&db, sold).await, number(&db, kept).await), (50, 50));
    assert_eq!(number(&db, "select count(*) from shop_order").await, 100);
    house.all_pay(got).await;
    assert_eq!(
        number(&db, "select on_hand::bigint from variant where sku = 'SKU-1'").await,
        0,
        "as pages show it"
    );
    house.close().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn of_five_hundred_fifty_get_a_voucher_for_fifty(db: PgPool) {
    let _turn = TURN.lock().await;
    market::open(&db).await;
    market::voucher(&db, "HEMAT5", 50).await;
    let house = House::open(db.clone(), &[one_of(1)], Some("HEMAT5")).await;
    let (got, mut left) = house.rush(500, 1).await.parted();
    assert_eq!((got.len(), left.len()), (50, 450));
    assert_eq!(number(&db, "select used::bigint from voucher").await, 50);
    assert_eq!(number(&db, "select count(*) from shop_order where platform_discount = 5000").await, 50);
    assert_eq!(number(&db, "select count(*) from shop_order").await, 50);
    let told = changes(&mut left[0], &house.total).await;
    assert_eq!(told[0], json!({"kind": "voucher", "code": "HEMAT5", "reason": "used_up"}));
    assert_eq!(told[1]["kind"], "total");
    house.all_pay(got).await;
    house.close().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn of_five_hundred_fifty_buy_at_the_price_of_the_flash_sale(db: PgPool) {
    let _turn = TURN.lock().await;
    market::open(&db).await;
    market::flash_sale(&db, 50).await;
    let house = House::open(db.clone(), &[one_of(1)], None).await;
    let (got, mut left) = house.rush(500, 1).await.parted();
    assert_eq!((got.len(), left.len()), (50, 450));
    assert_eq!(number(&db, "select sold::bigint from flash_item").await, 50);
    let cheap = "select count(*) from order_line where unit_price = 6000 and flash_sale_id is not null";
    assert_eq!((number(&db, cheap).await, number(&db, "select count(*) from order_line").await), (50, 50));
    let told = changes(&mut left[0], &house.total).await;
    assert!(told.iter().any(|change| change["kind"] == "price"), "{told:?}");
    house.all_pay(got).await;
    house.close().await;
}
