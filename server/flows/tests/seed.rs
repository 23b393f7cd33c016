//! The demonstration market is whole, sound and the same every time.

use flows::seed::{demo, scale};
use kernel::{Cx, Kernel, TestClock, ids::SequentialIds};
use sqlx::PgPool;

fn cx(db: PgPool) -> Cx {
    Kernel::new(db).with_clock(TestClock::default()).with_ids(SequentialIds::default()).job_cx()
}

async fn digest(cx: &Cx) -> Vec<String> {
    let rows = sqlx::query_scalar!(
        r#"select concat_ws('|', id, slug, price_min, list_price, sold_count, rating_count, art_motif, art_seed) as "row!"
           from product order by id"#
    );
    rows.fetch_all(cx.db()).await.unwrap()
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
    assert_eq!((second.shops, second.products, second.reviews), (0, 0, 0));
    assert_eq!(digest(&cx).await, before);
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
