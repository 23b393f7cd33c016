//! What buyers are told, and that each of it is told once.

use crate::support::{Market, guest, refused};
use flows::{
    order_letters::{OrderNews, TellBuyer},
    orders,
};
use kernel::{Buyer, jobs::Job as _};
use model::{Code, order::CancelReason, payment::Method};
use serde_json::Value;
use sqlx::PgPool;
use time::Duration;

/// The kinds of what went to somebody, in the order of their going.
async fn told(market: &Market, buyer: &Buyer) -> Vec<String> {
    letters(market, buyer).await.into_iter().map(|(kind, _)| kind).collect()
}

async fn letters(market: &Market, buyer: &Buyer) -> Vec<(String, Value)> {
    let address = format!("guest-{}@mail.example", buyer.uuid().simple());
    sqlx::query_as("select kind, message from delivery where address = $1 order by id")
        .bind(address)
        .fetch_all(market.cx().db())
        .await
        .unwrap()
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_buyer_is_told_what_to_pay_and_that_it_came(db: PgPool) {
    let market = Market::open(db).await;
    let (coffee, tea) = (market.goods(1, 0, 40_000, 9).await, market.goods(2, 1, 10_000, 9).await);
    let buyer = guest(1);
    let bought = market.order(&buyer, &[(coffee, 1), (tea, 1)], Method::VaBca).await;
    market.app.run_jobs().await;
    let all = letters(&market, &buyer).await;
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].0.as_str(), &all[0].1["total"]["amount"]), ("order_to_pay", &bought.total.into()));
    assert_eq!(all[0].1["link"], format!("/pay/{}", bought.payment()));

    market.later();
    market.pay(bought.payment(), "a", bought.total).await;
    market.app.run_jobs().await;
    let all = letters(&market, &buyer).await;
    assert_eq!(all.len(), 2);
    assert_eq!((all[1].0.as_str(), &all[1].1["cash"]), ("order_paid", &false.into()));
    assert_eq!(all[1].1["numbers"].as_array().unwrap().len(), 2);

    // A job that runs again, and a bill that comes after it was paid.
    for news in [OrderNews::ToPay, OrderNews::Paid] {
        TellBuyer { group: bought.group(), news }.run(&market.cx()).await.unwrap();
    }
    assert_eq!(told(&market, &buyer).await, ["order_to_pay", "order_paid"]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn whoever_pays_at_the_door_is_told_to_have_the_cash_ready(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let buyer = guest(1);
    market.order(&buyer, &[(coffee, 1)], Method::Cod).await;
    market.app.run_jobs().await;
    let all = letters(&market, &buyer).await;
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].0.as_str(), &all[0].1["cash"]), ("order_paid", &true.into()));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_comes_too_late_or_twice_is_told_to_go_back(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let (late, twice) = (guest(1), guest(2));
    let first = market.order(&late, &[(coffee, 1)], Method::VaBca).await;
    let second = market.order(&twice, &[(coffee, 1)], Method::VaBca).await;
    market.later();
    market.pay(second.payment(), "a", second.total).await;
    market.pay(second.payment(), "b", second.total).await;
    market.app.run_jobs().await;
    let all = letters(&market, &twice).await;
    // The bill had not left yet, and need not any more.
    assert_eq!(told(&market, &twice).await, ["order_paid", "money_back"]);
    assert_eq!(all[1].1["amount"]["amount"], second.total);

    market.app.advance(Duration::DAY).await;
    market.pay(first.payment(), "a", first.total).await;
    market.app.run_jobs().await;
    assert_eq!(told(&market, &late).await, ["order_to_pay", "order_expired", "money_back"]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_cancelled_order_says_what_goes_back_and_only_once(db: PgPool) {
    let market = Market::open(db).await;
    let (coffee, tea) = (market.goods(1, 0, 40_000, 9).await, market.goods(2, 1, 10_000, 9).await);
    let buyer = guest(1);
    let bought = market.order(&buyer, &[(coffee, 1), (tea, 1)], Method::VaBca).await;
    market.later();
    market.pay(bought.payment(), "a", bought.total).await;
    market.app.run_jobs().await;
    let (_, placed) = market.group(bought.group()).await;
    let id = placed[0].id;
    orders::cancel(&market.cx(), &buyer, id, CancelReason::ChangedMind).await.unwrap();
    assert_eq!(
        refused(orders::cancel(&market.cx(), &buyer, id, CancelReason::ChangedMind).await),
        Code::Conflict
    );
    market.app.run_jobs().await;
    let all = letters(&market, &buyer).await;
    let last = all.last().unwrap();
    assert_eq!((all.len(), last.0.as_str()), (2, "order_cancelled"));
    assert_eq!(last.1["number"], placed[0].number.as_str());
    assert_eq!(last.1["back"]["amount"], placed[0].sums.total.amount());
}
