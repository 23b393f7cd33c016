//! Files as people send them: other signs, other encodings, broken quotation marks, two sources with the same keys.

use crate::support::{Scratch, count, cx, fixture, listings};
use flows::import::{Counts, ImportError, Options, Problem, import_listings, import_reviews};
use sqlx::PgPool;

const HEADER: &str = "product_id,category,name,location,price_idr,rating,sold,review_count";

async fn names(cx: &kernel::Cx) -> Vec<String> {
    sqlx::query_scalar("select name from product order by slug").fetch_all(cx.db()).await.unwrap()
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_spreadsheet_may_part_fields_by_semicolons_and_begin_with_a_mark(db: PgPool) {
    let cx = cx(db);
    let text = format!(
        "\u{feff}{}\r\nk1;Books;\"Buku; dua\r\nbaris\";Kab. Cianjur;89000;4,8;163;119\r\nk2;Books;Buku;Atlantis;1;;;\r\n",
        HEADER.replace(',', ";")
    );
    let file = Scratch::new("semicolon.csv", text);
    let bad = Scratch::new("semicolon.bad.csv", "");
    let options = Options { bad_rows: Some(bad.0.clone()), ..Options::of("test") };
    let report = listings(&cx, &file.0, &options).await;
    assert_eq!(report.counts, Counts { new: 1, bad: 1, ..Counts::default() });
    assert_eq!(names(&cx).await, ["Buku; dua baris"]);
    assert_eq!((report.bad[0].line, report.bad[0].column.as_str()), (4, "location"));
    let written = std::fs::read_to_string(&bad.0).unwrap();
    let mut lines = written.lines();
    assert_eq!(
        lines.next(),
        Some(
            "error_line;error_column;error_code;error;product_id;category;name;location;price_idr;rating;sold;review_count"
        )
    );
    assert!(lines.next().unwrap().ends_with(";k2;Books;Buku;Atlantis;1;;;"), "{written}");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn bytes_that_are_not_utf8_are_told_and_kept_as_they_came(db: PgPool) {
    let cx = cx(db);
    let mut text = format!("{HEADER}\nk1,Books,Caf").into_bytes();
    text.extend_from_slice(b"\xe9 Latin,Kab. Cianjur,1,,,\nk2,Books,Buku,Kab. Cianjur,1,,,\n");
    let file = Scratch::new("latin.csv", text);
    let bad = Scratch::new("latin.bad.csv", "");
    let options = Options { bad_rows: Some(bad.0.clone()), ..Options::of("test") };
    let report = listings(&cx, &file.0, &options).await;
    assert_eq!(report.counts, Counts { new: 1, bad: 1, ..Counts::default() });
    assert_eq!((report.bad[0].column.as_str(), &report.bad[0].problem), ("name", &Problem::Encoding));
    let written = std::fs::read(&bad.0).unwrap();
    assert!(written.windows(9).any(|part| part == b"Caf\xe9 Lati"));

    let wide = Scratch::new("wide.csv", b"\xff\xfep\0r\0");
    let error = import_listings(&cx, &wide.0, &options, |_| ()).await.unwrap_err();
    assert!(matches!(error, ImportError::Encoding), "{error}");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn numbers_and_texts_beyond_what_is_sold_are_told_and_the_largest_are_taken(db: PgPool) {
    let cx = cx(db);
    let huge = "x".repeat(300_000);
    let rows = [
        "k1,Books,Buku Mahal,Kab. Cianjur,999999999,4.8,163,119",
        "k2,Books,Buku,Kab. Cianjur,-53500,4.8,163,119",
        "k3,Books,Buku,Kab. Cianjur,99999999999999999999,4.8,163,119",
        &format!("k4,Books,{huge},Kab. Cianjur,1,,,"),
        &format!("k5,{huge},Buku,Kab. Cianjur,1,,,"),
        "k6\0,Books,Buku,Kab. Cianjur,1,,,",
        "k7,Books,Bu\0ku,Kab. Cianjur,1,,,",
    ];
    let file = Scratch::new("extremes.csv", format!("{HEADER}\n{}\n", rows.join("\n")));
    let report = listings(&cx, &file.0, &Options::of("test")).await;
    let told: Vec<_> = report.bad.iter().map(|e| (e.line, e.column.as_str(), e.problem.code())).collect();
    assert_eq!(
        told,
        [
            (3, "price_idr", "out_of_range"),
            (4, "price_idr", "out_of_range"),
            (5, "name", "length"),
            (6, "category", "unknown_category"),
            (7, "product_id", "control"),
            (8, "name", "control"),
        ]
    );
    assert!(report.bad.iter().all(|error| error.to_string().len() < 500));
    let price = sqlx::query_scalar!("select price_min from product").fetch_one(cx.db()).await.unwrap();
    assert_eq!(price, Some(999_999_999));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_quotation_mark_that_never_closes_ends_the_run_with_its_line(db: PgPool) {
    let cx = cx(db);
    let rest = "k2,Books,Buku,Kab. Cianjur,1,,,\n".repeat(60_000);
    let text =
        format!("{HEADER}\nk1,Books,Buku,Kab. Cianjur,1,,,\nk9,Books,\"Buku,Kab. Cianjur,1,,,\n{rest}");
    let file = Scratch::new("endless.csv", text);
    let small = Options { batch: 1, ..Options::of("test") };
    let error = import_listings(&cx, &file.0, &small, |_| ()).await.unwrap_err();
    assert!(matches!(error, ImportError::EndlessRow { line: 3 }), "{error}");
    assert_eq!(count(&cx, "product").await, 1, "what stood before it is there");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_file_without_its_header_says_what_stands_there_instead(db: PgPool) {
    let cx = cx(db);
    for (text, there) in [("k1,Books,Buku\nk2,Books,Buku\n", "k1, Books, Buku"), ("", "")] {
        let file = Scratch::new("headless.csv", text);
        let error = import_listings(&cx, &file.0, &Options::of("test"), |_| ()).await.unwrap_err();
        let ImportError::NoColumn { wanted, there: said } = &error else { panic!("{error}") };
        assert_eq!((wanted.as_str(), said.as_str()), ("product_id", there));
    }
    assert_eq!(count(&cx, "import_run").await, 0);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn two_sources_may_have_the_same_keys_and_names(db: PgPool) {
    let cx = cx(db);
    for source in ["one", "other"] {
        let report = listings(&cx, &fixture("listings.csv"), &Options::of(source)).await;
        assert_eq!(report.counts, Counts { new: 4, ..Counts::default() }, "{source}");
        let report = listings(&cx, &fixture("listings.csv"), &Options::of(source)).await;
        assert_eq!(report.counts, Counts { same: 4, ..Counts::default() }, "{source}");
    }
    // Moved to another city, its price and its address stay its own.
    let text =
        std::fs::read_to_string(fixture("listings.csv")).unwrap().replace("Jakarta Utara", "Kota Medan");
    for source in ["one", "other"] {
        let file = Scratch::new("moved.csv", &text);
        let report = listings(&cx, &file.0, &Options::of(source)).await;
        assert_eq!(report.counts, Counts { changed: 2, same: 2, ..Counts::default() }, "{source}");
        assert!(report.changed[0].differences.iter().all(|d| d.column == "location"), "{:?}", report.changed);
    }
    let slugs: Vec<String> =
        sqlx::query_scalar("select slug from product where name like 'Buku%' order by length(slug)")
            .fetch_all(cx.db())
            .await
            .unwrap();
    assert_eq!(slugs[0], "buku-1984-george-orwell-p3");
    assert!(slugs[1].starts_with("buku-1984-george-orwell-p3-"), "{slugs:?}");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn names_that_make_one_address_are_told_apart_within_a_file(db: PgPool) {
    let cx = cx(db);
    let text = format!("{HEADER}\nK 1,Books,Buku,Kab. Cianjur,1,,,\nk-1,Books,Buku,Kab. Cianjur,1,,,\n");
    let file = Scratch::new("alike.csv", text);
    let report = listings(&cx, &file.0, &Options::of("test")).await;
    assert_eq!(report.counts, Counts { new: 2, ..Counts::default() });
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn of_two_imports_of_one_file_at_once_one_is_refused(db: PgPool) {
    let cx = cx(db);
    listings(&cx, &fixture("listings.csv"), &Options::of("before")).await;
    let rows = (0..200).map(|n| format!("k{n},Books,Buku {n},Kab. Cianjur,1000,,,"));
    let rows = rows.collect::<Vec<_>>().join("\n");
    let file = Scratch::new("twice.csv", format!("{HEADER}\n{rows}\n"));
    let small = Options { batch: 1, ..Options::of("test") };
    let import = || import_listings(&cx, &file.0, &small, |_| ());
    let (one, other) = tokio::join!(import(), import());
    let refused = one.as_ref().err().or(other.as_ref().err());
    assert!(matches!(refused, Some(ImportError::Elsewhere)), "{refused:?}");
    let report = one.or(other).unwrap();
    assert_eq!(report.counts, Counts { new: 200, ..Counts::default() });
    assert_eq!(count(&cx, "product").await, 204);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn reviews_of_listings_that_are_not_there_go_to_the_bad_ones(db: PgPool) {
    let cx = cx(db);
    listings(&cx, &fixture("listings.csv"), &Options::of("test")).await;
    let text = "product_id;rating;text\np1;5;\"bagus;\nsekali\"\nzz;5;entah\np1;5;a\0b\n";
    let file = Scratch::new("reviews.csv", text);
    let report = import_reviews(&cx, &file.0, &Options::of("test"), |_| ()).await.unwrap();
    assert_eq!(report.counts, Counts { new: 1, bad: 2, ..Counts::default() });
    let told: Vec<_> = report.bad.iter().map(|e| (e.line, e.problem.code())).collect();
    assert_eq!(told, [(5, "control"), (4, "unknown_listing")]);
    let other = import_reviews(&cx, &file.0, &Options::of("elsewhere"), |_| ()).await.unwrap();
    assert_eq!(other.counts.bad, 3, "listings of another source are not these");
}
