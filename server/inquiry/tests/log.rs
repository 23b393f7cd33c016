//! What is kept of searches, and for how long.

use inquiry::{MANY, NewSynonym, Search, Wording, jobs::FoldSearches, store, write};
use kernel::{
    jobs::{Job, Registry},
    testing::TestApp,
};
use model::Lang;
use sqlx::PgPool;
use time::Duration;

fn search(text: &str, results: u32) -> Search {
    Search::new(Wording::parse(text).unwrap(), Lang::Id, vec!["city"], results, 4)
}

/// Searches for these once an hour, so many hours long.
async fn hourly(app: &TestApp, searches: &[Search], hours: i64) {
    for _ in 0..hours {
        write(app.kernel(), searches.to_vec()).await.unwrap();
        app.clock().advance(Duration::HOUR);
    }
}

async fn kept(db: &PgPool) -> Vec<String> {
    sqlx::query_scalar!("select query from search_daily group by query order by query")
        .fetch_all(db)
        .await
        .unwrap()
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_search_is_kept_to_the_hour_and_without_its_order(db: PgPool) {
    let app = TestApp::new(db.clone(), Registry::empty());
    app.clock().advance(Duration::seconds(1234));
    write(app.kernel(), vec![search("zebra", 1), search("apel", 2)]).await.unwrap();
    let rows =
        sqlx::query!("select at, query, filters from search_log order by ctid").fetch_all(&db).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.query.as_str()).collect::<Vec<_>>(), ["apel", "zebra"]);
    assert!(rows.iter().all(|row| row.at.minute() == 0 && row.at.second() == 0 && row.filters == "city"));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn old_searches_become_counts_and_rare_texts_vanish(db: PgPool) {
    let app = TestApp::new(db.clone(), Registry::empty());
    hourly(&app, &[search("sepatu", 9), search("sepatu", 0)], MANY).await;
    // Loaded again and again within the hour it still is one person's text.
    write(app.kernel(), vec![search("surat untuk ibu", 0); 50]).await.unwrap();
    FoldSearches {}.run(&app.cx()).await.unwrap();
    assert_eq!(kept(&db).await.len(), 0, "nothing is old yet");

    app.clock().advance(Duration::days(16));
    write(app.kernel(), vec![search("baru", 1)]).await.unwrap();
    FoldSearches {}.run(&app.cx()).await.unwrap();
    assert_eq!(kept(&db).await, ["sepatu"]);
    let left = sqlx::query_scalar!("select query from search_log").fetch_all(&db).await.unwrap();
    assert_eq!(left, ["baru"]);
    let day = sqlx::query!(r#"select searches, without_results, filtered, took_ms from search_day"#);
    let day = day.fetch_one(&db).await.unwrap();
    // The day's totals know of the dropped ones, not what they said.
    assert_eq!((day.searches, day.without_results), (2 * MANY + 50, MANY + 50));
    assert_eq!((day.filtered, day.took_ms), (2 * MANY + 50, 4 * (2 * MANY + 50)));

    // Folding again changes nothing.
    FoldSearches {}.run(&app.cx()).await.unwrap();
    let searches =
        sqlx::query_scalar!("select sum(searches)::bigint from search_daily").fetch_one(&db).await.unwrap();
    assert_eq!(searches, Some(2 * MANY));

    app.clock().advance(Duration::days(500));
    FoldSearches {}.run(&app.cx()).await.unwrap();
    assert_eq!(kept(&db).await.len(), 0, "counts are not for ever either");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn popular_is_what_many_searched_for_and_found(db: PgPool) {
    let app = TestApp::new(db.clone(), Registry::empty());
    let since = app.kernel().now();
    hourly(&app, &[search("tas", 9), search("hp", 4), search("hp", 4), search("nihil", 0)], MANY).await;
    write(app.kernel(), vec![search("sekali", 7); 90]).await.unwrap();
    let db = &mut *db.acquire().await.unwrap();
    let popular = store::list_popular(db, since, MANY, 10).await.unwrap();
    assert_eq!(popular, [("hp".to_owned(), 10), ("tas".to_owned(), 5)]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn synonyms_are_kept_as_given(db: PgPool) {
    let app = TestApp::new(db.clone(), Registry::empty());
    let (cx, db) = (app.cx(), &mut *db.acquire().await.unwrap());
    let both = NewSynonym::parse(None, "rice cooker, magic com", "").unwrap();
    let one_way = NewSynonym::parse(Some(Lang::En), "ipad", "tablet").unwrap();
    let (first, second) = (cx.id(), cx.id());
    store::insert_synonym(db, first, &both, cx.now()).await.unwrap();
    store::insert_synonym(db, second, &one_way, cx.now()).await.unwrap();
    let listed = store::list_synonyms(db).await.unwrap();
    assert_eq!(listed.iter().map(|s| s.id).collect::<Vec<_>>(), [second, first]);
    assert_eq!((listed[0].lang, listed[0].shown.as_slice()), (Some(Lang::En), &["tablet".to_owned()][..]));
    assert!(store::update_synonym(db, first, &one_way, cx.now()).await.unwrap());
    assert!(store::delete_synonym(db, first).await.unwrap());
    assert!(!store::delete_synonym(db, first).await.unwrap());
    assert!(!store::update_synonym(db, first, &both, cx.now()).await.unwrap());
    assert_eq!(store::list_synonyms(db).await.unwrap().len(), 1);
}
