//! The life of an index: opened, fed in batches, rebuilt beside the live one and swapped in one step.
//!
//! On disk: `current` names the folder in use, `index-<n>/` are such folders. A rebuild fills a new one and then
//! renames a new `current` into place; what a crash leaves behind is swept at the next opening.

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use arc_swap::ArcSwap;
use tantivy::{
    Index, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, TantivyDocument, Term,
    directory::error::LockError,
    index::SegmentId,
    indexer::{IndexWriterOptions, NoMergePolicy},
    store::Compressor,
};
use uuid::Uuid;

use crate::{
    document::{Change, Document},
    explain,
    facts::Deck,
    lexicon::{LexiconFiles, Lexicons, Meaning},
    query::{Lang, Query, Results, Suggestion, Whereabouts},
    schema::{self, Fields},
    search, similar,
    suggest::Prompter,
    view::View,
    vocabulary::{Ledger, Vocabulary},
    writing::Scribe,
};

const CURRENT: &str = "current";
const VERSION_FILE: &str = "version";
/// Documents a thread takes at a time in a rebuild.
const CHUNK: usize = 256;

#[derive(Debug, Clone)]
pub struct Config {
    /// Memory for changes not yet committed, in bytes; at least 15 MB.
    pub write_memory: usize,
    /// Memory and threads of a rebuild.
    pub rebuild_memory: usize,
    pub rebuild_threads: usize,
    /// Documents that are looked at in one go, best first, until no other can get onto the page. With fewer, setting out
    /// costs more than walking; with more, one walks past where one could have stopped. Smaller indexes are looked at
    /// whole.
    pub stretch: usize,
    /// Reads every byte at opening and compares checksums.
    pub verify: bool,
    /// Leaves the index to the process that writes it: nothing is changed, swept or locked.
    pub read_only: bool,
    pub lexicon: LexiconFiles,
}

impl Default for Config {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(2, |n| n.get().min(8));
        Self {
            write_memory: 32 << 20,
            // A million products in as few segments as there are threads: each costs a search its own look into every list.
            rebuild_memory: rebuild_memory(),
            rebuild_threads: threads,
            stretch: 4_096,
            verify: true,
            read_only: false,
            lexicon: LexiconFiles::default(),
        }
    }
}

/// For as few segments as can be, and not more than half of what the machine has left.
fn rebuild_memory() -> usize {
    const MOST: usize = 1 << 30;
    const LEAST: usize = 64 << 20;
    let left = fs::read_to_string("/proc/meminfo").ok().and_then(|info| {
        let line = info.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
        line.trim().strip_suffix(" kB")?.parse::<usize>().ok()
    });
    left.map_or(MOST / 4, |left| (left / 2 * 1024).clamp(LEAST, MOST))
}

/// Why there is no index to use. Except for [`OpenError::Io`] and [`OpenError::InUse`] the cure is [`Engine::create`] and a rebuild.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("there is no search index yet")]
    Missing,
    #[error("the search index was written by another version ({found}, ours is {ours})")]
    OtherVersion { found: u32, ours: u32 },
    #[error("the search index is damaged: {0}")]
    Corrupt(String),
    #[error("the search index in this folder belongs to another process")]
    InUse,
    #[error("the search index cannot be read: {0}")]
    Io(#[from] io::Error),
}

impl OpenError {
    pub fn wants_rebuild(&self) -> bool {
        !matches!(self, Self::Io(_) | Self::InUse)
    }
}

#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    #[error(transparent)]
    Index(#[from] tantivy::TantivyError),
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error("another rebuild is running")]
    Rebuilding,
    #[error("the index was opened for reading only")]
    ReadOnly,
    #[error("a thread of the rebuild stopped")]
    ThreadLost,
    #[error("the products were not read to their end")]
    BrokenOff,
}

/// In place of a product: there are more, but they cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BrokenOff;

/// The search engine of one node. All of its verbs block: searching for milliseconds, [`Engine::apply`] for the time
/// of a commit (tens of milliseconds), [`Engine::rebuild`] for minutes; call the latter two off the async threads.
pub struct Engine {
    root: PathBuf,
    config: Config,
    lexicons: ArcSwap<Lexicons>,
    view: ArcSwap<View>,
    prompter: ArcSwap<Prompter>,
    popular: Mutex<Vec<(String, u32)>>,
    live: Mutex<Live>,
    rebuilding: Mutex<()>,
}

/// The folder in use and the side that writes to it.
struct Live {
    folder: PathBuf,
    reader: IndexReader,
    /// None when opened for reading only.
    writer: Option<IndexWriter>,
    fields: Fields,
    ledger: Mutex<Ledger>,
    /// What the newest view has of it.
    vocabulary: Arc<Vocabulary>,
    scribe: Scribe,
    decks: HashMap<SegmentId, Arc<Deck>>,
    stretch: usize,
    sequence: u64,
}

impl Engine {
    /// Opens what is there. Refuses what cannot be trusted, so that the caller rebuilds.
    pub fn open(root: impl AsRef<Path>, config: Config) -> Result<Self, OpenError> {
        let root = root.as_ref();
        let name = match fs::read_to_string(root.join(CURRENT)) {
            Ok(name) => name.trim().to_owned(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(OpenError::Missing),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                return Err(OpenError::Corrupt(error.to_string()));
            }
            Err(error) => return Err(error.into()),
        };
        let folder = root.join(&name);
        if name.contains(['/', '\\']) || !folder.is_dir() {
            return Err(OpenError::Missing);
        }
        let version = fs::read_to_string(folder.join(VERSION_FILE)).unwrap_or_default();
        match version.trim().parse() {
            Ok(schema::VERSION) => {}
            Ok(found) => return Err(OpenError::OtherVersion { found, ours: schema::VERSION }),
            Err(_) => return Err(OpenError::Corrupt("it does not say its version".into())),
        }
        let read_only = config.read_only;
        // Damaged columns may panic while they are read.
        let opened = std::panic::catch_unwind(|| {
            let live = Live::open(folder, &config, config.verify)?;
            Self::with(root, config, live)
        });
        let busy = |error: &IndexError| {
            matches!(error, IndexError::Index(tantivy::TantivyError::LockFailure(LockError::LockBusy, _)))
        };
        if opened.as_ref().is_ok_and(|opened| opened.as_ref().is_err_and(busy)) {
            return Err(OpenError::InUse);
        }
        if !read_only {
            sweep(root, &name);
        }
        match opened {
            Ok(Ok(engine)) => Ok(engine),
            Ok(Err(error)) => Err(OpenError::Corrupt(error.to_string())),
            Err(_) => Err(OpenError::Corrupt("reading it failed".into())),
        }
    }

    /// Starts with an empty index, leaving aside whatever was there. Its sequence is 0.
    pub fn create(root: impl AsRef<Path>, config: Config) -> Result<Self, IndexError> {
        let root = root.as_ref();
        fs::create_dir_all(root)?;
        let name = free_name(root)?;
        let live = Live::create(root.join(&name), &config)?;
        point_at(root, &name)?;
        sweep(root, &name);
        Self::with(root, config, live)
    }

    fn with(root: &Path, config: Config, mut live: Live) -> Result<Self, IndexError> {
        let view = Arc::new(live.view()?);
        let lexicons = ArcSwap::from_pointee(Lexicons::new(&config.lexicon, &[]));
        let prompter = Prompter::new(&view.vocabulary, &view.shares, &[])?;
        Ok(Self {
            root: root.to_owned(),
            config,
            lexicons,
            view: ArcSwap::new(view),
            prompter: ArcSwap::from_pointee(prompter),
            popular: Mutex::default(),
            live: Mutex::new(live),
            rebuilding: Mutex::default(),
        })
    }

    /// One page of hits. Milliseconds; blocks on nothing but the disk's cache.
    pub fn search(&self, query: &Query) -> Result<Results, IndexError> {
        Ok(search::search(&self.view.load(), self.lexicons.load().of(query.lang), query)?)
    }

    /// Where a product is among the hits of a query, and if it is not, why. Up to ten searches' time.
    pub fn whereabouts(&self, query: &Query, product: Uuid) -> Result<Whereabouts, IndexError> {
        let lexicons = self.lexicons.load();
        Ok(explain::whereabouts(&self.view.load(), lexicons.of(query.lang), query, product)?)
    }

    /// What may be meant by what is typed so far, at most `count`.
    pub fn suggest(&self, typed: &str, lang: Lang, count: usize) -> Result<Vec<Suggestion>, IndexError> {
        let lexicons = self.lexicons.load();
        Ok(self.prompter.load().suggest(&self.view.load(), lexicons.of(lang), typed, count)?)
    }

    /// Products like this one, best first; none when it is not in the index.
    pub fn similar(&self, product: Uuid, count: usize) -> Result<Vec<Uuid>, IndexError> {
        let lexicons = self.lexicons.load();
        Ok(similar::similar(&self.view.load(), lexicons.of(Lang::default()), product, count)?)
    }

    /// Puts the operators' synonyms in place of those given before. They hold from the next search on, because
    /// queries are expanded and the index is not.
    pub fn set_synonyms(&self, meanings: &[Meaning]) {
        self.lexicons.store(Arc::new(Lexicons::new(&self.config.lexicon, meanings)));
    }

    /// The best-known queries, most often made first, at most `count`.
    pub fn popular(&self, count: usize) -> Vec<String> {
        lock(&self.popular).iter().take(count).map(|(text, _)| text.clone()).collect()
    }

    /// The last change that is in the index, as given to [`Engine::apply`] or [`Engine::rebuild`].
    pub fn sequence(&self) -> u64 {
        self.view.load().sequence
    }

    pub fn products(&self) -> usize {
        self.view.load().products
    }

    /// Memory of the rows kept beside the index, in bytes. The index itself is mapped from the disk.
    pub fn memory(&self) -> usize {
        self.view.load().bytes()
    }

    /// Queries to suggest, with how often they are made.
    pub fn set_popular(&self, queries: Vec<(String, u32)>) -> Result<(), IndexError> {
        *lock(&self.popular) = queries;
        self.renew_prompter()
    }

    /// Puts changes in, in order, and makes them findable. `sequence` is stored with the commit: after a crash the
    /// follower goes on behind [`Engine::sequence`]. Blocks for a commit.
    pub fn apply(&self, changes: impl IntoIterator<Item = Change>, sequence: u64) -> Result<(), IndexError> {
        let mut live = lock(&self.live);
        let names = lock(&live.ledger).vocabulary().items().len();
        live.apply(changes, sequence)?;
        let view = Arc::new(live.view()?);
        let grown = view.vocabulary.items().len() != names;
        self.view.store(view);
        drop(live);
        if grown {
            self.renew_prompter()?;
        }
        Ok(())
    }

    /// Builds a new index beside the live one, from all products, and swaps it in. Searches go on meanwhile, and so
    /// may [`Engine::apply`]; what is applied meanwhile is lost with the old index, so take `sequence` before reading
    /// the first product, and follow again from [`Engine::sequence`] afterwards. `progress` is told how many products
    /// are in, some hundreds at a time. Returns how many there were.
    pub fn rebuild(
        &self,
        documents: impl Iterator<Item = Document> + Send,
        sequence: u64,
        progress: impl Fn(usize) + Sync,
    ) -> Result<usize, IndexError> {
        self.rebuild_from(documents.map(Ok), sequence, progress)
    }

    /// The same from a source that may break off, and then nothing is swapped in.
    pub fn rebuild_from(
        &self,
        documents: impl Iterator<Item = Result<Document, BrokenOff>> + Send,
        sequence: u64,
        progress: impl Fn(usize) + Sync,
    ) -> Result<usize, IndexError> {
        if self.config.read_only {
            return Err(IndexError::ReadOnly);
        }
        let Ok(_only) = self.rebuilding.try_lock() else { return Err(IndexError::Rebuilding) };
        let name = free_name(&self.root)?;
        let folder = self.root.join(&name);
        let built = build(&folder, &self.config, documents, sequence, progress)
            .and_then(|count| Ok((count, Live::open(folder.clone(), &self.config, false)?)));
        let (count, mut next) = match built {
            Ok(built) => built,
            Err(error) => {
                let _ = fs::remove_dir_all(&folder);
                return Err(error);
            }
        };
        let view = Arc::new(next.view()?);
        let old = {
            let mut live = lock(&self.live);
            point_at(&self.root, &name)?;
            self.view.store(view);
            std::mem::replace(&mut *live, next)
        };
        // Readers of the old one keep its files until they are done; the names go now.
        let old_folder = old.folder.clone();
        drop(old);
        if let Err(error) = fs::remove_dir_all(&old_folder) {
            tracing::warn!(%error, "The old search index could not be removed; the next opening will try again");
        }
        self.renew_prompter()?;
        Ok(count)
    }

    fn renew_prompter(&self) -> Result<(), IndexError> {
        let view = self.view.load_full();
        let popular = lock(&self.popular).clone();
        self.prompter.store(Arc::new(Prompter::new(&view.vocabulary, &view.shares, &popular)?));
        Ok(())
    }
}

impl Live {
    fn create(folder: PathBuf, config: &Config) -> Result<Self, IndexError> {
        fs::create_dir_all(&folder)?;
        let (schema, _) = schema::schema();
        make(&folder, schema)?;
        Ledger::create(&folder)?;
        fs::write(folder.join(VERSION_FILE), schema::VERSION.to_string())?;
        Self::open(folder, config, false)
    }

    fn open(folder: PathBuf, config: &Config, verify: bool) -> Result<Self, IndexError> {
        let (schema, fields) = schema::schema();
        let index = Index::open_in_dir(&folder)?;
        if index.schema() != schema {
            return Err(tantivy::TantivyError::SchemaError("the fields are others".into()).into());
        }
        if verify {
            let damaged = index.validate_checksum()?;
            if let Some(file) = damaged.iter().next() {
                return Err(
                    tantivy::TantivyError::SchemaError(format!("{} is damaged", file.display())).into()
                );
            }
        }
        let ledger = Ledger::open(&folder, config.read_only)?;
        let vocabulary = Arc::new(ledger.vocabulary().clone());
        let ledger = Mutex::new(ledger);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let writer = if config.read_only {
            None
        } else {
            // Merging is not urgent: it leaves the other cores to shoppers.
            let options = IndexWriterOptions::builder()
                .num_worker_threads(1)
                .memory_budget_per_thread(config.write_memory)
                .num_merge_threads(1)
                .build();
            Some(index.writer_with_options(options)?)
        };
        let sequence = stored_sequence(&index)?;
        Ok(Self {
            folder,
            reader,
            writer,
            fields,
            ledger,
            vocabulary,
            scribe: Scribe::default(),
            decks: HashMap::new(),
            stretch: config.stretch.max(1),
            sequence,
        })
    }

    fn apply(&mut self, changes: impl IntoIterator<Item = Change>, sequence: u64) -> Result<(), IndexError> {
        let written = self.write(changes, sequence);
        if written.is_err()
            && let Some(writer) = &mut self.writer
        {
            // Nothing of a failed batch may slip into the next commit.
            writer.rollback()?;
        }
        written
    }

    fn write(&mut self, changes: impl IntoIterator<Item = Change>, sequence: u64) -> Result<(), IndexError> {
        let Some(writer) = &mut self.writer else { return Err(IndexError::ReadOnly) };
        for change in changes {
            let (product, document) = match change {
                Change::Upsert(document) => (document.product, Some(document)),
                Change::Delete(product) => (product, None),
            };
            writer.delete_term(Term::from_field_bytes(self.fields.id, product.as_bytes()));
            if let Some(document) = document {
                writer.add_document(self.scribe.prepare(&document, &self.fields, &self.ledger))?;
            }
        }
        lock(&self.ledger).save()?;
        commit(writer, sequence)?;
        self.sequence = sequence;
        Ok(())
    }

    /// The newest commit. Rows of segments that are still there are kept.
    fn view(&mut self) -> Result<View, IndexError> {
        self.reader.reload()?;
        let ledger = lock(&self.ledger);
        if ledger.vocabulary().items().len() != self.vocabulary.items().len() {
            self.vocabulary = Arc::new(ledger.vocabulary().clone());
        }
        drop(ledger);
        let vocabulary = Arc::clone(&self.vocabulary);
        let view = View::new(
            self.reader.searcher(),
            &self.decks,
            vocabulary,
            self.fields,
            self.stretch,
            self.sequence,
        )?;
        self.decks = view.segments.iter().map(|s| (s.reader.segment_id(), Arc::clone(&s.deck))).collect();
        Ok(view)
    }
}

fn commit(writer: &mut IndexWriter, sequence: u64) -> Result<(), IndexError> {
    let mut prepared = writer.prepare_commit()?;
    prepared.set_payload(&sequence.to_string());
    prepared.commit()?;
    Ok(())
}

fn stored_sequence(index: &Index) -> Result<u64, IndexError> {
    Ok(index.load_metas()?.payload.and_then(|payload| payload.parse().ok()).unwrap_or(0))
}

/// An empty index. What is stored of a product is little, and read for pages: it is not worth compressing.
fn make(folder: &Path, schema: tantivy::schema::Schema) -> Result<Index, IndexError> {
    let settings = IndexSettings {
        docstore_compression: Compressor::None,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    };
    Ok(Index::builder().schema(schema).settings(settings).create_in_dir(folder)?)
}

fn build(
    folder: &Path,
    config: &Config,
    documents: impl Iterator<Item = Result<Document, BrokenOff>> + Send,
    sequence: u64,
    progress: impl Fn(usize) + Sync,
) -> Result<usize, IndexError> {
    fs::create_dir_all(folder)?;
    let (schema, fields) = schema::schema();
    let index = make(folder, schema)?;
    let ledger = Mutex::new(Ledger::create(folder)?);
    let threads = config.rebuild_threads.max(1);
    let mut writer: IndexWriter =
        index.writer_with_num_threads(threads, config.rebuild_memory.max(threads * (16 << 20)))?;
    // Each worker writes few segments as they are: merging would read and write everything once more.
    writer.set_merge_policy(Box::new(NoMergePolicy));
    let source = Mutex::new(documents);
    let done = Mutex::new(0_usize);
    let results: Vec<Result<(), IndexError>> = std::thread::scope(|scope| {
        let worker = || {
            let mut scribe = Scribe::default();
            loop {
                let chunk: Result<Vec<Document>, BrokenOff> = lock(&source).by_ref().take(CHUNK).collect();
                let chunk = chunk.map_err(|BrokenOff| IndexError::BrokenOff)?;
                if chunk.is_empty() {
                    return Ok(());
                }
                let prepared: Vec<TantivyDocument> =
                    chunk.iter().map(|document| scribe.prepare(document, &fields, &ledger)).collect();
                for document in prepared {
                    writer.add_document(document)?;
                }
                let mut done = lock(&done);
                *done += chunk.len();
                progress(*done);
            }
        };
        let handles: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        handles.into_iter().map(|handle| handle.join().unwrap_or(Err(IndexError::ThreadLost))).collect()
    });
    results.into_iter().collect::<Result<(), _>>()?;
    lock(&ledger).save()?;
    commit(&mut writer, sequence)?;
    writer.wait_merging_threads()?;
    fs::write(folder.join(VERSION_FILE), schema::VERSION.to_string())?;
    let count = *lock(&done);
    Ok(count)
}

/// The next `index-<n>`.
fn free_name(root: &Path) -> io::Result<String> {
    let mut last = 0;
    for entry in fs::read_dir(root)? {
        let name = entry?.file_name();
        if let Some(number) =
            name.to_str().and_then(|n| n.strip_prefix("index-")).and_then(|n| n.parse::<u64>().ok())
        {
            last = last.max(number);
        }
    }
    Ok(format!("index-{}", last + 1))
}

/// One rename decides which folder is the index.
fn point_at(root: &Path, name: &str) -> io::Result<()> {
    let new = root.join("current.new");
    let mut file = fs::File::create(&new)?;
    io::Write::write_all(&mut file, name.as_bytes())?;
    file.sync_all()?;
    fs::rename(&new, root.join(CURRENT))?;
    fs::File::open(root)?.sync_all()
}

/// Removes folders of indexes that are not in use: what a crash or an unfinished rebuild left.
fn sweep(root: &Path, keep: &str) {
    let Ok(entries) = fs::read_dir(root) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        if name.to_str().is_some_and(|n| n.starts_with("index-") && n != keep)
            && let Err(error) = fs::remove_dir_all(entry.path())
        {
            tracing::warn!(%error, "An old search index could not be removed");
        }
    }
}

/// A thread that panicked left nothing half-done behind these locks that the next commit or rollback does not mend.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
