//! What is decided before an order is placed.

use crate::support::{Market, an_address, fixed, guest};
use flows::{
    cart::{self, Change},
    checkout,
    stock::TellStock,
};
use inventory::{NewWarehouse, WarehouseName};
use kernel::{Buyer, jobs::Job as _};
use model::{
    AppError, Code, FieldError, Money,
    geo::Position,
    ids::{CartLineId, ShopId, WarehouseId},
    payment::Method,
    shipping::{Courier, PickupPointId, Service},
    views::SummaryPart,
};
use pricing::Scope;
use sqlx::PgPool;

fn fields<T>(refused: Result<T, impl Into<AppError>>) -> Vec<(String, FieldError)> {
    match refused {
        Ok(_) => panic!("it was not refused"),
        Err(error) => error.into().fields,
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn nobody_is_chosen_who_does_not_bring_it(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 5).await;
    market.goods(2, 1, 10_000, 5).await;
    let (cx, buyer) = (market.cx(), guest(1));
    cart::add(&cx, &buyer, coffee, 1, "").await.unwrap();
    let [ours, other, _] = crate::support::SHOPS;
    let choose = async |shop: ShopId, courier: &str, service: Service| {
        checkout::set_shipping(&cx, &buyer, shop, (courier, service, None), true, "").await
    };
    let before = choose(ours, "kirim_cepat", Service::Regular).await;
    assert_eq!(fields(before), [("address".to_owned(), FieldError::Required)]);

    checkout::set_address(&cx, &buyer, &an_address()).await.unwrap();
    let view = market.view(&buyer).await;
    let offers = &view.shops[0].offers;
    let offered = offers.last().unwrap();
    let missing = Service::ALL
        .iter()
        .find(|service| !offers.iter().any(|it| it.courier == offered.courier && it.service == **service))
        .unwrap();
    let not = |field: &str| vec![(field.to_owned(), FieldError::NotAllowed)];
    assert_eq!(fields(choose(other, &offered.courier, offered.service).await), not("shop"));
    assert_eq!(fields(choose(ours, "nobody", offered.service).await), not("courier"));
    assert_eq!(fields(choose(ours, &offered.courier, *missing).await), not("service"));
    assert_eq!(market.view(&buyer).await.summary, view.summary, "nothing was chosen");

    choose(ours, &offered.courier, offered.service).await.unwrap();
    let chosen = &market.view(&buyer).await.shops[0];
    assert_eq!(chosen.chosen.map(usize::from), Some(offers.len() - 1));
    assert!(chosen.insured);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_parcel_waits_at_a_counter_and_nobody_learns_where_its_buyer_lives(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 5).await;
    let (cx, buyer) = (market.cx(), guest(1));
    let home = an_address();
    let city = &home.district[..5];
    let mut near = vec![];
    {
        let mut db = cx.db().acquire().await.unwrap();
        for name in ["Loket Satu", "Loket Dua", "Loket Tiga"] {
            let new = shipping::NewPickupPoint {
                courier: Courier::KirimCepat,
                name: name.to_owned(),
                district: home.district.clone(),
                street: "Jl. Raya No. 1".to_owned(),
                position: None,
            };
            let id: PickupPointId = cx.id();
            shipping::store::insert_pickup_point(&mut db, id, &new, cx.now()).await.unwrap();
            near.push(id);
        }
        assert_eq!(shipping::store::list_pickup_points(&mut db, city, 9).await.unwrap().len(), 3);
    }
    market.fill(&buyer, &[(coffee, 1)], Method::VaBca).await;
    let shown = market.view(&buyer).await;
    let offers = &shown.shops[0].offers;
    let counters: Vec<_> = offers.iter().filter(|offer| offer.counter.is_some()).collect();
    assert_eq!(counters.len(), 2, "the nearest two of this courier: {offers:?}");
    let door = offers.iter().find(|it| it.counter.is_none() && it.courier == "kirim_cepat").unwrap();
    assert_eq!(counters[0].fee, door.fee.minus(Money::idr(2_000)).unwrap());
    assert!(!counters[0].cod);
    let chosen = shown.shops[0].chosen.unwrap();
    assert!(offers[usize::from(chosen)].counter.is_none(), "nobody has to walk who did not say so");

    let ours = crate::support::SHOPS[0];
    let counter = counters[0].counter.clone().unwrap();
    let choose = async |point: Option<PickupPointId>, courier: &str| {
        checkout::set_shipping(&cx, &buyer, ours, (courier, Service::Regular, point), false, "").await
    };
    let hidden = near.iter().find(|id| counters.iter().all(|it| it.counter.as_ref().unwrap().id != **id));
    assert!(choose(hidden.copied(), "kirim_cepat").await.is_err(), "it is not offered");
    assert!(choose(Some(counter.id), "antar_nusa").await.is_err(), "it is another courier's");
    choose(Some(counter.id), "kirim_cepat").await.unwrap();
    let shown = market.view(&buyer).await;
    let placed = market.place(&buyer, &shown).await.unwrap();
    let order = market.only(placed.group).await;
    assert_eq!(order.delivery.pickup_point, Some(counter.id.uuid()));
    let to = order.destination.unwrap();
    assert_eq!((to.street.as_str(), to.detail, to.pin), ("Loket Dua, Jl. Raya No. 1", None, None));
    assert_eq!(to.recipient, home.recipient);

    // One that has closed meanwhile is not gone to: it costs something else, and so is shown again.
    market.fill(&buyer, &[(coffee, 1)], Method::VaBca).await;
    choose(Some(counter.id), "kirim_cepat").await.unwrap();
    let shown = market.view(&buyer).await;
    let closed = {
        let mut db = cx.db().acquire().await.unwrap();
        shipping::store::mark_pickup_point(&mut db, counter.id, false, cx.now()).await.unwrap()
    };
    assert!(closed);
    assert_eq!(crate::support::refused(market.place(&buyer, &shown).await), Code::Changed);
    market.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn each_parcel_comes_from_the_warehouse_nearest_to_where_it_goes_itself(db: PgPool) {
    let market = Market::open(db).await;
    let (coffee, tea) = (market.goods(1, 0, 40_000, 5).await, market.goods(2, 1, 10_000, 0).await);
    let (cx, buyer) = (market.cx(), guest(1));
    let home = an_address();
    let [ours, other, _] = crate::support::SHOPS;
    let door = region::Book::get().district(&home.district).unwrap().position.unwrap();
    let far = Position::new(door.latitude + 0.3, door.longitude);
    let counter: PickupPointId = cx.id();
    let (by_the_counter, by_the_door): (WarehouseId, WarehouseId) = (cx.id(), cx.id());
    {
        let mut db = cx.db().acquire().await.unwrap();
        let new = shipping::NewPickupPoint {
            courier: Courier::KirimCepat,
            name: "Loket Satu".to_owned(),
            district: home.district.clone(),
            street: "Jl. Raya No. 1".to_owned(),
            position: Some(far),
        };
        shipping::store::insert_pickup_point(&mut db, counter, &new, cx.now()).await.unwrap();
        for (id, name, pin) in [(by_the_counter, "Jauh", far), (by_the_door, "Dekat", door)] {
            let new = NewWarehouse {
                id,
                shop: other,
                name: WarehouseName::try_from(name).unwrap(),
                region: "31.74".to_owned(),
                pin: Some(pin),
            };
            inventory::store::open_warehouse(&mut db, &new, cx.now()).await.unwrap();
            inventory::store::set_on_hand(&mut db, tea, id, 5, None, cx.now()).await.unwrap();
        }
    }
    cart::add(&cx, &buyer, coffee, 1, "").await.unwrap();
    market.later();
    market.fill(&buyer, &[(tea, 1)], Method::VaBca).await;
    let to_counter = ("kirim_cepat", Service::Regular, Some(counter));
    checkout::set_shipping(&cx, &buyer, ours, to_counter, false, "").await.unwrap();
    let shown = market.view(&buyer).await;
    let placed = market.place(&buyer, &shown).await.unwrap();
    let (_, orders) = market.group(placed.group).await;
    let pin_of = |shop| orders.iter().find(|it| it.shop == shop).unwrap().destination.as_ref().unwrap().pin;
    assert!(pin_of(ours).is_some() && pin_of(other).is_none(), "one goes to the counter, one to the door");
    let mut db = cx.db().acquire().await.unwrap();
    let from = inventory::store::list_allocations(&mut db, placed.group.uuid()).await.unwrap();
    let tea = from.iter().find(|it| it.variant == tea).unwrap();
    assert_eq!(tea.warehouse, by_the_door);
    drop(db);
    market.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn couriers_take_what_it_costs_from_the_warehouse_that_sends(db: PgPool) {
    let market = Market::open(db).await;
    // Of the coffee there is some in the shop's city; of the tea only in another, from which no rider comes.
    let (coffee, tea) = (market.goods(1, 0, 40_000, 5).await, market.goods(2, 0, 10_000, 0).await);
    let (cx, far): (_, WarehouseId) = (market.cx(), market.cx().id());
    {
        let mut db = cx.db().acquire().await.unwrap();
        let new = NewWarehouse {
            id: far,
            shop: crate::support::SHOPS[0],
            name: WarehouseName::try_from("Surabaya").unwrap(),
            region: "35.78".to_owned(),
            pin: None,
        };
        inventory::store::open_warehouse(&mut db, &new, cx.now()).await.unwrap();
        inventory::store::set_on_hand(&mut db, tea, far, 5, None, cx.now()).await.unwrap();
    }
    market.app.run_jobs().await;
    let offers = |view: &model::views::CheckoutView| {
        let of = |courier: &str| {
            let all = view.shops[0].offers.iter().filter(|offer| offer.courier == courier);
            all.map(|offer| offer.fee.amount()).min()
        };
        (of("kirim_cepat"), of("gesit_kota").is_some())
    };
    let near = market.fill(&guest(1), &[(coffee, 1)], Method::VaBca).await;
    assert_eq!(offers(&near), (Some(9_000), true), "within the city");
    let buyer = guest(2);
    let shown = market.fill(&buyer, &[(tea, 1)], Method::VaBca).await;
    assert_eq!(offers(&shown), (Some(16_000), false), "across the island");
    let placed = market.place(&buyer, &shown).await.unwrap();
    let order = market.only(placed.group).await;
    let chosen = shown.shops[0].offers.iter().map(|offer| offer.fee.amount()).min();
    assert_eq!(Some(order.sums.shipping.amount()), chosen, "what was shown is charged");
    let mut db = cx.db().acquire().await.unwrap();
    let from = inventory::store::list_allocations(&mut db, placed.group.uuid()).await.unwrap();
    assert_eq!(from[0].warehouse, far);
    drop(db);
    market.app.run_jobs().await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_line_is_changed_as_a_whole_or_not_at_all(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 50).await;
    let (cx, buyer) = (market.cx(), guest(1));
    cart::add(&cx, &buyer, coffee, 2, "").await.unwrap();
    cart::add(&cx, &buyer, coffee, 990, "giling").await.unwrap_err();
    cart::add(&cx, &buyer, coffee, 9, "giling").await.unwrap();
    let seen = async || {
        let cart = cart::view(&cx, Some(&buyer)).await.unwrap();
        let all = cart.items().chain(&cart.saved);
        all.map(|it| (it.id, it.quantity, it.note.clone(), it.ticked)).collect::<Vec<_>>()
    };
    let before = seen().await;
    let line = before[0].0;
    let change = async |change: Change| cart::change(&cx, &buyer, line, &change).await;
    let (quantity, ticked) = (Some(3), Some(false));
    for (refused, code) in [
        (Change { quantity, ticked, note: Some("x".repeat(201)), ..Change::default() }, Code::Invalid),
        (
            Change { quantity: Some(0), ticked, note: Some("halus".to_owned()), ..Change::default() },
            Code::Invalid,
        ),
        // The other line of this note would have too many.
        (
            Change { quantity: Some(995), ticked, note: Some("giling".to_owned()), ..Change::default() },
            Code::CartFull,
        ),
    ] {
        assert_eq!(crate::support::refused(change(refused).await), code);
        assert_eq!(seen().await, before);
    }
    let stranger: Buyer = guest(2);
    cart::open(&cx, &stranger).await.unwrap();
    let theirs = cart::change(&cx, &stranger, line, &Change { quantity, ..Change::default() }).await;
    assert_eq!(crate::support::refused(theirs), Code::NotFound);
    let gone = CartLineId::new(model::ids::Uuid::from_u128(1));
    let nothing = cart::change(&cx, &buyer, gone, &Change::default()).await;
    assert_eq!(crate::support::refused(nothing), Code::NotFound);
    assert_eq!(seen().await, before);

    change(Change { quantity, ticked, note: Some("halus".to_owned()), ..Change::default() }).await.unwrap();
    assert_eq!(seen().await[0], (line, 3, "halus".to_owned(), false));
    change(Change { saved: Some(true), ticked: Some(true), ..Change::default() }).await.unwrap();
    let aside = seen().await;
    assert_eq!(aside.iter().find(|it| it.0 == line).unwrap(), &(line, 3, "halus".to_owned(), false));
    change(Change { saved: Some(false), ticked: Some(true), ..Change::default() }).await.unwrap();
    assert!(seen().await.iter().find(|it| it.0 == line).unwrap().3);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn below_the_minimum_of_a_voucher_its_discount_is_gone_everywhere(db: PgPool) {
    let market = Market::open(db).await;
    let (coffee, tea) = (market.goods(1, 0, 40_000, 5).await, market.goods(2, 0, 15_000, 5).await);
    let (cx, buyer) = (market.cx(), guest(1));
    let voucher = market.voucher(1, "HEMAT5", Scope::Platform, fixed(5_000), None).await;
    let least = "update voucher set min_spend = 50000 where id = $1";
    sqlx::query(least).bind(voucher.uuid()).execute(cx.db()).await.unwrap();
    market.fill(&buyer, &[(coffee, 1), (tea, 1)], Method::VaBca).await;
    cart::add_code(&cx, &buyer, "HEMAT5").await.unwrap();
    let (with, in_cart) = (market.view(&buyer).await, cart::view(&cx, Some(&buyer)).await.unwrap());
    let off = SummaryPart::PlatformVoucher("HEMAT5".to_owned());
    assert!(with.summary.rows.iter().any(|row| row.of == off && row.amount.amount() == -5_000));
    assert!(in_cart.summary.rows.iter().any(|row| row.of == off));

    let tea_line = in_cart.items().find(|it| it.variant == tea).unwrap().id;
    cart::remove(&cx, &buyer, tea_line).await.unwrap();
    let (without, in_cart) = (market.view(&buyer).await, cart::view(&cx, Some(&buyer)).await.unwrap());
    assert!(without.summary.rows.iter().chain(&in_cart.summary.rows).all(|row| row.of != off));
    let left = without.summary.total.amount() - with.summary.total.amount();
    let shipping = |view: &model::views::CheckoutView| {
        let row = view.summary.rows.iter().find(|row| row.of == SummaryPart::Shipping);
        row.map_or(0, |row| row.amount.amount())
    };
    assert_eq!(left, -15_000 + 5_000 + shipping(&without) - shipping(&with));
    assert!(without.codes[0].refused.is_some(), "and it is said why");
    let bought = market.place(&buyer, &without).await.unwrap();
    assert_eq!(market.group(bought.group).await.1[0].sums.platform_discount.amount(), 0);
    assert_eq!(market.used(voucher).await, 0);
    market.app.run_jobs().await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn of_two_who_tell_of_the_same_stock_the_later_has_the_later_news(db: PgPool) {
    let market = Market::open_wide(db).await;
    let coffee = market.goods(1, 0, 40_000, 9).await;
    let cx = market.cx();
    let mut first = cx.begin().await.unwrap();
    catalog::store::stock::lock_stock(&mut first, &[coffee]).await.unwrap();
    let second = tokio::spawn({
        let cx = market.cx();
        async move { TellStock { variants: vec![coffee] }.run(&cx).await }
    });
    let waits = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    while market.number(waits).await == 0 {
        tokio::task::yield_now().await;
    }
    sqlx::query("update stock set on_hand = 4 where variant_id = $1")
        .bind(coffee.uuid())
        .execute(cx.db())
        .await
        .unwrap();
    first.commit().await.unwrap();
    second.await.unwrap().unwrap();
    assert_eq!(market.stock(coffee).await.0, 4);
    market.app.run_jobs().await;
}
