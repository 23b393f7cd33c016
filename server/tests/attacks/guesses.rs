//! Guessing, as fast as HTTP carries it.

use crate::{
    SARI,
    house::{Answer, Browser, House, PASSWORD, SIGN_IN},
};
use futures::future::join_all;
use serde_json::json;
use sqlx::PgPool;
use time::Duration;

const GUESSES: usize = 10_000;
/// So many are on their way at once.
const AT_ONCE: usize = 50;

/// Every other one by the form, the rest by the API; each from an address of its own.
async fn guess(house: &House, n: usize) -> Answer {
    let (mut browser, password) = (Browser::default(), format!("tebakan nomor {n}"));
    if n.is_multiple_of(2) {
        let fields = [("contact", SARI), ("password", password.as_str())];
        return house.form(&mut browser, SIGN_IN, &fields).await;
    }
    house.rest(&mut browser, "POST /sessions", json!({"contact": SARI, "password": password})).await
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn ten_thousand_guesses_cost_a_handful_of_hashes_and_keep_nobody_out(db: PgPool) {
    let house = House::new(db);
    let mut own = house.member(SARI).await;
    let (hashed, sessions) = (house.guard.hasher.done(), house.count("select count(*) from session").await);
    let (mut wrong, mut held_up) = (0, 0);
    for from in (0..GUESSES).step_by(AT_ONCE) {
        for answer in join_all((from..from + AT_ONCE).map(|n| guess(&house, n))).await {
            match (answer.status, answer.header("retry-after")) {
                (401, _) => wrong += 1,
                (429, seconds) if seconds.parse::<u32>().is_ok_and(|seconds| seconds > 0) => held_up += 1,
                // A form goes back to its page, which says the same.
                (302, seconds) if answer.location().starts_with("/sign-in?__path=") => {
                    if seconds.is_empty() {
                        wrong += 1;
                    } else {
                        held_up += 1;
                    }
                }
                (status, seconds) => panic!("{status} {seconds:?}: {}", answer.body),
            }
        }
    }
    assert_eq!(wrong + held_up, GUESSES);
    let tried = house.guard.hasher.done() - hashed;
    assert!(tried <= 10 && wrong <= 10, "{tried} were tried, {wrong} answered");
    assert_eq!(house.count("select count(*) from session").await, sessions, "nobody got in");
    assert_eq!(
        house.count("select count(*) from attempt where count > 20").await,
        0,
        "a refused try writes nothing"
    );

    // Elsewhere even the right password waits; in a browser the owner was in before it does not.
    let body = json!({"contact": SARI, "password": PASSWORD});
    let answer = house.rest(&mut Browser::default(), "POST /sessions", body.clone()).await;
    assert_eq!(answer.status, 429);
    let fields = [("contact", SARI), ("password", PASSWORD)];
    let answer = house.form(&mut own, SIGN_IN, &fields).await;
    assert_eq!((answer.status, answer.location()), (302, "/account"));
    house.app.clock().advance(Duration::minutes(15));
    let answer = house.rest(&mut Browser::default(), "POST /sessions", body).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    house.app.leave_queue();
}
