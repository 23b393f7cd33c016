//! Which categories the words speak of. Learned from the index as it is: how the products that have a word spread over
//! the categories, against how all products do; and told by the lexicon where the listings are silent.

use std::collections::HashMap;

use crate::{
    gather::Part,
    lexicon::Lexicon,
    plan::{By, Plan, Wanted},
    view::View,
    vocabulary::Kind,
};

/// Products per word that are looked at before the spread counts as known.
const SMOOTHING: f32 = 4.0;
/// How much size of a category is discounted: 0 not, 1 wholly.
const DISCOUNT: f32 = 0.5;
/// What a word of the lexicon weighs against the listings.
const TOLD: f32 = 2.2;
/// What a word of a category's name weighs, against one of the lexicon.
const NAMED: f32 = 0.6;
/// How sharply the best category is told from the next.
const SHARPNESS: f32 = 0.55;
/// How much hangs on the category where words are missing.
const PARTIAL: f32 = 0.93;
/// How much hangs on it for general words, and for words that all speak of a category.
const GENERAL: f32 = 0.88;
const SPOKEN: f32 = 0.75;
/// Candidates the spread is learned from at most; more change nothing.
const SAMPLE: usize = 2_000;

pub struct Affinity {
    /// By slot of the category, 0 to 1; 1 for the best.
    values: Vec<f32>,
    /// How much of a score hangs on the category: much when the words are general, little when they name one thing.
    weight: f32,
    /// Categories the lexicon names for these words, with the weight, best first.
    pub told: Vec<(u32, f32)>,
    /// The words that do, a bit each.
    pub speaking: u32,
}

impl Affinity {
    pub fn neutral() -> Self {
        Self { values: Vec::new(), weight: 0.0, told: Vec::new(), speaking: 0 }
    }

    /// The factor on what the words find. The less of the words a product has, the more its category has to speak for it.
    pub fn factor(&self, slot: usize, text: f32) -> f32 {
        if self.weight == 0.0 {
            return 1.0;
        }
        let missing = (1.5 * (1.0 - text)).clamp(0.0, 1.0);
        let weight = self.weight + (PARTIAL - self.weight).max(0.0) * missing;
        1.0 - weight + weight * self.values.get(slot).copied().unwrap_or(0.0)
    }

    #[expect(clippy::cast_precision_loss, reason = "counts to shares")]
    pub fn of(view: &View, lexicon: &Lexicon, plan: &Plan, parts: &[Part], filtered: bool) -> Self {
        let size = view.category_count;
        let all = (1_u32 << plan.wanted.len().min(31)) - 1;
        let known: f32 = plan.wanted.iter().map(|w| w.weight).sum();
        if known == 0.0 || filtered {
            return Self::neutral();
        }
        // Row 0 counts products with every word, the others those with one word each.
        let mut counts = vec![vec![0_u32; size]; plan.wanted.len() + 1];
        let mut totals = vec![0_u32; plan.wanted.len() + 1];
        let step = parts.iter().map(|part| part.candidates.len()).sum::<usize>().div_ceil(SAMPLE).max(1);
        for part in parts {
            let deck = &view.segments[part.segment].deck;
            for candidate in part.candidates.iter().step_by(step) {
                let category = view.slot(deck.brief(candidate.doc).category);
                if candidate.words == all {
                    counts[0][category] += 1;
                    totals[0] += 1;
                }
                if plan.wanted.len() > 1 {
                    let mut words = candidate.words;
                    while words != 0 {
                        let word = words.trailing_zeros() as usize;
                        words &= words - 1;
                        counts[word + 1][category] += 1;
                        totals[word + 1] += 1;
                    }
                }
            }
        }
        let (told_by_key, speaking) = lexicon.categories(&corrected(plan, lexicon));
        let mut told: HashMap<u32, f32> = HashMap::new();
        for (key, weight) in told_by_key {
            for number in view.categories_by_key.get(key).into_iter().flatten() {
                let entry = told.entry(*number).or_default();
                *entry = entry.max(weight);
            }
        }
        // The names of the categories themselves, in either language.
        for word in corrected(plan, lexicon) {
            for number in view.category_words.get(&word).into_iter().flatten() {
                let entry = told.entry(*number).or_default();
                *entry = entry.max(NAMED);
            }
        }
        let mut values = vec![f32::NEG_INFINITY; size];
        let mut best = f32::NEG_INFINITY;
        for (number, _) in view.vocabulary.of_kind(Kind::Category) {
            let slot = view.slot(number);
            let share = view.shares[number as usize].max(1e-6);
            let discount = share.powf(DISCOUNT);
            let spread = |row: usize| {
                let likely =
                    (counts[row][slot] as f32 + SMOOTHING * share) / (totals[row] as f32 + SMOOTHING);
                (likely / discount).ln()
            };
            let mut value = spread(0);
            if plan.wanted.len() > 1 {
                for (i, want) in plan.wanted.iter().enumerate() {
                    value += want.weight / known * spread(i + 1);
                }
            }
            value += TOLD * told.get(&number).copied().unwrap_or(0.0);
            values[slot] = value;
            if view.shares[number as usize] > 0.0 {
                best = best.max(value);
            }
        }
        for value in &mut values {
            *value = ((*value - best) * SHARPNESS).exp().min(1.0);
        }
        let mut told: Vec<_> = told.into_iter().collect();
        told.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let needed = (view.products.max(2) as f32).ln();
        let specific = known / needed;
        let mut weight = (GENERAL - 0.65 * (specific - 0.9)).clamp(0.12, GENERAL);
        // Words that together name a kind of goods are general, however rare.
        let spoken: f32 = plan
            .wanted
            .iter()
            .enumerate()
            .filter(|(i, _)| speaking >> i & 1 == 1)
            .map(|(_, w)| w.weight)
            .sum();
        if spoken > 0.8 * known && told.first().is_some_and(|(_, strongest)| *strongest >= 1.0) {
            weight = weight.max(SPOKEN);
        }
        Self { values, weight, told, speaking }
    }
}

/// The words as they were probably meant: a word nobody writes is read as the best spelling found.
pub fn corrected(plan: &Plan, lexicon: &Lexicon) -> Vec<String> {
    let best = |want: &Wanted| match want.ways.first() {
        Some(way) if want.exact == 0 && way.by == By::Typo && !lexicon.knows(&want.word) => way.term.clone(),
        _ => want.word.clone(),
    };
    plan.wanted.iter().map(best).collect()
}
