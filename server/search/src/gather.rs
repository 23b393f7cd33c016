//! From words to candidates: strict first, then looser, and filled up from the category the words speak of.

use std::collections::HashSet;

use tantivy::DocId;

use crate::{
    affinity::Affinity,
    lexicon::Lexicon,
    matching::{Candidate, Walk, candidates},
    plan::{By, Effort, Plan, Wanted, plan, query_words, unglued},
    query::Query,
    view::{In, Stretch, View, joined},
};

/// Fewer strict hits than this and the words are loosened.
pub const ENOUGH: usize = 10;
/// Loosened hits must satisfy at least this share of what the best one does.
const LEAST: f32 = 0.3;
/// What a product of the category the words speak of is worth when it has none of the words.
const FILL: f32 = 0.34;
/// Fewer hits in that category and it is filled up, with at most so many.
const FILL_BELOW: usize = 40;
const FILL_MOST: usize = 2_000;
/// So many hits tell which categories the words speak of.
const TELLING: usize = 512;

/// At most so many stretches are looked at in one go, where each has few hits.
pub const AT_ONCE: usize = 16;

/// Candidates of one stretch.
pub struct Part {
    pub segment: usize,
    pub candidates: Vec<Candidate>,
}

/// What the words of a query bring in, before filters and order.
pub struct Gathered<'v> {
    pub plan: Plan,
    pub parts: Vec<Part>,
    /// What was not looked at yet, best first; the walk goes on there.
    pub rest: &'v [Stretch],
    pub walk: Walk,
    /// Products that have every word without forgiving anything, among those looked at.
    pub strict: usize,
    /// Whether a slip was forgiven or a word may be missing.
    pub loose: bool,
    pub affinity: Affinity,
    /// Whether products of the category were added that have none of the words.
    pub filled: bool,
    /// Bits of the words a product must have so as not to be merely related.
    pub needed: u32,
}

impl<'v> Gathered<'v> {
    /// Everything, for a query without words.
    pub fn everything() -> Self {
        Self {
            plan: Plan { wanted: Vec::new(), words: Vec::new() },
            parts: Vec::new(),
            rest: &[],
            walk: Walk::default(),
            strict: 0,
            loose: false,
            affinity: Affinity::neutral(),
            filled: false,
            needed: 0,
        }
    }

    /// Looks at the best products first and stops when enough is known to judge others by; `thorough` looks at all.
    pub fn by_words(
        view: &'v View,
        lexicon: &Lexicon,
        query: &Query,
        thorough: bool,
    ) -> tantivy::Result<Self> {
        let words = unglued(view, lexicon, query_words(lexicon, &query.text))?;
        let unfinished = query.text.ends_with(char::is_alphanumeric);
        let mut gathered = Self::strictly(view, lexicon, words.clone(), unfinished, thorough)?;
        if gathered.strict < ENOUGH {
            gathered = Self { strict: gathered.strict, ..Self::loosely(view, lexicon, words, unfinished)? };
        }
        gathered.needed = needed(&gathered.plan, lexicon);
        let filtered = !query.filters.categories.is_empty();
        gathered.affinity = Affinity::of(view, lexicon, &gathered.plan, &gathered.parts, filtered);
        gathered.fill(view)?;
        Ok(gathered)
    }

    /// All words, nothing forgiven.
    fn strictly(
        view: &'v View,
        lexicon: &Lexicon,
        words: Vec<String>,
        unfinished: bool,
        thorough: bool,
    ) -> tantivy::Result<Self> {
        let plan = plan(view, lexicon, words, unfinished, Effort::Strict)?;
        let walk = Walk::new(&plan.wanted, true);
        // Words that nobody writes were found by other spellings already.
        let sure = plan
            .wanted
            .iter()
            .all(|want| want.exact > 0 || want.ways.iter().any(|way| way.by != By::Typo && way.worth > 0.6));
        let rare = walk.reach(&plan.wanted) <= (view.stretch as u64).saturating_mul(4);
        let stretched = !thorough && !rare && !view.stretches.is_empty();
        let rest = if stretched { &view.stretches[..] } else { &view.whole[..] };
        let mut gathered = Self { plan, walk, rest, loose: !sure, ..Self::everything() };
        let telling = TELLING.min(view.stretch / 8).max(ENOUGH);
        let mut at_once = 1;
        while !gathered.rest.is_empty() && (!stretched || gathered.strict < telling) {
            let before = gathered.strict;
            gathered.go_on(view, at_once)?;
            if stretched && 2 * (gathered.strict - before) < telling.saturating_sub(gathered.strict) {
                at_once = (2 * at_once).min(AT_ONCE);
            }
        }
        Ok(gathered)
    }

    /// Slips are forgiven and words may be missing.
    fn loosely(
        view: &'v View,
        lexicon: &Lexicon,
        words: Vec<String>,
        unfinished: bool,
    ) -> tantivy::Result<Self> {
        let plan = plan(view, lexicon, words, unfinished, Effort::Loose)?;
        let mut found = candidates(view, &plan.wanted, false)?;
        let best = found.iter().flatten().map(|c| c.text).fold(0.0, f32::max);
        for found in &mut found {
            found.retain(|c| c.text >= LEAST * best);
        }
        let parts = (0..).zip(found).map(|(segment, candidates)| Part { segment, candidates }).collect();
        Ok(Self { plan, parts, loose: true, ..Self::everything() })
    }

    /// Looks at so many of the stretches that are left.
    fn go_on(&mut self, view: &View, most: usize) -> tantivy::Result<()> {
        let (now, later) = self.rest.split_at(most.min(self.rest.len()));
        for stretch in joined(now) {
            let candidates = self.walk.stretch(view, &self.plan.wanted, &stretch)?;
            self.strict += candidates.len();
            self.parts.push(Part { segment: stretch.segment, candidates });
        }
        self.rest = later;
        Ok(())
    }

    /// The most that words may bring a product.
    pub fn most(&self) -> f32 {
        let best = |want: &Wanted| want.weight * want.ways.first().map_or(0.0, |way| way.worth);
        self.plan.wanted.iter().map(best).sum()
    }

    pub fn is_full(&self, candidate: &Candidate) -> bool {
        candidate.words & self.needed == self.needed
    }
}

impl Gathered<'_> {
    /// Adds products of the categories the words speak of, when the words themselves find few there.
    fn fill(&mut self, view: &View) -> tantivy::Result<()> {
        let Some((_, strongest)) = self.affinity.told.first() else { return Ok(()) };
        if *strongest < 0.5 {
            return Ok(());
        }
        let fitting: Vec<u32> = self
            .affinity
            .told
            .iter()
            .filter(|(_, weight)| *weight > strongest * 0.75)
            .map(|(number, _)| *number)
            .collect();
        let have = |parts: &[Part]| parts.iter().map(|part| fit(view, part, &fitting)).sum::<usize>();
        let mut had = have(&self.parts);
        while had < FILL_BELOW && !self.rest.is_empty() {
            let before = self.parts.len();
            self.go_on(view, 1)?;
            had += have(&self.parts[before..]);
        }
        if had >= FILL_BELOW {
            return Ok(());
        }
        let spoken: f32 = (self.plan.wanted.iter().enumerate())
            .filter(|(i, _)| self.affinity.speaking >> i & 1 == 1)
            .map(|(_, w)| w.weight)
            .sum();
        let all: f32 = self.plan.wanted.iter().map(|w| w.weight).sum();
        let text = FILL * spoken.max(0.5 * all);
        let slugs: Vec<&str> = fitting
            .iter()
            .map(|number| view.vocabulary.text(*number).rsplit('/').next().unwrap_or_default())
            .collect();
        let mut added = 0;
        for (number, segment) in view.segments.iter().enumerate() {
            let have: HashSet<DocId> = (self.parts.iter())
                .filter(|part| part.segment == number)
                .flat_map(|part| part.candidates.iter().map(|c| c.doc))
                .collect();
            let mut more: Vec<DocId> = Vec::new();
            for slug in &slugs {
                let Some(info) = segment.info(In::Category, slug)? else { continue };
                let mut blocks = segment.blocks(In::Category, &info)?;
                while !blocks.docs().is_empty() && added < FILL_MOST {
                    let new = |doc: &DocId| segment.is_alive(*doc) && !have.contains(doc);
                    let before = more.len();
                    more.extend(blocks.docs().iter().copied().filter(new));
                    added += more.len() - before;
                    blocks.advance();
                }
            }
            more.sort_unstable();
            more.dedup();
            let candidates = more.into_iter().map(|doc| Candidate { doc, words: 0, text }).collect();
            self.parts.push(Part { segment: number, candidates });
        }
        self.filled = added > 0;
        Ok(())
    }
}

/// How many candidates are of these categories.
fn fit(view: &View, part: &Part, categories: &[u32]) -> usize {
    let deck = &view.segments[part.segment].deck;
    part.candidates.iter().filter(|c| categories.contains(&deck.brief(c.doc).category)).count()
}

/// Words that only praise may be missing, unless there are no others.
fn needed(plan: &Plan, lexicon: &Lexicon) -> u32 {
    let bits = |telling: bool| {
        let word = |(i, want): (usize, &Wanted)| {
            if telling && lexicon.is_praise(&want.word) { 0 } else { 1 << i }
        };
        plan.wanted.iter().enumerate().map(word).sum::<u32>()
    };
    Some(bits(true)).filter(|bits| *bits != 0).unwrap_or_else(|| bits(false))
}
