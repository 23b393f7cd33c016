//! How long an answer takes tells nobody who has an account.

use crate::{
    SARI,
    house::{Browser, House, OTHER_PASSWORD},
};
use identity::password::Cost;
use serde_json::{Value, json};
use sqlx::PgPool;
use std::time::{Duration, Instant};

/// Of each kind. Odd, so that there is one in the middle.
const ANSWERS: usize = 41;
/// A machine that is busy with something else may be so in one round, not in each.
const ROUNDS: usize = 4;
/// No difference: so much of the longer time, or so little that the network hides it.
const SHARE: f64 = 0.25;
const LITTLE: Duration = Duration::from_millis(2);

/// A hash that takes longer than all else of an answer, so that one too many or too few shows.
const COST: Cost = Cost { memory: 8_192, passes: 1, lanes: 1 };

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

async fn time(house: &House, call: &str, body: Value, status: u16) -> Duration {
    let begun = Instant::now();
    let answer = house.rest(&mut Browser::default(), call, body).await;
    let took = begun.elapsed();
    assert_eq!(answer.status, status, "{call}: {}", answer.body);
    took
}

/// The median times of both, asked in turns, so that whatever else the machine does slows both alike.
async fn compare(house: &House, call: &str, with_password: bool, status: u16) -> (Duration, Duration) {
    // As long as hers.
    let (mut hers, mut nobodys) = (Vec::new(), Vec::new());
    for n in 0..ANSWERS {
        // Nobody has to wait for having been tried before.
        house.app.clock().advance(time::Duration::days(2));
        let mut both = [(SARI, &mut hers), ("nina@mail.example", &mut nobodys)];
        if n % 2 == 1 {
            both.reverse();
        }
        for (contact, times) in both {
            let body = if with_password {
                json!({"contact": contact, "password": OTHER_PASSWORD})
            } else {
                json!({"contact": contact})
            };
            times.push(time(house, call, body, status).await);
        }
    }
    (median(hers), median(nobodys))
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn answers_take_as_long_with_an_account_as_without(db: PgPool) {
    let house = House::hashing_at(db, COST);
    house.member(SARI).await;
    for (call, with_password, status) in [
        ("POST /registrations", true, 202),
        ("POST /sessions", true, 401),
        ("POST /password-resets", false, 202),
    ] {
        let (mut alike, mut told) = (false, Vec::new());
        for _ in 0..ROUNDS {
            let (hers, nobodys) = compare(&house, call, with_password, status).await;
            told.push((hers, nobodys));
            alike = hers.abs_diff(nobodys) <= LITTLE.max(hers.max(nobodys).mul_f64(SHARE));
            if alike {
                break;
            }
        }
        assert!(alike, "{call} takes otherwise where there is an account: {told:?}");
    }
    house.app.leave_queue();
}
