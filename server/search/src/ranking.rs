//! From candidates to an order: the best of them in one pass, then their names read word by word.

use std::collections::BTreeMap;

use tantivy::DocId;
use uuid::Uuid;

use crate::{
    compounds::is_another_thing,
    plan::Plan,
    query::Cursor,
    view::{In, View},
    writing::word_hash,
};

const PHRASE: f32 = 0.10;
const HEAD: f32 = 0.06;
const COVER: f32 = 0.08;
/// How much of what a word is worth goes where it is only the head of another thing's name.
const OTHER: f32 = 0.5;
/// Set in the sort key of hits that have every word, so that they come before the related ones in any order.
pub const FULL: u64 = 1 << 63;

/// A hit with its place in the order.
#[derive(Debug, Clone, Copy)]
pub struct Ranked {
    pub key: u64,
    pub product: Uuid,
    pub segment: u32,
    pub doc: DocId,
    pub words: u32,
    pub score: f32,
    pub parts: Parts,
}

/// What a score is made of.
#[derive(Debug, Clone, Copy, Default)]
pub struct Parts {
    pub text: f32,
    pub phrase: f32,
    pub head: f32,
    pub cover: f32,
    pub affinity: f32,
    pub prior: f32,
}

impl Parts {
    pub fn score(&self) -> f32 {
        (self.text + self.phrase + self.head + self.cover) * self.affinity + self.prior
    }
}

/// Keeps the order of positive numbers.
pub fn float_key(score: f32) -> u64 {
    u64::from(score.max(0.0).to_bits())
}

pub fn order(a: &Ranked, b: &Ranked) -> std::cmp::Ordering {
    b.key.cmp(&a.key).then(a.product.cmp(&b.product))
}

pub fn is_after(cursor: Cursor, key: u64, product: Uuid) -> bool {
    (std::cmp::Reverse(key), product) > (std::cmp::Reverse(cursor.key), cursor.product)
}

/// The best hits seen, in a buffer that is cut back whenever it has doubled.
pub struct Best {
    count: usize,
    after: Option<Cursor>,
    hits: Vec<Ranked>,
    /// Hits not better than this cannot get in any more.
    bar: Option<(u64, Uuid)>,
}

impl Best {
    pub fn new(count: usize, after: Option<Cursor>) -> Self {
        Self { count, after, hits: Vec::with_capacity(count * 2), bar: None }
    }

    /// Whether no hit with a key up to this can get in any more.
    pub fn is_closed_to(&mut self, key: u64) -> bool {
        // The bar as it was last set may be lower than it would be now.
        if self.is_open_to(key) && self.hits.len() >= self.count {
            self.cut();
        }
        !self.is_open_to(key)
    }

    fn cut(&mut self) {
        self.hits.select_nth_unstable_by(self.count - 1, order);
        self.hits.truncate(self.count);
        self.bar = self.hits.last().map(|last| (last.key, last.product));
    }

    /// Whether a hit with this key could still get in; cheaper than finding out what it is.
    pub fn is_open_to(&self, key: u64) -> bool {
        self.bar.is_none_or(|(bar, _)| key >= bar)
    }

    pub fn offer(&mut self, key: u64, hit: impl FnOnce() -> Ranked) {
        let hit = hit();
        if self.bar.is_some_and(|(bar, last)| key == bar && hit.product > last)
            || self.after.is_some_and(|cursor| !is_after(cursor, key, hit.product))
        {
            return;
        }
        self.hits.push(hit);
        if self.hits.len() >= self.count * 2 {
            self.cut();
        }
    }

    pub fn finish(mut self) -> Vec<Ranked> {
        self.hits.sort_unstable_by(order);
        self.hits.truncate(self.count);
        self.hits
    }
}

/// Which words of the query a term stands for, by its hash. Most words of a name are none of them, which one bit tells.
struct ByHash {
    ends: u64,
    words: Vec<(u64, u32)>,
}

impl ByHash {
    fn new(words: BTreeMap<u64, u32>) -> Self {
        let ends = words.keys().fold(0, |ends, hash| ends | 1 << (hash % 64));
        Self { ends, words: words.into_iter().collect() }
    }

    fn words(&self, hash: u64) -> u32 {
        if self.ends >> (hash % 64) & 1 == 0 {
            return 0;
        }
        self.words.binary_search_by_key(&hash, |(hash, _)| *hash).map_or(0, |at| self.words[at].1)
    }
}

/// What is needed to read names: the words of the query by the hash of every term they were found by.
pub struct Window {
    by_hash: ByHash,
    words: usize,
    weights: Vec<f32>,
    total: f32,
}

impl Window {
    pub fn new(plan: &Plan) -> Self {
        let mut by_hash: BTreeMap<u64, u32> = BTreeMap::new();
        for (i, want) in plan.wanted.iter().enumerate() {
            for way in &want.ways {
                if way.field == In::Word {
                    for term in std::iter::once(&way.term).chain(&way.with) {
                        *by_hash.entry(word_hash(term)).or_default() |= 1 << i;
                    }
                }
            }
        }
        let weights: Vec<f32> = plan.wanted.iter().map(|w| w.weight).collect();
        Self {
            by_hash: ByHash::new(by_hash),
            words: plan.wanted.len(),
            total: weights.iter().sum::<f32>().max(f32::MIN_POSITIVE),
            weights,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "positions of words")]
    pub fn read(&self, view: &View, hit: &mut Ranked) {
        let deck = &view.segments[hit.segment as usize].deck;
        let (mut before, mut seen, mut next_to, mut length, mut covering) =
            (0_u32, 0_u32, 0_u32, 0_usize, 0_usize);
        let (mut head, mut other) = (0.0, 0_u32);
        let mut names = deck.names.values_for_doc(hit.doc).peekable();
        while let Some(hash) = names.next() {
            let mut here = self.by_hash.words(hash);
            if here != 0
                && let Some(next) = names.peek()
                && is_another_thing(hash, *next)
                && self.by_hash.words(*next) == 0
            {
                other |= here;
                here = 0;
            }
            // Word i here and word i − 1 just before.
            next_to |= here & (before << 1);
            let new = here & !seen;
            if new != 0 {
                let earliness = (1.0 - length as f32 / 6.0).max(0.0);
                let weight: f32 =
                    (0..self.words).filter(|i| new >> i & 1 == 1).map(|i| self.weights[i]).sum();
                head += weight * earliness;
            }
            covering += usize::from(here != 0);
            seen |= here;
            before = here;
            length += 1;
        }
        let pairs = self.words.saturating_sub(1).max(1) as f32;
        hit.parts.phrase = if self.words > 1 { PHRASE * next_to.count_ones() as f32 / pairs } else { 0.0 };
        let other: f32 =
            (0..self.words).filter(|i| (other & !seen) >> i & 1 == 1).map(|i| self.weights[i]).sum();
        hit.parts.text *= 1.0 - OTHER * other / self.total;
        hit.parts.head = HEAD * head / self.total;
        hit.parts.cover = COVER * covering as f32 / length.max(1) as f32;
        hit.score = hit.parts.score();
    }
}
