//! Placing orders and paying for them.

use crate::support::{Market, SHOPS, fixed, guest, percent};
use flows::{cart, orders, pay, place_order};
use kernel::Buyer;
use ledger::Account;
use model::{
    Code, Money,
    order::{GroupState, OrderState},
    payment::{Method, PaymentState},
    views::{Instructions, SummaryPart},
};
use pricing::Scope;
use sqlx::PgPool;

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_guest_buys_from_three_shops_with_vouchers_and_pays_to_a_virtual_account(db: PgPool) {
    let market = Market::open(db).await;
    let goods = [
        (market.goods(1, 0, 125_000, 10).await, 1),
        (market.goods(2, 1, 78_500, 10).await, 2),
        (market.goods(3, 2, 46_499, 10).await, 3),
    ];
    let platform = market.voucher(1, "HEMAT50", Scope::Platform, fixed(50_000), Some(9)).await;
    let shops = market.voucher(2, "TOKO10", Scope::Shop(SHOPS[0]), percent(1_000), Some(9)).await;
    let buyer = guest(1);
    market.fill(&buyer, &goods, Method::VaBca).await;
    for code in ["HEMAT50", "TOKO10"] {
        cart::add_code(&market.cx(), &buyer, code).await.unwrap();
    }
    let shown = market.view(&buyer).await;
    let off = |part: SummaryPart| {
        shown.summary.rows.iter().find(|row| row.of == part).map(|row| row.amount.amount())
    };
    assert_eq!(off(SummaryPart::Goods), Some(125_000 + 2 * 78_500 + 3 * 46_499));
    assert_eq!(off(SummaryPart::ShopVoucher("TOKO10".to_owned())), Some(-12_500));
    assert_eq!(off(SummaryPart::PlatformVoucher("HEMAT50".to_owned())), Some(-50_000));
    assert_eq!(off(SummaryPart::Fee), Some(1_000));

    let placed = market.place(&buyer, &shown).await.unwrap();
    let total = shown.summary.total.amount();
    let (group, orders) = market.group(placed.group).await;
    assert_eq!(group.state, GroupState::AwaitingPayment);
    assert_eq!((group.total.amount(), orders.len()), (total, 3));
    let mut sold_by: Vec<_> = orders.iter().map(|order| order.shop).collect();
    sold_by.sort();
    assert_eq!(sold_by, SHOPS);
    assert_eq!(orders.iter().map(|order| order.sums.total.amount()).sum::<i64>(), total);
    assert!(orders.iter().all(|order| order.destination.as_ref().unwrap().recipient == "Sari Wulandari"));
    assert_eq!((market.used(platform).await, market.used(shops).await), (1, 1));
    let left = market.view(&buyer).await;
    assert!(left.shops.is_empty() && left.codes.is_empty(), "the cart is empty and its codes are gone");

    market.app.run_jobs().await;
    for (variant, quantity) in goods {
        assert_eq!(market.stock(variant).await, (10 - quantity, quantity.into()));
    }
    let payment = placed.payment.unwrap();
    let page = pay::view(&market.cx(), &buyer, payment).await.unwrap().unwrap();
    assert_eq!(page.instructions, Some(Instructions::VirtualAccount("8808123456789012".to_owned())));
    assert_eq!((page.amount.amount(), page.orders.len()), (total, 3));
    assert_eq!(market.bank.desk().opened, [payment], "asked once");

    market.later();
    market.pay(payment, "transfer-1", total).await;
    let (group, orders) = market.group(placed.group).await;
    assert_eq!((group.state, group.paid_at), (GroupState::Paid, Some(market.cx().now())));
    for order in &orders {
        assert_eq!(order.state, OrderState::Paid);
        assert_eq!(market.escrow(order.id).await, order.sums.total.amount());
        let page = orders::order(&market.cx(), &buyer, order.id).await.unwrap().unwrap();
        let rows: i64 = page.summary.rows.iter().map(|row| row.amount.amount()).sum();
        assert_eq!((rows, page.summary.total), (order.sums.total.amount(), order.sums.total), "{page:?}");
    }
    assert_eq!(market.owed(placed.group).await, 0);
    assert_eq!(market.balance(Account::Provider("bank".parse().unwrap())).await, -total);
    assert_eq!(market.payment(payment).await.state, PaymentState::Captured);
    assert_eq!(market.number("select count(*) from reservation where state = 'committed'").await, 3);
    assert_eq!(market.number("select count(*) from reservation where state <> 'committed'").await, 0);
    market.app.advance(time::Duration::days(2)).await;
    assert_eq!(market.group(placed.group).await.0.state, GroupState::Paid, "what is paid does not expire");
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_member_pays_by_qr_and_it_goes_to_the_default_address(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 5).await;
    let buyer = market.member(1).await;
    let bought = market.order(&buyer, &[(coffee, 2)], Method::Qris).await;
    let page = pay::view(&market.cx(), &buyer, bought.payment()).await.unwrap().unwrap();
    assert!(matches!(page.instructions, Some(Instructions::Qr(_))));
    let (group, orders) = market.group(bought.group()).await;
    assert_eq!(orders[0].destination.as_ref().unwrap().street, "Jl. Melati No. 5, RT 03/RW 04");
    assert!(group.contact.email.is_some_and(|email| email.to_string().starts_with('m')));
    assert_eq!(group.due_at.unwrap() - group.placed_at, place_order::time_to_pay(Method::Qris));
    market.pay(bought.payment(), "qr", bought.total).await;
    assert_eq!(market.group(bought.group()).await.0.state, GroupState::Paid);
    assert_eq!(market.escrow(orders[0].id).await, bought.total);
    market.app.run_jobs().await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn cash_on_delivery_is_for_the_shops_at_once_and_nobody_is_asked_to_pay(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 5).await;
    let buyer = guest(1);
    let bought = market.order(&buyer, &[(coffee, 2)], Method::Cod).await;
    assert_eq!(bought.placed.payment, None);
    let (group, orders) = market.group(bought.group()).await;
    assert_eq!((group.state, orders[0].state), (GroupState::Paid, OrderState::Paid));
    assert_eq!((group.paid_at, group.due_at), (None, None), "nothing was paid yet");
    assert!(group.cleared_at.is_some());
    market.app.run_jobs().await;
    assert_eq!(market.stock(coffee).await, (3, 2));
    assert_eq!(market.number("select count(*) from reservation where state = 'committed'").await, 1);
    assert_eq!(market.number("select count(*) from payment").await, 0);
    assert_eq!(market.number("select count(*) from ledger_journal").await, 0);
    market.app.advance(time::Duration::hours(3)).await;
    assert_eq!(market.stock(coffee).await, (3, 2), "nothing runs out");
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_same_key_again_is_the_same_order_and_for_anything_else_it_is_refused(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 5).await;
    let buyer = guest(1);
    let shown = market.fill(&buyer, &[(coffee, 2)], Method::VaBca).await;
    let first = market.place(&buyer, &shown).await.unwrap();
    let before = market.written().await;
    assert_eq!(market.place(&buyer, &shown).await.unwrap(), first);
    // Also when something else lies in the cart by now.
    cart::add(&market.cx(), &buyer, coffee, 1, "").await.unwrap();
    assert_eq!(market.place(&buyer, &shown).await.unwrap(), first);

    let (cx, key, total) = (market.cx(), shown.key.as_str(), shown.summary.total);
    let other = Money::idr(total.amount() + 1);
    assert_eq!(
        crate::support::refused(place_order::place(&cx, &buyer, key, other, Method::VaBca).await),
        Code::KeyReused
    );
    assert_eq!(
        crate::support::refused(place_order::place(&cx, &buyer, key, total, Method::Qris).await),
        Code::KeyReused
    );
    assert_eq!(
        crate::support::refused(place_order::place(&cx, &buyer, "", total, Method::Qris).await),
        Code::Invalid
    );
    let after = market.written().await;
    assert_eq!(after, crate::support::Written { lines: before.lines + 1, ..before });
    assert_eq!(market.bank.desk().opened.len(), 1);
    // Somebody else's key of the same name is theirs.
    let else_shown = market.fill(&guest(2), &[(coffee, 2)], Method::VaBca).await;
    let theirs =
        place_order::place(&cx, &guest(2), key, else_shown.summary.total, Method::VaBca).await.unwrap();
    assert_ne!(theirs.group, first.group);
    market.app.run_jobs().await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn pressed_twice_at_once_it_is_one_order(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    for (n, buyer) in [(1, guest(1)), (2, market.member(1).await)] {
        let shown = market.fill(&buyer, &[(coffee, 2)], Method::VaBca).await;
        let (one, other) = tokio::join!(market.place(&buyer, &shown), market.place(&buyer, &shown));
        assert_eq!(one.unwrap(), other.unwrap());
        assert_eq!(market.number("select count(*) from order_group").await, n);
        assert_eq!(market.number("select count(*) from payment").await, n);
    }
    market.app.run_jobs().await;
    assert_eq!(market.stock(coffee).await, (5, 4));
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_provider_that_cannot_be_reached_is_asked_again_and_the_order_stands(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    market.bank.desk().refuses = Some(payment::ProviderError::Unreachable);
    let buyer: Buyer = guest(1);
    let bought = market.order(&buyer, &[(coffee, 1)], Method::VaBca).await;
    assert_eq!(market.payment(bought.payment()).await.instructions, None);
    market.bank.desk().refuses = None;
    market.app.advance(time::Duration::seconds(10)).await;
    assert!(market.payment(bought.payment()).await.instructions.is_some());
    market.pay(bought.payment(), "a", bought.total).await;
    assert_eq!(market.group(bought.group()).await.0.state, GroupState::Paid);
    market.app.run_jobs().await;
    market.adds_up().await;
}
