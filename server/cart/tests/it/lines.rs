//! What goes into a cart and out of it.

use crate::fixtures::{
    BUDI, GUEST, NOW, SARI, add, contents, everything, line_id, market, new, open, qty, shop, told, variant,
};
use cart::{AddError, Cart, Destination, Holder, Line, LineError, Note, limits::MOST_PIECES, store};
use model::{
    Currency, Money,
    ids::{CartId, Uuid},
};
use sqlx::{PgConnection, PgPool};
use time::Duration;

async fn fill(db: &mut PgConnection, cart: &Cart, lines: u128) {
    for n in 1..=lines {
        add(db, cart, new(n, 300 + n, 1, ""), NOW).await.unwrap();
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn more_of_the_same_joins_its_line_and_another_note_makes_another(pool: PgPool) {
    let db = &mut *market(&pool).await;
    let cart = open(db, &GUEST, 1).await;
    let first = add(db, &cart, new(1, 101, 2, ""), NOW).await.unwrap();
    store::save_for_later(db, cart.id, &[first], true, NOW).await.unwrap();
    let dearer = cart::NewLine { price_seen: Money::idr(1_200), ..new(2, 101, 3, "") };
    assert_eq!(add(db, &cart, dearer, NOW).await.unwrap(), first);
    let noted = add(db, &cart, new(3, 101, 1, "merah"), NOW).await.unwrap();
    assert_eq!(noted, line_id(3));
    let lines = store::lines(db, cart.id).await.unwrap();
    assert_eq!(told(&lines), [(101, 5, String::new()), (101, 1, "merah".to_owned())]);
    assert_eq!(lines[0].price_seen, Money::idr(1_200), "the price seen last");
    assert!(lines[0].ticked && !lines[0].saved_for_later, "what is added is to be bought");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_cart_takes_a_hundred_lines_and_a_line_999_pieces(pool: PgPool) {
    let db = &mut *market(&pool).await;
    let cart = open(db, &GUEST, 1).await;
    fill(db, &cart, 99).await;
    add(db, &cart, new(100, 101, 998, ""), NOW).await.unwrap();

    let refused = add(db, &cart, new(101, 101, 2, ""), NOW).await;
    assert!(matches!(refused, Err(AddError::TooMany { room: 1 })), "{refused:?}");
    let refused = add(db, &cart, new(101, 102, 1, ""), NOW).await;
    assert!(matches!(refused, Err(AddError::Full)), "{refused:?}");
    let refused = add(db, &cart, new(101, 101, MOST_PIECES + 1, ""), NOW).await;
    assert!(matches!(refused, Err(AddError::TooMany { room: MOST_PIECES })), "{refused:?}");
    let refused = store::set_quantity(db, cart.id, line_id(1), qty(MOST_PIECES + 1), NOW).await;
    assert!(matches!(refused, Err(LineError::TooMany)), "{refused:?}");
    let lines = contents(db, &cart).await;
    assert_eq!((lines.len(), lines[99].1, lines[0].1), (100, 998, 1), "nothing has changed");

    add(db, &cart, new(101, 101, 1, ""), NOW).await.unwrap();
    store::set_quantity(db, cart.id, line_id(1), qty(MOST_PIECES), NOW).await.unwrap();
    assert_eq!(contents(db, &cart).await[99].1, MOST_PIECES);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_does_not_exist_is_not_added(pool: PgPool) {
    let db = &mut *market(&pool).await;
    let cart = open(db, &GUEST, 1).await;
    let refused = add(db, &cart, new(1, 999, 1, ""), NOW).await;
    assert!(matches!(refused, Err(AddError::NoSuchVariant)), "{refused:?}");
    let nowhere = CartId::new(Uuid::from_u128(5));
    let refused = store::restore(db, nowhere, &[], NOW).await;
    assert!(matches!(refused, Err(AddError::NoSuchCart)), "{refused:?}");
    let foreign = cart::NewLine { price_seen: Money::new(1, Currency::Usd), ..new(1, 101, 1, "") };
    let refused = add(db, &cart, foreign, NOW).await;
    assert!(matches!(refused, Err(AddError::WrongCurrency)), "{refused:?}");
    assert_eq!(contents(db, &cart).await, []);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn two_tabs_adding_at_once_lose_nothing_and_pass_no_limit(pool: PgPool) {
    let cart = {
        let db = &mut *market(&pool).await;
        let cart = open(db, &Holder::Account(SARI), 1).await;
        fill(db, &cart, 98).await;
        cart
    };
    let tab = |id: u128, of: u128| {
        let (pool, cart) = (pool.clone(), cart.clone());
        async move {
            let mut tx = pool.begin().await.unwrap();
            let added = add(&mut tx, &cart, new(id, of, 1, ""), NOW).await;
            tx.commit().await.unwrap();
            added
        }
    };
    let (one, other) = tokio::join!(tab(201, 101), tab(202, 101));
    assert_eq!(one.unwrap(), other.unwrap(), "the same thing twice is one line");
    let (one, other) = tokio::join!(tab(203, 102), tab(204, 103));
    let (added, full) = if one.is_ok() { (one, other) } else { (other, one) };
    assert!(added.is_ok() && matches!(full, Err(AddError::Full)), "{added:?} {full:?}");
    let db = &mut *pool.acquire().await.unwrap();
    let lines = contents(db, &cart).await;
    assert_eq!(lines.len(), 100);
    assert!(lines.contains(&(101, 2, String::new())));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn lines_are_ticked_one_by_one_by_shop_or_all(pool: PgPool) {
    let db = &mut *market(&pool).await;
    let cart = open(db, &GUEST, 1).await;
    for (id, of) in [(1, 101), (2, 102), (3, 201), (4, 202)] {
        add(db, &cart, new(id, of, 1, ""), NOW).await.unwrap();
    }
    let ticked = async |db: &mut PgConnection| -> Vec<u128> {
        let lines = store::lines(db, cart.id).await.unwrap();
        let of = |line: &Line| line.variant.uuid().as_u128() - 0x1_0000;
        lines.iter().filter(|line| line.ticked).map(of).collect()
    };
    assert_eq!(store::save_for_later(db, cart.id, &[line_id(4)], true, NOW).await.unwrap(), 1);
    assert_eq!(ticked(db).await, [101, 102, 201], "what is put aside is not ticked");
    assert_eq!(store::tick_shop(db, cart.id, shop(1), false, NOW).await.unwrap(), 2);
    assert_eq!(ticked(db).await, [201]);
    assert_eq!(store::tick_all(db, cart.id, true, NOW).await.unwrap(), 3);
    assert_eq!(store::tick(db, cart.id, &[line_id(1), line_id(4)], false, NOW).await.unwrap(), 1);
    assert_eq!(ticked(db).await, [102, 201]);
    assert_eq!(store::tick(db, cart.id, &[line_id(4)], true, NOW).await.unwrap(), 0);
    assert_eq!(store::save_for_later(db, cart.id, &[line_id(4)], false, NOW).await.unwrap(), 1);
    assert_eq!(ticked(db).await, [102, 201, 202]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_changed_note_may_make_two_lines_one(pool: PgPool) {
    let db = &mut *market(&pool).await;
    let cart = open(db, &GUEST, 1).await;
    add(db, &cart, new(1, 101, 2, ""), NOW).await.unwrap();
    add(db, &cart, new(2, 101, 3, "merah"), NOW).await.unwrap();
    let (red, none): (Note, Note) = ("merah".parse().unwrap(), Note::default());
    assert_eq!(store::set_note(db, cart.id, line_id(2), &red, NOW).await.unwrap(), line_id(2));
    store::set_quantity(db, cart.id, line_id(1), qty(997), NOW).await.unwrap();
    let refused = store::set_note(db, cart.id, line_id(1), &red, NOW).await;
    assert!(matches!(refused, Err(LineError::TooMany)), "{refused:?}");
    assert_eq!(contents(db, &cart).await.len(), 2);
    store::set_quantity(db, cart.id, line_id(1), qty(2), NOW).await.unwrap();
    assert_eq!(store::set_note(db, cart.id, line_id(1), &red, NOW).await.unwrap(), line_id(2));
    assert_eq!(contents(db, &cart).await, [(101, 5, "merah".to_owned())]);
    store::set_note(db, cart.id, line_id(2), &none, NOW).await.unwrap();
    assert_eq!(contents(db, &cart).await, [(101, 5, String::new())]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_was_removed_comes_back(pool: PgPool) {
    let db = &mut *market(&pool).await;
    let cart = open(db, &GUEST, 1).await;
    for n in 1..=3 {
        let at = NOW + Duration::seconds(n);
        let n = n.unsigned_abs().into();
        add(db, &cart, new(n, 100 + n, 2, "merah"), at).await.unwrap();
    }
    store::tick(db, cart.id, &[line_id(2)], false, NOW).await.unwrap();
    let before = store::lines(db, cart.id).await.unwrap();
    let removed = store::remove(db, cart.id, &[line_id(2), line_id(1), line_id(9)], NOW).await.unwrap();
    assert_eq!(removed, before[..2]);
    assert_eq!(contents(db, &cart).await.len(), 1);
    store::restore(db, cart.id, &removed, NOW).await.unwrap();
    assert_eq!(store::lines(db, cart.id).await.unwrap(), before);

    let removed = store::remove(db, cart.id, &[line_id(1)], NOW).await.unwrap();
    add(db, &cart, new(7, 101, 5, "merah"), NOW).await.unwrap();
    store::restore(db, cart.id, &removed, NOW).await.unwrap();
    assert!(contents(db, &cart).await.contains(&(101, 7, "merah".to_owned())), "it was added meanwhile");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn accepted_prices_are_remembered(pool: PgPool) {
    let db = &mut *market(&pool).await;
    let cart = open(db, &GUEST, 1).await;
    add(db, &cart, new(1, 101, 2, ""), NOW).await.unwrap();
    add(db, &cart, new(2, 102, 2, ""), NOW).await.unwrap();
    let prices = [(line_id(1), Money::idr(900)), (line_id(2), Money::new(5, Currency::Usd))];
    assert_eq!(store::accept_prices(db, cart.id, &prices, NOW).await.unwrap(), 1);
    let seen: Vec<_> = store::lines(db, cart.id).await.unwrap().iter().map(|line| line.price_seen).collect();
    assert_eq!(seen, [Money::idr(900), Money::idr(1_000)]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_was_ordered_is_gone_with_the_choices_of_its_shop(pool: PgPool) {
    let db = &mut *market(&pool).await;
    let cart = open(db, &GUEST, 1).await;
    for (id, of) in [(1, 101), (2, 102), (3, 201)] {
        add(db, &cart, new(id, of, 1, ""), NOW).await.unwrap();
    }
    for n in 1..=2 {
        let choice = cart::ShopChoice { shop: shop(n), delivery: None, insured: true, note: Note::default() };
        store::set_shop_choice(db, cart.id, &choice, NOW).await.unwrap();
    }
    let ordered = [line_id(1), line_id(3)];
    assert_eq!(store::take_ordered(db, cart.id, &ordered, NOW).await.unwrap(), 2);
    assert_eq!(contents(db, &cart).await, [(102, 1, String::new())]);
    let left: Vec<_> =
        store::shop_choices(db, cart.id).await.unwrap().into_iter().map(|it| it.shop).collect();
    assert_eq!(left, [shop(1)]);
    assert_eq!(
        store::take_ordered(db, cart.id, &ordered, NOW).await.unwrap(),
        0,
        "a second order has nothing"
    );
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn someone_else_s_lines_cannot_be_touched(pool: PgPool) {
    let db = &mut *market(&pool).await;
    let (sari, budi) = (open(db, &Holder::Account(SARI), 1).await, open(db, &Holder::Account(BUDI), 2).await);
    add(db, &sari, new(1, 101, 2, "merah"), NOW).await.unwrap();
    store::add_code(db, sari.id, &"HEMAT".parse().unwrap(), NOW).await.unwrap();
    let before = everything(db, &sari).await;

    let (mine, hers, later) = (budi.id, [line_id(1)], NOW + Duration::HOUR);
    let refused = store::set_quantity(db, mine, hers[0], qty(9), later).await;
    assert!(matches!(refused, Err(LineError::NoSuchLine)), "{refused:?}");
    let refused = store::set_note(db, mine, hers[0], &Note::default(), later).await;
    assert!(matches!(refused, Err(LineError::NoSuchLine)), "{refused:?}");
    assert_eq!(store::tick(db, mine, &hers, false, later).await.unwrap(), 0);
    assert_eq!(store::tick_shop(db, mine, shop(1), false, later).await.unwrap(), 0);
    assert_eq!(store::tick_all(db, mine, false, later).await.unwrap(), 0);
    assert_eq!(store::save_for_later(db, mine, &hers, true, later).await.unwrap(), 0);
    assert_eq!(store::remove(db, mine, &hers, later).await.unwrap(), []);
    assert_eq!(store::take_ordered(db, mine, &hers, later).await.unwrap(), 0);
    assert_eq!(store::accept_prices(db, mine, &[(hers[0], Money::idr(1))], later).await.unwrap(), 0);
    assert!(!store::remove_code(db, mine, &"HEMAT".parse().unwrap(), later).await.unwrap());
    let typed = Destination::Typed(Box::default());
    assert!(!store::set_address(db, &Holder::Account(BUDI), &typed, later).await.unwrap());
    add(db, &budi, new(2, 101, 1, "merah"), later).await.unwrap();
    assert_eq!(everything(db, &sari).await, before);

    let her_line = Line { id: line_id(1), ..store::lines(db, mine).await.unwrap().remove(0) };
    let her_line = Line { variant: variant(102), ..her_line };
    let taken = store::restore(db, mine, &[her_line], later).await;
    assert!(matches!(taken, Err(AddError::Database(_))), "her line's id is taken: {taken:?}");
    assert_eq!(everything(db, &sari).await, before);
}
