//! The search index of a node beside the tables: how soon it knows, what it does without one, and what it tells.

use catalog::Actor;
use flows::{index, product, seed::demo, synonyms};
use inquiry::{Log, NewSynonym, Wording};
use kernel::{Cx, Kernel, TestClock, ids::SequentialIds};
use model::{
    Slug,
    ids::ProductId,
    views::{
        ProductState, SearchParams,
        operator::{Explained, Verdict},
    },
};
use search::{Engine, Query};
use sqlx::PgPool;
use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// What is promised for a change to be findable.
const PROMISED: Duration = Duration::from_secs(1);

/// A node: the demonstration market, its index kept in the background.
struct Node {
    /// Without the engine, which has to be gone before the folder is opened again.
    kernel: Kernel,
    cx: Cx,
    engine: Arc<Engine>,
    folder: TempDir,
    keeping: tokio::task::JoinHandle<()>,
}

impl Node {
    async fn start(db: PgPool) -> Self {
        let kernel = Kernel::new(db).with_clock(TestClock::default()).with_ids(SequentialIds::default());
        demo(&kernel.job_cx(), 1).await.unwrap();
        Self::over(kernel, tempfile::tempdir().unwrap()).await
    }

    async fn over(kernel: Kernel, folder: TempDir) -> Self {
        let engine = Arc::new(index::open(folder.path()).unwrap());
        let cx = kernel.clone().with_part(engine.clone()).job_cx();
        let keeping = tokio::spawn(index::keep(kernel.clone(), engine.clone()));
        let node = Self { kernel, cx, engine, folder, keeping };
        until(|| node.engine.products() > 0).await;
        node
    }

    /// The process ends; the folder stays.
    async fn stop(self) -> (Kernel, TempDir) {
        let Self { kernel, cx, engine, folder, keeping } = self;
        keeping.abort();
        _ = keeping.await;
        drop(cx);
        // What it had begun on a thread of its own cannot be called back; it ends before the folder is another's.
        until(|| Arc::strong_count(&engine) == 1).await;
        (kernel, folder)
    }

    fn finds(&self, text: &str, product: ProductId) -> bool {
        let hits = self.engine.search(&Query::text(text)).unwrap().hits;
        hits.iter().any(|hit| hit.product == product.uuid())
    }
}

/// How long it took until that was so.
async fn until(mut holds: impl FnMut() -> bool) -> Duration {
    let started = Instant::now();
    let wait = async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), wait).await.expect("it happens soon");
    started.elapsed()
}

async fn some_shirt(cx: &Cx) -> (ProductId, Slug, String) {
    let row = sqlx::query!("select id, slug, name from product where slug like 'kaos-polos-pria%' limit 1");
    let row = row.fetch_one(cx.db()).await.unwrap();
    (row.id.into(), row.slug.parse().unwrap(), row.name)
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_committed_is_found_within_a_second(db: PgPool) {
    let node = Node::start(db).await;
    let (id, _, name) = some_shirt(&node.cx).await;
    assert!(node.finds(&name, id));
    product::make(&node.cx, id, product::Move::Hide, Actor::Seller).await.unwrap();
    assert!(until(|| !node.finds(&name, id)).await < PROMISED);
    product::make(&node.cx, id, product::Move::Show, Actor::Seller).await.unwrap();
    assert!(until(|| node.finds(&name, id)).await < PROMISED);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_synonym_holds_within_a_second_and_after_a_restart(db: PgPool) {
    let node = Node::start(db).await;
    let (id, ..) = some_shirt(&node.cx).await;
    assert!(!node.finds("obalong", id));
    let new = NewSynonym::parse(None, "obalong", "kaos polos").unwrap();
    let synonym = synonyms::add(&node.cx, &new).await.unwrap();
    assert!(until(|| node.finds("obalong", id)).await < PROMISED);

    let (kernel, folder) = node.stop().await;
    let node = Node::over(kernel, folder).await;
    until(|| node.finds("obalong", id)).await;
    synonyms::remove(&node.cx, synonym).await.unwrap();
    assert!(until(|| !node.finds("obalong", id)).await < PROMISED);
    let error = synonyms::remove(&node.cx, synonym).await.unwrap_err();
    assert!(matches!(error, synonyms::SynonymError::NotFound));
}

/// Damages the index in the folder somehow.
type Damage = fn(&Path);

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_index_that_is_lost_or_damaged_is_built_again_by_itself(db: PgPool) {
    let mut node = Node::start(db).await;
    let products = node.engine.products();
    let damages: [Damage; 3] = [
        |folder| std::fs::remove_dir_all(folder).unwrap(),
        |folder| std::fs::write(folder.join("current"), "index-99").unwrap(),
        |folder| {
            let name = std::fs::read_to_string(folder.join("current")).unwrap();
            std::fs::write(folder.join(name).join("meta.json"), "{").unwrap();
        },
    ];
    for damage in damages {
        let (kernel, folder) = node.stop().await;
        damage(folder.path());
        node = Node::over(kernel, folder).await;
        until(|| node.engine.products() == products).await;
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn while_there_is_no_index_the_catalogue_can_be_browsed(db: PgPool) {
    let kernel = Kernel::new(db).with_clock(TestClock::default()).with_ids(SequentialIds::default());
    demo(&kernel.job_cx(), 1).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let empty = Arc::new(index::open(folder.path()).unwrap());
    for cx in [kernel.job_cx(), kernel.clone().with_part(empty).job_cx()] {
        let params = SearchParams::from_pairs([("category", "fashion")]);
        let page = views::search::page(&cx, &params, 12).await.unwrap();
        assert_eq!(page.items.len(), 12);
        let words = SearchParams::from_pairs([("q", "kaos")]);
        assert_ne!(views::search::page(&cx, &words, 12).await.unwrap().items.len(), 0);
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_search_is_noted_without_what_it_was_narrowed_to_and_once_for_all_its_pages(db: PgPool) {
    let node = Node::start(db.clone()).await;
    let (log, mut noted) = Log::new();
    let kernel = node.cx.kernel().clone().with_part(Arc::new(log));
    let cx = kernel.job_cx();
    let first = SearchParams::from_pairs([("q", "Kaos  Polos"), ("city", "Bandung"), ("min", "10000")]);
    let page = views::search::page(&cx, &first, 1).await.unwrap();
    for text in ["budi@contoh.id", "0812 3456 7890", ""] {
        views::search::page(&cx, &SearchParams::from_pairs([("q", text)]), 1).await.unwrap();
    }
    let bare = SearchParams::from_pairs([("q", "kaos polos")]);
    let page_one = views::search::page(&cx, &bare, 1).await.unwrap();
    views::search::page(&cx, &bare.after(page_one.next.clone()), 1).await.unwrap();
    let batch = noted.take();
    assert_eq!(batch.len(), 2);
    assert_eq!(
        (batch[0].text.clone(), batch[0].filters.as_slice()),
        (Wording::parse("kaos polos").unwrap(), &["price", "city"][..])
    );
    assert_eq!(u64::from(batch[0].results), page.matching);
    assert_eq!(u64::from(batch[1].results), page_one.matching);
    inquiry::write(&kernel, batch).await.unwrap();
    let log = views::searches::search_log(&cx).await.unwrap();
    assert_eq!((log.top[0].query.as_str(), log.top[0].searches, log.days.len()), ("kaos polos", 2, 1));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_many_search_for_is_offered_while_typing_and_where_nothing_is_found(db: PgPool) {
    let clock = TestClock::default();
    let node = Node::start(db).await;
    let kernel = node.cx.kernel().clone().with_clock(clock.clone());
    let search =
        || inquiry::Search::new(Wording::parse("kaos oblong").unwrap(), model::Lang::Id, vec![], 3, 1);
    for _ in 0..inquiry::MANY {
        inquiry::write(&kernel, vec![search()]).await.unwrap();
        clock.advance(time::Duration::HOUR);
    }
    index::read_popular(&kernel, &node.engine).await.unwrap();
    let offered = views::search::suggest(&node.cx, "kao").await.unwrap();
    assert_eq!(offered.queries, ["kaos oblong"]);
    let nothing = SearchParams::from_pairs([("q", "zzzxqw qwqxz")]);
    let page = views::search::page(&node.cx, &nothing, 12).await.unwrap();
    assert_eq!((page.items.len(), page.popular.as_slice()), (0, &["kaos oblong".to_owned()][..]));
    assert_ne!(page.instead.len(), 0);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn operators_are_told_why_a_product_is_where_it_is(db: PgPool) {
    let node = Node::start(db).await;
    let (id, slug, name) = some_shirt(&node.cx).await;
    let explain = async |pairs: &[(&str, &str)], slug: &str| -> Explained {
        let params = SearchParams::from_pairs(pairs.iter().copied());
        views::explain::explain(&node.cx, &params, Some(slug)).await.unwrap()
    };
    let found = explain(&[("q", &name)], slug.as_str()).await;
    assert!(matches!(found.sought.unwrap().verdict, Verdict::Found(1..=5)));
    assert!(!found.words.is_empty() && found.hits[0].score > 0.0);

    let filtered = explain(&[("q", &name), ("min", "900000000")], slug.as_str()).await.sought.unwrap();
    assert_eq!((filtered.verdict, filtered.fails.as_slice()), (Verdict::Filtered, &["price".to_owned()][..]));

    let unknown = explain(&[("q", &name)], "tidak-ada").await.sought.unwrap();
    assert_eq!(unknown.verdict, Verdict::Unknown);

    product::make(&node.cx, id, product::Move::Hide, Actor::Seller).await.unwrap();
    let hidden = explain(&[("q", &name)], slug.as_str()).await.sought.unwrap();
    assert_eq!(hidden.verdict, Verdict::NotOnSale(ProductState::Hidden));
}
