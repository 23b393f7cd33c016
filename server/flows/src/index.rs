//! Keeping this node's search index true: built from the tables when there is none to trust, then fed from the outbox.

use catalog::events::{ProductChanged, ProductGone, ProductsChanged};
use inquiry::SynonymsChanged;
use kernel::{
    Kernel,
    outbox::{self, Follower, Recorded},
};
use model::ids::{ProductId, Uuid};
use search::{BrokenOff, Change, Config, Document, Engine, IndexError, Meaning, OpenError};
use shop::events::ShopChanged;
use std::{
    collections::BTreeSet,
    path::Path,
    sync::{Arc, mpsc},
};
use views::documents::Documents;

/// Products read from the tables at a time.
const BATCH: usize = 2_000;
/// Connections a rebuild reads by: while one waits for the database, another's rows are taken in.
const READERS: usize = 2;
/// Batches each of them reads ahead of the index.
const AHEAD: usize = 2;
/// Products written in one commit when what changed is followed, and read from the tables at a time for it.
const COMMIT: usize = 4_000;
const READ: usize = 500;
/// From so many on, shoppers have a turn afterwards: about as long as it took.
const MANY: usize = 1_000;
const SHORTEST_REST: std::time::Duration = std::time::Duration::from_millis(500);
const LONGEST_REST: std::time::Duration = std::time::Duration::from_secs(2);
/// How far back popular queries are looked for, how many are kept at hand, and how often they are read again.
const POPULAR_WINDOW: time::Duration = time::Duration::days(14);
const POPULAR: i64 = 300;
const POPULAR_PAUSE: std::time::Duration = std::time::Duration::from_mins(10);
/// How often a rebuild says how far it is, in products.
const SAY_EVERY: usize = 50_000;

#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    #[error(transparent)]
    Index(#[from] IndexError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("the thread that was indexing ended early")]
    ThreadLost,
}

/// The index in this folder, or an empty one in place of what cannot be trusted; blocks. [`keep`] fills it.
pub fn open(folder: &Path) -> Result<Engine, KeepError> {
    match Engine::open(folder, Config::default()) {
        Ok(engine) => Ok(engine),
        Err(error) if error.wants_rebuild() => {
            tracing::info!("{error}; it will be built");
            Ok(Engine::create(folder, Config::default())?)
        }
        Err(error) => Err(error.into()),
    }
}

/// The index in this folder as it is, beside the process that keeps it; blocks.
pub fn open_to_read(folder: &Path) -> Result<Engine, OpenError> {
    Engine::open(folder, Config { read_only: true, verify: false, ..Config::default() })
}

/// Keeps the index true until dropped. What fails is tried again.
pub async fn keep(kernel: Kernel, engine: Arc<Engine>) {
    loop {
        if let Err(error) = follow(&kernel, &engine).await {
            tracing::error!("The search index cannot be kept up to date: {error}");
            tokio::time::sleep(std::time::Duration::from_secs(2)).await;
        }
    }
}

/// Reads what many search for again and again, for suggestions; until dropped.
pub async fn keep_popular(kernel: Kernel, engine: Arc<Engine>) {
    loop {
        if let Err(error) = read_popular(&kernel, &engine).await {
            tracing::warn!("Popular searches cannot be read: {error}");
        }
        tokio::time::sleep(POPULAR_PAUSE).await;
    }
}

/// Tells this node's engine what many search for.
pub async fn read_popular(kernel: &Kernel, engine: &Arc<Engine>) -> Result<(), KeepError> {
    let since = kernel.now() - POPULAR_WINDOW;
    let mut db = kernel.db().acquire().await?;
    let popular = inquiry::store::list_popular(&mut db, since, inquiry::MANY, POPULAR).await?;
    drop(db);
    let engine = engine.clone();
    tokio::task::spawn_blocking(move || engine.set_popular(popular))
        .await
        .map_err(|_| KeepError::ThreadLost)??;
    Ok(())
}

/// The operators' synonyms as the engine takes them.
pub async fn meanings(kernel: &Kernel) -> Result<Vec<Meaning>, sqlx::Error> {
    let synonyms = inquiry::store::list_synonyms(&mut *kernel.db().acquire().await?).await?;
    let meaning = |synonym: inquiry::Synonym| Meaning {
        lang: synonym.lang.map(views::search::index_lang),
        phrases: synonym.phrases,
        shown: synonym.shown,
    };
    Ok(synonyms.into_iter().map(meaning).collect())
}

/// Reads the operators' synonyms anew; they hold for searches from then on.
pub async fn read_synonyms(kernel: &Kernel, engine: &Arc<Engine>) -> Result<(), KeepError> {
    let meanings = meanings(kernel).await?;
    let engine = engine.clone();
    tokio::task::spawn_blocking(move || engine.set_synonyms(&meanings))
        .await
        .map_err(|_| KeepError::ThreadLost)
}

async fn follow(kernel: &Kernel, engine: &Arc<Engine>) -> Result<(), KeepError> {
    read_synonyms(kernel, engine).await?;
    let there = i64::try_from(engine.sequence()).unwrap_or_default();
    if engine.products() == 0 || !outbox::reaches_back_to(kernel.db(), there).await? {
        rebuild(kernel, engine).await?;
    }
    let mut follower = Follower::after(kernel, i64::try_from(engine.sequence()).unwrap_or_default());
    loop {
        let events = follower.next().await;
        apply(kernel, engine, &events).await?;
    }
}

/// Reads every product and builds the index anew beside the live one, then swaps it in.
pub async fn rebuild(kernel: &Kernel, engine: &Arc<Engine>) -> Result<usize, KeepError> {
    let started = kernel.now();
    // Whatever changes while the tables are read comes again from the outbox.
    let sequence = u64::try_from(outbox::latest(kernel.db()).await?).unwrap_or_default();
    let (senders, receivers): (Vec<_>, Vec<_>) = (0..READERS).map(|_| mpsc::sync_channel(AHEAD)).unzip();
    let building = {
        let engine = engine.clone();
        tokio::task::spawn_blocking(move || {
            let said = |done: usize| {
                if done > 0 && done.is_multiple_of(SAY_EVERY) {
                    tracing::info!("Search index: {done} products so far");
                }
            };
            engine.rebuild_from(in_turn(receivers), sequence, said)
        })
    };
    let read = read_all(kernel, senders).await;
    let built = building.await.map_err(|_| KeepError::ThreadLost)?;
    // Why it broke off says more than that it did.
    if matches!(built, Err(IndexError::BrokenOff)) {
        read?;
    }
    let built = built?;
    say(built, kernel.now() - started);
    Ok(built)
}

fn say(products: usize, took: time::Duration) {
    if products > 0 {
        tracing::info!("Search index: {products} products in {:.1} s", took.as_seconds_f64());
    }
}

/// A batch of products, or that there are no more.
type Read = Option<Vec<Document>>;

/// What several readers send, each in its turn, until one says that there is no more. A reader that falls silent
/// before, because the database did or because this process is told to stop, breaks it off.
fn in_turn(readers: Vec<mpsc::Receiver<Read>>) -> impl Iterator<Item = Result<Document, BrokenOff>> + Send {
    let mut turns = (0..readers.len()).cycle();
    let mut ended = false;
    let batches = std::iter::from_fn(move || {
        let reader = turns.next().filter(|_| !ended)?;
        let read = readers[reader].recv();
        ended = !matches!(read, Ok(Some(_)));
        read.map_err(|_| BrokenOff).transpose()
    });
    batches.flat_map(|batch| {
        let (documents, broken) = match batch {
            Ok(documents) => (documents, None),
            Err(broken) => (Vec::new(), Some(Err(broken))),
        };
        documents.into_iter().map(Ok).chain(broken)
    })
}

/// Deals all products on sale out to as many readers as there are channels, batch by batch.
async fn read_all(kernel: &Kernel, senders: Vec<mpsc::SyncSender<Read>>) -> Result<(), KeepError> {
    let mut db = kernel.db().acquire().await?;
    let documents = Arc::new(Documents::new(&mut db).await?);
    let ids: Arc<[ProductId]> = Documents::best_first(&mut db).await?.into();
    drop(db);
    let readers = senders.len();
    // What is still read when this is dropped stops with it.
    let mut reading = tokio::task::JoinSet::new();
    for (first, sender) in senders.into_iter().enumerate() {
        let (kernel, documents, ids) = (kernel.clone(), documents.clone(), ids.clone());
        reading.spawn(async move {
            let batches = ids.chunks(BATCH).skip(first).step_by(readers);
            read_some(&kernel, &documents, batches, sender).await
        });
    }
    while let Some(read) = reading.join_next().await {
        read.map_err(|_| KeepError::ThreadLost)??;
    }
    Ok(())
}

async fn read_some<'i>(
    kernel: &Kernel,
    documents: &Documents,
    batches: impl Iterator<Item = &'i [ProductId]>,
    sender: mpsc::SyncSender<Read>,
) -> Result<(), KeepError> {
    for ids in batches {
        // Given back in between, so that shoppers get their turn where connections are few.
        let mut db = kernel.db().acquire().await?;
        let batch = documents.of(&mut db, ids, kernel.now()).await?;
        drop(db);
        send(&sender, Some(batch)).await?;
    }
    send(&sender, None).await
}

/// The channel blocks when the index is slower than the tables.
async fn send(sender: &mpsc::SyncSender<Read>, read: Read) -> Result<(), KeepError> {
    let sender = sender.clone();
    match tokio::task::spawn_blocking(move || sender.send(read)).await {
        Ok(Ok(())) => Ok(()),
        _ => Err(KeepError::ThreadLost),
    }
}

async fn apply(kernel: &Kernel, engine: &Arc<Engine>, events: &[Recorded]) -> Result<(), KeepError> {
    if events.iter().any(|event| event.name == <SynonymsChanged as outbox::Event>::NAME) {
        read_synonyms(kernel, engine).await?;
    }
    let mut products = BTreeSet::new();
    for (n, event) in events.iter().enumerate() {
        add_concerned(kernel, event, &mut products).await?;
        let last = n + 1 == events.len();
        if products.len() >= COMMIT || last && !products.is_empty() {
            let ids: Vec<ProductId> = std::mem::take(&mut products).into_iter().collect();
            write(kernel, engine, &ids, u64::try_from(event.seq).unwrap_or_default()).await?;
        }
    }
    Ok(())
}

/// Puts these into the index as they are now, with the place in the outbox that it has come to by that.
async fn write(
    kernel: &Kernel,
    engine: &Arc<Engine>,
    ids: &[ProductId],
    sequence: u64,
) -> Result<(), KeepError> {
    let documents = Documents::new(&mut *kernel.db().acquire().await?).await?;
    let mut left = ids.len();
    // A shop may have more goods than go into one commit.
    for some in ids.chunks(COMMIT) {
        let began = tokio::time::Instant::now();
        let changes = read_changes(kernel, &documents, some).await?;
        left -= some.len();
        // The old place until the last: what a crash leaves half done is done again from there.
        let reached = if left == 0 { sequence } else { engine.sequence() };
        let engine = engine.clone();
        tokio::task::spawn_blocking(move || engine.apply(changes, reached))
            .await
            .map_err(|_| KeepError::ThreadLost)??;
        if some.len() >= MANY {
            tokio::time::sleep(began.elapsed().clamp(SHORTEST_REST, LONGEST_REST)).await;
        }
    }
    Ok(())
}

/// What there is to write of these: as they are now, or that they are not on sale any more.
async fn read_changes(
    kernel: &Kernel,
    documents: &Documents,
    ids: &[ProductId],
) -> Result<Vec<Change>, KeepError> {
    let mut changes = Vec::with_capacity(ids.len());
    for some in ids.chunks(READ) {
        let mut db = kernel.db().acquire().await?;
        let found = documents.of(&mut db, some, kernel.now()).await?;
        drop(db);
        let there: BTreeSet<Uuid> = found.iter().map(|d| d.product).collect();
        let gone = some.iter().map(|id| id.uuid()).filter(|id| !there.contains(id)).map(Change::Delete);
        changes.extend(found.into_iter().map(|d| Change::Upsert(Box::new(d))).chain(gone));
        tokio::task::yield_now().await;
    }
    Ok(changes)
}

/// Adds the products an event speaks of: itself, or all those of a shop.
async fn add_concerned(
    kernel: &Kernel,
    event: &Recorded,
    products: &mut BTreeSet<ProductId>,
) -> Result<(), sqlx::Error> {
    if let Some(Ok(changed)) = event.event::<ProductChanged>() {
        products.insert(changed.product);
    } else if let Some(Ok(gone)) = event.event::<ProductGone>() {
        products.insert(gone.product);
    } else if let Some(Ok(many)) = event.event::<ProductsChanged>() {
        products.extend(many.products);
    } else if let Some(Ok(changed)) = event.event::<ShopChanged>() {
        let theirs = sqlx::query_scalar!(
            "select id from product where shop_id = $1 and state = 'active'",
            changed.shop.uuid()
        );
        let theirs = theirs.fetch_all(&mut *kernel.db().acquire().await?).await?;
        products.extend(theirs.into_iter().map(ProductId::from));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(sent: Vec<Vec<Read>>) -> Vec<bool> {
        let receivers = sent.into_iter().map(|batches| {
            let (send, receive) = mpsc::sync_channel(9);
            for batch in batches {
                send.send(batch).unwrap();
            }
            receive
        });
        in_turn(receivers.collect()).map(|read| read.is_ok()).collect()
    }

    #[test]
    fn only_what_was_said_to_be_the_end_is_one() {
        let batch = || Some(vec![]);
        assert_eq!(read(vec![vec![batch(), batch(), None], vec![batch(), None]]), [true; 0]);
        assert_eq!(read(vec![vec![None], vec![]]), [true; 0]);
        assert_eq!(read(vec![vec![batch(), batch()], vec![batch(), None]]), [true; 0]);
        assert_eq!(read(vec![vec![batch(), batch()], vec![batch()]]), [false]);
        assert_eq!(read(vec![vec![batch(), None], vec![]]), [false]);
    }
}
