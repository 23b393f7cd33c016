//! Pages over a small market: what they show, and how many queries they take.

use catalog::recommend::{View, forget_visitor, record_views};
use flows::seed::demo;
use kernel::{
    Cx, Kernel, TestClock,
    ids::SequentialIds,
    testing::{self, counted},
};
use model::{
    Lang, Slug,
    ids::ProductId,
    views::{ListingSort, Personal, ProductCard, Stars, figures::VisitSource},
};
use sqlx::{PgConnection, PgPool};
use time::Duration;

async fn market(db: PgPool) -> Cx {
    let cx = Kernel::new(db).with_clock(TestClock::default()).with_ids(SequentialIds::default()).job_cx();
    demo(&cx, 1).await.unwrap();
    cx
}

/// A connection whose statements can be counted.
async fn logged(cx: &Cx) -> PgConnection {
    testing::logged(cx.db()).await.unwrap().acquire().await.unwrap().detach()
}

async fn any_product(cx: &Cx) -> (ProductId, Slug) {
    let row = sqlx::query!("select id, slug from product where slug like 'kaos-polos-pria%'");
    let row = row.fetch_one(cx.db()).await.unwrap();
    (row.id.into(), row.slug.parse().unwrap())
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn no_page_takes_more_than_three_queries(db: PgPool) {
    let cx = market(db).await;
    let (id, slug) = any_product(&cx).await;
    let db = &mut logged(&cx).await;

    let (home, queries) = counted(views::home::page(db, Lang::Id, cx.now())).await;
    let home = home.unwrap();
    assert_eq!(queries, 3, "home");
    assert_eq!(
        (home.categories.len(), home.trending.len(), home.newest.len(), home.shelves.len()),
        (10, 12, 12, 6)
    );
    assert!(home.deals.is_sorted_by_key(|card| std::cmp::Reverse(card.discount_percent)));
    assert!(home.shelves.iter().all(|shelf| shelf.products.len() >= 4));

    let product = async {
        let page = views::product::page(&mut *db, &slug, Lang::En, cx.now()).await.unwrap();
        let reviews = views::reviews::list(&mut *db, id, None, None, 5).await.unwrap();
        let visitor = Some(kernel::Uuid::from_u128(1));
        let related = views::product::related(&mut *db, id, visitor, cx.now()).await.unwrap();
        (page, reviews, related)
    };
    let ((page, reviews, related), queries) = counted(product).await;
    assert_eq!(queries, 3, "product");
    let views::product::Lookup::Found(page) = page else { panic!("{page:?}") };
    assert_eq!((page.id, page.options.len(), page.options[1].name.as_str()), (id, 2, "Ukuran"));
    assert_eq!(page.variants.len(), page.options[0].values.len() * 4);
    assert_eq!(page.variants[1].label(&page.options), format!("{}, M", page.options[0].values[0]));
    assert_eq!(
        page.category.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(),
        ["Fashion", "Men's Fashion"]
    );
    assert!(page.specs.iter().any(|spec| spec.label == "Material"), "{:?}", page.specs);
    assert_eq!(page.rating.count, page.rating.written());
    assert!(!reviews.items.is_empty() && reviews.items.len() <= 5);
    assert!(related.similar.len() >= 8 && related.similar.iter().all(|card| card.id != id));

    let (category, queries) =
        counted(views::category::page(db, "fashion", ListingSort::Popular, None, 24, Lang::Id, cx.now()))
            .await;
    assert_eq!(queries, 3, "category");
    let category = category.unwrap().unwrap();
    assert_eq!((category.children.len(), category.products.items.len()), (4, 24));
    assert!(category.products.items.is_sorted_by_key(|card| std::cmp::Reverse(card.sold)));

    let shop = async {
        let head = views::shop::page(&mut *db, &page.shop.slug, Lang::Id).await.unwrap();
        (
            head,
            views::shop::products(&mut *db, page.shop.id, ListingSort::PriceUp, None, 12, cx.now())
                .await
                .unwrap(),
        )
    };
    let ((head, products), queries) = counted(shop).await;
    assert_eq!(queries, 3, "shop");
    let views::shop::Lookup::Found(head) = head else { panic!("{head:?}") };
    assert_eq!((head.shop.name.as_str(), head.province.as_str()), ("Kirana Mode", "Jawa Timur"));
    assert!(products.items.is_sorted_by_key(|card| card.price_min.amount()));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn every_order_of_a_list_shows_every_product_once(db: PgPool) {
    let cx = market(db).await;
    let mut db = cx.db().acquire().await.unwrap();
    let all = sqlx::query_scalar!(r#"select product_count as "n!" from category where slug = 'elektronik'"#);
    let all = usize::try_from(all.fetch_one(&mut *db).await.unwrap()).unwrap();
    for sort in ListingSort::ALL {
        let (mut seen, mut after) = (vec![], None);
        loop {
            let page =
                views::category::page(&mut db, "elektronik", sort, after.as_deref(), 7, Lang::Id, cx.now());
            let page = page.await.unwrap().unwrap().products;
            seen.extend(page.items.into_iter().map(|card| card.id));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), all, "{sort:?}");
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), all, "{sort:?}");
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn reviews_are_paged_and_filtered_by_stars(db: PgPool) {
    let cx = market(db).await;
    let (id, _) = any_product(&cx).await;
    let mut db = cx.db().acquire().await.unwrap();
    let page = views::reviews::page(&mut db, id, None, None, 100).await.unwrap().unwrap();
    assert_eq!(page.reviews.total, Some(page.reviews.items.len() as u64));
    assert!(page.reviews.items.is_sorted_by_key(|review| std::cmp::Reverse(review.created_at)));
    for stars in Stars::ALL {
        let some = views::reviews::page(&mut db, id, Some(stars), None, 100).await.unwrap().unwrap().reviews;
        assert_eq!(some.items.len(), page.rating.histogram.of(stars) as usize);
        assert!(some.items.iter().all(|review| review.stars == stars));
    }
    let first = views::reviews::list(&mut db, id, None, None, 2).await.unwrap();
    let second = views::reviews::list(&mut db, id, None, first.next.as_deref(), 2).await.unwrap();
    assert_eq!(
        first.items.iter().chain(&second.items).map(|r| r.id).collect::<Vec<_>>(),
        page.reviews.items[..first.items.len() + second.items.len()].iter().map(|r| r.id).collect::<Vec<_>>()
    );
    assert!(views::reviews::list(&mut db, id, None, Some("nonsense"), 2).await.is_err());
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_former_address_moves_and_an_archived_product_is_gone(db: PgPool) {
    use catalog::Actor;
    use flows::product::{Move, MoveError, make};
    use views::product::Lookup;

    let cx = market(db).await;
    let (id, slug) = any_product(&cx).await;
    let former: Slug = "kaos-lama".parse().unwrap();
    sqlx::query!("insert into product_former_slug values ('kaos-lama', $1, now())", id.uuid())
        .execute(cx.db())
        .await
        .unwrap();
    let look = async |slug: &Slug| {
        let mut db = cx.db().acquire().await.unwrap();
        views::product::page(&mut db, slug, Lang::Id, cx.now()).await.unwrap()
    };
    assert_eq!(look(&former).await, Lookup::Moved(slug.clone()));
    assert_eq!(look(&"tidak-ada".parse().unwrap()).await, Lookup::Unknown);

    assert!(matches!(make(&cx, id, Move::Archive, Actor::Seller).await, Err(MoveError::Forbidden(_))));
    make(&cx, id, Move::Hide, Actor::Seller).await.unwrap();
    assert_eq!(look(&slug).await, Lookup::Unknown);
    make(&cx, id, Move::Archive, Actor::Seller).await.unwrap();
    assert_eq!((look(&slug).await, look(&former).await), (Lookup::Gone(id), Lookup::Gone(id)));
    let mut db = cx.db().acquire().await.unwrap();
    assert_eq!(views::cards(&mut db, &[id], cx.now()).await.unwrap(), []);
    let last =
        sqlx::query_scalar!("select name from outbox where key = $1 order by id desc limit 1", id.uuid());
    assert_eq!(last.fetch_one(cx.db()).await.unwrap(), "product.gone");
    let lines = sqlx::query_scalar!(
        "select to_state from product_transition where product_id = $1 order by at, id",
        id.uuid()
    );
    assert_eq!(lines.fetch_all(cx.db()).await.unwrap(), ["active", "hidden", "archived"]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_index_is_told_of_every_product_with_its_variants(db: PgPool) {
    let cx = market(db).await;
    let (id, _) = any_product(&cx).await;
    let mut db = logged(&cx).await;
    let documents = views::documents::Documents::new(&mut db).await.unwrap();
    let ids = views::documents::Documents::best_first(&mut db).await.unwrap();
    let mut all = vec![];
    for batch in ids.chunks(100) {
        let (found, queries) = counted(documents.of(&mut db, batch, cx.now())).await;
        assert_eq!(queries, 4);
        all.extend(found.unwrap());
    }
    assert!(all.is_sorted_by_key(|document| std::cmp::Reverse(document.sold)));
    let products = sqlx::query_scalar!("select count(*) from product").fetch_one(&mut db).await.unwrap();
    assert_eq!(i64::try_from(all.len()).ok(), products);
    assert!(all.iter().all(|document| !document.variants.is_empty() && document.categories.len() == 2));
    let of = documents.of(&mut db, &[id], cx.now()).await.unwrap();
    assert_eq!(
        of[0].variants[0].options.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(),
        ["color", "size"]
    );
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_people_look_at_becomes_trending_and_goes_together(db: PgPool) {
    let cx = market(db).await;
    let mut tx = cx.begin().await.unwrap();
    let look = |visitor: u128, product: kernel::Uuid, minutes: i64| View {
        visitor: kernel::Uuid::from_u128(visitor),
        product: product.into(),
        at: cx.now() + Duration::minutes(minutes),
        source: VisitSource::Search,
    };
    let ids = sqlx::query_scalar!("select id from product order by sold_count limit 3")
        .fetch_all(&mut *tx)
        .await
        .unwrap();
    for n in 0..4 {
        let looks = [look(n, ids[0], 0), look(n, ids[1], 1), look(n, ids[0], 2)];
        record_views(&mut tx, &looks).await.unwrap();
    }
    catalog::recommend::refresh(&mut tx, cx.now()).await.unwrap();
    tx.commit().await.unwrap();
    let mut db = cx.db().acquire().await.unwrap();
    let home = views::home::page(&mut db, Lang::Id, cx.now()).await.unwrap();
    let mut first: Vec<_> = home.trending[..2].iter().map(|card| card.id.uuid()).collect();
    first.sort_unstable();
    let mut looked = ids[..2].to_vec();
    looked.sort_unstable();
    assert_eq!((first, home.trending.len()), (looked, 12));
    let visitor = Some(kernel::Uuid::from_u128(1));
    let related = views::product::related(&mut db, ids[0].into(), visitor, cx.now()).await.unwrap();
    assert_eq!(related.also_viewed.iter().map(|card| card.id.uuid()).collect::<Vec<_>>(), [ids[1]]);
    let of = |cards: &[ProductCard]| cards.iter().map(|card| card.id.uuid()).collect::<Vec<_>>();
    assert_eq!(of(&related.recently_seen), [ids[1]], "without the one that is looked at");
    let stranger = views::product::related(&mut db, ids[0].into(), None, cx.now()).await.unwrap();
    assert_eq!(stranger.recently_seen, []);

    let mut db = logged(&cx).await;
    let (mine, queries) = counted(views::personal::shelves(&mut db, visitor, cx.now())).await;
    let mine = mine.unwrap();
    assert_eq!(queries, 1);
    assert_eq!(of(&mine.recently_seen), [ids[0], ids[1]], "the latest look first");
    assert_eq!(mine.for_you.len(), 12);
    assert!(mine.for_you.iter().all(|card| !ids[..2].contains(&card.id.uuid())));
    for nobody in [None, Some(kernel::Uuid::from_u128(99))] {
        assert_eq!(views::personal::shelves(&mut db, nobody, cx.now()).await.unwrap(), Personal::default());
    }

    forget_visitor(&mut db, kernel::Uuid::from_u128(1)).await.unwrap();
    assert_eq!(views::personal::shelves(&mut db, visitor, cx.now()).await.unwrap(), Personal::default());
    let others = sqlx::query_scalar!("select count(distinct visitor) from product_view_event");
    assert_eq!(others.fetch_one(&mut db).await.unwrap(), Some(3));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_second_look_within_the_hour_is_the_same_look(db: PgPool) {
    let cx = market(db).await;
    let (id, _) = any_product(&cx).await;
    let mut db = cx.db().acquire().await.unwrap();
    let gone =
        sqlx::query_scalar!("update product set state = 'archived' where id <> $1 returning id", id.uuid());
    let gone = gone.fetch_all(&mut *db).await.unwrap()[0];
    let visitor = kernel::Uuid::from_u128(5);
    let look = |product, minutes| View {
        visitor,
        product,
        at: cx.now() + Duration::minutes(minutes),
        source: VisitSource::Home,
    };
    record_views(&mut db, &[look(id, 0), look(id, 5), look(gone.into(), 6)]).await.unwrap();
    record_views(&mut db, &[look(id, 40)]).await.unwrap();
    record_views(&mut db, &[look(id, 99)]).await.unwrap();
    record_views(&mut db, &[look(id, 159)]).await.unwrap();
    record_views(&mut db, &[]).await.unwrap();
    let minutes = sqlx::query_scalar!(
        r#"select (extract(epoch from at - $1) / 60)::int as "n!" from product_view_event order by at"#,
        cx.now()
    );
    assert_eq!(minutes.fetch_all(&mut *db).await.unwrap(), [99, 159]);
}
