use crate::support::{app, load_regions, person, product, reprice, signed_in};
use flows::wishlist::{
    ListError, Onto, WishError, add, delete, make, move_to, remove, rename, share, toggle, unshare,
};
use identity::events::WishCameCloser;
use kernel::{Cx, Member, outbox};
use model::{
    FieldError, Money,
    ids::{ProductId, Uuid, WishlistId},
    wish::{Marks, WishlistPage, limits},
};
use sqlx::PgPool;
use time::Duration;

async fn page(cx: &Cx, member: &Member, list: WishlistId) -> WishlistPage {
    let mut db = cx.db().acquire().await.unwrap();
    views::wishlist::page(&mut db, member.account, list, None, 50, cx.now()).await.unwrap().unwrap()
}

async fn wished(cx: &Cx, member: &Member, product: ProductId) -> bool {
    let mut db = cx.db().acquire().await.unwrap();
    !views::wishlist::wished(&mut db, member.account, &[product]).await.unwrap().is_empty()
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_heart_puts_things_onto_the_default_list_and_takes_them_off_every_list(db: PgPool) {
    let app = app(db).await;
    load_regions(&app).await;
    let (kopi, variant) = product(&app, 7, 50_000, 3).await;
    let sari = person(&app, 1, "sari@mail.example").await;
    let cx = signed_in(&app, &sari);
    toggle(&cx, &sari, (kopi, None), true).await.unwrap();
    toggle(&cx, &sari, (kopi, None), true).await.unwrap();
    let gift = make(&cx, &sari, "Hadiah", None).await.unwrap();
    add(&cx, &sari, Onto::List(gift), (kopi, Some(variant)), None).await.unwrap();
    let mut db = cx.db().acquire().await.unwrap();
    let lists = views::wishlist::lists(&mut db, sari.account).await.unwrap();
    assert_eq!(
        lists.iter().map(|list| (list.is_default, list.count)).collect::<Vec<_>>(),
        [(true, 1), (false, 1)]
    );
    let shown = page(&cx, &sari, gift).await;
    assert_eq!(shown.items[0].variant.as_ref().map(|v| v.sku.as_str()), Some("SKU-7"));
    assert_eq!(shown.items[0].price, Some(Money::idr(50_000)));
    assert!(wished(&cx, &sari, kopi).await);
    toggle(&cx, &sari, (kopi, None), false).await.unwrap();
    assert!(!wished(&cx, &sari, kopi).await);

    let missing = ProductId::new(Uuid::from_u128(404));
    let refused = toggle(&cx, &sari, (missing, None), true).await;
    assert!(matches!(refused, Err(WishError::NotOnSale)), "{refused:?}");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn cards_say_to_a_member_what_they_keep_and_nothing_to_a_visitor(db: PgPool) {
    let app = app(db).await;
    load_regions(&app).await;
    let products = [product(&app, 7, 50_000, 3).await.0, product(&app, 8, 20_000, 3).await.0];
    let (sari, budi) =
        (person(&app, 1, "sari@mail.example").await, person(&app, 2, "budi@mail.example").await);
    toggle(&signed_in(&app, &sari), &sari, (products[1], None), true).await.unwrap();
    for (cx, wished) in [
        (signed_in(&app, &sari), [Some(false), Some(true)]),
        (signed_in(&app, &budi), [Some(false), Some(false)]),
        (app.cx(), [None, None]),
    ] {
        let mut cards =
            views::cards(&mut cx.db().acquire().await.unwrap(), &products, cx.now()).await.unwrap();
        views::wishlist::mark(&cx, &mut cards).await.unwrap();
        assert_eq!(cards.iter().map(|card| card.wished).collect::<Vec<_>>(), wished);
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_list_tells_what_became_better_and_its_owner_is_told_once(db: PgPool) {
    let app = app(db).await;
    load_regions(&app).await;
    let (kopi, variant) = product(&app, 7, 50_000, 0).await;
    let sari = person(&app, 1, "sari@mail.example").await;
    let cx = signed_in(&app, &sari);
    let (list, _) = add(&cx, &sari, Onto::Default, (kopi, None), None).await.unwrap();
    assert_eq!(page(&cx, &sari, list).await.items[0].marks, Marks::default());

    for (price, stock, news) in [
        (60_000, 0, None),
        (45_000, 0, None),
        (45_000, 2, Some((None, true))),
        (45_000, 2, None),
        (40_000, 2, Some((Some(5_000), false))),
        (55_000, 2, None),
        (50_000, 0, None),
    ] {
        let before = outbox::latest(cx.db()).await.unwrap();
        reprice(&app, kopi, price, stock).await;
        app.run_jobs().await;
        let events = outbox::after(cx.db(), before, 50).await.unwrap();
        let told: Vec<WishCameCloser> =
            events.iter().filter_map(kernel::outbox::Recorded::event).map(Result::unwrap).collect();
        let told: Vec<_> = told.iter().map(|e| (e.drop.map(Money::amount), e.back_in_stock)).collect();
        assert_eq!(told, news.into_iter().collect::<Vec<_>>(), "{price} {stock}");
    }
    // A price for a time is one like any other, and so is what it costs after that.
    sqlx::query(
        "insert into scheduled_price (variant_id, starts_at, ends_at, price, created_at)
         values ($1, $2, $2 + interval '1 minute', 20000, $2)",
    )
    .bind(variant.uuid())
    .bind(cx.now())
    .execute(cx.db())
    .await
    .unwrap();
    let before = outbox::latest(cx.db()).await.unwrap();
    reprice(&app, kopi, 50_000, 1).await;
    app.run_jobs().await;
    let events = outbox::after(cx.db(), before, 50).await.unwrap();
    let told: Option<WishCameCloser> =
        events.iter().filter_map(kernel::outbox::Recorded::event).map(Result::unwrap).next();
    assert_eq!(told.map(|it| it.price), Some(Money::idr(20_000)));
    app.clock().advance(Duration::minutes(2));

    reprice(&app, kopi, 30_000, 1).await;
    app.run_jobs().await;
    let wish = &page(&cx, &sari, list).await.items[0];
    let expected = Marks { price_drop: Some(Money::idr(20_000)), back_in_stock: true };
    assert_eq!(wish.marks, expected, "compared with when it was added");

    sqlx::query("update product set state = 'archived' where id = $1")
        .bind(kopi.uuid())
        .execute(cx.db())
        .await
        .unwrap();
    let gone = &page(&cx, &sari, list).await.items[0];
    assert_eq!((gone.name.as_str(), gone.price, gone.in_stock, &gone.card), ("Kopi 7", None, false, &None));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn lists_are_named_moved_between_and_removed(db: PgPool) {
    let app = app(db).await;
    load_regions(&app).await;
    let ((kopi, _), (teh, _)) = (product(&app, 7, 50_000, 3).await, product(&app, 8, 20_000, 3).await);
    let sari = person(&app, 1, "sari@mail.example").await;
    let cx = signed_in(&app, &sari);
    let (default, wish) = add(&cx, &sari, Onto::Default, (kopi, None), None).await.unwrap();
    let gift = make(&cx, &sari, "  Ulang  tahun ", None).await.unwrap();
    let taken = make(&cx, &sari, "ulang TAHUN", None).await;
    assert!(matches!(taken, Err(ListError::Name(FieldError::Taken))), "{taken:?}");
    let long = make(&cx, &sari, &"x".repeat(41), None).await;
    assert!(matches!(long, Err(ListError::Name(FieldError::TooLong))), "{long:?}");
    rename(&cx, &sari, (gift, 1), "Hadiah Ibu").await.unwrap();
    let stale = rename(&cx, &sari, (gift, 1), "Lain").await;
    assert!(matches!(stale, Err(ListError::Stale)), "{stale:?}");

    move_to(&cx, &sari, wish, gift).await.unwrap();
    assert_eq!(page(&cx, &sari, gift).await.items.len(), 1);
    // The same thing is there already: the two become one.
    let (_, again) = add(&cx, &sari, Onto::Default, (kopi, None), None).await.unwrap();
    move_to(&cx, &sari, again, gift).await.unwrap();
    assert_eq!(page(&cx, &sari, gift).await.items.len(), 1);
    assert_eq!(page(&cx, &sari, default).await.items.len(), 0);

    add(&cx, &sari, Onto::List(gift), (teh, None), None).await.unwrap();
    assert!(matches!(delete(&cx, &sari, default).await, Err(ListError::Default)));
    delete(&cx, &sari, gift).await.unwrap();
    assert!(!wished(&cx, &sari, kopi).await && !wished(&cx, &sari, teh).await);
    for n in 1..limits::MOST_LISTS {
        make(&cx, &sari, &format!("Daftar {n}"), None).await.unwrap();
    }
    assert!(matches!(make(&cx, &sari, "Satu lagi", None).await, Err(ListError::TooMany)));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_list_of_somebody_else_is_not_there_unless_it_is_shared(db: PgPool) {
    let app = app(db).await;
    load_regions(&app).await;
    let (kopi, _) = product(&app, 7, 50_000, 3).await;
    let (sari, budi) =
        (person(&app, 1, "sari@mail.example").await, person(&app, 2, "budi@mail.example").await);
    let cx = signed_in(&app, &sari);
    let (list, wish) = add(&cx, &sari, Onto::Default, (kopi, None), None).await.unwrap();
    let other = signed_in(&app, &budi);
    let (his, _) = add(&other, &budi, Onto::Default, (kopi, None), None).await.unwrap();

    let mut db = cx.db().acquire().await.unwrap();
    assert!(views::wishlist::page(&mut db, budi.account, list, None, 9, cx.now()).await.unwrap().is_none());
    assert!(matches!(remove(&other, &budi, wish).await, Err(WishError::NotFound)));
    assert!(matches!(move_to(&other, &budi, wish, his).await, Err(WishError::NotFound)));
    assert!(matches!(move_to(&cx, &sari, wish, his).await, Err(WishError::NotFound)));
    assert!(matches!(
        add(&other, &budi, Onto::List(list), (kopi, None), None).await,
        Err(WishError::NotFound)
    ));
    assert!(matches!(rename(&other, &budi, (list, 1), "Punyaku").await, Err(ListError::NotFound)));
    assert!(matches!(delete(&other, &budi, list).await, Err(ListError::NotFound)));
    assert!(matches!(share(&other, &budi, list).await, Err(ListError::NotFound)));
    assert!(matches!(unshare(&other, &budi, list).await, Err(ListError::NotFound)));

    let token = share(&cx, &sari, list).await.unwrap();
    assert_eq!(share(&cx, &sari, list).await.unwrap(), token, "sharing twice keeps the link");
    let shared = views::wishlist::shared(&mut db, &token, None, 9, cx.now()).await.unwrap().unwrap();
    assert_eq!(shared.items.len(), 1);
    unshare(&cx, &sari, list).await.unwrap();
    assert!(views::wishlist::shared(&mut db, &token, None, 9, cx.now()).await.unwrap().is_none());
    let anew = share(&cx, &sari, list).await.unwrap();
    assert_ne!(anew, token);
    assert!(views::wishlist::shared(&mut db, &token, None, 9, cx.now()).await.unwrap().is_none());
}
