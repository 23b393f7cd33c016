//! Bringing in files: what is told of bad rows, and that repeating, resuming and changing do what they promise.

use crate::support::{Scratch, count, cx, fixture, listings};
use flows::import::{Counts, Difference, ImportError, Options, Problem, import_listings, import_reviews};
use sqlx::PgPool;

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_file_taken_over_twice_changes_nothing_the_second_time(db: PgPool) {
    let cx = cx(db);
    let options = Options::of("test");
    let first = listings(&cx, &fixture("listings.csv"), &options).await;
    assert_eq!(first.counts, Counts { new: 4, ..Counts::default() });
    let events = count(&cx, "outbox").await;

    let second = listings(&cx, &fixture("listings.csv"), &options).await;
    assert_eq!(second.counts, Counts { same: 4, ..Counts::default() });
    assert_eq!(second.resumed_after, 0);
    assert_eq!((count(&cx, "product").await, count(&cx, "variant").await), (4, 4));
    assert_eq!(count(&cx, "outbox").await, events);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_taken_over_is_what_the_file_says(db: PgPool) {
    let cx = cx(db);
    listings(&cx, &fixture("listings.csv"), &Options::of("test")).await;
    let row = sqlx::query!(
        r#"select product.slug, price_min, product.sold_count, product.rating_count, product.rating_sum, art_motif, brand,
             city.short_name as "city!", category.slug as category, shop.product_count as products
           from product join shop on shop.id = product.shop_id join region as city on city.code = shop.city_code
           join category on category.id = product.category_id
           where product.name like 'SSD%'"#
    )
    .fetch_one(cx.db())
    .await
    .unwrap();
    assert_eq!(row.slug, "ssd-midasforce-128-gb-p2");
    assert_eq!((row.price_min, row.sold_count), (Some(213_000), 12_300));
    assert_eq!((row.rating_count, row.rating_sum), (3_573, 3_573 * 500));
    assert_eq!((row.city.as_str(), row.category.as_str()), ("Kota Bandung", "komputer-laptop"));
    assert_eq!(
        (row.art_motif.as_str(), row.brand.as_deref(), row.products),
        ("drive", Some("Midasforce"), 1)
    );
    let storage = sqlx::query_scalar!(
        r#"select trim_scale(number_value)::text as "n!" from product_attribute as said
           join category_attribute as a on a.id = said.attribute_id where a.key = 'storage'"#
    );
    assert_eq!(storage.fetch_all(cx.db()).await.unwrap(), ["128"]);
    let root = sqlx::query_scalar!("select product_count from category where slug = 'elektronik'");
    assert_eq!(root.fetch_one(cx.db()).await.unwrap(), 2);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn every_bad_row_is_told_with_line_column_and_reason_and_the_good_ones_go_in(db: PgPool) {
    let cx = cx(db);
    let bad = std::env::temp_dir().join(format!("pasar-{}-bad.csv", std::process::id()));
    let options = Options { bad_rows: Some(bad.clone()), ..Options::of("test") };
    let report = listings(&cx, &fixture("bad_listings.csv"), &options).await;
    assert_eq!(report.counts, Counts { new: 2, bad: 8, ..Counts::default() });
    let told: Vec<_> = report.bad.iter().map(|e| (e.line, e.column.as_str(), e.problem.clone())).collect();
    assert_eq!(
        told,
        [
            (3, "category", Problem::UnknownCategory("Spaceships".into())),
            (4, "location", Problem::UnknownCity("Atlantis".into())),
            (5, "price_idr", Problem::NotANumber("free".into())),
            (6, "price_idr", Problem::OutOfRange("-5".into())),
            (7, "rating", Problem::OutOfRange("5.4".into())),
            (8, "product_id", Problem::Missing),
            (9, "product_id", Problem::Repeated("p1".into())),
            (10, "-", Problem::Fields),
        ]
    );
    let written = std::fs::read_to_string(&bad).unwrap();
    std::fs::remove_file(&bad).unwrap();
    let lines: Vec<_> = written.lines().collect();
    assert!(
        lines[0].starts_with("error_line,error_column,error_code,error,product_id,category"),
        "{}",
        lines[0]
    );
    assert!(lines[1].starts_with("3,category,unknown_category,"), "{}", lines[1]);
    assert_eq!(lines.len(), 1 + 8 + 1, "{written}");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn lines_are_counted_the_same_with_either_line_ending(db: PgPool) {
    let cx = cx(db);
    let text = std::fs::read_to_string(fixture("bad_listings.csv")).unwrap();
    let file = Scratch::new("crlf.csv", text.replace('\n', "\r\n"));
    let options = Options { dry_run: true, ..Options::of("test") };
    let report = listings(&cx, &file.0, &options).await;
    assert_eq!(report.bad.iter().map(|e| e.line).collect::<Vec<_>>(), [3, 4, 5, 6, 7, 8, 9, 10]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_dry_run_compares_and_writes_nothing(db: PgPool) {
    let cx = cx(db);
    let dry = Options { dry_run: true, ..Options::of("test") };
    let report = listings(&cx, &fixture("listings.csv"), &dry).await;
    assert_eq!(report.counts.new, 4);
    assert_eq!((report.new[0].line, report.new[0].key.as_str()), (2, "p1"));
    for table in ["product", "shop", "import_run", "outbox"] {
        assert_eq!(count(&cx, table).await, 0, "{table}");
    }

    listings(&cx, &fixture("listings.csv"), &Options::of("test")).await;
    let text = std::fs::read_to_string(fixture("listings.csv")).unwrap().replace("53500", "49900");
    let file = Scratch::new("dry.csv", &text);
    let report = listings(&cx, &file.0, &dry).await;
    assert_eq!(report.counts, Counts { changed: 1, same: 3, ..Counts::default() });
    assert_eq!(report.changed[0].key, "p1");
    let price = Difference { column: "price_idr", from: "53500".into(), to: "49900".into() };
    assert_eq!(report.changed[0].differences, [price]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_changed_listing_keeps_its_id_remembers_its_price_and_leads_on_from_its_old_address(db: PgPool) {
    let cx = cx(db);
    let options = Options::of("test");
    listings(&cx, &fixture("listings.csv"), &options).await;
    let id = sqlx::query_scalar!("select id from product where slug = 'wireless-keyboard-i8-mini-2-4g-p1'");
    let id = id.fetch_one(cx.db()).await.unwrap();

    let text = std::fs::read_to_string(fixture("listings.csv")).unwrap();
    let text = text
        .replace("53500", "49900")
        .replace("Wireless Keyboard i8 Mini 2.4G,Jakarta Utara", "Keyboard Mini i8,Kota Bandung");
    let file = Scratch::new("changed.csv", &text);
    let report = listings(&cx, &file.0, &options).await;
    assert_eq!(report.counts, Counts { changed: 1, same: 3, ..Counts::default() });

    let now = sqlx::query!("select slug, price_min, version from product where id = $1", id);
    let now = now.fetch_one(cx.db()).await.unwrap();
    assert_eq!((now.slug.as_str(), now.price_min, now.version), ("keyboard-mini-i8-p1", Some(49_900), 2));
    let history = sqlx::query_scalar!("select price from price_history").fetch_all(cx.db()).await.unwrap();
    assert_eq!(history, [53_500]);
    let former = sqlx::query_scalar!("select slug from product_former_slug where product_id = $1", id);
    assert_eq!(former.fetch_all(cx.db()).await.unwrap(), ["wireless-keyboard-i8-mini-2-4g-p1"]);
    let emptied = sqlx::query_scalar!(
        "select shop.product_count from shop join region on region.code = city_code
         where region.short_name = 'Jakarta Utara' order by shop.product_count limit 1"
    );
    assert_eq!(emptied.fetch_one(cx.db()).await.unwrap(), 0);
}

/// A run that was killed after its first batch is a run that says `running` and how many rows it has come past.
#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_interrupted_run_goes_on_behind_its_last_batch(db: PgPool) {
    let cx = cx(db);
    let small = Options { batch: 1, ..Options::of("test") };
    let killed = tokio::spawn({
        let (cx, small) = (cx.clone(), small.clone());
        async move {
            import_listings(&cx, &fixture("listings.csv"), &small, |p| assert!(p.counts.new < 2, "killed"))
                .await
        }
    });
    assert!(killed.await.unwrap_err().is_panic());
    assert_eq!(count(&cx, "product").await, 2);

    let report = listings(&cx, &fixture("listings.csv"), &small).await;
    assert_eq!((report.resumed_after, report.counts), (2, Counts { new: 4, ..Counts::default() }));
    assert_eq!(report.new.len(), 2);
    assert_eq!((count(&cx, "product").await, count(&cx, "import_run").await), (4, 1));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn reviews_fill_the_histogram_and_leave_the_given_totals(db: PgPool) {
    let cx = cx(db);
    let options = Options::of("test");
    listings(&cx, &fixture("listings.csv"), &options).await;
    for (counts, run) in [
        (Counts { new: 4, bad: 2, ..Counts::default() }, "first"),
        (Counts { same: 4, bad: 2, ..Counts::default() }, "second"),
    ] {
        let report = import_reviews(&cx, &fixture("reviews.csv"), &options, |_| ()).await.unwrap();
        assert_eq!(report.counts, counts, "{run}");
        let problems: Vec<_> = report.bad.iter().map(|e| (e.line, e.problem.clone())).collect();
        assert!(problems.contains(&(6, Problem::UnknownListing("p9".into()))), "{problems:?}");
        assert!(problems.contains(&(7, Problem::OutOfRange("6".into()))), "{problems:?}");
        let row = sqlx::query!(
            "select stars_1, stars_5, rating_count, rating_sum from product where slug like '%-p1'"
        );
        let row = row.fetch_one(cx.db()).await.unwrap();
        assert_eq!(
            (row.stars_1, row.stars_5, row.rating_count, row.rating_sum),
            (2, 1, 2_369, 2_369 * 490),
            "{run}"
        );
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_file_without_a_needed_column_is_refused_whole(db: PgPool) {
    let cx = cx(db);
    let file = Scratch::new("columns.csv", "product_id,category,name\np1,Books,Buku\n");
    let error = import_listings(&cx, &file.0, &Options::of("test"), |_| ()).await.unwrap_err();
    assert!(matches!(error, ImportError::NoColumn { wanted, .. } if wanted == "location"));
}
