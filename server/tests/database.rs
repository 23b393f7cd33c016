//! What pages ask of the database, seen from the outside: the whole router answers, every statement is logged, and the
//! database tells how many rows it looked at.

use axum::{Extension, Router, body::Body};
use flows::seed;
use http::{Request, StatusCode, header};
use http_body_util::BodyExt as _;
use kernel::Kernel;
use leptos::config::LeptosOptions;
use sqlx::{
    ConnectOptions, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{
    fmt,
    sync::{Arc, Mutex, OnceLock},
};
use tempfile::TempDir;
use tower::ServiceExt as _;
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{Layer, layer::Context, layer::SubscriberExt as _};
use web::{Rates, WebSettings};

/// Tests of this file take turns: the log below is of the whole process.
static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Reading statements logged so far. What is written down about a visit is not the page's: it happens beside it.
static LOG: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Writes down what sqlx says it has executed, on whichever thread.
struct StatementLog;

impl<S: Subscriber> Layer<S> for StatementLog {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        struct Summary(String);
        impl Visit for Summary {
            fn record_str(&mut self, field: &Field, value: &str) {
                if field.name() == "summary" {
                    value.clone_into(&mut self.0);
                }
            }
            fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
        }
        if event.metadata().target() == "sqlx::query" {
            let mut summary = Summary(String::new());
            event.record(&mut summary);
            if ["select", "with", "("].iter().any(|verb| summary.0.trim_start().starts_with(verb)) {
                LOG.lock().unwrap().push(summary.0);
            }
        }
    }
}

/// All that answers, over this pool, with a search index of its own.
struct Market {
    kernel: Kernel,
    engine: Arc<search::Engine>,
    router: Router,
    _folder: TempDir,
}

impl Market {
    /// `fill` writes through `db`, pages read through `read`.
    fn open(db: &PgPool, read: PgPool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let engine = Arc::new(flows::index::open(&folder.path().join("search")).unwrap());
        let kernel = Kernel::new(read).with_part(engine.clone());
        let options = LeptosOptions::builder()
            .output_name("pasar")
            .site_root(folder.path().to_string_lossy().into_owned())
            .site_pkg_dir("pkg")
            .build();
        let settings =
            WebSettings { rates: Rates { enabled: false, ..Rates::default() }, ..WebSettings::default() };
        let site = web::site(&options, &settings, app::App, app::shell)
            .layer(Extension(model::Site("http://localhost".into())));
        let router = web::layers(site, &settings, &kernel);
        Self { kernel: Kernel::new(db.clone()), engine, router, _folder: folder }
    }

    async fn rebuild_index(&self) {
        flows::index::rebuild(&self.kernel, &self.engine).await.unwrap();
    }

    async fn get(&self, path: &str) -> (StatusCode, String) {
        let request = Request::get(path).header(header::ACCEPT, "text/html").body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }
}

async fn slug(db: &PgPool, sql: &'static str) -> String {
    sqlx::query_scalar(sql).fetch_one(db).await.unwrap()
}

const SHIRT: &str = "select slug from product where slug like 'kaos-polos-pria%'";
const SHIRTS_SHOP: &str = "select shop.slug from shop join product on product.shop_id = shop.id
                           where product.slug like 'kaos-polos-pria%'";

/// Pages of a shopper, and what each of them must show.
async fn pages(db: &PgPool) -> Vec<(String, &'static str)> {
    let (product, shop) = (slug(db, SHIRT).await, slug(db, SHIRTS_SHOP).await);
    vec![
        (format!("/p/{product}"), "reviews-title"),
        (format!("/p/{product}?stars=5"), "reviews-title"),
        ("/search?q=kaos".into(), "product-card"),
        ("/search?q=kaso+polso&sort=price_up".into(), "product-card"),
        ("/search?q=xqzzwvk".into(), "product-card"),
        ("/search".into(), "product-card"),
        ("/c/fashion".into(), "product-card"),
        (format!("/shop/{shop}"), "product-card"),
        ("/".into(), "product-card"),
        ("/categories".into(), "fashion"),
    ]
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn no_page_makes_more_than_four_statements(db: PgPool) {
    static LOGGING: OnceLock<()> = OnceLock::new();
    let _turn = TURN.lock().await;
    LOGGING.get_or_init(|| {
        tracing::subscriber::set_global_default(tracing_subscriber::registry().with(StatementLog)).unwrap();
    });
    seed::demo(&Kernel::new(db.clone()).job_cx(), 1).await.unwrap();
    let options: PgConnectOptions = (*db.connect_options()).clone();
    let logged = PgPoolOptions::new()
        .max_connections(4)
        .connect_with(kernel::db::session(options).log_statements("debug".parse().unwrap()))
        .await
        .unwrap();
    let market = Market::open(&db, logged.clone());

    // While the index is being built, goods come from the database alone; then from both.
    for indexed in [false, true] {
        if indexed {
            market.rebuild_index().await;
        }
        for (path, shows) in pages(&db).await {
            LOG.lock().unwrap().clear();
            let (status, body) = market.get(&path).await;
            let log = LOG.lock().unwrap().clone();
            assert_eq!(status, StatusCode::OK, "{path}");
            assert!(body.contains(shows), "{path} does not show {shows}");
            assert!((1..=4).contains(&log.len()), "{path} (indexed: {indexed}): {log:#?}");
        }
        LOG.lock().unwrap().clear();
        let (status, _) = market.get("/p/tidak-ada").await;
        assert_eq!((status, LOG.lock().unwrap().len()), (StatusCode::NOT_FOUND, 2));
    }
    logged.close().await;
}

/// A pool of one connection, which can be asked what it has read.
async fn one_connection(db: &PgPool) -> PgPool {
    let options: PgConnectOptions = (*db.connect_options()).clone();
    PgPoolOptions::new().max_connections(1).connect_with(kernel::db::session(options)).await.unwrap()
}

/// A catalogue of so many products more or less, and the index over it. Through connections of its own, which are gone
/// afterwards: a connection tells what it has read late, but not later than that.
async fn fill(db: &PgPool, market: &Market, products: u64) {
    let options: PgConnectOptions = (*db.connect_options()).clone();
    let filling = PgPoolOptions::new().connect_with(options.application_name("filling")).await.unwrap();
    let kernel = Kernel::new(filling.clone());
    seed::demo(&kernel.job_cx(), 1).await.unwrap();
    seed::scale(&kernel.job_cx(), products, 1, |_| ()).await.unwrap();
    sqlx::query("analyze").execute(&filling).await.unwrap();
    flows::index::rebuild(&kernel, &market.engine).await.unwrap();
    filling.close().await;
    let left = "select exists (select from pg_stat_activity where application_name = 'filling')";
    while sqlx::query_scalar(left).fetch_one(db).await.unwrap() {}
}

/// Rows and index entries read in this database until now.
async fn rows_read(read: &PgPool) -> i64 {
    sqlx::query("select pg_stat_force_next_flush()").execute(read).await.unwrap();
    sqlx::query_scalar(
        "select (select sum(seq_tup_read) from pg_stat_user_tables)::bigint
              + (select sum(idx_tup_read) from pg_stat_user_indexes)::bigint",
    )
    .fetch_one(read)
    .await
    .unwrap()
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn no_page_reads_rows_in_proportion_to_the_catalogue(db: PgPool) {
    let _turn = TURN.lock().await;
    let read = one_connection(&db).await;
    let market = Market::open(&db, read.clone());
    let mut reads: Vec<Vec<i64>> = Vec::new();
    for products in [300, 6_000] {
        fill(&db, &market, products).await;
        let mut of_size = Vec::new();
        // Asked through the same connection: what others have read may be told in the middle of a page.
        for (path, shows) in pages(&read).await {
            // More often than the five times after which PostgreSQL may settle for one plan.
            let mut most = 0;
            for _ in 0..8 {
                let before = rows_read(&read).await;
                let (status, body) = market.get(&path).await;
                assert!(status == StatusCode::OK && body.contains(shows), "{path}: {status}");
                most = most.max(rows_read(&read).await - before);
            }
            of_size.push(most);
        }
        reads.push(of_size);
    }
    for ((path, _), of_both) in pages(&read).await.iter().zip(reads[0].iter().zip(&reads[1])) {
        let (small, large) = of_both;
        println!("{path}: {small} rows of a small catalogue, {large} of one ten times as large");
        assert!(*large <= 1_500, "{path} reads {large} rows of 6,300 products");
        assert!(*large <= 2 * small + 100, "{path} reads {small} rows of 600 products and {large} of 6,300");
    }
    read.close().await;
}
