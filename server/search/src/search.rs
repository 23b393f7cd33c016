//! One query from words to page: strict first, then looser, then ranked by text, category, place in the name and what
//! the product itself is worth.

use std::collections::HashMap;

use tantivy::DocId;
use uuid::Uuid;

use crate::{
    affinity::{Affinity, corrected},
    facts::Row,
    lexicon::Lexicon,
    matching::{Candidate, candidates, way_of},
    plan::{By, Effort, Plan, plan, query_words},
    query::{
        Cursor, Explain, ExplainedWord, Hit, MAX_LIMIT, MAX_OFFSET, Query, Relaxed, Results, Sort, Start,
    },
    sieve::{Counter, Sieve},
    view::{In, View},
    vocabulary::Kind,
    writing::word_hash,
};

/// Fewer strict hits than this and the words are loosened.
const ENOUGH: usize = 10;
/// Loosened hits must satisfy at least this share of what the best one does.
const LEAST: f32 = 0.3;
/// With more than twice as many candidates, facets count a sample of about so many.
const COUNTED: usize = 20_000;
/// Hits whose names are read word by word for the final order.
const WINDOW: usize = 240;
/// What the whole of sales, rating and so on may add.
const PRIOR: f32 = 0.12;
const PHRASE: f32 = 0.10;
const HEAD: f32 = 0.06;
const COVER: f32 = 0.08;
/// What a product of the category the words speak of is worth when it has none of the words.
const FILL: f32 = 0.34;
/// Fewer hits in that category and it is filled up, with at most so many.
const FILL_BELOW: usize = 40;
const FILL_MOST: usize = 2_000;
const POPULAR_CATEGORIES: usize = 8;
/// In the order of relevance, hits whose names were read stand before the others.
const READ: f32 = 16.0;

#[derive(Debug, Clone, Copy)]
struct Ranked {
    key: u64,
    product: Uuid,
    segment: u32,
    doc: DocId,
    words: u32,
    score: f32,
    parts: Parts,
}

#[derive(Debug, Clone, Copy, Default)]
struct Parts {
    text: f32,
    phrase: f32,
    head: f32,
    cover: f32,
    affinity: f32,
    prior: f32,
}

impl Parts {
    fn score(&self) -> f32 {
        (self.text + self.phrase + self.head + self.cover) * self.affinity + self.prior
    }
}

struct Found {
    plan: Plan,
    candidates: Vec<Vec<Candidate>>,
    strict: usize,
    /// Whether a slip was forgiven or a word may be missing.
    loose: bool,
}

pub fn search(view: &View, lexicon: &Lexicon, query: &Query) -> tantivy::Result<Results> {
    let words = query_words(lexicon, &query.text);
    let unfinished = query.text.ends_with(char::is_alphanumeric);
    let sieve = Sieve::new(view, &query.filters);
    let browsing = words.is_empty();
    if browsing && query.text.chars().any(|c| !c.is_whitespace()) {
        return Ok(Results { popular_categories: popular_categories(view), ..Results::default() });
    }
    let Found { plan, candidates, strict, loose } = if browsing {
        Found {
            plan: Plan { wanted: Vec::new(), words: Vec::new() },
            candidates: Vec::new(),
            strict: 0,
            loose: false,
        }
    } else {
        find(view, lexicon, words, unfinished)?
    };
    let filtered = !query.filters.categories.is_empty();
    let affinity = if browsing {
        Affinity::neutral()
    } else {
        Affinity::of(view, lexicon, &plan, &candidates, filtered)
    };
    let mut candidates = candidates;
    let filled = !browsing && fill(view, &plan, &affinity, &mut candidates)?;
    let known: f32 = plan.wanted.iter().map(|w| w.weight).sum();

    let cached = (browsing && query.facets).then(|| view.browsed(&query.filters)).flatten();
    let mut counter = (query.facets && cached.is_none()).then(|| Counter::new(view, &sieve));
    let limit = query.limit.clamp(1, MAX_LIMIT);
    let reads = query.sort == Sort::Relevance && !browsing;
    let (start, after) = match query.start {
        Start::Offset(offset) => (offset.min(MAX_OFFSET), None),
        Start::After(cursor) => (0, Some(cursor)),
    };
    // A cursor behind the hits whose names are read is behind them in the first order too.
    let reads = reads && after.is_none_or(|cursor| cursor.key >= float_key(READ));
    let mut best =
        Best::new(if reads { WINDOW.max(start) } else { start } + limit + 1, after.filter(|_| !reads));
    let looked_at = if browsing { 0 } else { candidates.iter().map(Vec::len).sum::<usize>() };
    let scale = if looked_at > COUNTED * 2 { looked_at / COUNTED } else { 1 };
    let (mut total, mut turn) = (0, 0_usize);
    for (number, segment) in (0_u32..).zip(&view.segments) {
        let deck = &segment.deck;
        let mut take = |candidate: Candidate| {
            turn += 1;
            let fits = match &mut counter {
                Some(counter) if scale == 1 || turn % scale == 0 => counter.pass(deck, candidate.doc),
                _ => sieve.admits(deck, candidate.doc),
            };
            if !fits {
                return;
            }
            total += 1;
            let row = deck.row(candidate.doc);
            let text = if browsing { 0.0 } else { candidate.text / known.max(f32::MIN_POSITIVE) };
            let parts = Parts {
                text,
                affinity: affinity.factor(view.slot(row.category), text),
                prior: PRIOR * worth(view, row),
                ..Parts::default()
            };
            let score = parts.score();
            let key = sort_key(query.sort, row, score);
            best.offer(key, || Ranked {
                key,
                product: deck.ids[candidate.doc as usize],
                segment: number,
                doc: candidate.doc,
                words: candidate.words,
                score,
                parts,
            });
        };
        if browsing {
            for doc in segment.docs().filter(|doc| segment.is_alive(*doc)) {
                take(Candidate { doc, words: 0, text: 0.0 });
            }
        } else {
            candidates[number as usize].iter().copied().for_each(&mut take);
        }
    }

    let mut hits = best.finish();
    if reads {
        let read = hits.len().min(WINDOW);
        let window = Window::new(&plan);
        for hit in &mut hits[..read] {
            window.read(view, hit);
            hit.key = float_key(hit.score + READ);
        }
        hits[..read].sort_unstable_by(order);
        if let Some(cursor) = after {
            hits.retain(|hit| is_after(cursor, hit.key, hit.product));
        }
    }
    let more = hits.len() > start + limit;
    let page = hits.get(start..hits.len().min(start + limit)).unwrap_or_default();
    let next = page.last().filter(|_| more).map(|last| Cursor { key: last.key, product: last.product });
    let facets = match (cached, counter) {
        (Some(facets), _) => Some(facets),
        (None, Some(counter)) => {
            let facets = counter.facets(view, scale);
            if browsing {
                view.remember(&query.filters, &facets);
            }
            Some(facets)
        }
        (None, None) => None,
    };

    let did_you_mean = if loose { suggest_spelling(view, lexicon, &plan, page, strict)? } else { None };
    let hits = page
        .iter()
        .map(|hit| {
            Ok(Hit {
                product: hit.product,
                score: hit.score,
                variant: sieve.first_variant(&view.segments[hit.segment as usize].deck, hit.doc).unwrap_or(0),
                explain: query.explain.then(|| explain(view, &plan, hit)).transpose()?,
            })
        })
        .collect::<tantivy::Result<Vec<_>>>()?;
    let relaxed = if filled && strict < ENOUGH && page.iter().any(|hit| hit.words == 0) {
        Relaxed::Category
    } else if loose {
        Relaxed::SomeWords
    } else {
        Relaxed::No
    };
    Ok(Results {
        popular_categories: if hits.is_empty() { popular_categories(view) } else { Vec::new() },
        hits,
        total,
        facets,
        did_you_mean,
        relaxed,
        next,
    })
}

/// All words if that finds enough; else loosened.
fn find(view: &View, lexicon: &Lexicon, words: Vec<String>, unfinished: bool) -> tantivy::Result<Found> {
    let strict_plan = plan(view, lexicon, words.clone(), unfinished, Effort::Strict)?;
    let strict = candidates(view, &strict_plan.wanted, true)?;
    let count = strict.iter().map(Vec::len).sum();
    // Words that nobody writes were found by other spellings already.
    let sure = strict_plan
        .wanted
        .iter()
        .all(|want| want.exact > 0 || want.ways.iter().any(|way| way.by != By::Typo && way.worth > 0.6));
    if count >= ENOUGH {
        return Ok(Found { plan: strict_plan, candidates: strict, strict: count, loose: !sure });
    }
    let loose_plan = plan(view, lexicon, words, unfinished, Effort::Loose)?;
    let mut loose = candidates(view, &loose_plan.wanted, false)?;
    let best = loose.iter().flatten().map(|c| c.text).fold(0.0, f32::max);
    for found in &mut loose {
        found.retain(|c| c.text >= LEAST * best);
    }
    Ok(Found { plan: loose_plan, candidates: loose, strict: count, loose: true })
}

/// Adds products of the categories the words speak of, when the words themselves find few there.
fn fill(
    view: &View,
    plan: &Plan,
    affinity: &Affinity,
    candidates: &mut [Vec<Candidate>],
) -> tantivy::Result<bool> {
    let Some((_, strongest)) = affinity.told.first() else { return Ok(false) };
    if *strongest < 0.5 {
        return Ok(false);
    }
    let fitting: Vec<u32> = affinity
        .told
        .iter()
        .filter(|(_, weight)| *weight > strongest * 0.75)
        .map(|(number, _)| *number)
        .collect();
    let have: usize = view
        .segments
        .iter()
        .zip(&*candidates)
        .map(|(segment, found)| {
            found.iter().filter(|c| fitting.contains(&segment.deck.row(c.doc).category)).count()
        })
        .sum();
    if have >= FILL_BELOW {
        return Ok(false);
    }
    let spoken: f32 = plan
        .wanted
        .iter()
        .enumerate()
        .filter(|(i, _)| affinity.speaking >> i & 1 == 1)
        .map(|(_, w)| w.weight)
        .sum();
    let all: f32 = plan.wanted.iter().map(|w| w.weight).sum();
    let text = FILL * spoken.max(0.5 * all);
    let slugs: Vec<&str> = fitting
        .iter()
        .map(|number| view.vocabulary.text(*number).rsplit('/').next().unwrap_or_default())
        .collect();
    let mut added = 0;
    for (segment, found) in view.segments.iter().zip(candidates.iter_mut()) {
        let mut more: Vec<Candidate> = Vec::new();
        for slug in &slugs {
            let Some(info) = segment.info(In::Category, slug)? else { continue };
            let mut blocks = segment.blocks(In::Category, &info)?;
            while !blocks.docs().is_empty() && added < FILL_MOST {
                for &doc in blocks.docs() {
                    if segment.is_alive(doc)
                        && found.binary_search_by_key(&doc, |c| c.doc).is_err()
                        && !more.iter().any(|c| c.doc == doc)
                    {
                        more.push(Candidate { doc, words: 0, text });
                        added += 1;
                    }
                }
                blocks.advance();
            }
        }
        found.extend(more);
        found.sort_unstable_by_key(|c| c.doc);
    }
    Ok(added > 0)
}

/// What the product is worth whatever is asked: its standing, and a little for being new.
#[expect(clippy::cast_precision_loss, reason = "days")]
fn worth(view: &View, row: &Row) -> f32 {
    let days = view.newest.saturating_sub(row.created) as f32 / 1440.0;
    0.9 * row.prior + 0.1 / (1.0 + days / 60.0)
}

/// Higher comes first.
fn sort_key(sort: Sort, row: &Row, score: f32) -> u64 {
    match sort {
        Sort::Relevance => float_key(score),
        Sort::Newest => u64::from(row.created),
        Sort::PriceAscending => u64::MAX - row.min_price,
        Sort::PriceDescending => row.max_price,
        // As many stars from more customers come first.
        Sort::Rating => u64::from(row.rating) << 32 | u64::from(row.reviews),
        Sort::Sales => u64::from(row.sold),
    }
}

/// Keeps the order of positive numbers.
fn float_key(score: f32) -> u64 {
    u64::from(score.max(0.0).to_bits())
}

fn order(a: &Ranked, b: &Ranked) -> std::cmp::Ordering {
    b.key.cmp(&a.key).then(a.product.cmp(&b.product))
}

fn is_after(cursor: Cursor, key: u64, product: Uuid) -> bool {
    (std::cmp::Reverse(key), product) > (std::cmp::Reverse(cursor.key), cursor.product)
}

/// The best hits seen, in a buffer that is cut back whenever it has doubled.
struct Best {
    count: usize,
    after: Option<Cursor>,
    hits: Vec<Ranked>,
    /// Hits not better than this cannot get in any more.
    bar: Option<(u64, Uuid)>,
}

impl Best {
    fn new(count: usize, after: Option<Cursor>) -> Self {
        Self { count, after, hits: Vec::with_capacity(count * 2), bar: None }
    }

    fn offer(&mut self, key: u64, hit: impl FnOnce() -> Ranked) {
        if self.bar.is_some_and(|(bar, _)| key < bar) {
            return;
        }
        let hit = hit();
        if self.bar.is_some_and(|(bar, last)| key == bar && hit.product > last)
            || self.after.is_some_and(|cursor| !is_after(cursor, key, hit.product))
        {
            return;
        }
        self.hits.push(hit);
        if self.hits.len() >= self.count * 2 {
            self.hits.select_nth_unstable_by(self.count - 1, order);
            self.hits.truncate(self.count);
            self.bar = self.hits.last().map(|last| (last.key, last.product));
        }
    }

    fn finish(mut self) -> Vec<Ranked> {
        self.hits.sort_unstable_by(order);
        self.hits.truncate(self.count);
        self.hits
    }
}

/// What is needed to read names: the words of the query by the hash of every term they were found by.
struct Window {
    by_hash: HashMap<u64, u32>,
    words: usize,
    weights: Vec<f32>,
    total: f32,
}

impl Window {
    fn new(plan: &Plan) -> Self {
        let mut by_hash: HashMap<u64, u32> = HashMap::new();
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
            by_hash,
            words: plan.wanted.len(),
            total: weights.iter().sum::<f32>().max(f32::MIN_POSITIVE),
            weights,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "positions of words")]
    fn read(&self, view: &View, hit: &mut Ranked) {
        let deck = &view.segments[hit.segment as usize].deck;
        let (mut before, mut seen, mut next_to, mut length, mut covering) =
            (0_u32, 0_u32, 0_u32, 0_usize, 0_usize);
        let mut head = 0.0;
        for hash in deck.names.values_for_doc(hit.doc) {
            let here = self.by_hash.get(&hash).copied().unwrap_or(0);
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
        hit.parts.head = HEAD * head / self.total;
        hit.parts.cover = COVER * covering as f32 / length.max(1) as f32;
        hit.score = hit.parts.score();
    }
}

fn explain(view: &View, plan: &Plan, hit: &Ranked) -> tantivy::Result<Explain> {
    let words = plan
        .wanted
        .iter()
        .map(|want| {
            let way = way_of(view, hit.segment as usize, hit.doc, want)?;
            Ok(ExplainedWord {
                word: want.word.clone(),
                found: way
                    .map(|way| way.with.iter().fold(way.term.clone(), |all, with| format!("{all} {with}"))),
                by: way.map_or("missing", |way| way.by.name()),
                worth: way.map_or(0.0, |way| way.worth),
                weight: want.weight,
            })
        })
        .collect::<tantivy::Result<_>>()?;
    let Parts { text, phrase, head, cover, affinity, prior } = hit.parts;
    Ok(Explain { text, phrase, head, cover, affinity, prior, words })
}

/// A correction is what most of the first hits were found by in place of a word that nearly nobody writes.
fn suggest_spelling(
    view: &View,
    lexicon: &Lexicon,
    plan: &Plan,
    page: &[Ranked],
    strict: usize,
) -> tantivy::Result<Option<String>> {
    let first = &page[..page.len().min(10)];
    let mut words = plan.words.clone();
    let mut changed = false;
    for (i, want) in plan.wanted.iter().enumerate() {
        let near =
            want.ways.iter().filter(|way| way.by == By::Typo).map(|way| way.frequency).max().unwrap_or(0);
        if near == 0 || want.exact.saturating_mul(20) > near {
            continue;
        }
        let mut votes: HashMap<&str, (usize, u32)> = HashMap::new();
        for hit in first.iter().filter(|hit| hit.words >> i & 1 == 1) {
            if let Some(way) = way_of(view, hit.segment as usize, hit.doc, want)?
                && way.by == By::Typo
            {
                votes.entry(&way.term).or_insert((0, way.frequency)).0 += 1;
            }
        }
        let best = votes.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)));
        if let Some((term, _)) = best {
            term.clone_into(&mut words[i]);
            changed = true;
        }
    }
    if !changed {
        return Ok(None);
    }
    let corrected_plan = crate::plan::plan(view, lexicon, words.clone(), false, Effort::Strict)?;
    let finds: usize = candidates(view, &corrected_plan.wanted, true)?.iter().map(Vec::len).sum();
    // What was typed found these only by being forgiven, so it counts as what it finds as written.
    let as_written = if plan.wanted.iter().any(|want| want.exact == 0) { 0 } else { strict };
    Ok((finds > 0 && finds >= 3 * as_written).then(|| words.join(" ")))
}

/// Leaves with the most sales.
fn popular_categories(view: &View) -> Vec<String> {
    let mut sales: HashMap<u32, u64> = HashMap::new();
    for segment in &view.segments {
        let rows = &segment.deck.rows[..segment.deck.ids.len()];
        for row in rows.iter().step_by(rows.len().div_ceil(5_000).max(1)) {
            *sales.entry(row.category).or_default() += u64::from(row.sold) + 1;
        }
    }
    let mut sales: Vec<_> = sales
        .into_iter()
        .filter(|(number, _)| view.vocabulary.item(*number).is_some_and(|i| i.kind == Kind::Category))
        .collect();
    sales.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    sales
        .into_iter()
        .take(POPULAR_CATEGORIES)
        .map(|(number, _)| view.vocabulary.text(number).to_owned())
        .collect()
}

/// Products like this one: words of its name in the rarer half of what they could be, its category, about its price.
#[expect(clippy::cast_precision_loss, reason = "prices to a ratio")]
pub fn similar(view: &View, lexicon: &Lexicon, product: Uuid, count: usize) -> tantivy::Result<Vec<Uuid>> {
    let Some((at, doc)) = view.find(product)? else { return Ok(Vec::new()) };
    let this = view.segments[at].deck.row(doc);
    let name = stored_name(view, at, doc)?;
    let mut plan = plan(view, lexicon, query_words(lexicon, &name), false, Effort::Strict)?;
    // Words of every product say nothing, words of this one alone find nothing.
    plan.wanted.retain(|want| want.frequency > 1 && (want.frequency as usize) < view.products / 5 + 10);
    plan.wanted.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    // Common words are left out while there are rarer ones: they bring in half the shop and decide nothing.
    let common = u32::try_from(view.products / 50).unwrap_or(u32::MAX).max(200);
    if plan.wanted.iter().any(|want| want.frequency < common) {
        plan.wanted.retain(|want| want.frequency < common);
    }
    plan.wanted.truncate(5);
    let known: f32 = plan.wanted.iter().map(|w| w.weight).sum::<f32>().max(f32::MIN_POSITIVE);
    let mut found = candidates(view, &plan.wanted, false)?;
    if found.iter().map(Vec::len).sum::<usize>() <= count {
        let leaf = view.vocabulary.text(this.category).rsplit('/').next().unwrap_or_default();
        for (segment, found) in view.segments.iter().zip(&mut found) {
            if let Some(info) = segment.info(In::Category, leaf)? {
                let blocks = segment.blocks(In::Category, &info)?;
                found.extend(
                    blocks.docs().iter().filter(|doc| segment.is_alive(**doc)).map(|doc| Candidate {
                        doc: *doc,
                        words: 0,
                        text: 0.0,
                    }),
                );
            }
        }
    }
    let parent = view.vocabulary.item(this.category).map_or(0, |item| item.parent);
    let mut scored: Vec<(f32, Uuid)> = Vec::new();
    for (segment, found) in view.segments.iter().zip(&found) {
        for candidate in found {
            let row = segment.deck.row(candidate.doc);
            let near = if row.category == this.category {
                0.3
            } else if parent != 0
                && view.vocabulary.item(row.category).is_some_and(|item| item.parent == parent)
            {
                0.12
            } else {
                0.0
            };
            let ratio = ((row.min_price.max(1) as f32) / (this.min_price.max(1) as f32)).ln().abs();
            let score =
                candidate.text / known + near + 0.1 * (1.0 - ratio / 2.0).max(0.0) + PRIOR * worth(view, row);
            scored.push((score, segment.deck.ids[candidate.doc as usize]));
        }
    }
    let by_score = |a: &(f32, Uuid), b: &(f32, Uuid)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
    // Room for the product itself, and for those that came in by words and category both.
    let most = 2 * count + 2;
    if scored.len() > most {
        scored.select_nth_unstable_by(most, by_score);
        scored.truncate(most);
    }
    scored.sort_unstable_by(by_score);
    let mut similar = Vec::with_capacity(count);
    for (_, id) in scored {
        if id != product && !similar.contains(&id) && similar.len() < count {
            similar.push(id);
        }
    }
    Ok(similar)
}

pub fn stored_name(view: &View, segment: usize, doc: DocId) -> tantivy::Result<String> {
    use tantivy::schema::Value as _;
    let document: tantivy::TantivyDocument =
        view.searcher.doc(tantivy::DocAddress::new(u32::try_from(segment).unwrap_or(0), doc))?;
    Ok(document.get_first(view.fields.name).and_then(|name| name.as_str()).unwrap_or_default().to_owned())
}

/// The words of a query as the engine reads them, for logs that keep no more.
pub fn reading(view: &View, lexicon: &Lexicon, text: &str) -> tantivy::Result<Vec<String>> {
    let plan = plan(view, lexicon, query_words(lexicon, text), false, Effort::Strict)?;
    Ok(corrected(&plan, lexicon))
}
