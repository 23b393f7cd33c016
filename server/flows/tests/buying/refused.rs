//! What was shown is not so any more when it is placed: nothing is written, and the page says what has changed.

use crate::support::{Market, SHOPS, fixed, guest, name, refused};
use flows::{cart, checkout};
use kernel::Buyer;
use model::{
    AppError, Code, FieldError, Money,
    payment::Method,
    views::{Change, CheckoutShop, CheckoutView, CodeReason},
};
use pricing::Scope;
use sqlx::PgPool;
use time::Duration;

async fn changes(market: &Market, buyer: &Buyer, shown: &CheckoutView) -> Vec<Change> {
    let was = shown.summary.total.amount();
    checkout::view(&market.cx(), buyer, Some(&checkout::Shown::new(was, ""))).await.unwrap().changes
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn another_price_is_shown_before_it_is_paid(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let buyer = guest(1);
    let shown = market.fill(&buyer, &[(coffee, 2)], Method::VaBca).await;
    assert_eq!(shown.changes, []);
    market.reprice(1, 45_000).await;
    let before = market.written().await;
    assert_eq!(refused(market.place(&buyer, &shown).await), Code::Changed);
    assert_eq!(market.written().await, before);
    let total = shown.summary.total;
    let more = Money::idr(total.amount() + 10_000);
    assert_eq!(
        changes(&market, &buyer, &shown).await,
        [Change::Price(name(1), Money::idr(40_000), Money::idr(45_000)), Change::Total(total, more),]
    );
    // What is shown now can be placed, under a key of its own as well as under the old one.
    let again = market.view(&buyer).await;
    let key = &shown.key;
    let placed = flows::place_order::place(&market.cx(), &buyer, key, again.summary.total, Method::VaBca)
        .await
        .unwrap();
    assert_eq!(market.group(placed.group).await.0.total, more);
    market.app.run_jobs().await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_somebody_else_has_bought_meanwhile_is_not_sold_twice(db: PgPool) {
    let market = Market::open(db).await;
    let (coffee, tea) = (market.goods(1, 0, 40_000, 3).await, market.goods(2, 1, 10_000, 9).await);
    let (buyer, quick) = (guest(1), guest(2));
    let shown = market.fill(&buyer, &[(coffee, 2), (tea, 1)], Method::VaBca).await;
    market.order(&quick, &[(coffee, 2)], Method::VaBca).await;
    let before = market.written().await;
    assert_eq!(refused(market.place(&buyer, &shown).await), Code::Changed);
    assert_eq!(market.written().await, before);
    assert_eq!(changes(&market, &buyer, &shown).await, [Change::Stock(name(1), 1)]);
    assert_eq!(refused(cart::add(&market.cx(), &guest(3), coffee, 2, "").await), Code::SoldOut);
    market.app.run_jobs().await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_taken_off_sale_is_not_left_out_silently(db: PgPool) {
    let market = Market::open(db).await;
    let (coffee, tea) = (market.goods(1, 0, 40_000, 3).await, market.goods(2, 1, 10_000, 9).await);
    let buyer = guest(1);
    market.fill(&buyer, &[(coffee, 2), (tea, 1)], Method::VaBca).await;
    let sql = "update shop set state = 'closed' where slug = 'toko-0'";
    sqlx::query(sql).execute(market.cx().db()).await.unwrap();
    let shown = market.view(&buyer).await;
    let before = market.written().await;
    assert_eq!(refused(market.place(&buyer, &shown).await), Code::Changed, "even at the total of the rest");
    assert_eq!(market.written().await, before);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_voucher_somebody_else_has_used_up_is_said_so_before_it_is_paid(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let voucher = market.voucher(1, "HEMAT5", Scope::Platform, fixed(5_000), Some(1)).await;
    let (buyer, quick) = (guest(1), guest(2));
    market.fill(&buyer, &[(coffee, 2)], Method::VaBca).await;
    market.fill(&quick, &[(coffee, 1)], Method::VaBca).await;
    cart::add_code(&market.cx(), &buyer, "hemat5").await.unwrap();
    cart::add_code(&market.cx(), &quick, "HEMAT5").await.unwrap();
    let shown = market.view(&buyer).await;
    let theirs = market.view(&quick).await;
    market.place(&quick, &theirs).await.unwrap();
    let before = market.written().await;
    assert_eq!(refused(market.place(&buyer, &shown).await), Code::Changed);
    assert_eq!((market.written().await, market.used(voucher).await), (before, 1));
    let total = shown.summary.total;
    assert_eq!(
        changes(&market, &buyer, &shown).await,
        [
            Change::Voucher("HEMAT5".to_owned(), CodeReason::UsedUp.into()),
            Change::Total(total, Money::idr(total.amount() + 5_000)),
        ]
    );
    market.app.run_jobs().await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn without_goods_contact_address_or_a_way_to_pay_nothing_is_placed(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let (cx, buyer) = (market.cx(), guest(1));
    let place = |total: Money, method| {
        let cx = market.cx();
        async move { flows::place_order::place(&cx, &buyer, "key", total, method).await }
    };
    assert_eq!(refused(place(Money::idr(1), Method::VaBca).await), Code::NotFound, "no cart");
    cart::add(&cx, &buyer, coffee, 1, "").await.unwrap();
    let before = market.written().await;
    assert_eq!(refused(place(Money::idr(1), Method::VaBca).await), Code::Invalid, "no contact");
    checkout::set_contact(&cx, &buyer, "sari@mail.example", "").await.unwrap();
    assert_eq!(refused(place(Money::idr(1), Method::VaBca).await), Code::Invalid, "no address");
    checkout::set_address(&cx, &buyer, &crate::support::an_address()).await.unwrap();
    assert_eq!(refused(checkout::set_method(&cx, &buyer, Method::Ovo).await), Code::Invalid);
    let total = market.view(&buyer).await.summary.total;
    assert_eq!(refused(place(total, Method::Ovo).await), Code::Invalid, "nobody takes it");
    assert_eq!(refused(place(total, Method::VaBca).await), Code::Changed, "the fee was not shown");
    cart::tick(&cx, &buyer, cart::Ticked::All, false).await.unwrap();
    assert_eq!(refused(place(total, Method::VaBca).await), Code::Invalid, "nothing is ticked");
    assert_eq!(market.written().await, before);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_courier_that_costs_something_else_is_named(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let buyer = guest(1);
    let shown = market.fill(&buyer, &[(coffee, 1)], Method::VaBca).await;
    let way = shown.shops[0].shown().unwrap().way;
    // A heavier one may be cheaper with somebody else.
    let chosen = (way.courier.as_str(), way.service, None);
    checkout::set_shipping(&market.cx(), &buyer, shown.shops[0].id, chosen, false, "").await.unwrap();
    let shown = market.view(&buyer).await;
    let shop = &shown.shops[0];
    let fee = shop.offers[usize::from(shop.chosen.unwrap())].fee;
    // It weighs more than its shop had said.
    sqlx::query("update product set weight_g = 9000").execute(market.cx().db()).await.unwrap();
    assert_eq!(refused(market.place(&buyer, &shown).await), Code::Changed);
    let was = checkout::Shown::new(shown.summary.total.amount(), &format!("{},x", shop.shown().unwrap()));
    let now = checkout::view(&market.cx(), &buyer, Some(&was)).await.unwrap();
    let offer = &now.shops[0].offers[usize::from(now.shops[0].chosen.unwrap())];
    assert!(offer.fee.amount() > fee.amount());
    assert_eq!(
        now.changes,
        [
            Change::Shipping(shop.name.clone(), fee, offer.fee),
            Change::Total(shown.summary.total, now.summary.total),
        ]
    );
}

/// What is different now for whoever looks again with all that was shown.
async fn differs(market: &Market, buyer: &Buyer, shown: &CheckoutView) -> Vec<Change> {
    let ships = CheckoutShop::ships(&shown.shops);
    let was = checkout::Shown::new(shown.summary.total.amount(), &ships);
    checkout::view(&market.cx(), buyer, Some(&was)).await.unwrap().changes
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_comes_later_than_was_shown_is_not_placed_though_it_costs_the_same(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let buyer = guest(1);
    let shown = market.fill(&buyer, &[(coffee, 1)], Method::VaBca).await;
    market.app.clock().advance(Duration::minutes(20));
    assert_eq!(differs(&market, &buyer, &shown).await, [], "as long as the day is the same");
    // Collected a day later than whoever looked before could think.
    market.app.clock().advance(Duration::DAY);
    let before = market.written().await;
    let error: AppError = market.place(&buyer, &shown).await.unwrap_err().into();
    let arrival = error.of("expected_shipping");
    assert_eq!((error.code, arrival), (Code::Changed, Some(FieldError::OutOfRange)));
    assert_eq!(market.written().await, before);
    let changes = differs(&market, &buyer, &shown).await;
    let again = market.view(&buyer).await;
    let days = |view: &CheckoutView| {
        let shown = view.shops[0].shown().unwrap();
        (shown.from, shown.until)
    };
    assert_eq!(changes, [Change::Arrival(shown.shops[0].name.clone(), days(&shown), days(&again))]);
    market.place(&buyer, &again).await.unwrap();
    market.app.run_jobs().await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn days_that_pass_within_what_was_promised_are_no_change(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let buyer = guest(1);
    let shown = market.fill(&buyer, &[(coffee, 1)], Method::VaBca).await;
    let mut expected = checkout::Expected::from(&shown);
    // As it was shown the day before: it could have come a day earlier.
    expected.ways[0].from = "2026-01-01".to_owned();
    let cx = market.cx();
    flows::place_order::place(&cx, &buyer, &shown.key, expected, Method::VaBca).await.unwrap();
    market.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn whoever_names_another_courier_than_the_chosen_one_places_nothing(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let buyer = guest(1);
    let shown = market.fill(&buyer, &[(coffee, 1)], Method::VaBca).await;
    let mut expected = checkout::Expected::from(&shown);
    expected.ways[0].way.courier = "unta".to_owned();
    let place = |expected| {
        let (cx, key) = (market.cx(), shown.key.clone());
        async move { flows::place_order::place(&cx, &buyer, &key, expected, Method::VaBca).await }
    };
    let error: AppError = place(expected.clone()).await.unwrap_err().into();
    assert_eq!(error.of("expected_shipping"), Some(FieldError::NotAllowed));
    let was = checkout::Shown { total: expected.total.amount(), ways: expected.ways.clone() };
    let changes = checkout::view(&market.cx(), &buyer, Some(&was)).await.unwrap().changes;
    let [Change::Courier(_, before, now)] = &changes[..] else { panic!("{changes:?}") };
    assert_eq!((before.courier.as_str(), before.service), ("UNTA", now.service));
    // What is said of a shop that nothing is bought of does not matter.
    expected.ways[0].shop = SHOPS[2];
    place(expected).await.unwrap();
    market.app.run_jobs().await;
}
