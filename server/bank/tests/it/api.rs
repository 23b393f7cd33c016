//! What programs ask for.

use crate::fixtures::{House, KEY, paid};
use model::qris;
use serde_json::{Value, json};
use sqlx::PgPool;

async fn charges(db: &PgPool) -> i64 {
    sqlx::query_scalar!(r#"select count(*) as "n!" from bank_charge"#).fetch_one(db).await.unwrap()
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn nobody_gets_in_without_the_key(db: PgPool) {
    let house = House::open(db.clone()).await;
    let asked = house.asked(1);
    for authorization in
        ["", "Bearer", "Bearer ", "Bearer bank-kez", "Bearer bank-key2", KEY, "Basic bank-key"]
    {
        for (method, below) in [("POST", ""), ("GET", "/x"), ("POST", "/x/cancel"), ("POST", "/x/refunds")] {
            let (status, body) = house.ask_as(authorization, method, below, &asked).await;
            assert_eq!((status.as_u16(), body), (401, json!({"error": "unauthorized"})), "{authorization}");
        }
    }
    assert_eq!(charges(&db).await, 0);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_same_payment_is_the_same_charge(db: PgPool) {
    let house = House::open(db.clone()).await;
    let (first, charge) = house.ask("POST", "", &house.asked(1)).await;
    let (again, same) = house.ask("POST", "", &house.asked(1)).await;
    assert_eq!((first.as_u16(), again.as_u16()), (201, 200));
    assert_eq!(charge, same);
    let mut other = house.asked(1);
    other["amount"] = 1.into();
    let (status, body) = house.ask("POST", "", &other).await;
    assert_eq!((status.as_u16(), &body["error"]), (409, &json!("payment_has_another_charge")));
    assert_eq!(charges(&db).await, 1);
    assert_eq!(house.shown(charge["charge_id"].as_str().unwrap()).await["amount"], 100_000);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn each_method_is_paid_in_its_way(db: PgPool) {
    let house = House::open(db).await;
    let cases = [
        (1, "va_bca", "va_number"),
        (2, "qris", "qr_payload"),
        (3, "alfamart", "retail_code"),
        (4, "gopay", "pay_url"),
        (5, "card", "pay_url"),
    ];
    for (payment, method, field) in cases {
        let mut asked = house.asked(payment);
        asked["method"] = method.into();
        let (_, charge) = house.ask("POST", "", &asked).await;
        let ways = ["va_number", "qr_payload", "retail_code", "pay_url"];
        let given: Vec<_> = ways.into_iter().filter(|way| charge.get(way).is_some()).collect();
        assert_eq!(given, [field], "{method}");
        let page = format!("https://pasar.example/sim/bank/pay/{}", charge["charge_id"].as_str().unwrap());
        assert_eq!(charge["page_url"], page.as_str());
        if let Some(payload) = charge["qr_payload"].as_str() {
            assert_eq!(qris::check(payload).unwrap().amount, Some(100_000));
        }
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_cannot_be_charged_is_refused(db: PgPool) {
    let house = House::open(db.clone()).await;
    let cases: [(&str, Value, u16); 7] = [
        ("amount", json!(0), 422),
        ("amount", json!(1.5), 400),
        ("method", json!("cod"), 422),
        ("method", json!("barter"), 400),
        ("currency", json!("USD"), 422),
        ("return_url", json!("javascript:alert(1)"), 422),
        ("due_at", json!("tomorrow"), 400),
    ];
    for (field, value, status) in cases {
        let mut asked = house.asked(1);
        asked[field] = value.clone();
        assert_eq!(house.ask("POST", "", &asked).await.0, status, "{field} {value}");
    }
    assert_eq!(charges(&db).await, 0);
    for below in ["/x", "/00000000-0000-0000-0000-000000000001"] {
        assert_eq!(house.ask("GET", below, &Value::Null).await.0, 404, "{below}");
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_paid_charge_is_not_cancelled_and_a_cancelled_one_not_paid(db: PgPool) {
    let house = House::open(db).await;
    let (first, second) = (house.charge(1).await, house.charge(2).await);
    house.press(&first, "less").await;
    let (status, body) = house.ask("POST", &format!("/{first}/cancel"), &json!({})).await;
    assert_eq!((status.as_u16(), &body["error"]), (409, &json!("already_paid")));
    assert_eq!(house.shown(&first).await["state"], "open");

    for _ in 0..2 {
        let (status, body) = house.ask("POST", &format!("/{second}/cancel"), &json!({})).await;
        assert_eq!((status.as_u16(), &body["state"]), (200, &json!("cancelled")));
    }
    for button in ["pay", "twice", "less", "late", "fail", "charge_back"] {
        house.press(&second, button).await;
    }
    house.app.run_jobs().await;
    let shown = house.shown(&second).await;
    assert_eq!(
        (&shown["state"], &shown["paid"], &shown["events"]),
        (&json!("cancelled"), &json!(0), &json!([]))
    );
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn no_more_goes_back_than_came(db: PgPool) {
    let house = House::open(db.clone()).await;
    let charge = house.charge(1).await;
    let below = format!("/{charge}/refunds");
    let back = |key: &str, amount: i64| json!({"key": key, "amount": amount});
    assert_eq!(house.ask("POST", &below, &back("a", 1)).await.0, 422, "nothing has been paid");
    house.press(&charge, "pay").await;
    let (status, first) = house.ask("POST", &below, &back("a", 60_000)).await;
    assert_eq!((status.as_u16(), &first["state"]), (201, &json!("sent")));
    let (_, again) = house.ask("POST", &below, &back("a", 60_000)).await;
    assert_eq!(first, again, "the same key is the same refund");
    assert_eq!(house.ask("POST", &below, &back("a", 50_000)).await.0, 409);
    let (status, body) = house.ask("POST", &below, &back("b", 40_001)).await;
    assert_eq!((status.as_u16(), &body["left"]), (422, &json!(40_000)));
    for bad in [back("c", 0), back("c", -1), back("", 1), back(&"x".repeat(101), 1)] {
        assert_eq!(house.ask("POST", &below, &bad).await.0, 422, "{bad}");
    }
    assert_eq!(house.shown(&charge).await["refunded"], 60_000);
    let refunds = sqlx::query_scalar!(r#"select count(*) as "n!" from bank_refund"#);
    assert_eq!(refunds.fetch_one(&db).await.unwrap(), 1);

    house.app.run_jobs().await;
    assert_eq!(house.happened(&charge).await, [paid(100_000), ("refund.settled".to_owned(), 60_000)]);
    assert_eq!(house.ear.events()[1]["reference"], "a");
    assert_eq!(house.ask("POST", &below, &back("a", 60_000)).await.1["state"], "settled");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn refunds_at_once_never_pass_the_sum_paid(db: PgPool) {
    let house = House::open(db).await;
    let charge = house.charge(1).await;
    house.press(&charge, "pay").await;
    let below = format!("/{charge}/refunds");
    let refund = async |key: &str| house.ask("POST", &below, &json!({"key": key, "amount": 60_000})).await.0;
    let (one, other, third) = tokio::join!(refund("a"), refund("b"), refund("a"));
    let mut statuses = [one.as_u16(), other.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 422]);
    assert_eq!(third, one);
    assert_eq!(house.shown(&charge).await["refunded"], 60_000);
    house.app.run_jobs().await;
}
