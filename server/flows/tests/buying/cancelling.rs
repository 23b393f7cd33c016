//! Taking an order back, and what is not one's own.

use crate::{
    bank::{ref_of, told},
    support::{Market, fixed, guest, refused},
};
use flows::{
    cart::{self, Ticked},
    checkout, orders, pay,
};
use model::{
    Code,
    order::{Actor, CancelReason, GroupState, OrderFilter, OrderState},
    payment::Method,
};
use pricing::Scope;
use sqlx::PgPool;

const REASON: CancelReason = CancelReason::ChangedMind;

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn before_it_is_paid_all_that_would_be_paid_at_once_is_cancelled(db: PgPool) {
    let market = Market::open(db).await;
    let (coffee, tea) = (market.goods(1, 0, 40_000, 9).await, market.goods(2, 1, 10_000, 9).await);
    let voucher = market.voucher(1, "HEMAT5", Scope::Platform, fixed(5_000), Some(1)).await;
    let buyer = guest(1);
    market.fill(&buyer, &[(coffee, 2), (tea, 1)], Method::VaBca).await;
    cart::add_code(&market.cx(), &buyer, "HEMAT5").await.unwrap();
    let shown = market.view(&buyer).await;
    let placed = market.place(&buyer, &shown).await.unwrap();
    let payment = placed.payment.unwrap();
    market.later();
    let (_, placed_orders) = market.group(placed.group).await;
    orders::cancel(&market.cx(), &buyer, placed_orders[1].id, REASON).await.unwrap();
    market.app.run_jobs().await;
    let (group, both) = market.group(placed.group).await;
    assert_eq!(group.state, GroupState::Cancelled);
    assert!(both.iter().all(|order| order.state == OrderState::Cancelled));
    assert_eq!((market.stock(coffee).await, market.stock(tea).await), ((9, 0), (9, 0)));
    assert_eq!(market.used(voucher).await, 0);
    assert!(!market.payment(payment).await.is_open());
    assert_eq!(market.bank.desk().cancelled, [ref_of(payment)]);
    assert_eq!(market.number("select count(*) from ledger_journal").await, 0);

    let before = market.written().await;
    let again = orders::cancel(&market.cx(), &buyer, both[0].id, REASON).await;
    assert_eq!(refused(again), Code::Conflict);
    assert_eq!(market.written().await, before);

    // Paid all the same: it goes back.
    market.pay(payment, "late", shown.summary.total.amount()).await;
    market.app.run_jobs().await;
    assert_eq!(market.bank.asked_back(payment), [shown.summary.total.amount()]);
    market.settle_refunds(payment).await;
    assert_eq!(market.owed(placed.group).await, 0);
    market.app.advance(time::Duration::days(2)).await;
    assert_eq!(market.group(placed.group).await.0.state, GroupState::Cancelled);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn too_little_that_was_paid_goes_back_when_it_is_cancelled(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let bought = market.order(&guest(1), &[(coffee, 2)], Method::VaBca).await;
    market.later();
    market.pay(bought.payment(), "a", 10_000).await;
    let (_, placed) = market.group(bought.group()).await;
    orders::cancel(&market.cx(), &guest(1), placed[0].id, REASON).await.unwrap();
    market.app.run_jobs().await;
    assert_eq!(market.bank.asked_back(bought.payment()), [10_000]);
    market.settle_refunds(bought.payment()).await;
    assert_eq!(market.owed(bought.group()).await, 0);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn after_it_is_paid_one_order_goes_back_and_the_other_stays(db: PgPool) {
    let market = Market::open(db).await;
    let (coffee, tea) = (market.goods(1, 0, 40_000, 9).await, market.goods(2, 1, 10_000, 9).await);
    let voucher = market.voucher(1, "HEMAT5", Scope::Platform, fixed(5_000), Some(1)).await;
    let buyer = guest(1);
    market.fill(&buyer, &[(coffee, 2), (tea, 1)], Method::VaBca).await;
    cart::add_code(&market.cx(), &buyer, "HEMAT5").await.unwrap();
    let shown = market.view(&buyer).await;
    let placed = market.place(&buyer, &shown).await.unwrap();
    let (payment, total) = (placed.payment.unwrap(), shown.summary.total.amount());
    market.pay(payment, "a", total).await;
    market.later();
    let (_, both) = market.group(placed.group).await;
    let one = both.iter().find(|order| order.shop == crate::support::SHOPS[0]).unwrap();
    let other = both.iter().find(|order| order.id != one.id).unwrap();
    let (share, rest) = (one.sums.total.amount(), other.sums.total.amount());
    orders::cancel(&market.cx(), &buyer, one.id, REASON).await.unwrap();
    market.app.run_jobs().await;
    assert_eq!(market.bank.asked_back(payment), [share]);
    assert_eq!((market.stock(coffee).await, market.stock(tea).await), ((9, 0), (8, 1)));
    assert_eq!(market.used(voucher).await, 1, "the other order has its part of it");
    let (group, now) = market.group(placed.group).await;
    let state = |id| now.iter().find(|order| order.id == id).unwrap().state;
    assert_eq!((state(one.id), state(other.id)), (OrderState::Cancelled, OrderState::Paid));
    assert_eq!(group.state, GroupState::Paid);
    assert_eq!((market.escrow(one.id).await, market.escrow(other.id).await), (0, rest));
    assert_eq!(market.owed(placed.group).await, share);
    market.settle_refunds(payment).await;
    assert_eq!(market.owed(placed.group).await, 0);
    let page = orders::order(&market.cx(), &buyer, one.id).await.unwrap().unwrap();
    assert_eq!(page.refunded.amount(), share);

    let before = market.written().await;
    assert_eq!(refused(orders::cancel(&market.cx(), &buyer, one.id, REASON).await), Code::Conflict, "again");
    assert_eq!(market.written().await, before);

    // With the last of them the voucher comes back.
    orders::cancel(&market.cx(), &buyer, other.id, REASON).await.unwrap();
    market.app.run_jobs().await;
    assert_eq!(market.bank.asked_back(payment), [share, rest]);
    assert_eq!(share + rest, total);
    assert_eq!((market.used(voucher).await, market.stock(tea).await), (0, (9, 0)));
    market.settle_refunds(payment).await;
    assert_eq!(market.owed(placed.group).await, 0);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_pieces_of_a_flash_sale_come_back_with_the_one_order_they_were_of(db: PgPool) {
    let market = Market::open(db).await;
    let (coffee, tea) = (market.goods(1, 0, 40_000, 9).await, market.goods(2, 1, 10_000, 9).await);
    let sale = market.flash_sale(coffee, 30_000, 2).await;
    market.flash_sale(tea, 9_000, 5).await;
    let sql = "update flash_item set per_buyer = 2 where variant_id = $1";
    sqlx::query(sql).bind(coffee.uuid()).execute(market.cx().db()).await.unwrap();
    let voucher = market.voucher(1, "HEMAT5", Scope::Platform, fixed(5_000), Some(1)).await;
    let buyer = guest(1);
    market.fill(&buyer, &[(coffee, 2), (tea, 1)], Method::VaBca).await;
    cart::add_code(&market.cx(), &buyer, "HEMAT5").await.unwrap();
    let shown = market.view(&buyer).await;
    let placed = market.place(&buyer, &shown).await.unwrap();
    market.pay(placed.payment.unwrap(), "a", shown.summary.total.amount()).await;
    let (_, both) = market.group(placed.group).await;
    let one = both.iter().find(|order| order.shop == crate::support::SHOPS[0]).unwrap();
    let other = both.iter().find(|order| order.id != one.id).unwrap();
    orders::cancel(&market.cx(), &buyer, one.id, REASON).await.unwrap();
    let sold = async || {
        let cx = market.cx();
        let mut db = cx.db().acquire().await.unwrap();
        let coffees = pricing::store::list_flash(&mut db, sale).await.unwrap()[0].sold;
        (coffees, market.number("select sum(sold) from flash_item").await)
    };
    assert_eq!(sold().await, (0, 1), "what the other order has of the sale stays its own");
    assert_eq!(market.used(voucher).await, 1);
    let again = market.fill(&buyer, &[(coffee, 2)], Method::VaBca).await;
    assert_eq!(again.shops[0].items[0].unit.amount(), 30_000, "and the same buyer may have them again");
    orders::cancel(&market.cx(), &buyer, other.id, REASON).await.unwrap();
    assert_eq!(sold().await, (0, 0));
    market.app.run_jobs().await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_the_buyers_bank_has_taken_back_is_not_paid_back_again(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let bought = market.order(&guest(1), &[(coffee, 2)], Method::VaBca).await;
    market.pay(bought.payment(), "a", bought.total).await;
    market.later();
    let at = market.cx().now();
    let taken = told(bought.payment(), payment::EventKind::ChargedBack, "cb", bought.total, at);
    market.hear(taken).await;
    let (_, placed) = market.group(bought.group()).await;
    orders::cancel(&market.cx(), &guest(1), placed[0].id, REASON).await.unwrap();
    market.app.run_jobs().await;
    assert_eq!(market.bank.asked_back(bought.payment()), [0i64; 0]);
    assert_eq!((market.owed(bought.group()).await, market.escrow(placed[0].id).await), (0, 0));
    assert_eq!(market.stock(coffee).await, (9, 0));
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn cancelled_twice_at_once_it_is_paid_back_once(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let bought = market.order(&guest(1), &[(coffee, 2)], Method::VaBca).await;
    market.pay(bought.payment(), "a", bought.total).await;
    let (_, placed) = market.group(bought.group()).await;
    let (cx, buyer) = (market.cx(), guest(1));
    let (one, other) = tokio::join!(
        orders::cancel(&cx, &buyer, placed[0].id, REASON),
        orders::cancel(&cx, &buyer, placed[0].id, REASON)
    );
    assert_ne!(one.is_ok(), other.is_ok());
    assert_eq!(refused(one.and(other)), Code::Conflict);
    market.app.run_jobs().await;
    assert_eq!(market.bank.asked_back(bought.payment()), [bought.total]);
    assert_eq!(market.stock(coffee).await, (9, 0));
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn once_the_shop_has_begun_it_is_too_late(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let bought = market.order(&guest(1), &[(coffee, 2)], Method::VaBca).await;
    market.pay(bought.payment(), "a", bought.total).await;
    let (_, placed) = market.group(bought.group()).await;
    let cx = market.cx();
    let mut tx = cx.begin().await.unwrap();
    order::store::accept(&mut tx, placed[0].id, Actor::Shop, cx.now()).await.unwrap();
    tx.commit().await.unwrap();
    market.app.run_jobs().await;
    let before = market.written().await;
    assert_eq!(refused(orders::cancel(&cx, &guest(1), placed[0].id, REASON).await), Code::Conflict);
    assert_eq!(market.written().await, before);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn cash_on_delivery_is_cancelled_without_any_money(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let bought = market.order(&guest(1), &[(coffee, 2)], Method::Cod).await;
    let (_, placed) = market.group(bought.group()).await;
    orders::cancel(&market.cx(), &guest(1), placed[0].id, REASON).await.unwrap();
    market.app.run_jobs().await;
    assert_eq!(market.stock(coffee).await, (9, 0));
    assert_eq!(market.group(bought.group()).await.1[0].state, OrderState::Cancelled);
    assert_eq!(market.number("select count(*) from ledger_journal").await, 0);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_somebody_elses_is_not_there(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let owner = guest(1);
    let bought = market.order(&owner, &[(coffee, 2)], Method::VaBca).await;
    market.fill(&owner, &[(coffee, 1)], Method::VaBca).await;
    let line = cart::view(&market.cx(), Some(&owner)).await.unwrap().items().next().unwrap().id;
    let (_, placed) = market.group(bought.group()).await;
    let own = (bought.group(), bought.payment(), placed[0].id);
    let member = market.member(1).await;
    market.app.run_jobs().await;
    let cx = market.cx();
    for other in [guest(2), member] {
        // A cart of their own, so that it is not for want of one.
        cart::open(&cx, &other).await.unwrap();
        let before = market.written().await;
        let (group, payment, order) = own;
        assert_eq!(refused(cart::set_quantity(&cx, &other, line, 2).await), Code::NotFound);
        assert_eq!(refused(cart::set_note(&cx, &other, line, "x").await), Code::NotFound);
        cart::tick(&cx, &other, Ticked::Line(line), false).await.unwrap();
        cart::save_for_later(&cx, &other, line, true).await.unwrap();
        cart::remove(&cx, &other, line).await.unwrap();
        assert_eq!(pay::view(&cx, &other, payment).await.unwrap(), None);
        assert!(!pay::is_of(&cx, &other, payment).await.unwrap());
        assert_eq!(refused(pay::change_method(&cx, &other, payment, Method::Qris).await), Code::NotFound);
        assert!(orders::order(&cx, &other, order).await.unwrap().is_none());
        assert!(orders::group(&cx, &other, group).await.unwrap().is_none());
        let list = orders::list(&cx, &other, OrderFilter::All, "", None, 10).await.unwrap();
        assert!(list.items.is_empty());
        assert_eq!(refused(orders::cancel(&cx, &other, order, REASON).await), Code::NotFound);
        assert_eq!(refused(orders::buy_again(&cx, &other, order).await), Code::NotFound);
        assert_eq!(market.written().await, before);
    }
    let items = cart::view(&cx, Some(&owner)).await.unwrap();
    let item = items.items().next().unwrap();
    assert!(item.ticked && item.quantity == 1 && item.note.is_empty());
    assert!(pay::is_of(&cx, &owner, bought.payment()).await.unwrap());
    let list = orders::list(&cx, &owner, OrderFilter::All, "", None, 10).await.unwrap();
    assert_eq!(list.items.len(), 1);
    // Nor is somebody else's address.
    let address = checkout::view(&cx, &member, None).await.unwrap().addresses[0].id;
    let nosy = market.member(2).await;
    cart::open(&cx, &nosy).await.unwrap();
    assert_eq!(refused(checkout::use_address(&cx, &nosy, address).await), Code::NotFound);
    assert_eq!(refused(checkout::use_address(&cx, &owner, address).await), Code::NotFound);
}
