//! Couriers of an aggregator in the checkout, asked over HTTP.

use crate::{
    aggregator::{Aggregator, Manner, rate},
    support::{Market, SHOPS, an_address, guest, refused},
};
use flows::{
    cart, checkout,
    fulfil::Fleet,
    orders, place_order,
    rates::{ForgetQuotes, Rates},
    seller::settings,
};
use kernel::{Buyer, Viewer, jobs::Job as _};
use model::{
    Code, Money, Permission,
    ids::Uuid,
    payment::Method,
    shipping::{CourierCode, Service},
    shop::SettingsInput,
    views::{Change, CheckoutShop, CheckoutView, Missing, Sending, ShippingOffer},
};
use serde_json::json;
use shipping::{Biteship, BiteshipOrders, BiteshipSettings, OrdersSettings, WebhookProof};
use sqlx::PgPool;
use std::{sync::Arc, time::Duration as Wait};
use time::Duration;
use tokio::sync::Barrier;

fn offers(price: i64) -> Manner {
    Manner::Offers(vec![rate("jne", "reg23", price), rate("other", "reg", 100)])
}

/// A market that asks the aggregator, and sends its couriers through it.
async fn asking(db: PgPool, aggregator: &Aggregator, set: impl FnOnce(Rates) -> Rates) -> Market {
    let codes = ["jne", "sicepat"].map(str::to_owned);
    let key = "biteship_test.s3cret".to_owned();
    let settings = BiteshipSettings {
        url: aggregator.url.clone(),
        ..BiteshipSettings::new(key.clone(), codes.to_vec())
    };
    let couriers = codes.map(|code| CourierCode::try_from(code).unwrap()).to_vec();
    let rates = Arc::new(set(Rates::new(Arc::new(Biteship::new(settings).unwrap()), couriers)));
    let orders = BiteshipOrders::new(OrdersSettings {
        name: "biteship",
        url: aggregator.url.clone(),
        key,
        proof: WebhookProof::Header { name: "x-biteship-signature", secret: "whsec".to_owned() },
        own_couriers: false,
        notify_url: None,
        to_connect: Wait::from_secs(2),
        to_answer: Wait::from_secs(2),
    });
    let fleet = Arc::new(Fleet::new("+622150880100", vec![Arc::new(orders.unwrap()) as _]));
    Market::open_with(db, |kernel| kernel.with_part(rates).with_part(fleet)).await
}

fn outside(view: &CheckoutView) -> Vec<&ShippingOffer> {
    view.shops.iter().flat_map(|shop| &shop.offers).filter(|offer| offer.courier == "jne").collect()
}

async fn choose(market: &Market, buyer: &Buyer, courier: &str, insured: bool) {
    let way = (courier, Service::Regular, None);
    checkout::set_shipping(&market.cx(), buyer, SHOPS[0], way, insured, "").await.unwrap();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_an_aggregator_takes_is_shown_charged_and_booked(db: PgPool) {
    let aggregator = Aggregator::start(offers(3_500)).await;
    let market = asking(db, &aggregator, Rates::beside_our_own).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let buyer = guest(1);
    let shown = market.fill(&buyer, &[(coffee, 2)], Method::VaBca).await;
    let shop = &shown.shops[0];
    assert_eq!((shop.offers[0].courier.as_str(), shop.offers[0].courier_name.as_str()), ("jne", "JNE"));
    assert_eq!((shop.offers[0].fee, shop.offers[0].insurance), (Money::idr(3_000), Money::idr(500)));
    assert_eq!((shop.chosen, shop.silent), (Some(0), false), "the cheapest to the door");
    assert!(shop.offers.iter().any(|offer| offer.courier == "kirim_cepat"), "beside our own");
    assert!(shop.offers.iter().all(|offer| offer.courier != "other"), "nobody asked for them");
    let fees: Vec<_> =
        shop.offers.iter().filter(|it| it.counter.is_none()).map(|it| it.fee.amount()).collect();
    assert!(fees.is_sorted(), "{fees:?}");
    let question = aggregator.last_asked();
    assert_eq!(question["items"][0]["weight"], json!(500));
    assert_eq!(
        (&question["couriers"], &question["courier_insurance"]),
        (&json!("jne,sicepat"), &json!(80_000))
    );

    // It has other prices by now, but nobody is charged anything but what is shown, and the same is not asked twice.
    aggregator.behave(offers(90_500));
    let other = market.fill(&guest(2), &[(coffee, 2)], Method::VaBca).await;
    assert_eq!(other.shops[0].offers[0].fee, Money::idr(3_000));
    choose(&market, &buyer, "jne", true).await;
    let shown = market.view(&buyer).await;
    market.app.clock().advance(Duration::minutes(14));
    let placed = market.place(&buyer, &shown).await.unwrap();
    assert_eq!(aggregator.times_asked(), 1);
    let order = market.only(placed.group).await;
    assert_eq!((order.sums.shipping, order.sums.insurance), (Money::idr(3_000), Money::idr(500)));
    assert_eq!((order.delivery.courier.as_str(), order.delivery.service.as_str()), ("jne", "regular"));
    assert_eq!(order.delivery.service_code.as_deref(), Some("reg23"));

    market.pay(placed.payment.unwrap(), "transfer", shown.summary.total.amount()).await;
    market.app.run_jobs().await;
    market.packed(&market.at_shop(0, Permission::Orders).await, order.id).await;
    let booked = aggregator.booked();
    assert_eq!(booked.len(), 1);
    assert_eq!((&booked[0]["courier_company"], &booked[0]["courier_type"]), (&json!("jne"), &json!("reg23")));
    assert_eq!(market.shipment(order.id).await.waybill.as_deref(), Some("WYB-1112223333444"));
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_too_old_is_not_charged_and_asked_again_when_it_is_looked_at(db: PgPool) {
    let aggregator = Aggregator::start(offers(3_500)).await;
    let market = asking(db, &aggregator, Rates::beside_our_own).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let buyer = guest(1);
    let shown = market.fill(&buyer, &[(coffee, 1)], Method::VaBca).await;
    market.app.clock().advance(Duration::minutes(16));
    let before = market.written().await;
    assert_eq!(refused(market.place(&buyer, &shown).await), Code::Changed);
    assert_eq!((market.written().await, aggregator.times_asked()), (before, 1), "placing asks nobody");

    let total = shown.summary.total;
    let again = checkout::view(
        &market.cx(),
        &buyer,
        Some(&checkout::Shown { total: total.amount(), ..Default::default() }),
    )
    .await
    .unwrap();
    assert_eq!(
        (again.changes.clone(), aggregator.times_asked()),
        (vec![Change::Asked("Toko 0".to_owned())], 2)
    );
    assert_eq!(again.summary.total, total);
    market.place(&buyer, &again).await.unwrap();

    // Who is shown an answer has some minutes for it, and sees it when it comes to another fee.
    market.fill(&buyer, &[(coffee, 1)], Method::VaBca).await;
    market.app.clock().advance(Duration::minutes(11));
    aggregator.behave(offers(4_500));
    let shown = market.view(&buyer).await;
    assert_eq!((aggregator.times_asked(), outside(&shown)[0].fee), (3, Money::idr(4_000)));

    // A courier of our own tables takes what they take.
    choose(&market, &buyer, "kirim_cepat", false).await;
    let shown = market.view(&buyer).await;
    market.app.clock().advance(Duration::minutes(16));
    let placed = market.place(&buyer, &shown).await.unwrap();
    let order = market.only(placed.group).await;
    assert_eq!((order.delivery.courier.as_str(), order.delivery.service_code), ("kirim_cepat", None));
    assert_eq!(aggregator.times_asked(), 3);
    market.app.run_jobs().await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn another_courier_at_the_same_fee_is_shown_before_it_is_taken(db: PgPool) {
    let theirs = |couriers: &[&str]| {
        Manner::Offers(couriers.iter().map(|courier| rate(courier, "reg", 3_500)).collect())
    };
    let aggregator = Aggregator::start(theirs(&["jne", "sicepat"])).await;
    let market = asking(db, &aggregator, |rates| rates).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let buyer = guest(1);
    market.fill(&buyer, &[(coffee, 1)], Method::VaBca).await;
    choose(&market, &buyer, "jne", false).await;
    let shown = market.view(&buyer).await;
    // In another tab couriers are asked again, and the one that was chosen does not go there any more.
    market.app.clock().advance(Duration::minutes(11));
    aggregator.behave(theirs(&["sicepat"]));
    let other = market.view(&buyer).await;
    assert_eq!((aggregator.times_asked(), other.summary.total), (2, shown.summary.total));
    let before = market.written().await;
    assert_eq!(refused(market.place(&buyer, &shown).await), Code::Changed);
    assert_eq!(market.written().await, before);
    let ships = CheckoutShop::ships(&shown.shops);
    let was = checkout::Shown::new(shown.summary.total.amount(), &ships);
    let now = checkout::view(&market.cx(), &buyer, Some(&was)).await.unwrap();
    let by =
        |courier: &str| Sending { courier: courier.to_owned(), service: Service::Regular, counter: None };
    assert_eq!(now.changes, [Change::Courier("Toko 0".to_owned(), by("JNE"), by("SICEPAT"))]);
    let placed = market.place(&buyer, &now).await.unwrap();
    assert_eq!(market.only(placed.group).await.delivery.courier, "sicepat");
    market.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn nothing_is_placed_that_nobody_was_asked_about(db: PgPool) {
    let aggregator = Aggregator::start(offers(3_500)).await;
    let market = asking(db, &aggregator, Rates::beside_our_own).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let (cx, buyer) = (market.cx(), guest(1));
    cart::add(&cx, &buyer, coffee, 1, "").await.unwrap();
    checkout::set_contact(&cx, &buyer, "sari@mail.example", "").await.unwrap();
    checkout::set_address(&cx, &buyer, &an_address()).await.unwrap();
    assert!(checkout::address(&cx, &buyer).await.unwrap().is_some());
    let place = place_order::place(&cx, &buyer, "some-key", Money::idr(1), Method::VaBca).await;
    assert_eq!((refused(place), aggregator.times_asked()), (Code::Changed, 0));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn whoever_does_not_answer_in_time_is_not_waited_for(db: PgPool) {
    let aggregator = Aggregator::start(Manner::Silent).await;
    let set = |rates: Rates| rates.beside_our_own().waiting(Wait::from_secs(1));
    let market = asking(db, &aggregator, set).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let buyer = guest(1);
    let shown = market.fill(&buyer, &[(coffee, 1)], Method::VaBca).await;
    assert!(shown.shops[0].silent && outside(&shown).is_empty() && !shown.shops[0].offers.is_empty());
    market.view(&buyer).await;
    assert_eq!(aggregator.times_asked(), 1, "nobody is pestered");
    // What was shown without them holds, however long it takes.
    market.app.clock().advance(Duration::minutes(30));
    let placed = market.place(&buyer, &shown).await.unwrap();
    assert_eq!(market.only(placed.group).await.delivery.service_code, None);

    aggregator.behave(Manner::Refuses);
    let shown = market.fill(&buyer, &[(coffee, 1)], Method::VaBca).await;
    assert!(shown.shops[0].silent && aggregator.times_asked() == 2);
    aggregator.behave(offers(3_500));
    assert!(market.view(&buyer).await.shops[0].silent, "for a moment");
    market.app.clock().advance(Duration::seconds(21));
    let shown = market.view(&buyer).await;
    assert!(!shown.shops[0].silent && outside(&shown).len() == 1);
    // While what was said is good, it does not matter that nothing is said any more.
    aggregator.behave(Manner::Refuses);
    market.app.clock().advance(Duration::minutes(12));
    let shown = market.view(&buyer).await;
    assert!(!shown.shops[0].silent && outside(&shown).len() == 1 && aggregator.times_asked() == 4);
    market.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn in_place_of_our_own_only_theirs_are_offered(db: PgPool) {
    let aggregator = Aggregator::start(offers(3_500)).await;
    let market = asking(db, &aggregator, |rates| rates).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    // Which of our own it sends with does not matter then.
    let picky = "update shop set couriers = '{kirim_cepat}' where id = $1";
    sqlx::query(picky).bind(SHOPS[0].uuid()).execute(market.cx().db()).await.unwrap();
    let buyer = guest(1);
    let shown = market.fill(&buyer, &[(coffee, 1)], Method::VaBca).await;
    let offered: Vec<_> = shown.shops[0].offers.iter().map(|offer| offer.courier.as_str()).collect();
    assert_eq!(offered, ["jne"]);

    market.app.clock().advance(Duration::minutes(16));
    assert_eq!(refused(market.place(&buyer, &shown).await), Code::Changed);
    aggregator.behave(Manner::Refuses);
    let silent = market.view(&buyer).await;
    assert!(silent.shops[0].silent && silent.shops[0].offers.is_empty());
    assert_eq!(silent.missing, [Missing::Courier]);
    assert_eq!(refused(market.place(&buyer, &shown).await), Code::Invalid);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn shops_are_asked_about_at_once_and_not_those_that_have_couriers_of_their_own(db: PgPool) {
    let theirs = vec![rate("jne", "reg23", 3_500)];
    let aggregator = Aggregator::start(Manner::Together(Arc::new(Barrier::new(2)), theirs)).await;
    let market = asking(db, &aggregator, Rates::beside_our_own).await;
    let mut goods = vec![];
    for n in 0..3 {
        goods.push((market.goods(n + 1, usize::from(n), 40_000, 9).await, 1));
    }
    let picky = "update shop set couriers = '{kirim_cepat}' where id = $1";
    sqlx::query(picky).bind(SHOPS[2].uuid()).execute(market.cx().db()).await.unwrap();
    let shown = market.fill(&guest(1), &goods, Method::VaBca).await;
    let from: Vec<Uuid> = shown
        .shops
        .iter()
        .filter(|shop| shop.offers.iter().any(|offer| offer.courier == "jne"))
        .map(|shop| shop.id.uuid())
        .collect();
    assert_eq!(from, [SHOPS[0].uuid(), SHOPS[1].uuid()]);
    assert!(shown.shops.iter().all(|shop| !shop.silent));
    assert_eq!(aggregator.times_asked(), 2);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_shop_sends_with_those_outside_that_it_ticks(db: PgPool) {
    let theirs = vec![rate("jne", "reg23", 3_500), rate("sicepat", "reg", 3_000)];
    let aggregator = Aggregator::start(Manner::Offers(theirs)).await;
    let market = asking(db, &aggregator, Rates::beside_our_own).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let at = market.at_shop(0, Permission::Settings).await;
    let cx = market.cx().as_viewer(Viewer::Member(at.member().clone()));
    let there = settings::shown(&cx, &at).await.unwrap();
    let outside: Vec<_> = there.outside.iter().map(|it| (it.name.as_str(), it.ticked)).collect();
    assert_eq!(outside, [("JNE", true), ("SiCepat", true)], "all, as long as it does not say");
    let input = |couriers: &[&str]| SettingsInput {
        name: "Toko Nol".to_owned(),
        couriers: couriers.iter().map(|code| (*code).to_owned()).collect(),
        ..SettingsInput::default()
    };
    let wrong = settings::save(&cx, &at, there.version, &input(&["tiki"])).await;
    assert_eq!(refused(wrong), Code::Invalid);
    settings::save(&cx, &at, there.version, &input(&["kirim_cepat", "jne"])).await.unwrap();
    let buyer = guest(1);
    market.fill(&buyer, &[(coffee, 1)], Method::VaBca).await;
    choose(&market, &buyer, "jne", false).await;
    let shown = market.view(&buyer).await;
    let mut offered: Vec<_> = shown.shops[0].offers.iter().map(|offer| offer.courier.as_str()).collect();
    offered.sort_unstable();
    offered.dedup();
    assert_eq!(offered, ["jne", "kirim_cepat"]);
    let placed = market.place(&buyer, &shown).await.unwrap();
    let order = market.only(placed.group).await;
    let page = orders::order(&market.cx(), &buyer, order.id).await.unwrap().unwrap();
    assert_eq!((order.delivery.courier.as_str(), page.courier.as_str()), ("jne", "JNE"));
    market.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_couriers_took_is_forgotten_after_a_day(db: PgPool) {
    let aggregator = Aggregator::start(offers(3_500)).await;
    let market = asking(db, &aggregator, Rates::beside_our_own).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    market.fill(&guest(1), &[(coffee, 1)], Method::VaBca).await;
    let kept = "select count(*) from shipping_quote";
    for (later, left) in [(Duration::DAY, 1), (Duration::minutes(16), 0)] {
        market.app.clock().advance(later);
        ForgetQuotes {}.run(&market.cx()).await.unwrap();
        assert_eq!(market.number(kept).await, left);
    }
}
