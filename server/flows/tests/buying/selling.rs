//! From paid order to parcel at the door.

use crate::support::{Market, Written, guest, refused};
use flows::{
    fulfil::{self, Several},
    orders,
    seller::{self, today},
};
use kernel::Viewer;
use model::{
    Code, Money, Permission, ShopRole,
    order::{Actor, CancelReason, OrderState},
    payment::Method,
    shipping::ShipmentState,
};
use shipping::CarrierError;
use sqlx::PgPool;
use std::sync::Arc;

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_shop_accepts_packs_and_hands_over_and_each_step_counts_once(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let bought = market.paid(&guest(1), &[(coffee, 2)]).await;
    let (at, cx) = (market.at_shop(0, Permission::Orders).await, market.cx());
    let order = market.only(bought.group()).await;
    assert_eq!(
        refused(fulfil::pack(&cx, &at, order.id, None).await),
        Code::Conflict,
        "not before it is accepted"
    );
    for _ in 0..2 {
        fulfil::accept(&cx, &at, order.id).await.unwrap();
    }
    assert_eq!(refused(fulfil::hand_over(&cx, &at, order.id).await), Code::Conflict);
    assert_eq!(refused(fulfil::pack(&cx, &at, order.id, Some(0)).await), Code::Invalid);
    for _ in 0..2 {
        fulfil::pack(&cx, &at, order.id, Some(750)).await.unwrap();
    }
    let parcel = market.shipment(order.id).await;
    assert_eq!((parcel.weight_g, parcel.waybill.as_deref()), (750, Some("RESI00000001")), "booked at once");
    let booking = market.carrier.depot().booked[0].clone();
    assert_eq!((booking.number.as_str(), booking.cash), (order.number.as_str(), None));
    assert!(booking.to.address.contains("Jl. Melati") && booking.to.address.contains("Kebayoran Baru"));
    assert_eq!(market.stock(coffee).await.1, 2, "still on hand, and reserved");
    for _ in 0..2 {
        fulfil::hand_over(&cx, &at, order.id).await.unwrap();
    }
    market.app.run_jobs().await;
    assert_eq!(market.stock(coffee).await, (7, 0));
    let steps = order::store::timeline(&mut cx.db().acquire().await.unwrap(), order.id).await.unwrap();
    let by_shop = steps.iter().filter(|step| step.actor == Actor::Shop).map(|step| step.to);
    assert_eq!(by_shop.collect::<Vec<_>>(), [OrderState::Accepted, OrderState::Packed, OrderState::Shipped]);
    assert_eq!(market.number("select count(*) from stock_movement where kind = 'shipped'").await, 1);
    // Too late for either side.
    let before = market.written().await;
    let late = fulfil::reject(&cx, &at, order.id, CancelReason::OutOfStock).await;
    assert_eq!(refused(late), Code::Conflict);
    let late = orders::cancel(&cx, &guest(1), order.id, CancelReason::ChangedMind).await;
    assert_eq!(refused(late), Code::Conflict);
    assert_eq!(market.written().await, before);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_waits_in_a_shop_is_told_to_those_whose_work_it_is(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 50).await;
    market.goods(2, 0, 10_000, 2).await;
    let (one, _) =
        (market.paid(&guest(1), &[(coffee, 2)]).await, market.paid(&guest(2), &[(coffee, 1)]).await);
    // Not paid, and so not theirs to know of.
    market.order(&guest(3), &[(coffee, 1)], Method::VaBca).await;
    let at = market.at_shop(0, Permission::Orders).await;
    let cx = market.cx().as_viewer(Viewer::Member(at.member().clone()));
    let told = today::to_do(&cx, "toko-0").await.unwrap();
    let orders = told.orders.unwrap();
    assert_eq!((orders.new, orders.to_pack, orders.to_ship, orders.pressing), (2, 0, 0, 0));
    assert!(orders.next_due.unwrap() > cx.now().unix_timestamp());
    assert_eq!(told.low_stock, Some(1));
    assert_eq!(told.sold.map(|sold| (sold.orders, sold.goods)), Some((2, Money::idr(120_000))));
    assert_eq!(today::new_orders(&cx, "toko-0").await.unwrap(), 2);

    market.packed(&at, market.only(one.group()).await.id).await;
    let orders = today::to_do(&cx, "toko-0").await.unwrap().orders.unwrap();
    assert_eq!((orders.new, orders.to_pack, orders.to_ship), (1, 0, 1));

    let keeper = market.employed(5, ShopRole::Finance).await;
    let cx = market.cx().as_viewer(Viewer::Member(keeper));
    let told = today::to_do(&cx, "toko-0").await.unwrap();
    assert_eq!((told.orders, told.low_stock), (None, None));
    assert!(told.sold.is_some());
    assert_eq!(today::new_orders(&cx, "toko-0").await.unwrap(), 0);
    let other = market.at_shop(1, Permission::Orders).await;
    let theirs = market.cx().as_viewer(Viewer::Member(other.member().clone()));
    assert_eq!(refused(today::to_do(&theirs, "toko-0").await), Code::NotFound);
    assert_eq!(refused(today::new_orders(&market.cx(), "toko-0").await), Code::Unauthenticated);
    market.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn pages_of_a_shop_hear_of_its_orders_alone(db: PgPool) {
    let market = Market::open(db).await;
    let (coffee, tea) = (market.goods(1, 0, 40_000, 9).await, market.goods(2, 1, 10_000, 9).await);
    let news = Arc::new(today::News::default());
    let mut heard = news.listen();
    let kept = tokio::spawn(today::keep_news(market.app.kernel().clone(), news.clone()));
    // Who begins to follow while something is written hears of what comes after.
    let listening = async {
        loop {
            market.paid(&guest(9), &[(tea, 1)]).await;
            if let Ok(heard) = tokio::time::timeout(std::time::Duration::from_millis(200), heard.recv()).await
            {
                break heard.unwrap();
            }
        }
    };
    let first = tokio::time::timeout(std::time::Duration::from_secs(20), listening).await.unwrap();
    assert_eq!(first, crate::support::SHOPS[1]);
    while heard.try_recv().is_ok() {}
    market.paid(&guest(1), &[(coffee, 1)]).await;
    let ours = async { while heard.recv().await.unwrap() != crate::support::SHOPS[0] {} };
    tokio::time::timeout(std::time::Duration::from_secs(20), ours).await.unwrap();
    kept.abort();
    market.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_a_shop_rejects_is_paid_back_at_once(db: PgPool) {
    let market = Market::open(db).await;
    let (coffee, tea) = (market.goods(1, 0, 40_000, 9).await, market.goods(2, 1, 10_000, 9).await);
    let bought = market.paid(&guest(1), &[(coffee, 2), (tea, 1)]).await;
    let (at, cx) = (market.at_shop(0, Permission::Orders).await, market.cx());
    let (_, both) = market.group(bought.group()).await;
    let mine = both.iter().find(|order| order.shop == at.shop()).unwrap();
    let theirs = both.iter().find(|order| order.shop != at.shop()).unwrap();
    assert_eq!(refused(fulfil::reject(&cx, &at, mine.id, CancelReason::ChangedMind).await), Code::Invalid);
    market.packed(&at, mine.id).await;
    for _ in 0..2 {
        fulfil::reject(&cx, &at, mine.id, CancelReason::OutOfStock).await.unwrap();
    }
    market.app.run_jobs().await;
    assert_eq!(market.bank.asked_back(bought.payment()), [mine.sums.total.amount()]);
    assert_eq!(market.carrier.depot().cancelled.len(), 1, "and its courier does not come");
    assert_eq!((market.stock(coffee).await, market.stock(tea).await), ((9, 0), (8, 1)));
    assert_eq!(market.escrow(theirs.id).await, theirs.sums.total.amount());
    assert_eq!(refused(fulfil::accept(&cx, &at, mine.id).await), Code::Conflict);
    market.settle_refunds(bought.payment()).await;
    assert_eq!(market.owed(bought.group()).await, 0);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn orders_of_other_shops_are_not_there(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let bought = market.paid(&guest(1), &[(coffee, 1)]).await;
    let unpaid = market.order(&guest(2), &[(coffee, 1)], Method::VaBca).await;
    let (order, waiting) = (market.only(bought.group()).await, market.only(unpaid.group()).await);
    let cx = market.cx();
    let before = market.written().await;
    let (other, stock) =
        (market.at_shop(1, Permission::Orders).await, market.at_shop(0, Permission::Stock).await);
    for at in [&other, &stock] {
        assert_eq!(refused(fulfil::accept(&cx, at, order.id).await), Code::NotFound);
        assert_eq!(refused(fulfil::reject(&cx, at, order.id, CancelReason::Other).await), Code::NotFound);
        assert_eq!(refused(fulfil::pack(&cx, at, order.id, None).await), Code::NotFound);
        assert_eq!(refused(fulfil::hand_over(&cx, at, order.id).await), Code::NotFound);
        assert_eq!(refused(fulfil::book_again(&cx, at, order.id).await), Code::NotFound);
        let several = fulfil::accept_many(&cx, at, &[order.id]).await.unwrap();
        assert_eq!(several, Several { accepted: 0, not: 1 });
    }
    let mine = market.at_shop(0, Permission::Orders).await;
    assert_eq!(refused(fulfil::accept(&cx, &mine, waiting.id).await), Code::NotFound, "it is not paid");
    assert_eq!(market.written().await, before);
    let stranger = cx.as_viewer(Viewer::Member(other.member().clone()));
    assert_eq!(refused(seller::at_shop(&stranger, "toko-0", Permission::Orders).await), Code::NotFound);
    market.app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn several_are_accepted_at_once_and_one_that_cannot_be_keeps_none_back(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let mut ids = vec![];
    for n in 1..=3 {
        let bought = market.paid(&guest(n), &[(coffee, 1)]).await;
        ids.push(market.only(bought.group()).await.id);
    }
    let (at, cx) = (market.at_shop(0, Permission::Orders).await, market.cx());
    orders::cancel(&cx, &guest(2), ids[1], CancelReason::ChangedMind).await.unwrap();
    let several = fulfil::accept_many(&cx, &at, &ids).await.unwrap();
    assert_eq!(several, Several { accepted: 2, not: 1 });
    market.app.run_jobs().await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_the_courier_tells_moves_the_order_whatever_comes_first(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let bought = market.paid(&guest(1), &[(coffee, 2)]).await;
    let at = market.at_shop(0, Permission::Orders).await;
    let order = market.only(bought.group()).await;
    market.packed(&at, order.id).await;
    market.later();
    // The shop forgets to say that it handed it over; the news of its fetching is never heard by itself.
    market.seen(&order, ShipmentState::OutForDelivery).await;
    assert_eq!(market.only(bought.group()).await.state, OrderState::Shipped);
    assert_eq!(market.stock(coffee).await, (7, 0));
    market.later();
    market.seen(&order, ShipmentState::Delivered).await;
    let done = market.only(bought.group()).await;
    assert_eq!(
        (done.state, done.settle_by),
        (OrderState::Delivered, done.delivered_at.map(|at| at + time::Duration::days(15)))
    );
    let before = market.written().await;
    let events = market.number("select count(*) from shipment_event").await;
    market.seen(&order, ShipmentState::Delivered).await;
    market.seen(&order, ShipmentState::PickedUp).await;
    // Only the asking itself is new.
    assert_eq!(Written { jobs: before.jobs, ..market.written().await }, before);
    assert_eq!(market.number("select count(*) from shipment_event").await, events + 1);
    assert_eq!(market.shipment(order.id).await.state, ShipmentState::Delivered);
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_parcel_that_comes_back_is_refunded_and_on_the_shelf_again(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 5).await;
    let at = market.at_shop(0, Permission::Orders).await;
    for (n, state, left) in [(1, ShipmentState::ReturnedToSender, 5), (2, ShipmentState::Lost, 3)] {
        let bought = market.paid(&guest(n), &[(coffee, 2)]).await;
        let order = market.only(bought.group()).await;
        market.packed(&at, order.id).await;
        fulfil::hand_over(&market.cx(), &at, order.id).await.unwrap();
        market.later();
        market.seen(&order, ShipmentState::FailedAttempt).await;
        market.later();
        market.seen(&order, state).await;
        assert_eq!(market.only(bought.group()).await.state, OrderState::Cancelled);
        assert_eq!(market.stock(coffee).await, (left, 0));
        assert_eq!(market.bank.asked_back(bought.payment()), [order.sums.total.amount()]);
        assert_eq!(market.escrow(order.id).await, 0);
    }
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_courier_that_cannot_be_booked_at_once_is_booked_later_and_another_in_its_place(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 5).await;
    let bought = market.paid(&guest(1), &[(coffee, 1)]).await;
    let (at, cx) = (market.at_shop(0, Permission::Orders).await, market.cx());
    let order = market.only(bought.group()).await;
    fulfil::accept(&cx, &at, order.id).await.unwrap();
    market.carrier.depot().refuses = Some(CarrierError::Unreachable);
    fulfil::pack(&cx, &at, order.id, None).await.unwrap();
    assert_eq!(market.shipment(order.id).await.waybill, None);
    market.app.run_jobs().await;
    market.carrier.depot().refuses = None;
    market.app.run_all_jobs(time::Duration::HOUR).await;
    let first = market.shipment(order.id).await;
    assert_eq!(first.waybill.as_deref(), Some("RESI00000001"));

    fulfil::book_again(&cx, &at, order.id).await.unwrap();
    assert_eq!(market.shipment(order.id).await.id, first.id, "one is on its way");
    market.seen(&order, ShipmentState::Cancelled).await;
    fulfil::book_again(&market.cx(), &at, order.id).await.unwrap();
    let second = market.shipment(order.id).await;
    assert_eq!(second.waybill.as_deref(), Some("RESI00000002"));
    assert_eq!(market.only(bought.group()).await.state, OrderState::Packed);
    market.app.run_jobs().await;
    market.adds_up().await;
}
