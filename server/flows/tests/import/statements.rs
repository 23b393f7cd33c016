//! How much an import asks of the database: a number of statements for each batch, whatever the batch holds.

use crate::support::Scratch;
use flows::import::{Counts, Options, import_listings, import_reviews};
use kernel::{
    Cx, Kernel,
    testing::{counted, logged},
};
use sqlx::PgPool;
use std::fmt::Write;

const CITIES: [&str; 4] = ["Jakarta Utara", "Kota Bandung", "Kab. Cianjur", "Kota Medan"];
const CATEGORIES: [&str; 3] = ["Books", "Camera", "Animal Care"];

fn listings_of(n: usize, price: usize) -> String {
    let mut text = "product_id,category,name,location,price_idr,rating,sold,review_count\n".to_owned();
    for i in 0..n {
        let (category, city) = (CATEGORIES[i % 3], CITIES[i % 4]);
        writeln!(text, "k{i},{category},Barang 128 GB nomor {i},{city},{},4.8,{i},{i}", price + i).unwrap();
    }
    text
}

fn reviews_of(n: usize) -> String {
    let mut text = "product_id,rating,text\n".to_owned();
    for i in 0..n {
        writeln!(text, "k{},{},ulasan nomor {i}", i % 30, 1 + i % 5).unwrap();
    }
    text
}

/// Statements of a run over one batch of `n` rows: new, then the same, then changed; then of reviews.
async fn statements(cx: &Cx, n: usize) -> [usize; 4] {
    let options = Options::of(format!("source of {n}"));
    let new = Scratch::new(&format!("new-{n}.csv"), listings_of(n, 1000));
    let changed = Scratch::new(&format!("changed-{n}.csv"), listings_of(n, 2000));
    let reviews = Scratch::new(&format!("reviews-{n}.csv"), reviews_of(n));
    let import = async |file| {
        let (report, statements) = counted(import_listings(cx, file, &options, |_| ())).await;
        (report.unwrap().counts, statements)
    };
    let rows = n as u64;
    let (counts, of_new) = import(&new.0).await;
    assert_eq!(counts, Counts { new: rows, ..Counts::default() });
    let (counts, of_same) = import(&new.0).await;
    assert_eq!(counts, Counts { same: rows, ..Counts::default() });
    let (counts, of_changed) = import(&changed.0).await;
    assert_eq!(counts, Counts { changed: rows, ..Counts::default() });
    let (report, of_reviews) = counted(import_reviews(cx, &reviews.0, &options, |_| ())).await;
    assert_eq!(report.unwrap().counts, Counts { new: rows, ..Counts::default() });
    [of_new, of_same, of_changed, of_reviews]
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_batch_takes_as_many_statements_with_thirty_rows_as_with_a_thousand(db: PgPool) {
    let cx = Kernel::new(logged(&db).await.unwrap()).job_cx();
    // Regions and shops are there already, as from the second batch of a file on.
    let first = Scratch::new("first.csv", listings_of(12, 1000));
    import_listings(&cx, &first.0, &Options::of("first"), |_| ()).await.unwrap();

    let few = statements(&cx, 30).await;
    let many = statements(&cx, 1000).await;
    assert_eq!(few, many, "new, same, changed, reviews");
    assert!(few.iter().all(|n| (5..=40).contains(n)), "{few:?}");
    cx.db().close().await;
}
