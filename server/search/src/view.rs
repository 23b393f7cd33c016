//! A moment of the index: the segments of one commit, their rows and the vocabulary. Readers hold on to theirs while
//! the next one is made.

use std::{
    collections::HashMap,
    ops::Range,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

use tantivy::{
    DocId, DocSet as _, InvertedIndexReader, Searcher, SegmentReader,
    index::SegmentId,
    postings::{BlockSegmentPostings, TermInfo},
    schema::IndexRecordOption,
};
use uuid::Uuid;

use crate::{
    analysis::words,
    facts::Deck,
    lexicon::category_key,
    query::{Query, Results},
    schema::Fields,
    search::{STANDING, freshness},
    tally::Tallies,
    vocabulary::{Kind, Vocabulary},
};

/// So many answers to queries without words are remembered.
const BROWSED: usize = 256;

const POPULAR_CATEGORIES: usize = 8;
/// With so few stretches all are looked at.
const FEW: usize = 4;
/// How much less than the first the middle stretch must be worth.
const STEEP: f32 = 0.85;

pub struct View {
    pub searcher: Searcher,
    pub segments: Vec<Segment>,
    /// Each segment whole.
    pub whole: Vec<Stretch>,
    /// All documents in stretches, those with the most worth first; empty when the first are worth hardly more than the
    /// others, so that starting with them saves nothing.
    pub stretches: Vec<Stretch>,
    /// Documents in each of them.
    pub stretch: usize,
    pub vocabulary: Arc<Vocabulary>,
    pub fields: Fields,
    /// Products that are found, deleted ones not counted.
    pub products: usize,
    /// Share of the products in each category, by number; of leaves only.
    pub shares: Vec<f32>,
    /// Categories numbered among themselves, by number: small tables hold what is counted of them.
    slots: Vec<u32>,
    pub category_count: usize,
    /// Keys of the lexicon to the numbers of the categories at and below.
    pub categories_by_key: HashMap<String, Vec<u32>>,
    /// Words of the names of categories to the numbers of those at and below.
    pub category_words: HashMap<String, Vec<u32>>,
    /// Answers to queries without words, which look at every product: found once per view.
    browsed: Mutex<HashMap<String, Results>>,
    pub tallies: Tallies,
    /// Leaves with the most sales; found when they are first asked for.
    popular_categories: OnceLock<Vec<String>>,
    /// Minutes since 1970 of the newest product: what counts as today when freshness is judged.
    pub newest: u32,
    /// The follower's number stored with this commit.
    pub sequence: u64,
}

/// Documents of one segment that are looked at in one go.
#[derive(Debug, Clone)]
pub struct Stretch {
    pub segment: usize,
    pub docs: Range<DocId>,
    /// None of them is worth more, whatever is asked.
    pub worth: f32,
}

/// The same documents in the order of the index, in which lists of terms are read without going back; neighbours are one
/// stretch.
pub fn joined<'s>(stretches: impl IntoIterator<Item = &'s Stretch>) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = stretches.into_iter().cloned().collect();
    all.sort_unstable_by_key(|stretch| (stretch.segment, stretch.docs.start));
    all.dedup_by(|next, last| {
        let meets = next.segment == last.segment && next.docs.start == last.docs.end;
        if meets {
            last.docs.end = next.docs.end;
            last.worth = last.worth.max(next.worth);
        }
        meets
    });
    all
}

pub struct Segment {
    pub reader: SegmentReader,
    pub deck: Arc<Deck>,
    inverted: [Arc<InvertedIndexReader>; 6],
}

/// Where a term is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum In {
    Word,
    Form,
    Start,
    Extra,
    Body,
    Category,
}

impl View {
    #[expect(clippy::cast_precision_loss, reason = "shares")]
    pub fn new(
        searcher: Searcher,
        decks: &HashMap<SegmentId, Arc<Deck>>,
        vocabulary: Arc<Vocabulary>,
        fields: Fields,
        stretch: usize,
        sequence: u64,
    ) -> tantivy::Result<Self> {
        let mut segments = Vec::new();
        let mut sizes = vec![0_u32; vocabulary.items().len()];
        let mut newest = 0;
        for reader in searcher.segment_readers() {
            let deck = match decks.get(&reader.segment_id()) {
                Some(deck) => Arc::clone(deck),
                None => Arc::new(Deck::load(reader, stretch)?),
            };
            newest = newest.max(deck.newest);
            for (category, count) in &deck.by_category {
                if let Some(size) = sizes.get_mut(*category as usize) {
                    *size += count;
                }
            }
            let of = |field| reader.inverted_index(field);
            let inverted = [
                of(fields.word)?,
                of(fields.form)?,
                of(fields.start)?,
                of(fields.extra)?,
                of(fields.body)?,
                of(fields.category)?,
            ];
            segments.push(Segment { reader: reader.clone(), deck, inverted });
        }
        let mut slots = vec![0; vocabulary.items().len()];
        // Slot 0 is for products without a category.
        let mut category_count = 1;
        for (slot, (number, _)) in (1..).zip(vocabulary.of_kind(Kind::Category)) {
            slots[number as usize] = slot;
            category_count += 1;
        }
        let total = sizes.iter().sum::<u32>().max(1) as f32;
        let mut categories_by_key: HashMap<String, Vec<u32>> = HashMap::new();
        let mut category_words: HashMap<String, Vec<u32>> = HashMap::new();
        for (number, _) in vocabulary.of_kind(Kind::Category) {
            for key in category_keys(&vocabulary, number) {
                let of = categories_by_key.entry(key).or_default();
                if !of.contains(&number) {
                    of.push(number);
                }
            }
            for word in category_names(&vocabulary, number)
                .iter()
                .flat_map(|name| words(name))
                .filter(|word| word.len() > 3)
            {
                let of = category_words.entry(word).or_default();
                if !of.contains(&number) {
                    of.push(number);
                }
            }
        }
        let whole: Vec<Stretch> = (segments.iter().enumerate())
            .map(|(segment, of)| Stretch { segment, docs: of.docs(), worth: f32::MAX })
            .collect();
        let stretches = stretches(&segments, stretch, newest);
        Ok(Self {
            whole,
            stretches,
            stretch,
            products: usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX),
            shares: sizes.iter().map(|size| *size as f32 / total).collect(),
            searcher,
            segments,
            vocabulary,
            fields,
            slots,
            category_count,
            categories_by_key,
            category_words,
            browsed: Mutex::default(),
            tallies: Tallies::default(),
            popular_categories: OnceLock::new(),
            newest,
            sequence,
        })
    }

    pub fn find(&self, product: Uuid) -> tantivy::Result<Option<(usize, DocId)>> {
        let term = tantivy::Term::from_field_bytes(self.fields.id, product.as_bytes());
        for (i, segment) in self.segments.iter().enumerate() {
            let postings = segment
                .reader
                .inverted_index(self.fields.id)?
                .read_postings(&term, IndexRecordOption::Basic)?;
            let Some(mut postings) = postings else { continue };
            while postings.doc() != tantivy::TERMINATED {
                if segment.is_alive(postings.doc()) {
                    return Ok(Some((i, postings.doc())));
                }
                postings.advance();
            }
        }
        Ok(None)
    }

    pub fn slot(&self, category: u32) -> usize {
        self.slots[category as usize] as usize
    }

    /// Leaves with the most sales, best first.
    pub fn popular_categories(&self) -> &[String] {
        self.popular_categories.get_or_init(|| popular_categories(&self.segments, &self.vocabulary))
    }

    /// The answer to a query without words, if it was given before.
    pub fn browsed(&self, query: &Query) -> Option<Results> {
        lock(&self.browsed).get(&format!("{query:?}")).cloned()
    }

    pub fn remember(&self, query: &Query, results: &Results) {
        let mut browsed = lock(&self.browsed);
        if browsed.len() < BROWSED {
            browsed.insert(format!("{query:?}"), results.clone());
        }
    }

    /// Memory held by the rows, in bytes.
    pub fn bytes(&self) -> usize {
        self.segments.iter().map(|s| s.deck.bytes()).sum()
    }

    /// How many products have the term, deleted ones included.
    pub fn frequency(&self, field: In, term: &str) -> tantivy::Result<u32> {
        let mut sum = 0;
        for segment in &self.segments {
            sum += segment.info(field, term)?.map_or(0, |info| info.doc_freq);
        }
        Ok(sum)
    }
}

fn popular_categories(segments: &[Segment], vocabulary: &Vocabulary) -> Vec<String> {
    let mut sales: HashMap<u32, u64> = HashMap::new();
    for segment in segments {
        let rows = &segment.deck.rows[..segment.deck.ids.len()];
        for row in rows.iter().step_by(rows.len().div_ceil(5_000).max(1)) {
            *sales.entry(row.category).or_default() += u64::from(row.sold) + 1;
        }
    }
    let mut sales: Vec<_> =
        sales.into_iter().filter(|(number, _)| vocabulary.kind(*number) == Kind::Category).collect();
    sales.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let text = |(number, _): (u32, u64)| vocabulary.text(number).to_owned();
    sales.into_iter().take(POPULAR_CATEGORIES).map(text).collect()
}

fn stretches(segments: &[Segment], length: usize, newest: u32) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    for (segment, of) in segments.iter().enumerate() {
        let starts = of.docs().step_by(length);
        for (start, reach) in starts.zip(&of.deck.stretches) {
            let end = start.saturating_add(u32::try_from(length).unwrap_or(u32::MAX)).min(of.docs().end);
            let worth = reach.worth.min(STANDING * reach.prior + freshness(newest, reach.created));
            stretches.push(Stretch { segment, docs: start..end, worth });
        }
    }
    stretches.sort_by(|a: &Stretch, b| b.worth.total_cmp(&a.worth));
    let steep = match (stretches.first(), stretches.get(stretches.len() / 2)) {
        (Some(first), Some(middle)) => stretches.len() > FEW && middle.worth < STEEP * first.worth,
        _ => false,
    };
    if steep { stretches } else { Vec::new() }
}

/// The keys a category and those above it go by in the lexicon.
fn category_keys(vocabulary: &Vocabulary, number: u32) -> Vec<String> {
    // `men-s-fashion` is how `Men's Fashion` may have been made a slug.
    category_names(vocabulary, number).iter().map(|name| category_key(&name.replace("-s-", "s-"))).collect()
}

/// Slug and names of a category and of those above it.
fn category_names(vocabulary: &Vocabulary, number: u32) -> Vec<&str> {
    let mut names = Vec::new();
    let mut at = number;
    while let Some(item) = vocabulary.item(at).filter(|item| item.kind == Kind::Category) {
        names.extend(item.text.rsplit('/').next());
        names.extend(item.label.split('\u{1f}'));
        at = item.parent;
    }
    names
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Segment {
    pub fn dictionary(&self, field: In) -> &InvertedIndexReader {
        &self.inverted[field as usize]
    }

    pub fn info(&self, field: In, term: &str) -> tantivy::Result<Option<TermInfo>> {
        Ok(self.dictionary(field).terms().get(term.as_bytes())?)
    }

    pub fn blocks(&self, field: In, info: &TermInfo) -> tantivy::Result<BlockSegmentPostings> {
        Ok(self.dictionary(field).read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?)
    }

    pub fn is_alive(&self, doc: DocId) -> bool {
        self.reader.alive_bitset().is_none_or(|alive| alive.is_alive(doc))
    }

    pub fn docs(&self) -> Range<DocId> {
        0..self.reader.max_doc()
    }
}
