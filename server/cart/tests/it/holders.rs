//! Whose a cart is, and how long.

use crate::fixtures::{BUDI, GUEST, NOW, SARI, add, contents, line_id, market, new, open};
use cart::{Holder, jobs::ForgetGuests, limits, store};
use kernel::{
    jobs::{Job, Registry},
    testing::TestApp,
};
use sqlx::PgPool;
use time::Duration;

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn each_holder_has_one_cart_however_often_it_is_opened(pool: PgPool) {
    let db = &mut *market(&pool).await;
    assert_eq!(store::find_of(db, &GUEST).await.unwrap(), None);
    let (sari, guest) = (open(db, &Holder::Account(SARI), 1).await, open(db, &GUEST, 2).await);
    assert_eq!(open(db, &Holder::Account(SARI), 3).await, sari);
    assert_eq!(open(db, &GUEST, 4).await, guest);
    assert_eq!((sari.account, sari.expires_at), (Some(SARI), None));
    assert_eq!((guest.account, guest.expires_at), (None, Some(NOW + limits::GUESTS_FOR)));
    assert_eq!(store::find_of(db, &Holder::Account(BUDI)).await.unwrap(), None);
    assert_eq!(store::find_of(db, &Holder::Guest([8; 32])).await.unwrap(), None);
    assert_eq!(store::lock_of(db, &Holder::Account(SARI)).await.unwrap(), Some(sari));
    assert_eq!(store::lock_of(db, &Holder::Account(BUDI)).await.unwrap(), None);
    let all = store::contents(db, &GUEST).await.unwrap().unwrap();
    assert_eq!((all.cart, all.lines, all.codes, all.choices), (guest, vec![], vec![], vec![]));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn two_tabs_that_open_at_once_get_the_same_cart(pool: PgPool) {
    drop(market(&pool).await);
    let tab = |n| {
        let pool = pool.clone();
        async move { open(&mut pool.acquire().await.unwrap(), &Holder::Account(SARI), n).await.id }
    };
    let (one, other) = tokio::join!(tab(1), tab(2));
    assert_eq!(one, other);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_guest_s_cart_is_forgotten_thirty_days_after_its_last_change(pool: PgPool) {
    let app = TestApp::new(pool.clone(), Registry::empty());
    app.clock().set(NOW);
    let db = &mut *market(&pool).await;
    let (guest, sari) = (open(db, &GUEST, 1).await, open(db, &Holder::Account(SARI), 2).await);
    add(db, &sari, new(1, 101, 1, ""), NOW).await.unwrap();
    add(db, &guest, new(2, 101, 1, ""), NOW + Duration::days(10)).await.unwrap();

    app.clock().set(NOW + Duration::days(40) - Duration::SECOND);
    ForgetGuests {}.run(&app.cx()).await.unwrap();
    assert_eq!(contents(db, &guest).await.len(), 1, "it was changed ten days later");

    app.clock().advance(Duration::SECOND);
    ForgetGuests {}.run(&app.cx()).await.unwrap();
    assert_eq!(store::find_of(db, &GUEST).await.unwrap(), None);
    assert_eq!(contents(db, &guest).await, []);
    app.clock().advance(Duration::days(4_000));
    ForgetGuests {}.run(&app.cx()).await.unwrap();
    assert_eq!(contents(db, &sari).await.len(), 1, "an account's cart stays");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn guests_are_forgotten_in_batches(pool: PgPool) {
    let db = &mut *market(&pool).await;
    for n in 1..=3u8 {
        open(db, &Holder::Guest([n; 32]), n.into()).await;
    }
    let later = NOW + limits::GUESTS_FOR;
    assert!(!store::forget_guests(db, later - Duration::SECOND, 2).await.unwrap());
    assert!(store::forget_guests(db, later, 2).await.unwrap(), "there is one more");
    assert!(!store::forget_guests(db, later, 2).await.unwrap());
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_erased_account_leaves_no_cart(pool: PgPool) {
    let db = &mut *market(&pool).await;
    let (sari, budi) = (open(db, &Holder::Account(SARI), 1).await, open(db, &Holder::Account(BUDI), 2).await);
    add(db, &sari, new(1, 101, 1, ""), NOW).await.unwrap();
    store::erase(db, SARI).await.unwrap();
    assert_eq!(store::find_of(db, &Holder::Account(SARI)).await.unwrap(), None);
    assert_eq!(store::find_of(db, &Holder::Account(BUDI)).await.unwrap(), Some(budi));
    assert_eq!(store::count_of(db, &Holder::Account(SARI)).await.unwrap(), 0);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_badge_counts_what_is_to_be_bought(pool: PgPool) {
    let db = &mut *market(&pool).await;
    let guest = open(db, &GUEST, 1).await;
    for n in 1..=3 {
        add(db, &guest, new(n, 100 + n, 5, ""), NOW).await.unwrap();
    }
    store::tick_all(db, guest.id, false, NOW).await.unwrap();
    store::save_for_later(db, guest.id, &[line_id(1)], true, NOW).await.unwrap();
    assert_eq!(store::count_of(db, &GUEST).await.unwrap(), 2);
}
