//! What people do.

use crate::fixtures::{House, paid};
use serde_json::json;
use sqlx::PgPool;
use time::Duration;

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn paying_is_one_event_and_paying_twice_two(db: PgPool) {
    let house = House::open(db).await;
    let (once, twice) = (house.charge(1).await, house.charge(2).await);
    let version = house.version(&once).await;
    let (status, headers, _) = house.press_at(&once, "pay", &version, "").await;
    assert_eq!(
        (status.as_u16(), headers["location"].to_str().unwrap()),
        (303, &*format!("/sim/bank/pay/{once}"))
    );
    let (_, headers, _) = house.press_at(&once, "pay", &version, "").await;
    assert!(headers["location"].to_str().unwrap().ends_with("?done=changed"), "a double click pays once");
    house.press(&twice, "twice").await;
    assert_eq!(house.happened(&once).await, [paid(100_000)]);
    assert_eq!(house.happened(&twice).await, [paid(100_000), paid(100_000)]);
    let (one, two) = (house.shown(&once).await, house.shown(&twice).await);
    assert_eq!((&one["state"], &one["paid"]), (&json!("paid"), &json!(100_000)));
    assert_eq!((&two["state"], &two["paid"]), (&json!("paid"), &json!(200_000)));
    assert_ne!(two["events"][0]["reference"], two["events"][1]["reference"], "two payments");
    house.app.run_jobs().await;
    assert_eq!(house.ear.told().len(), 3);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn too_little_leaves_the_rest_to_be_paid(db: PgPool) {
    let house = House::open(db).await;
    let charge = house.charge(1).await;
    house.press(&charge, "less").await;
    let shown = house.shown(&charge).await;
    assert_eq!((&shown["state"], &shown["paid"]), (&json!("open"), &json!(50_000)));
    house.press(&charge, "pay").await;
    assert_eq!(house.happened(&charge).await, [paid(50_000), paid(50_000)]);
    assert_eq!(house.shown(&charge).await["state"], "paid");
    house.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_failed_attempt_can_be_followed_by_a_good_one(db: PgPool) {
    let house = House::open(db).await;
    let charge = house.charge(1).await;
    house.press(&charge, "fail").await;
    assert_eq!(house.shown(&charge).await["state"], "failed");
    house.press(&charge, "pay").await;
    assert_eq!(house.happened(&charge).await, [("charge.failed".to_owned(), 100_000), paid(100_000)]);
    house.press(&charge, "fail").await;
    assert_eq!(house.happened(&charge).await.len(), 2, "what is paid does not fail");
    house.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn late_money_comes_after_the_deadline(db: PgPool) {
    let house = House::open(db).await;
    let (late, never) = (house.charge(1).await, house.charge(2).await);
    let (_, headers, _) = house.press(&late, "late").await;
    assert!(headers["location"].to_str().unwrap().ends_with("?done=late"));
    house.app.run_jobs().await;
    assert_eq!(house.happened(&late).await, []);
    house.app.advance(Duration::DAY).await;
    let expired = ("charge.expired".to_owned(), 0);
    assert_eq!(house.happened(&late).await, std::slice::from_ref(&expired));
    house.app.advance(Duration::MINUTE).await;
    assert_eq!(house.happened(&late).await, [expired.clone(), paid(100_000)]);
    assert_eq!(house.shown(&late).await["state"], "paid");

    house.press(&never, "pay").await;
    assert_eq!(
        house.happened(&never).await,
        [expired, paid(100_000)],
        "after the deadline money is taken too"
    );
    house.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_was_paid_does_not_expire(db: PgPool) {
    let house = House::open(db).await;
    let charge = house.charge(1).await;
    house.press(&charge, "pay").await;
    house.app.advance(Duration::days(2)).await;
    assert_eq!(house.happened(&charge).await, [paid(100_000)]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn each_payment_is_charged_back_once_and_what_is_left_of_it(db: PgPool) {
    let house = House::open(db).await;
    let charge = house.charge(1).await;
    house.press(&charge, "charge_back").await;
    assert_eq!(house.happened(&charge).await, [], "nothing was paid");
    house.press(&charge, "twice").await;
    let refund = json!({"key": "a", "amount": 150_000});
    house.ask("POST", &format!("/{charge}/refunds"), &refund).await;
    house.press(&charge, "charge_back").await;
    house.press(&charge, "charge_back").await;
    house.app.run_jobs().await;
    let shown = house.shown(&charge).await;
    assert_eq!((&shown["charged_back"], &shown["refunded"]), (&json!(50_000), &json!(150_000)));
    let back: Vec<_> =
        house.happened(&charge).await.into_iter().filter(|it| it.0 == "charge.charged_back").collect();
    assert_eq!(back, [("charge.charged_back".to_owned(), 50_000)]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn refunds_fail_where_the_page_said_so(db: PgPool) {
    let house = House::open(db).await;
    let charge = house.charge(1).await;
    house.press(&charge, "pay").await;
    house.press(&charge, "refuse_refunds").await;
    let refund = json!({"key": "a", "amount": 100_000});
    house.ask("POST", &format!("/{charge}/refunds"), &refund).await;
    house.app.run_jobs().await;
    assert_eq!(house.happened(&charge).await[1], ("refund.failed".to_owned(), 100_000));
    assert_eq!(house.shown(&charge).await["refunded"], 0);
    house.press(&charge, "allow_refunds").await;
    let refund = json!({"key": "b", "amount": 100_000});
    house.ask("POST", &format!("/{charge}/refunds"), &refund).await;
    house.app.run_jobs().await;
    assert_eq!(house.shown(&charge).await["refunded"], 100_000);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn only_made_up_cards_are_taken_and_none_is_kept(db: PgPool) {
    let house = House::open(db.clone()).await;
    let charge = house.charge_by(1, "card").await;
    let version = house.version(&charge).await;
    for card in ["", "&card=5555555555554444"] {
        let (status, _, page) = house.press_at(&charge, "pay", &version, card).await;
        assert_eq!(status, 422);
        assert!(page.contains("Only the made-up cards") && !page.contains("5555"), "{page}");
    }
    assert_eq!(house.happened(&charge).await, []);
    house.press_at(&charge, "pay", &version, "&card=4000000000000002").await;
    assert_eq!(house.shown(&charge).await["state"], "failed");
    let version = house.version(&charge).await;
    house.press_at(&charge, "pay", &version, "&card=4111+1111+1111+1111").await;
    assert_eq!(house.shown(&charge).await["state"], "paid");
    house.app.run_jobs().await;
    let kept = sqlx::query_scalar!(
        r#"select count(*) as "n!" from bank_charge c join bank_event e on e.charge_id = c.id
           where (c::text || e::text) ~ '(41111|40000000)'"#
    );
    assert_eq!(kept.fetch_one(&db).await.unwrap(), 0);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_page_says_who_asks_for_how_much_in_both_languages(db: PgPool) {
    let house = House::open(db).await;
    let charge = house.charge(1).await;
    let (status, headers, page) = house.get(&format!("/sim/bank/pay/{charge}")).await;
    assert_eq!((status.as_u16(), headers["cache-control"].to_str().unwrap()), (200, "no-store"));
    for part in ["<html lang=\"en\"", "Rp\u{a0}100.000", "INV/20260105/1", "/pkg/pasar.css", "Let it fail"] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(!page.contains("<script") && !page.contains("style="));
    assert!(page.contains("href=\"https://pasar.example/orders/1\""));
    let (_, _, page) = house.get(&format!("/sim/bank/pay/{charge}?lang=id")).await;
    assert!(page.contains("<html lang=\"id\"") && page.contains("Gagalkan"));
    for path in ["/sim/bank/pay/x", "/sim/bank/pay/00000000-0000-0000-0000-000000000001"] {
        assert_eq!(house.get(path).await.0, 404, "{path}");
    }
    assert_eq!(house.press_at(&charge, "steal", "1", "").await.0, 400);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn charges_are_listed_page_by_page_and_found_by_number(db: PgPool) {
    let house = House::open(db).await;
    for payment in 1..=21 {
        house.charge(payment).await;
    }
    let (_, _, first) = house.get("/sim/bank").await;
    assert_eq!(first.matches("href=\"/sim/bank/pay/").count(), 20);
    let (_, rest) = first.split_once("/sim/bank?after=").unwrap();
    let after = rest.split('"').next().unwrap();
    let (_, _, second) = house.get(&format!("/sim/bank?after={after}")).await;
    assert_eq!(second.matches("href=\"/sim/bank/pay/").count(), 1);
    assert!(!second.contains("?after="));

    let (_, charge) = house.ask("POST", "", &house.asked(22)).await;
    let number = charge["va_number"].as_str().unwrap();
    let (status, headers, _) =
        house.get(&format!("/sim/bank?number={}+{}", &number[..4], &number[4..])).await;
    let page = format!("/sim/bank/pay/{}", charge["charge_id"].as_str().unwrap());
    assert_eq!((status.as_u16(), headers["location"].to_str().unwrap()), (303, page.as_str()));
    let (status, _, page) = house.get("/sim/bank?number=%3Cb%3E1").await;
    assert!(status == 200 && page.contains("No charge has that number") && !page.contains("<b>1"));
    assert_eq!(house.get("/sim/bank?after=x").await.0, 404);
}
