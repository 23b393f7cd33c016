//! Programs that sign in, and what their account's owner is told.

use crate::{
    SARI,
    house::{Browser, House, PASSWORD},
};
use serde_json::json;
use sqlx::PgPool;

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_program_is_known_by_what_it_was_given_and_a_stranger_by_nothing_it_makes_up(db: PgPool) {
    let house = House::new(db);
    house.member(SARI).await;
    let told = async || {
        house.app.run_jobs().await;
        house.count("select count(*) from delivery where kind = 'new_device'").await
    };
    let sign_in = async |device: Option<&str>| {
        let body = json!({"contact": SARI, "password": PASSWORD, "device": device});
        let answer = house.rest(&mut Browser::default(), "POST /sessions", body).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.json()["device"].as_str().map(str::to_owned)
    };
    let given = sign_in(None).await.expect("a new program is given one");
    assert_eq!(told().await, 1);
    assert_eq!(sign_in(Some(&given)).await, None, "it is known");
    assert_eq!(told().await, 1, "and no news");
    let made_up = "A".repeat(43);
    assert_ne!(sign_in(Some(&made_up)).await.expect("a stranger is given one"), made_up);
    assert_eq!(told().await, 2);
    house.app.leave_queue();
}
