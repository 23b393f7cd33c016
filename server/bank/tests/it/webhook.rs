//! What the bank tells, and how one knows that it was the bank.

use crate::fixtures::{House, SECRET, paid};
use hmac::{Hmac, Mac as _};
use kernel::jobs::Outcome;
use sha2::Sha256;
use sqlx::PgPool;
use time::Duration;

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_webhook_says_what_happened_and_is_signed(db: PgPool) {
    let house = House::open(db).await;
    let charge = house.charge(1).await;
    house.press(&charge, "pay").await;
    assert_eq!(house.ear.told(), [], "nothing is told within the request");
    house.app.run_jobs().await;
    let (headers, body) = house.ear.heard.lock().unwrap()[0].clone();
    let signature = headers["x-bank-signature"].to_str().unwrap();
    let (seconds, v1) = signature.strip_prefix("t=").unwrap().split_once(",v1=").unwrap();
    assert_eq!(seconds.parse::<i64>().unwrap(), house.app.kernel().now().unix_timestamp());
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(format!("{seconds}.{body}").as_bytes());
    mac.verify_slice(&hex::decode(v1).unwrap()).unwrap();

    let event = &house.ear.events()[0];
    assert_eq!(event, &house.shown(&charge).await["events"][0], "the API tells the same");
    let keys: Vec<_> = event.as_object().unwrap().keys().map(String::as_str).collect();
    let mut wanted =
        ["event_id", "type", "charge_id", "payment_id", "amount", "currency", "reference", "occurred_at"];
    wanted.sort_unstable();
    let mut keys = keys;
    keys.sort_unstable();
    assert_eq!(keys, wanted);
    assert_eq!((&event["currency"], &event["occurred_at"]), (&"IDR".into(), &"2026-01-05T03:00:00Z".into()));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_not_taken_is_sent_again_with_the_same_id(db: PgPool) {
    let house = House::open(db.clone()).await;
    house.ear.answers.lock().unwrap().extend([500, 302]);
    let charge = house.charge(1).await;
    house.press(&charge, "pay").await;
    let ran = house.app.run_all_jobs(Duration::HOUR).await;
    assert_eq!((ran.count(Outcome::Retried), ran.count(Outcome::Done)), (2, 1));
    let events = house.ear.events();
    assert_eq!(house.ear.told(), [paid(100_000), paid(100_000), paid(100_000)]);
    assert!(events.iter().all(|event| event["event_id"] == events[0]["event_id"]));
    let row =
        sqlx::query!(r#"select attempts, answer, delivered_at is not null as "delivered!" from bank_event"#);
    let row = row.fetch_one(&db).await.unwrap();
    assert_eq!((row.attempts, row.answer.as_deref(), row.delivered), (3, Some("HTTP 204 No Content"), true));
    assert_eq!(house.shown(&charge).await["paid"], 100_000);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn each_thing_that_happens_is_told_once(db: PgPool) {
    let house = House::open(db).await;
    let charge = house.charge(1).await;
    for button in ["fail", "pay", "charge_back"] {
        house.press(&charge, button).await;
        house.app.run_jobs().await;
    }
    let told: Vec<_> = house.ear.told().into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(told, ["charge.failed", "charge.paid", "charge.charged_back"]);
    house.app.run_jobs().await;
    assert_eq!(house.ear.told().len(), 3);
    let events = house.ear.events();
    assert_eq!(events[1]["reference"], events[2]["reference"], "it says which payment");
    assert_ne!(events[0]["reference"], events[1]["reference"]);
}
