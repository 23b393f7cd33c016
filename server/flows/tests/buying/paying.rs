//! Deadlines, messages that come again, and another way to pay.

use crate::{
    bank::{BANK, ref_of, told},
    support::{Market, fixed, guest, refused},
};
use flows::{
    cart, orders,
    pay::{self, AskProviders},
    place_order,
};
use kernel::jobs::Job as _;
use model::{
    Code, Money,
    order::{GroupState, OrderState},
    payment::{Method, PaymentState},
};
use payment::{EventKind, RefundOutcome};
use pricing::Scope;
use sqlx::PgPool;
use std::sync::Arc;
use time::Duration;
use tokio::sync::Semaphore;

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_not_paid_by_its_deadline_gives_back_stock_and_vouchers(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let voucher = market.voucher(1, "HEMAT5", Scope::Platform, fixed(5_000), Some(1)).await;
    let sale = market.goods(2, 1, 90_000, 4).await;
    market.flash_sale(sale, 60_000, 2).await;
    let buyer = guest(1);
    market.fill(&buyer, &[(coffee, 2), (sale, 1)], Method::VaBca).await;
    cart::add_code(&market.cx(), &buyer, "HEMAT5").await.unwrap();
    let shown = market.view(&buyer).await;
    let placed = market.place(&buyer, &shown).await.unwrap();
    market.app.run_jobs().await;
    assert_eq!((market.stock(coffee).await, market.used(voucher).await), ((7, 2), 1));
    assert_eq!(market.number("select sum(sold) from flash_item").await, 1);

    market.app.advance(Duration::DAY - Duration::SECOND).await;
    assert_eq!(market.group(placed.group).await.0.state, GroupState::AwaitingPayment);
    market.app.advance(Duration::SECOND).await;
    let (group, orders) = market.group(placed.group).await;
    assert_eq!(group.state, GroupState::Expired);
    assert!(orders.iter().all(|order| order.state == OrderState::Cancelled));
    assert_eq!((market.stock(coffee).await, market.used(voucher).await), ((9, 0), 0));
    assert_eq!(market.stock(sale).await, (4, 0));
    assert_eq!(market.number("select sum(sold) from flash_item").await, 0);
    let payment = market.payment(placed.payment.unwrap()).await;
    assert_eq!((payment.state, payment.is_open()), (PaymentState::Expired, false));
    assert_eq!(market.number("select count(*) from ledger_journal").await, 0);
    assert_eq!(market.place(&buyer, &shown).await.unwrap(), placed, "its key is spent");
    assert_eq!(
        refused(pay::change_method(&market.cx(), &buyer, payment.id, Method::Qris).await),
        Code::Conflict
    );
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_charge_that_was_made_while_its_order_was_cancelled_is_cancelled_too(db: PgPool) {
    let market = Market::open_wide(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let buyer = guest(1);
    let shown = market.fill(&buyer, &[(coffee, 1)], Method::VaBca).await;
    let gate = Arc::new(Semaphore::new(0));
    market.bank.desk().gate = Some(gate.clone());
    let meanwhile = async {
        while market.number("select count(*) from payment").await == 0 {
            tokio::task::yield_now().await;
        }
        let cx = market.cx();
        let order: model::ids::Uuid =
            sqlx::query_scalar("select id from shop_order").fetch_one(cx.db()).await.unwrap();
        let why = model::order::CancelReason::Other;
        flows::orders::cancel(&cx, &buyer, order.into(), why).await.unwrap();
        market.app.run_jobs().await;
        assert_eq!(market.bank.desk().cancelled, [""; 0], "there is nothing to cancel yet");
        gate.add_permits(9);
    };
    let (placed, ()) = tokio::join!(market.place(&buyer, &shown), meanwhile);
    let payment = placed.unwrap().payment.unwrap();
    market.app.run_jobs().await;
    assert_eq!(market.bank.desk().cancelled, [ref_of(payment)]);
    assert!(!market.payment(payment).await.is_open());
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_was_paid_and_never_told_is_asked_for_before_it_expires(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let (near, last) = (
        market.order(&guest(1), &[(coffee, 1)], Method::Qris).await,
        market.order(&guest(2), &[(coffee, 1)], Method::Qris).await,
    );
    market.app.run_jobs().await;
    let paid =
        |of: &crate::support::Bought, at| told(of.payment(), EventKind::Captured, "lost", of.total, at);
    let at = market.cx().now() + Duration::minutes(5);
    market.bank.desk().knows.push(paid(&near, at));
    market.app.advance(Duration::minutes(50)).await;
    AskProviders {}.run(&market.cx()).await.unwrap();
    market.app.run_jobs().await;
    assert_eq!(market.group(near.group()).await.0.state, GroupState::Paid, "it is asked for in good time");
    assert_eq!(market.group(last.group()).await.0.state, GroupState::AwaitingPayment);

    // In the very last moment, and the bank cannot be reached at once.
    market.bank.desk().knows.push(paid(&last, at));
    market.bank.desk().refuses = Some(payment::ProviderError::Unreachable);
    market.app.clock().advance(Duration::minutes(10));
    market.app.run_jobs().await;
    assert_eq!(market.group(last.group()).await.0.state, GroupState::AwaitingPayment, "it is waited for");
    market.bank.desk().refuses = None;
    market.app.advance(Duration::minutes(5)).await;
    assert_eq!(market.group(last.group()).await.0.state, GroupState::Paid);
    assert_eq!(market.stock(coffee).await, (7, 2));
    market.adds_up().await;

    // Not for ever.
    let never = market.order(&guest(3), &[(coffee, 1)], Method::Qris).await;
    market.app.run_jobs().await;
    market.bank.desk().refuses = Some(payment::ProviderError::Unreachable);
    market.app.advance(Duration::hours(1)).await;
    for _ in 0..20 {
        market.app.advance(Duration::minutes(3)).await;
    }
    assert_eq!(market.group(never.group()).await.0.state, GroupState::Expired);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_refund_of_which_nothing_is_told_is_asked_for(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let buyer = guest(1);
    let bought = market.paid(&buyer, &[(coffee, 1)]).await;
    let order = market.only(bought.group()).await;
    flows::orders::cancel(&market.cx(), &buyer, order.id, model::order::CancelReason::Other).await.unwrap();
    market.app.run_jobs().await;
    let key = market.bank.desk().refunds[0].key.clone();
    assert_eq!(market.owed(bought.group()).await, bought.total);
    let back = told(bought.payment(), EventKind::Refunded, &key, bought.total, market.cx().now());
    market.bank.desk().knows.push(back);
    AskProviders {}.run(&market.cx()).await.unwrap();
    market.app.run_jobs().await;
    assert_eq!(market.owed(bought.group()).await, bought.total, "the provider has time to tell");
    market.app.advance(Duration::hours(4)).await;
    AskProviders {}.run(&market.cx()).await.unwrap();
    market.app.run_jobs().await;
    assert_eq!(market.owed(bought.group()).await, 0);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_message_that_comes_again_changes_nothing(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let bought = market.order(&guest(1), &[(coffee, 2)], Method::VaBca).await;
    market.later();
    let event = told(bought.payment(), EventKind::Captured, "a", bought.total, market.cx().now());
    market.hear(event.clone()).await;
    market.app.run_jobs().await;
    let before = market.written().await;
    for _ in 0..3 {
        market.later();
        market.hear(event.clone()).await;
        let cx = market.cx();
        pay::hear(&cx, BANK, vec![event.clone(), event.clone()]).await.unwrap();
    }
    market.app.run_jobs().await;
    assert_eq!(market.written().await, before);
    // The same money under another message, as when it is told and asked for.
    market.pay(bought.payment(), "a", bought.total).await;
    market.app.run_jobs().await;
    assert_eq!(market.written().await, crate::support::Written { versions: before.versions + 1, ..before });
    assert_eq!(market.owed(bought.group()).await, 0);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_same_message_twice_at_once_counts_once(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let bought = market.order(&guest(1), &[(coffee, 2)], Method::VaBca).await;
    let event = told(bought.payment(), EventKind::Captured, "a", bought.total, market.cx().now());
    tokio::join!(market.hear(event.clone()), market.hear(event.clone()), market.hear(event));
    market.app.run_jobs().await;
    assert_eq!(market.group(bought.group()).await.0.state, GroupState::Paid);
    assert_eq!(market.number("select count(*) from refund").await, 0);
    assert_eq!(market.number("select count(*) from ledger_journal").await, 2);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn messages_about_nothing_of_ours_or_in_another_currency_are_refused(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let bought = market.order(&guest(1), &[(coffee, 2)], Method::VaBca).await;
    let before = market.written().await;
    let cx = market.cx();
    let unknown = told(cx.id(), EventKind::Captured, "a", bought.total, cx.now());
    assert_eq!(refused(pay::hear(&cx, BANK, vec![unknown]).await), Code::NotFound);
    let good = told(bought.payment(), EventKind::Captured, "a", bought.total, cx.now());
    assert_eq!(refused(pay::hear(&cx, "other", vec![good.clone()]).await), Code::NotFound);
    let mut dollars = good;
    dollars.amount = Money::new(bought.total, model::Currency::Usd);
    assert_eq!(refused(pay::hear(&cx, BANK, vec![dollars]).await), Code::Malformed);
    assert_eq!(market.written().await, before);
    market.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn another_way_to_pay_gives_up_the_first_and_money_that_still_comes_there_goes_back(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let buyer = guest(1);
    let bought = market.order(&buyer, &[(coffee, 2)], Method::VaBca).await;
    let (old, total) = (bought.payment(), bought.total);
    market.later();
    let before = market.written().await;
    let to = |method| {
        let cx = market.cx();
        async move { pay::change_method(&cx, &buyer, old, method).await }
    };
    assert_eq!(to(Method::VaBca).await.unwrap(), old, "it is that already");
    assert_eq!(refused(to(Method::Cod).await), Code::Invalid);
    assert_eq!(refused(to(Method::Ovo).await), Code::Invalid, "nobody takes it");
    assert_eq!(market.written().await, before);

    let new = to(Method::Qris).await.unwrap();
    assert_ne!(new, old);
    assert_eq!(to(Method::Qris).await.unwrap(), new, "pressed twice");
    market.app.run_jobs().await;
    assert_eq!(market.bank.desk().cancelled, [ref_of(old)]);
    assert_eq!(market.bank.desk().opened, [old, new]);
    let (first, second) = (market.payment(old).await, market.payment(new).await);
    assert!(!first.is_open() && second.is_open());
    assert_eq!(second.amount.amount(), total);
    let (group, _) = market.group(bought.group()).await;
    assert_eq!((group.method, group.state), (Method::Qris, GroupState::AwaitingPayment));

    market.later();
    market.bank.desk().refund_answer = RefundOutcome::Settled;
    market.pay(old, "late", total).await;
    assert_eq!(market.group(bought.group()).await.0.state, GroupState::AwaitingPayment, "that was given up");
    market.app.run_jobs().await;
    assert_eq!(market.bank.asked_back(old), [total]);
    assert_eq!(market.owed(bought.group()).await, 0);
    let order = market.only(bought.group()).await;
    let page = orders::order(&market.cx(), &buyer, order.id).await.unwrap().unwrap();
    let back: Vec<_> = page.money_back.iter().map(|back| (back.amount.amount(), back.at)).collect();
    assert_eq!(back, [(total, market.cx().now().unix_timestamp())], "its page says so");
    assert_eq!(page.refunded, Money::idr(0), "nothing of what the order is paid with");

    market.later();
    market.pay(new, "qr", total).await;
    market.app.run_jobs().await;
    let (group, orders) = market.group(bought.group()).await;
    assert_eq!(group.state, GroupState::Paid);
    assert_eq!(market.escrow(orders[0].id).await, total);
    assert_eq!(market.bank.asked_back(new), [0i64; 0]);
    assert_eq!(refused(to(Method::Gopay).await), Code::AlreadyPaid);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn another_way_to_pay_costs_what_it_costs(db: PgPool) {
    let market = Market::open(db).await;
    let goods = [market.goods(1, 0, 40_000, 9).await, market.goods(2, 1, 15_000, 9).await];
    let buyer = guest(1);
    let bought = market.order(&buyer, &goods.map(|it| (it, 1)), Method::VaBca).await;
    let placed = market.group(bought.group()).await.1;
    let page = pay::view(&market.cx(), &buyer, bought.payment()).await.unwrap().unwrap();
    let counter = page.others.iter().find(|offer| offer.method == Method::Alfamart).unwrap();
    assert_eq!((counter.fee, counter.refused), (Money::idr(2_500), None));
    assert_eq!(page.before_fee.amount(), bought.total - 1_000);

    let dearer = pay::change_method(&market.cx(), &buyer, bought.payment(), Method::Alfamart).await.unwrap();
    assert_eq!(market.payment(dearer).await.amount.amount(), bought.total + 1_500);
    let (group, orders) = market.group(bought.group()).await;
    assert_eq!(group.total.amount(), bought.total + 1_500);
    assert_eq!(orders.iter().map(|order| order.sums.fee.amount()).sum::<i64>(), 2_500);
    assert!(orders.iter().all(|order| order.sums.fee.amount() > 0), "each bears its part");
    let goods = |orders: &[order::Order]| orders.iter().map(|order| order.sums.goods).collect::<Vec<_>>();
    assert_eq!(goods(&orders), goods(&placed));

    // Back again it is what it was, to the rupiah and for each of the shops.
    let again = pay::change_method(&market.cx(), &buyer, dearer, Method::VaBca).await.unwrap();
    let (group, orders) = market.group(bought.group()).await;
    assert_eq!(group.total.amount(), bought.total);
    let sums = |orders: &[order::Order]| {
        orders.iter().map(|order| (order.sums.fee, order.sums.total)).collect::<Vec<_>>()
    };
    assert_eq!(sums(&orders), sums(&placed));
    market.app.run_jobs().await;
    market.later();
    market.pay(again, "va", bought.total).await;
    market.app.run_jobs().await;
    assert_eq!(market.group(bought.group()).await.0.state, GroupState::Paid);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn paid_the_new_way_and_then_the_old_way_the_old_money_goes_back(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let buyer = guest(1);
    let bought = market.order(&buyer, &[(coffee, 2)], Method::VaBca).await;
    let (old, total) = (bought.payment(), bought.total);
    // All in one moment: the clock stands still.
    let new = pay::change_method(&market.cx(), &buyer, old, Method::Qris).await.unwrap();
    market.app.run_jobs().await;
    market.pay(new, "qr", total).await;
    market.pay(old, "late", total).await;
    market.pay(new, "again", total).await;
    market.app.run_jobs().await;
    assert_eq!(market.bank.asked_back(old), [total]);
    assert_eq!(market.bank.asked_back(new), [total]);
    let (_, orders) = market.group(bought.group()).await;
    flows::orders::cancel(&market.cx(), &buyer, orders[0].id, model::order::CancelReason::Other)
        .await
        .unwrap();
    market.app.run_jobs().await;
    assert_eq!(market.bank.asked_back(old), [total]);
    assert_eq!(market.bank.asked_back(new), [total, total]);
    for payment in [old, new] {
        market.settle_refunds(payment).await;
    }
    assert_eq!(market.owed(bought.group()).await, 0);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_payment_that_failed_leaves_another_way(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let buyer = guest(1);
    let bought = market.order(&buyer, &[(coffee, 2)], Method::Card).await;
    market.later();
    let at = market.cx().now();
    market.hear(told(bought.payment(), EventKind::AuthorisationFailed, "try", bought.total, at)).await;
    assert_eq!(market.payment(bought.payment()).await.state, PaymentState::Failed);
    let (group, _) = market.group(bought.group()).await;
    assert_eq!(group.state, GroupState::AwaitingPayment, "there is time left");
    let page = pay::view(&market.cx(), &buyer, bought.payment()).await.unwrap().unwrap();
    assert!(page.others.iter().any(|offer| offer.method == Method::Qris && offer.refused.is_none()));
    assert!(page.others.iter().any(|offer| offer.method == Method::Card), "also the same way again");
    let again = pay::change_method(&market.cx(), &buyer, bought.payment(), Method::Card).await.unwrap();
    assert_ne!(again, bought.payment());
    market.later();
    market.pay(again, "a", bought.total).await;
    market.app.run_jobs().await;
    assert_eq!(market.group(bought.group()).await.0.state, GroupState::Paid);
    assert_eq!(place_order::time_to_pay(Method::Card), Duration::HOUR);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_voucher_for_one_way_to_pay_keeps_to_it(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    market.voucher(1, "BCA5", Scope::Platform, fixed(5_000), None).await;
    let sql = "update voucher set methods = '{va_bca,gopay}'";
    sqlx::query(sql).execute(market.cx().db()).await.unwrap();
    let buyer = guest(1);
    market.fill(&buyer, &[(coffee, 2)], Method::VaBca).await;
    cart::add_code(&market.cx(), &buyer, "BCA5").await.unwrap();
    let shown = market.view(&buyer).await;
    let placed = market.place(&buyer, &shown).await.unwrap();
    let payment = placed.payment.unwrap();
    market.app.run_jobs().await;
    let before = market.written().await;
    let page = pay::view(&market.cx(), &buyer, payment).await.unwrap().unwrap();
    let others: Vec<Method> =
        page.others.iter().filter(|it| it.refused.is_none()).map(|it| it.method).collect();
    assert_eq!(others, [Method::Gopay]);
    assert_eq!(refused(pay::change_method(&market.cx(), &buyer, payment, Method::Qris).await), Code::Invalid);
    assert_eq!(market.written().await, before);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn paid_in_the_moment_of_its_deadline_it_is_paid_or_goes_back(db: PgPool) {
    let market = Market::open_wide(db).await;
    let coffee = market.goods(1, 0, 40_000, 99).await;
    for n in 1..=6 {
        let bought = market.order(&guest(n), &[(coffee, 1)], Method::Qris).await;
        market.app.run_jobs().await;
        market.app.clock().advance(Duration::HOUR);
        tokio::join!(market.app.run_jobs(), market.pay(bought.payment(), "a", bought.total));
        market.app.run_jobs().await;
        let (group, orders) = market.group(bought.group()).await;
        let (escrow, back) = match group.state {
            GroupState::Paid => (bought.total, vec![]),
            _ => (0, vec![bought.total]),
        };
        assert_eq!(market.escrow(orders[0].id).await, escrow);
        assert_eq!(market.bank.asked_back(bought.payment()), back);
        market.adds_up().await;
    }
}
