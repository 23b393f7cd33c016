//! Money that comes too late, twice, or in pieces.

use crate::{
    bank::told,
    support::{Bought, Market, guest},
};
use flows::pay;
use model::{
    order::GroupState,
    payment::{Method, PaymentState},
};
use payment::{EventKind, ProviderError, RefundOutcome, RefundState};
use sqlx::PgPool;
use time::Duration;

async fn two_coffees(market: &Market) -> Bought {
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let bought = market.order(&guest(1), &[(coffee, 2)], Method::VaBca).await;
    market.app.run_jobs().await;
    market.later();
    bought
}

async fn refund_states(market: &Market, bought: &Bought) -> Vec<(i64, RefundState)> {
    let cx = market.cx();
    let mut db = cx.db().acquire().await.unwrap();
    let refunds = payment::list_refunds(&mut db, bought.payment()).await.unwrap();
    refunds.iter().map(|it| (it.amount.amount(), it.state)).collect()
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_comes_after_the_deadline_goes_back_in_full(db: PgPool) {
    let market = Market::open(db).await;
    let bought = two_coffees(&market).await;
    let total = bought.total;
    market.app.advance(Duration::DAY).await;
    market.pay(bought.payment(), "late", total).await;
    assert_eq!(market.group(bought.group()).await.0.state, GroupState::Expired);
    market.app.run_jobs().await;
    assert_eq!(market.bank.asked_back(bought.payment()), [total], "asked once");
    assert_eq!(refund_states(&market, &bought).await, [(total, RefundState::Sent)]);
    assert_eq!(market.owed(bought.group()).await, total, "owed until it has arrived");
    let page = pay::view(&market.cx(), &guest(1), bought.payment()).await.unwrap().unwrap();
    assert_eq!(page.given_back.amount(), total);

    market.settle_refunds(bought.payment()).await;
    assert_eq!(market.owed(bought.group()).await, 0);
    assert_eq!(refund_states(&market, &bought).await, [(total, RefundState::Settled)]);
    assert_eq!(market.payment(bought.payment()).await.state, PaymentState::Refunded);
    market.app.run_jobs().await;
    assert_eq!(market.bank.asked_back(bought.payment()), [total]);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_long_name_of_a_transfer_is_no_hindrance(db: PgPool) {
    let market = Market::open(db).await;
    let bought = two_coffees(&market).await;
    let long = |n: u32| format!("{n}{}", "x".repeat(190));
    market.pay(bought.payment(), &long(1), bought.total).await;
    market.pay(bought.payment(), &long(2), bought.total).await;
    market.pay(bought.payment(), &long(3), bought.total).await;
    market.app.run_jobs().await;
    assert_eq!(market.bank.asked_back(bought.payment()), [bought.total; 2]);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn whoever_pays_twice_or_thrice_gets_all_but_the_first_back(db: PgPool) {
    let market = Market::open(db).await;
    let bought = two_coffees(&market).await;
    market.bank.desk().refund_answer = RefundOutcome::Settled;
    for (n, reference) in ["a", "b", "c"].iter().enumerate() {
        market.pay(bought.payment(), reference, bought.total).await;
        // The second refund is still to be asked for when the third transfer comes.
        if n == 0 {
            market.app.run_jobs().await;
        }
    }
    market.app.run_jobs().await;
    assert_eq!(market.bank.asked_back(bought.payment()), [bought.total; 2]);
    let (group, orders) = market.group(bought.group()).await;
    assert_eq!(group.state, GroupState::Paid);
    assert_eq!(market.escrow(orders[0].id).await, bought.total);
    assert_eq!(market.owed(bought.group()).await, 0);
    assert_eq!(market.payment(bought.payment()).await.state, PaymentState::Captured);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn whoever_pays_more_than_was_asked_gets_the_rest_back(db: PgPool) {
    let market = Market::open(db).await;
    let bought = two_coffees(&market).await;
    market.pay(bought.payment(), "a", bought.total + 7_777).await;
    market.app.run_jobs().await;
    assert_eq!(market.bank.asked_back(bought.payment()), [7_777]);
    assert_eq!(market.owed(bought.group()).await, 7_777);
    market.settle_refunds(bought.payment()).await;
    assert_eq!(market.owed(bought.group()).await, 0);
    assert_eq!(market.group(bought.group()).await.0.state, GroupState::Paid);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn too_little_waits_for_the_rest(db: PgPool) {
    let market = Market::open(db).await;
    let bought = two_coffees(&market).await;
    market.pay(bought.payment(), "a", 10_000).await;
    market.app.run_jobs().await;
    assert_eq!(market.group(bought.group()).await.0.state, GroupState::AwaitingPayment);
    assert_eq!(market.owed(bought.group()).await, 10_000);
    assert_eq!(refund_states(&market, &bought).await, []);
    let refused = pay::change_method(&market.cx(), &guest(1), bought.payment(), Method::Qris).await;
    assert_eq!(crate::support::refused(refused), model::Code::AlreadyPaid);
    market.later();
    market.pay(bought.payment(), "b", bought.total - 10_000).await;
    market.app.run_jobs().await;
    let (group, orders) = market.group(bought.group()).await;
    assert_eq!(group.state, GroupState::Paid);
    assert_eq!((market.owed(group.id).await, market.escrow(orders[0].id).await), (0, bought.total));
    assert_eq!(refund_states(&market, &bought).await, []);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn too_little_goes_back_at_the_deadline_and_so_does_the_rest_that_comes_later(db: PgPool) {
    let market = Market::open(db).await;
    let bought = two_coffees(&market).await;
    market.pay(bought.payment(), "a", 10_000).await;
    market.app.advance(Duration::DAY).await;
    assert_eq!(market.group(bought.group()).await.0.state, GroupState::Expired);
    assert_eq!(market.bank.asked_back(bought.payment()), [10_000]);
    market.pay(bought.payment(), "b", bought.total - 10_000).await;
    market.app.run_jobs().await;
    assert_eq!(market.bank.asked_back(bought.payment()), [10_000, bought.total - 10_000]);
    market.settle_refunds(bought.payment()).await;
    assert_eq!(market.owed(bought.group()).await, 0);
    assert_eq!(market.group(bought.group()).await.0.state, GroupState::Expired);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_event_and_an_answer_about_one_refund_count_once(db: PgPool) {
    let market = Market::open(db).await;
    let bought = two_coffees(&market).await;
    market.bank.desk().refund_answer = RefundOutcome::Settled;
    market.pay(bought.payment(), "a", bought.total * 2).await;
    market.app.run_jobs().await;
    assert_eq!(market.owed(bought.group()).await, 0);
    market.later();
    market.settle_refunds(bought.payment()).await;
    assert_eq!(market.owed(bought.group()).await, 0);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_refund_that_the_buyers_bank_returns_is_owed_again(db: PgPool) {
    let market = Market::open(db).await;
    let bought = two_coffees(&market).await;
    market.pay(bought.payment(), "a", bought.total * 2).await;
    market.app.run_jobs().await;
    market.settle_refunds(bought.payment()).await;
    assert_eq!(market.owed(bought.group()).await, 0);
    market.later();
    let key = market.bank.desk().refunds[0].key.clone();
    let at = market.cx().now();
    market.hear(told(bought.payment(), EventKind::RefundFailed, &key, bought.total, at)).await;
    assert_eq!(market.owed(bought.group()).await, bought.total);
    assert_eq!(refund_states(&market, &bought).await, [(bought.total, RefundState::Failed)]);
    market.app.run_jobs().await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn money_the_buyers_bank_takes_back_is_written_down(db: PgPool) {
    let market = Market::open(db).await;
    let bought = two_coffees(&market).await;
    market.pay(bought.payment(), "a", bought.total).await;
    market.later();
    let at = market.cx().now();
    market.hear(told(bought.payment(), EventKind::ChargedBack, "cb", bought.total, at)).await;
    assert_eq!(market.owed(bought.group()).await, -bought.total, "the buyer owes it");
    assert_eq!(market.payment(bought.payment()).await.state, PaymentState::ChargedBack);
    market.app.run_jobs().await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_transfer_that_is_taken_back_and_made_again_is_counted_as_it_stands(db: PgPool) {
    let market = Market::open(db).await;
    let bought = two_coffees(&market).await;
    for (kind, owed) in
        [(EventKind::Captured, 10_000), (EventKind::CaptureFailed, 0), (EventKind::Captured, 10_000)]
    {
        market.hear(told(bought.payment(), kind, "a", 10_000, market.cx().now())).await;
        assert_eq!(market.owed(bought.group()).await, owed, "{kind}");
        market.later();
    }
    market.app.run_jobs().await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_a_provider_refuses_to_pay_back_stays_owed(db: PgPool) {
    let market = Market::open(db).await;
    let bought = two_coffees(&market).await;
    market.app.advance(Duration::DAY).await;
    market.pay(bought.payment(), "late", bought.total).await;
    market.bank.desk().refuses = Some(ProviderError::Credentials);
    let ran = market.app.run_jobs().await;
    assert_eq!(ran.per_name().get("payment.refund"), Some(&1));
    assert_eq!(refund_states(&market, &bought).await, [(bought.total, RefundState::Requested)]);
    assert_eq!(market.owed(bought.group()).await, bought.total);
    assert_eq!(market.bank.asked_back(bought.payment()), [0i64; 0]);
    market.adds_up().await;
    market.app.leave_queue();
}
