//! One pass over candidates: sieved, counted, and the best of them kept. The best products are looked at first; when no
//! other can get onto the page any more, the rest is only counted, by a sample of it.

use tantivy::DocId;

use crate::{
    facts::{Brief, Deck},
    gather::{AT_ONCE, Gathered},
    matching::{Candidate, Walk},
    query::{Query, Sort},
    ranking::{Best, FULL, Parts, Ranked, float_key},
    search::{PRIOR, worth},
    sieve::{Counter, Sieve, estimate, rounded},
    view::{Stretch, View, joined},
};

/// About so many candidates are counted in a sample.
const COUNTED: usize = 2_000;
/// At least so many stretches are sampled, so that one odd one does not decide.
const SAMPLED: usize = 3;
/// Sampled stretches are next to each other in at most so many places.
const RUNS: usize = 8;
/// Fewer hits than this in a stretch, and more stretches are looked at in one go.
const FEW: usize = 64;
/// How far sums of the same numbers may differ by the order in which they are added.
const ROUNDING: f32 = 1.000_01;
/// A hit that has every word is merely related if its category suits the words less than this: a seat cover for
/// `sarung`.
const OF_THE_KIND: f32 = 0.4;

pub struct Pass<'s> {
    view: &'s View,
    query: &'s Query,
    sieve: &'s Sieve,
    gathered: &'s Gathered<'s>,
    walk: Walk,
    /// The sieve lets everything through.
    open: bool,
    /// What a product with every word as written has.
    known: f32,
    pub best: Best,
    pub counter: Option<Counter<'s>>,
    pub total: usize,
    pub matching: usize,
    pub estimated: bool,
    /// So many candidates one counted candidate stands for, where all of them were gathered.
    scale: usize,
    looked_at: usize,
    /// What was ranked but not counted, as enough had been.
    uncounted: Vec<&'s Stretch>,
    docs: Vec<DocId>,
}

impl<'s> Pass<'s> {
    pub fn new(
        view: &'s View,
        query: &'s Query,
        sieve: &'s Sieve,
        gathered: &'s Gathered<'s>,
        walk: Walk,
        best: Best,
    ) -> Self {
        let known: f32 = gathered.plan.wanted.iter().map(|w| w.weight).sum();
        let all: usize = gathered.parts.iter().map(|part| part.candidates.len()).sum();
        let many = gathered.rest.is_empty() && all > 2 * COUNTED;
        Self {
            view,
            query,
            sieve,
            gathered,
            walk,
            open: sieve.is_open(),
            known: known.max(f32::MIN_POSITIVE),
            best,
            counter: query.facets.then(|| Counter::new(view, sieve)),
            total: 0,
            matching: 0,
            estimated: false,
            scale: if many { all / COUNTED } else { 1 },
            looked_at: 0,
            uncounted: Vec::new(),
            docs: Vec::new(),
        }
    }

    /// All products, for a query without words.
    pub fn everything(&mut self) {
        for (number, segment) in self.view.segments.iter().enumerate() {
            let alive = segment.docs().filter(|doc| segment.is_alive(*doc));
            let candidates: Vec<Candidate> =
                alive.map(|doc| Candidate { doc, words: 0, text: 0.0 }).collect();
            self.take(number, &candidates, true);
        }
    }

    /// Ranks candidates of one segment and, if asked to, counts them.
    pub fn take(&mut self, number: usize, candidates: &[Candidate], count: bool) {
        let deck = &self.view.segments[number].deck;
        self.docs.clear();
        for candidate in candidates {
            let doc = candidate.doc;
            let brief = deck.brief(doc);
            let (factor, full) = self.judge(candidate, brief);
            let parts = Parts {
                text: candidate.text / self.known,
                affinity: factor,
                prior: PRIOR * worth(self.view.newest, brief),
                ..Parts::default()
            };
            let score = parts.score();
            let key = sort_key(self.query.sort, deck, doc, score) | if full { FULL } else { 0 };
            let better = self.best.is_open_to(key);
            self.looked_at += 1;
            let counted = count && (self.scale == 1 || self.looked_at.is_multiple_of(self.scale));
            // Beyond the sample only what may get onto the page is looked at closely.
            let fits = match &mut self.counter {
                _ if self.open => {
                    if counted {
                        self.docs.push(doc);
                    }
                    true
                }
                Some(counter) if counted => counter.pass(deck, doc),
                _ => (counted || better) && self.sieve.admits(deck, doc),
            };
            if fits && (counted || self.open && count) {
                self.total += 1;
                self.matching += usize::from(full);
            }
            if fits && better {
                self.best.offer(key, || Ranked {
                    key,
                    product: deck.ids[doc as usize],
                    segment: u32::try_from(number).unwrap_or(u32::MAX),
                    doc,
                    words: candidate.words,
                    score,
                    parts,
                });
            }
        }
        if let Some(counter) = &mut self.counter {
            counter.count_all(deck, &self.docs);
        }
    }

    /// How well the category suits, and whether the product is what was asked for.
    fn judge(&self, candidate: &Candidate, brief: &Brief) -> (f32, bool) {
        let text = candidate.text / self.known;
        let factor = self.gathered.affinity.factor(self.view.slot(brief.category), text);
        (factor, self.gathered.is_full(candidate) && factor >= OF_THE_KIND)
    }

    /// Looks at what the gathering left until none of the rest can get onto the page; returns that rest.
    pub fn go_on(&mut self) -> tantivy::Result<&'s [Stretch]> {
        // No score is more than the best ways to have all words, a perfect category and the most worth.
        let words = ROUNDING * self.gathered.most() / self.known;
        let (mut rest, mut at_once) = (self.gathered.rest, 1);
        while let Some(next) = rest.first() {
            let most = FULL | float_key(words + PRIOR * next.worth);
            if self.query.sort == Sort::Relevance && self.best.is_closed_to(most) {
                break;
            }
            let (now, later) = rest.split_at(at_once.min(rest.len()));
            let count = self.looked_at < 2 * COUNTED;
            if !count {
                self.uncounted.extend(now);
            }
            let before = self.looked_at;
            for stretch in joined(now) {
                let found = self.walk.stretch(self.view, &self.gathered.plan.wanted, &stretch)?;
                self.take(stretch.segment, &found, count);
            }
            if self.looked_at - before < FEW * now.len() {
                at_once = (2 * at_once).min(AT_ONCE);
            }
            rest = later;
        }
        Ok(rest)
    }

    /// Where not everything was counted, makes estimates, to two digits, of totals and counts.
    #[expect(clippy::cast_precision_loss, reason = "shares")]
    pub fn estimate(&mut self, rest: &[Stretch]) -> tantivy::Result<()> {
        if self.scale > 1 {
            let weight = self.scale as f32;
            if let Some(counter) = &mut self.counter {
                counter.stand_for(weight);
            }
            if !self.open {
                let about = |sampled: usize| {
                    rounded(estimate(u32::try_from(sampled).unwrap_or(u32::MAX), weight)) as usize
                };
                (self.total, self.matching) = (about(self.total), about(self.matching));
            }
            self.estimated = self.counter.is_some() || !self.open;
            return Ok(());
        }
        let mut left = std::mem::take(&mut self.uncounted);
        left.extend(rest);
        if left.is_empty() {
            return Ok(());
        }
        self.estimate_rest(&left, rest.len())
    }

    /// Adds what a sample says of stretches that were not counted, of which the last were not even looked at.
    #[expect(clippy::cast_precision_loss, reason = "a share")]
    fn estimate_rest(&mut self, rest: &[&Stretch], unseen: usize) -> tantivy::Result<()> {
        let walked = self.view.stretches.len() - unseen;
        let wanted = (COUNTED * walked / self.looked_at.max(1)).max(SAMPLED);
        // Some runs of neighbours take less setting out than as many single ones.
        let runs = wanted.min(RUNS).min(rest.len());
        let step = rest.len() / runs;
        let length = wanted.div_ceil(runs).clamp(1, step);
        let of_run = |run: usize| &rest[run * step + (step - length) / 2..][..length];
        let sample: Vec<&Stretch> = (0..runs).flat_map(of_run).copied().collect();
        let docs = |count: usize, stretch: &Stretch| count + stretch.docs.len();
        let of = |stretches: &[&Stretch]| stretches.iter().copied().fold(0, docs);
        let weight = of(rest) as f32 / of(&sample).max(1) as f32;

        let mut counter = self.counter.as_ref().map(|_| Counter::new(self.view, self.sieve));
        let (mut total, mut matching) = (0, 0);
        for stretch in joined(sample) {
            let deck = &self.view.segments[stretch.segment].deck;
            let found = self.walk.stretch(self.view, &self.gathered.plan.wanted, &stretch)?;
            self.docs.clear();
            for candidate in &found {
                let fits = match &mut counter {
                    _ if self.open => {
                        self.docs.push(candidate.doc);
                        true
                    }
                    Some(counter) => counter.pass(deck, candidate.doc),
                    None => self.sieve.admits(deck, candidate.doc),
                };
                if fits {
                    total += 1;
                    matching += u32::from(self.judge(candidate, deck.brief(candidate.doc)).1);
                }
            }
            if let Some(counter) = &mut counter {
                counter.count_all(deck, &self.docs);
            }
        }
        if let (Some(whole), Some(sample)) = (&mut self.counter, &counter) {
            whole.add_sample(sample, weight);
        }
        let about = |counted: usize, sampled: u32| {
            let counted = u32::try_from(counted).unwrap_or(u32::MAX);
            rounded(counted.saturating_add(estimate(sampled, weight))) as usize
        };
        self.total = about(self.total, total);
        self.matching = about(self.matching, matching).min(self.total);
        self.estimated = true;
        Ok(())
    }
}

/// Higher comes first. Never uses the bit of [`FULL`].
fn sort_key(sort: Sort, deck: &Deck, doc: DocId, score: f32) -> u64 {
    let row = || deck.row(doc);
    match sort {
        Sort::Relevance => float_key(score),
        Sort::Newest => u64::from(deck.brief(doc).created),
        Sort::PriceAscending => (1_u64 << 48).saturating_sub(row().min_price),
        Sort::PriceDescending => row().max_price,
        // As many stars from more customers come first.
        Sort::Rating => u64::from(row().rating) << 32 | u64::from(row().reviews),
        Sort::Sales => u64::from(row().sold),
    }
}
