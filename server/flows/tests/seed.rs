//! The demonstration market is whole, sound and the same every time.

use flows::seed::{Seeded, demo, scale};
use kernel::{Cx, Kernel, TestClock, ids::SequentialIds};
use model::{Lang, views::FlashSale};
use sqlx::PgPool;
use time::Duration;

fn cx(db: PgPool) -> Cx {
    Kernel::new(db).with_clock(TestClock::default()).with_ids(SequentialIds::default()).job_cx()
}

async fn digest(cx: &Cx) -> Vec<String> {
    let rows = sqlx::query_scalar!(
        r#"select concat_ws('|', id, slug, price_min, list_price, sold_count, rating_count, art_motif, art_seed) as "row!"
           from product order by id"#
    );
    let mut all = rows.fetch_all(cx.db()).await.unwrap();
    let promotions = sqlx::query_scalar!(
        r#"select concat_ws('|', id, code, shop_id, kind, amount, rate, cap, min_spend, used, starts_at, ends_at) as "row!"
           from voucher
           union all
           select concat_ws('|', sale_id, variant_id, price, quota, sold, starts_at, ends_at)
           from flash_item join flash_sale on id = sale_id
           order by 1"#
    );
    all.extend(promotions.fetch_all(cx.db()).await.unwrap());
    all
}

async fn sale_now(cx: &Cx) -> Option<FlashSale> {
    views::flash::current(&mut cx.db().acquire().await.unwrap(), cx.now()).await.unwrap()
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_demonstration_covers_every_category_and_repeats_without_change(db: PgPool) {
    let cx = cx(db);
    let first = demo(&cx, 1).await.unwrap();
    assert_eq!(first.shops, 12);
    assert!((270..330).contains(&first.products), "{first:?}");
    assert!(first.reviews > 1_000, "{first:?}");
    let empty = sqlx::query_scalar!("select slug from category where product_count = 0");
    assert_eq!(empty.fetch_all(cx.db()).await.unwrap(), Vec::<String>::new());
    let told = sqlx::query_scalar!(
        "select count(*) from product where rating_count <> stars_1 + stars_2 + stars_3 + stars_4 + stars_5"
    );
    assert_eq!(told.fetch_one(cx.db()).await.unwrap(), Some(0));

    let before = digest(&cx).await;
    let second = demo(&cx, 1).await.unwrap();
    assert_eq!(second, Seeded::default());
    assert_eq!(digest(&cx).await, before);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn platform_and_every_shop_give_a_voucher_that_anybody_may_have(db: PgPool) {
    let cx = cx(db);
    assert_eq!(demo(&cx, 1).await.unwrap().vouchers, 15);
    let mut db = cx.db().acquire().await.unwrap();
    let of_platform = pricing::store::list_public(&mut db, None, cx.now()).await.unwrap();
    let mut codes: Vec<_> =
        of_platform.iter().map(|it| it.code.as_ref().unwrap().as_str().to_owned()).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["BARU50", "ONGKIRNOL", "PASARHEMAT"]);
    assert!(of_platform.iter().all(|it| it.conditions.first_order_only == (it.left.per_person == Some(1))));
    let shops = sqlx::query_scalar!("select id from shop").fetch_all(&mut *db).await.unwrap();
    for shop in shops {
        let of_shop = pricing::store::list_public(&mut db, Some(shop.into()), cx.now()).await.unwrap();
        assert_eq!(of_shop.len(), 1, "{shop}");
        assert_eq!(of_shop[0].funder, model::order::Funder::Shop);
        assert_eq!(of_shop[0].until, Some(cx.now() + Duration::days(365)));
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_flash_sale_is_on_and_another_follows_when_it_is_over(db: PgPool) {
    let clock = TestClock::default();
    let cx = Kernel::new(db).with_clock(clock.clone()).with_ids(SequentialIds::default()).job_cx();
    let first = demo(&cx, 1).await.unwrap();
    assert!((8..=12).contains(&first.flash), "{first:?}");
    let items = sqlx::query!(
        r#"select item.price, item.quota, item.sold, variant.price as before, variant.on_hand,
             (select coalesce(sum(quantity), 0)::int from flash_claim as claim
              where claim.sale_id = item.sale_id and claim.variant_id = item.variant_id) as "claimed!"
           from flash_item as item join variant on variant.id = item.variant_id"#
    );
    let items = items.fetch_all(cx.db()).await.unwrap();
    assert_eq!(items.len() as u64, first.flash);
    for item in &items {
        let off = 100 - item.price * 100 / item.before;
        assert!((20..=45).contains(&off), "{item:?}");
        assert!((20..=60).contains(&item.quota) && item.quota <= item.on_hand, "{item:?}");
        assert!(item.sold == item.claimed && item.sold < item.quota, "{item:?}");
    }
    assert!(items.iter().any(|item| item.sold > 0));

    let sale = sale_now(&cx).await.unwrap();
    assert_eq!((sale.cards.len() as u64, sale.left), (first.flash, 11 * 3_600));
    assert!(sale.cards.iter().all(|card| card.offer.price.amount() < card.before.amount()));

    clock.advance(Duration::hours(11) - Duration::SECOND);
    assert_eq!(demo(&cx, 1).await.unwrap(), Seeded::default());
    assert_eq!(sale_now(&cx).await.unwrap().left, 1);
    clock.advance(Duration::SECOND);
    assert_eq!(sale_now(&cx).await, None, "it ends just before its end");
    let next = demo(&cx, 1).await.unwrap();
    assert_eq!(next, Seeded { flash: next.flash, ..Seeded::default() });
    assert!((8..=12).contains(&next.flash), "{next:?}");
    let goods = |sale: &FlashSale| sale.cards.iter().map(|card| card.sku.clone()).collect::<Vec<_>>();
    assert_ne!(goods(&sale), goods(&sale_now(&cx).await.unwrap()));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_product_shows_its_flash_price_until_the_last_piece_is_sold(db: PgPool) {
    let cx = Kernel::new(db).job_cx();
    demo(&cx, 1).await.unwrap();
    let card = sale_now(&cx).await.unwrap().cards.remove(0);
    let offer_on_page = async || {
        let mut db = cx.db().acquire().await.unwrap();
        let found = views::product::page(&mut db, &card.slug, Lang::Id, cx.now()).await.unwrap();
        let views::product::Lookup::Found(page) = found else { panic!("{found:?}") };
        let variant = page.variants.iter().find(|it| it.sku == card.sku).unwrap().clone();
        assert_eq!(variant.price, card.before);
        variant.flash
    };
    let offer = offer_on_page().await.unwrap();
    assert_eq!((offer.price, offer.ends_at), (card.offer.price, card.offer.ends_at));
    assert_eq!((offer.sold, offer.quota), (card.offer.sold, card.offer.quota));
    assert!(offer.left > 10 * 3_600 && offer.left <= 11 * 3_600, "{offer:?}");

    let sold_out = sqlx::query!(
        "update flash_item set sold = quota where variant_id = (select id from variant where sku = $1)",
        card.sku
    );
    assert_eq!(sold_out.execute(cx.db()).await.unwrap().rows_affected(), 1);
    assert_eq!(offer_on_page().await, None);
    assert!(sale_now(&cx).await.unwrap().cards.iter().all(|it| it.sku != card.sku));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_scaled_catalogue_is_skewed_and_goes_on_where_it_stopped(db: PgPool) {
    let cx = cx(db);
    assert_eq!(scale(&cx, 400, 7, |_| ()).await.unwrap().products, 400);
    assert_eq!(scale(&cx, 400, 7, |_| ()).await.unwrap().products, 0);
    let row = sqlx::query!(
        r#"select max(sold_count) as "most!", percentile_disc(0.5) within group (order by sold_count) as "median!",
             count(distinct category_id) as "categories!", count(distinct price_min) as "prices!"
           from product"#
    );
    let row = row.fetch_one(cx.db()).await.unwrap();
    assert!(row.most > 20 * row.median, "{} {}", row.most, row.median);
    assert!(row.categories > 25 && row.prices > 200, "{} {}", row.categories, row.prices);
    let orphans = sqlx::query_scalar!(
        "select count(*) from product where not exists (select from variant where product_id = product.id)"
    );
    assert_eq!(orphans.fetch_one(cx.db()).await.unwrap(), Some(0));
}
