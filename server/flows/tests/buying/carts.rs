//! What a cart takes, what it says of prices, and what becomes of two.

use crate::support::{Market, SHOPS, fixed, guest, refused};
use flows::{
    cart::{self, CartError, Change, Ticked},
    orders, pay,
    place_order::{self, PlaceError},
};
use inventory::{StockChanged, StockPolicy};
use kernel::{Buyer, idempotency::Key, outbox};
use model::{
    Code, Money,
    ids::{CartLineId, VariantId},
    order::CancelReason,
    payment::Method,
    views::{CartView, CodeReason, Supply},
};
use pricing::Scope;
use sqlx::PgPool;

async fn seen(market: &Market, buyer: &Buyer) -> CartView {
    cart::view(&market.cx(), Some(buyer)).await.unwrap()
}

async fn line(market: &Market, buyer: &Buyer, variant: VariantId, note: &str) -> CartLineId {
    let cart = seen(market, buyer).await;
    let mut all = cart.items().chain(&cart.saved);
    all.find(|item| item.variant == variant && item.note == note).unwrap().id
}

/// What lies in the cart to be bought.
async fn pieces(market: &Market, buyer: &Buyer) -> i32 {
    seen(market, buyer).await.items().map(|item| item.quantity).sum()
}

/// What is said to have cost something else before: what one piece was and is.
async fn moved(market: &Market, buyer: &Buyer) -> Vec<(i64, i64)> {
    let cart = seen(market, buyer).await;
    let all = cart.items().chain(&cart.saved);
    all.filter_map(|item| Some((item.was?.amount(), item.unit.amount()))).collect()
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn no_more_of_a_product_goes_into_a_cart_than_may_be_bought_at_once(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 50).await;
    market.bounded(1, 2, Some(3)).await;
    let (cx, buyer) = (market.cx(), guest(1));
    assert_eq!(refused(cart::add(&cx, &buyer, coffee, 1, "").await), Code::Invalid, "too few");
    cart::add(&cx, &buyer, coffee, 2, "").await.unwrap();
    for (more, note) in [(2, ""), (2, "giling")] {
        let again = cart::add(&cx, &buyer, coffee, more, note).await;
        assert!(matches!(again, Err(CartError::Quantity { least: 2, most: 3 })), "{again:?}");
    }
    assert_eq!(pieces(&market, &buyer).await, 2);
    cart::add(&cx, &buyer, coffee, 1, "giling").await.unwrap();
    let (plain, ground) =
        (line(&market, &buyer, coffee, "").await, line(&market, &buyer, coffee, "giling").await);
    assert_eq!(refused(cart::set_quantity(&cx, &buyer, ground, 2).await), Code::Invalid);
    let change = Change { quantity: Some(2), ..Change::default() };
    assert_eq!(refused(cart::change(&cx, &buyer, ground, &change).await), Code::Invalid);
    assert_eq!(pieces(&market, &buyer).await, 3);
    let cart = seen(&market, &buyer).await;
    let bounds: Vec<_> = cart.items().map(|item| (item.id, item.min, item.max)).collect();
    assert_eq!(bounds, [(plain, 1, 2), (ground, 1, 1)], "with what stands on the other line");
    cart::set_note(&cx, &buyer, ground, "").await.unwrap();
    assert_eq!(pieces(&market, &buyer).await, 3, "joined they are as many as before");
    // Bought at once it is bought alone.
    cart::buy_now(&cx, &buyer, coffee, 3, "giling").await.unwrap();
    let cart = seen(&market, &buyer).await;
    assert_eq!(cart.items().filter(|item| item.ticked).map(|item| item.quantity).sum::<i32>(), 3);
    assert!(cart.can_check_out());
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn more_or_fewer_than_are_sold_at_once_are_not_placed(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 50).await;
    let buyer = guest(1);
    let shown = market.fill(&buyer, &[(coffee, 4)], Method::VaBca).await;
    for (least, most, supply) in [(1, Some(3), Supply::Over(3)), (5, None, Supply::Under(5))] {
        // The shop has said so since.
        market.bounded(1, least, most).await;
        let before = market.written().await;
        let placed = market.place(&buyer, &shown).await;
        assert!(
            matches!(placed, Err(PlaceError::Quantity { least: l, most: m }) if (l, m) == (least, most)),
            "{placed:?}"
        );
        assert_eq!(refused(placed), Code::Invalid);
        assert_eq!(market.written().await, before);
        let cart = seen(&market, &buyer).await;
        assert_eq!(cart.items().next().unwrap().supply, supply);
        assert!(!cart.can_check_out());
        let view = market.view(&buyer).await;
        assert_eq!(view.missing, [model::views::Missing::Goods]);
    }
    // One may always come nearer to what is sold.
    market.bounded(1, 1, Some(2)).await;
    let id = line(&market, &buyer, coffee, "").await;
    cart::set_quantity(&market.cx(), &buyer, id, 3).await.unwrap();
    assert_eq!(refused(cart::set_quantity(&market.cx(), &buyer, id, 4).await), Code::Invalid);
    cart::set_quantity(&market.cx(), &buyer, id, 2).await.unwrap();
    let shown = market.view(&buyer).await;
    market.place(&buyer, &shown).await.unwrap();
    market.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn two_carts_that_are_one_hold_no_more_than_may_be_bought_and_say_what_became_of_the_rest(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 50).await;
    market.bounded(1, 1, Some(3)).await;
    let (cx, visitor, member) = (market.cx(), guest(1), market.member(1).await);
    cart::add(&cx, &member, coffee, 2, "").await.unwrap();
    market.later();
    let cx_later = market.cx();
    cart::add(&cx_later, &visitor, coffee, 2, "giling").await.unwrap();
    cart::come_in(&cx, visitor.guest().unwrap(), member.account().unwrap()).await.unwrap();
    let cart = seen(&market, &member).await;
    let lines: Vec<_> = cart.items().map(|item| (item.note.as_str(), item.quantity)).collect();
    assert_eq!(lines, [("", 1), ("giling", 2)], "what was chosen last stays");
    assert_eq!((cart.merged.left_out, cart.merged.reduced), (0, 1));
    assert!(cart.can_check_out() && cart.has_news());
    cart::see_changes(&cx, &member).await.unwrap();
    assert!(!seen(&market, &member).await.has_news(), "seen once, it is not told again");

    // Where nothing is left of it, it is put aside.
    cart::add(&cx, &guest(2), coffee, 3, "halus").await.unwrap();
    market.later();
    cart::come_in(&market.cx(), guest(2).guest().unwrap(), member.account().unwrap()).await.unwrap();
    let cart = seen(&market, &member).await;
    assert_eq!(cart.items().map(|item| item.quantity).sum::<i32>(), 3);
    assert_eq!((cart.saved.len(), cart.merged.reduced), (2, 2));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn lines_there_is_no_room_for_at_sign_in_are_not_gone_without_a_word(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 999).await;
    let (cx, visitor, member) = (market.cx(), guest(1), market.member(1).await);
    for n in 0..99 {
        cart::add(&cx, &member, coffee, 1, &format!("a{n}")).await.unwrap();
    }
    for n in 0..3 {
        cart::add(&cx, &visitor, coffee, 1, &format!("b{n}")).await.unwrap();
    }
    cart::come_in(&cx, visitor.guest().unwrap(), member.account().unwrap()).await.unwrap();
    let cart = seen(&market, &member).await;
    assert_eq!((cart.items().count(), cart.merged.left_out), (100, 2));
    cart::see_changes(&cx, &member).await.unwrap();
    assert_eq!(seen(&market, &member).await.merged.left_out, 0);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_a_shopper_does_to_a_price_themselves_is_no_news_to_them(db: PgPool) {
    let market = Market::open(db).await;
    let (coffee, tea) = (market.goods(1, 0, 40_000, 50).await, market.goods(2, 0, 20_000, 50).await);
    market.wholesale(1, 3, 30_000).await;
    let (cx, buyer) = (market.cx(), guest(1));
    cart::add(&cx, &buyer, coffee, 1, "").await.unwrap();
    cart::add(&cx, &buyer, tea, 1, "").await.unwrap();
    cart::add(&cx, &buyer, coffee, 2, "giling").await.unwrap();
    let none: [(i64, i64); 0] = [];
    assert_eq!(moved(&market, &buyer).await, none, "with the second line all are cheaper");
    let (plain, ground) =
        (line(&market, &buyer, coffee, "").await, line(&market, &buyer, coffee, "giling").await);
    cart::set_quantity(&cx, &buyer, ground, 1).await.unwrap();
    assert_eq!(moved(&market, &buyer).await, none);
    cart::set_quantity(&cx, &buyer, ground, 5).await.unwrap();
    cart::tick(&cx, &buyer, Ticked::Line(ground), false).await.unwrap();
    assert_eq!(moved(&market, &buyer).await, none);
    cart::tick(&cx, &buyer, Ticked::All, true).await.unwrap();
    cart::save_for_later(&cx, &buyer, ground, true).await.unwrap();
    assert_eq!(moved(&market, &buyer).await, none);
    cart::save_for_later(&cx, &buyer, ground, false).await.unwrap();
    cart::remove(&cx, &buyer, plain).await.unwrap();
    assert_eq!(moved(&market, &buyer).await, none);
    cart::set_quantity(&cx, &buyer, ground, 1).await.unwrap();
    // What the shop does is news, and stays so whatever the shopper does meanwhile to another line.
    market.reprice(1, 44_000).await;
    cart::tick(&cx, &buyer, Ticked::All, false).await.unwrap();
    cart::tick(&cx, &buyer, Ticked::All, true).await.unwrap();
    assert_eq!(moved(&market, &buyer).await, [(40_000, 44_000)]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_line_that_is_not_ticked_costs_what_it_is_scheduled_to_cost(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 50).await;
    let (cx, buyer) = (market.cx(), guest(1));
    sqlx::query(
        "insert into scheduled_price (variant_id, starts_at, ends_at, price, created_at)
         values ($1, $2, $2 + interval '1 day', 33000, $2)",
    )
    .bind(coffee.uuid())
    .bind(cx.now())
    .execute(cx.db())
    .await
    .unwrap();
    cart::add(&cx, &buyer, coffee, 1, "").await.unwrap();
    cart::tick(&cx, &buyer, Ticked::All, false).await.unwrap();
    let cart = seen(&market, &buyer).await;
    let item = cart.items().next().unwrap();
    assert_eq!((item.unit.amount(), item.was), (33_000, None));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_price_that_was_seen_is_not_told_again(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 50).await;
    let (cx, buyer) = (market.cx(), guest(1));
    let shown = market.fill(&buyer, &[(coffee, 1)], Method::VaBca).await;
    market.reprice(1, 44_000).await;
    assert_eq!(refused(market.place(&buyer, &shown).await), Code::Changed);
    assert_eq!(moved(&market, &buyer).await, [(40_000, 44_000)]);
    assert_eq!(market.view(&buyer).await.changes.len(), 1);
    cart::see_changes(&cx, &buyer).await.unwrap();
    assert_eq!(moved(&market, &buyer).await, []);
    let shown = market.view(&buyer).await;
    assert_eq!(shown.changes, []);
    market.place(&buyer, &shown).await.unwrap();
    assert_eq!(refused(cart::see_changes(&cx, &guest(9)).await), Code::NotFound);
    market.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn of_what_nobody_counts_there_is_always_enough_and_never_a_number(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 1).await;
    let cx = market.cx();
    let mut tx = cx.begin().await.unwrap();
    inventory::store::set_policy(&mut tx, coffee, StockPolicy::UNTRACKED, cx.now()).await.unwrap();
    let changed = StockChanged { shop: SHOPS[0], variants: vec![coffee] };
    outbox::publish(&mut tx, &cx, &changed).await.unwrap();
    tx.commit().await.unwrap();
    market.app.run_jobs().await;
    assert_eq!(market.stock(coffee).await.0, model::views::product::UNCOUNTED);
    let buyer = guest(1);
    let shown = market.fill(&buyer, &[(coffee, 500)], Method::VaBca).await;
    assert_eq!(shown.shops[0].items[0].supply, Supply::Enough);
    market.place(&buyer, &shown).await.unwrap();
    market.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_a_guest_has_used_up_is_not_there_anew_after_signing_in(db: PgPool) {
    let market = Market::open(db).await;
    let (coffee, sale) = (market.goods(1, 0, 40_000, 50).await, market.goods(2, 1, 90_000, 50).await);
    market.voucher(1, "HEMAT5", Scope::Platform, fixed(5_000), None).await;
    market.flash_sale(sale, 60_000, 20).await;
    for sql in ["update voucher set per_person = 1", "update flash_item set per_buyer = 1"] {
        sqlx::query(sql).execute(market.cx().db()).await.unwrap();
    }
    let (cx, visitor, member) = (market.cx(), guest(1), market.member(1).await);
    market.fill(&visitor, &[(coffee, 1), (sale, 1)], Method::VaBca).await;
    cart::add_code(&cx, &visitor, "HEMAT5").await.unwrap();
    let shown = market.view(&visitor).await;
    market.place(&visitor, &shown).await.unwrap();
    cart::come_in(&cx, visitor.guest().unwrap(), member.account().unwrap()).await.unwrap();
    market.fill(&member, &[(coffee, 1), (sale, 1)], Method::VaBca).await;
    cart::add_code(&cx, &member, "HEMAT5").await.unwrap();
    let view = market.view(&member).await;
    assert_eq!(view.codes[0].refused.as_ref().map(|it| it.reason), Some(CodeReason::LimitReached));
    let units: Vec<i64> = view.shops.iter().flat_map(|it| &it.items).map(|it| it.unit.amount()).collect();
    assert_eq!(units, [40_000, 90_000], "nor is a second piece of the flash sale");
    market.app.run_jobs().await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_guest_who_comes_back_under_another_token_has_ordered_before(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 50).await;
    market.voucher(1, "BARU5", Scope::Platform, fixed(5_000), None).await;
    let sql = "update voucher set first_order_only = true";
    sqlx::query(sql).execute(market.cx().db()).await.unwrap();
    let cx = market.cx();
    let refusal = async |n: u8, email: &str| {
        let buyer = guest(n);
        market.fill(&buyer, &[(coffee, 1)], Method::VaBca).await;
        flows::checkout::set_contact(&cx, &buyer, email, "").await.unwrap();
        cart::add_code(&cx, &buyer, "BARU5").await.unwrap();
        market.view(&buyer).await.codes[0].refused.as_ref().map(|it| it.reason)
    };
    assert_eq!(refusal(1, "sari@mail.example").await, None);
    let shown = market.view(&guest(1)).await;
    market.place(&guest(1), &shown).await.unwrap();
    assert_eq!(refusal(2, "sari@mail.example").await, Some(CodeReason::FirstOrderOnly));
    assert_eq!(refusal(3, "rina@mail.example").await, None);
    market.app.run_jobs().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_refused_voucher_says_what_it_takes(db: PgPool) {
    let market = Market::open(db).await;
    let (coffee, _) = (market.goods(1, 0, 40_000, 50).await, market.goods(2, 1, 10_000, 50).await);
    for (n, (code, scope)) in [
        ("BANYAK", Scope::Platform),
        ("TOKO-LAIN", Scope::Shop(SHOPS[1])),
        ("DANA", Scope::Platform),
        ("DOMPET", Scope::Platform),
    ]
    .iter()
    .enumerate()
    {
        market.voucher(n as u128, code, *scope, fixed(5_000), None).await;
    }
    for sql in [
        "update voucher set min_qty = 3 where code = 'BANYAK'",
        "update voucher set budget = 100, spent = 100 where code = 'DANA'",
        "update voucher set methods = '{gopay}' where code = 'DOMPET'",
    ] {
        sqlx::query(sql).execute(market.cx().db()).await.unwrap();
    }
    let buyer = guest(1);
    market.fill(&buyer, &[(coffee, 1)], Method::VaBca).await;
    for code in ["BANYAK", "TOKO-LAIN", "DANA", "DOMPET"] {
        cart::add_code(&market.cx(), &buyer, code).await.unwrap();
        market.later();
    }
    let view = market.view(&buyer).await;
    let why = |code: &str| view.codes.iter().find(|it| it.code == code).unwrap().refused.clone().unwrap();
    assert_eq!((why("BANYAK").reason, why("BANYAK").pieces), (CodeReason::MinQuantity, Some(2)));
    assert_eq!(why("TOKO-LAIN").reason, CodeReason::WrongShop);
    assert_eq!(why("DANA").reason, CodeReason::BudgetSpent);
    assert_eq!((why("DOMPET").reason, why("DOMPET").methods), (CodeReason::WrongMethod, vec![Method::Gopay]));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_costs_nothing_is_not_paid_from_a_balance(db: PgPool) {
    let market = Market::open(db).await;
    let coffee = market.goods(1, 0, 40_000, 50).await;
    market.voucher(1, "SEMUA", Scope::Platform, crate::support::percent(10_000), None).await;
    let off = pricing::ShippingOff::UpTo(Money::idr(9_000_000));
    market.voucher(2, "ONGKIR", Scope::Platform, pricing::Kind::Shipping(off), None).await;
    // This one owns the first shop.
    let owner = market.member(2_000_000).await;
    market.at_shop(0, model::Permission::Money).await;
    let cx = market.cx();
    cart::add(&cx, &owner, coffee, 1, "").await.unwrap();
    for code in ["SEMUA", "ONGKIR"] {
        cart::add_code(&cx, &owner, code).await.unwrap();
    }
    let shown = market.view(&owner).await;
    assert_eq!(shown.summary.total.amount(), 0, "{:?}", shown.summary);
    let free = place_order::place(&cx, &owner, &shown.key, Money::idr(0), Method::Balance).await;
    assert_eq!(refused(free), Code::Invalid);
    flows::checkout::set_method(&cx, &owner, Method::VaBca).await.unwrap();
    let shown = market.view(&owner).await;
    assert_eq!(shown.summary.total.amount(), 1_000, "what the way of paying costs");
    market.place(&owner, &shown).await.unwrap();
    market.app.run_jobs().await;
    market.adds_up().await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_request_that_comes_again_under_its_key_changes_nothing_more(db: PgPool) {
    let market = Market::open_wide(db).await;
    let coffee = market.goods(1, 0, 40_000, 50).await;
    let (cx, buyer) = (market.cx(), guest(1));
    let bought = market.paid(&buyer, &[(coffee, 2)]).await;
    let order = market.only(bought.group()).await.id;
    let waits = market.order(&buyer, &[(coffee, 1)], Method::VaBca).await;
    market.app.run_jobs().await;
    let key: Key = "k-1".parse().unwrap();
    let once = Some(&key);
    for _ in 0..2 {
        cart::add_once(&cx, &buyer, once, (coffee, 3), "").await.unwrap();
        assert_eq!(pieces(&market, &buyer).await, 3);
    }
    assert_eq!(refused(cart::add_once(&cx, &buyer, once, (coffee, 4), "").await), Code::KeyReused);
    for _ in 0..2 {
        assert_eq!(orders::buy_again_once(&cx, &buyer, once, order).await.unwrap(), 1);
        assert_eq!(pieces(&market, &buyer).await, 5);
    }
    let other = market.only(waits.group()).await.id;
    assert_eq!(refused(orders::buy_again_once(&cx, &buyer, once, other).await), Code::KeyReused);
    let first = pay::change_method_once(&cx, &buyer, once, waits.payment(), Method::Qris).await.unwrap();
    let again = pay::change_method_once(&cx, &buyer, once, waits.payment(), Method::Qris).await.unwrap();
    assert_eq!(first, again);
    let third = pay::change_method_once(&cx, &buyer, once, waits.payment(), Method::Gopay).await;
    assert_eq!(refused(third), Code::KeyReused);
    for _ in 0..2 {
        orders::cancel_once(&cx, &buyer, once, order, CancelReason::Other).await.unwrap();
    }
    let reason = CancelReason::TooSlow;
    assert_eq!(refused(orders::cancel_once(&cx, &buyer, once, order, reason).await), Code::KeyReused);
    assert_eq!(refused(orders::cancel(&cx, &buyer, order, reason).await), Code::Conflict, "without the key");
    market.app.run_jobs().await;
    assert_eq!(market.bank.asked_back(bought.payment()), [bought.total]);

    // While the first is under way, its twin hears so.
    let key: Key = "k-2".parse().unwrap();
    let mut first = cx.begin().await.unwrap();
    let claim = (buyer.uuid(), "cart.add", &key);
    assert!(kernel::idempotency::is_alone(&mut first, claim).await.unwrap());
    assert_eq!(refused(cart::add_once(&cx, &buyer, Some(&key), (coffee, 3), "").await), Code::Conflict);
    first.roll_back().await.unwrap();
    assert_eq!(pieces(&market, &buyer).await, 5);
    market.adds_up().await;
}
