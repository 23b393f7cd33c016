//! Signing in with something in the basket.

use crate::fixtures::{
    GUEST, NOW, SARI, add, contents, everything, line_id, market, new, open, shop, told, variant,
};
use cart::{Cart, Delivery, Holder, MergeError, ShopChoice, VoucherCode, store};
use model::payment::Method;
use sqlx::{PgConnection, PgPool};
use time::Duration;

type Lines = &'static [(u128, i32, &'static str)];

/// Numbers its lines from `first` on.
async fn put(db: &mut PgConnection, cart: &Cart, first: u128, lines: Lines) {
    for (n, (of, quantity, note)) in (first..).zip(lines) {
        add(db, cart, new(n, *of, *quantity, note), NOW).await.unwrap();
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_guest_s_quantity_wins_and_notes_stay_apart(pool: PgPool) {
    let cases: &[(Lines, Lines, Lines)] = &[
        // Case G of the acceptance cases.
        (
            &[(102, 2, ""), (202, 1, "")],
            &[(101, 1, ""), (102, 1, ""), (103, 1, "")],
            &[(101, 1, ""), (102, 2, ""), (103, 1, ""), (202, 1, "")],
        ),
        (
            &[(101, 2, "merah")],
            &[(101, 1, ""), (101, 5, "biru")],
            &[(101, 1, ""), (101, 2, "merah"), (101, 5, "biru")],
        ),
        (&[(101, 1, "merah"), (101, 4, "")], &[(101, 3, "merah")], &[(101, 1, "merah"), (101, 4, "")]),
        (&[(101, 999, "")], &[(101, 999, "")], &[(101, 999, "")]),
        (&[], &[(101, 1, "")], &[(101, 1, "")]),
        (&[(101, 1, "")], &[], &[(101, 1, "")]),
        (&[], &[], &[]),
    ];
    let db = &mut *market(&pool).await;
    for (n, (of_guest, of_account, together)) in (1u128..).zip(cases) {
        let (guest, sari) =
            (open(db, &GUEST, n * 2).await, open(db, &Holder::Account(SARI), n * 2 + 1).await);
        put(db, &guest, n * 100, of_guest).await;
        put(db, &sari, n * 100 + 50, of_account).await;
        let merged = store::merge(db, guest.id, sari.id, NOW).await.unwrap();
        assert_eq!(merged.left_out, []);
        let mut lines = contents(db, &sari).await;
        lines.sort_by(|a, b| (a.0, &a.2).cmp(&(b.0, &b.2)));
        let mut wanted: Vec<_> =
            together.iter().map(|(of, quantity, note)| (*of, *quantity, (*note).to_owned())).collect();
        wanted.sort_by(|a, b| (a.0, &a.2).cmp(&(b.0, &b.2)));
        assert_eq!(lines, wanted, "{of_guest:?} into {of_account:?}");
        assert_eq!(store::find_of(db, &GUEST).await.unwrap(), None, "the guest's cart is gone");
        store::erase(db, SARI).await.unwrap();
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_there_is_no_room_for_stays_out_and_is_told(pool: PgPool) {
    let db = &mut *market(&pool).await;
    let (guest, sari) = (open(db, &GUEST, 1).await, open(db, &Holder::Account(SARI), 2).await);
    for n in 1..=99 {
        add(db, &sari, new(n, 300 + n, 1, ""), NOW).await.unwrap();
    }
    for (seconds, of) in [(3, 101u128), (1, 102), (2, 103)] {
        let id = 200 + of;
        add(db, &guest, new(id, of, 1, ""), NOW + Duration::seconds(seconds)).await.unwrap();
    }
    add(db, &guest, new(400, 301, 7, ""), NOW).await.unwrap();
    let merged = store::merge(db, guest.id, sari.id, NOW).await.unwrap();
    assert_eq!(told(&merged.left_out), [(103, 1, String::new()), (101, 1, String::new())]);
    let lines = contents(db, &sari).await;
    assert_eq!(lines.len(), 100);
    assert!(lines.contains(&(102, 1, String::new())), "the oldest comes first");
    assert!(lines.contains(&(301, 7, String::new())), "what both have needs no room");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_the_guest_chose_comes_along(pool: PgPool) {
    let db = &mut *market(&pool).await;
    let holder = Holder::Account(SARI);
    let (guest, sari) = (open(db, &GUEST, 1).await, open(db, &holder, 2).await);
    let choice = |n, courier: &str| ShopChoice {
        shop: shop(n),
        delivery: Some(Delivery { courier: courier.to_owned(), service: "regular".to_owned(), point: None }),
        insured: false,
        note: cart::Note::default(),
    };
    let code = |code: &str| code.parse::<VoucherCode>().unwrap();
    add(db, &guest, new(1, 101, 1, ""), NOW).await.unwrap();
    add(db, &sari, new(2, 101, 1, ""), NOW).await.unwrap();
    store::tick(db, guest.id, &[line_id(1)], false, NOW).await.unwrap();
    store::set_shop_choice(db, sari.id, &choice(1, "lama"), NOW).await.unwrap();
    store::set_shop_choice(db, sari.id, &choice(2, "lama"), NOW).await.unwrap();
    store::set_shop_choice(db, guest.id, &choice(1, "baru"), NOW).await.unwrap();
    store::add_code(db, sari.id, &code("SATU"), NOW).await.unwrap();
    store::add_code(db, guest.id, &code("SATU"), NOW).await.unwrap();
    store::add_code(db, guest.id, &code("DUA"), NOW + Duration::SECOND).await.unwrap();
    store::set_method(db, &GUEST, Some(Method::Dana), NOW).await.unwrap();

    store::merge(db, guest.id, sari.id, NOW).await.unwrap();
    assert_eq!(store::shop_choices(db, sari.id).await.unwrap(), [choice(1, "baru"), choice(2, "lama")]);
    assert_eq!(store::codes(db, sari.id).await.unwrap(), [code("SATU"), code("DUA")]);
    let sari = store::find_of(db, &holder).await.unwrap().unwrap();
    assert_eq!(sari.method, Some(Method::Dana));
    let lines = store::lines(db, sari.id).await.unwrap();
    assert!(lines.len() == 1 && lines[0].variant == variant(101) && !lines[0].ticked);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn only_a_guest_s_cart_goes_into_an_account_s(pool: PgPool) {
    let db = &mut *market(&pool).await;
    let (guest, sari) = (open(db, &GUEST, 1).await, open(db, &Holder::Account(SARI), 2).await);
    let other = open(db, &Holder::Guest([8; 32]), 3).await;
    put(db, &guest, 1, &[(101, 1, "")]).await;
    put(db, &sari, 10, &[(102, 1, "")]).await;
    let before = (everything(db, &guest).await, everything(db, &sari).await);
    for (from, into) in [(&sari, &guest), (&guest, &other), (&guest, &guest), (&sari, &sari)] {
        let refused = store::merge(db, from.id, into.id, NOW).await;
        assert!(matches!(refused, Err(MergeError::NoSuchCart)), "{refused:?}");
    }
    assert_eq!((everything(db, &guest).await, everything(db, &sari).await), before);
    store::merge(db, guest.id, sari.id, NOW).await.unwrap();
    let again = store::merge(db, guest.id, sari.id, NOW).await;
    assert!(matches!(again, Err(MergeError::NoSuchCart)), "{again:?}");
    assert_eq!(contents(db, &sari).await.len(), 2);
}
