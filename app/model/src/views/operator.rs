//! What operators see of searching: results taken apart, synonyms, and the log of searches.

use super::{ProductState, SearchParams};
use crate::{Lang, Slug, ids::SynonymId};
use serde::{Deserialize, Serialize};

/// A search taken apart.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Explained {
    pub params: SearchParams,
    /// Products in this node's index.
    pub products: u64,
    /// Words left aside because they say nothing.
    pub dropped: Vec<String>,
    pub words: Vec<WordRead>,
    /// Products that have every word without forgiving anything.
    pub strict: u64,
    /// Whether that was too few, so that slips were forgiven and words may be missing.
    pub loosened: bool,
    /// Whether products of the category were added that have none of the words.
    pub filled: bool,
    /// Categories the words speak of, with a weight, best first.
    pub speaks_of: Vec<(String, f32)>,
    pub total: u64,
    pub matching: u64,
    pub did_you_mean: Option<String>,
    pub hits: Vec<HitExplained>,
    /// The product asked about.
    pub sought: Option<Sought>,
}

/// A word of the query and what satisfies it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct WordRead {
    pub word: String,
    pub stems: Vec<String>,
    /// Rarity: the weight it has in the query.
    pub weight: f32,
    /// Products whose name has it as written.
    pub exact: u64,
    /// It praises rather than tells, so it counts little and may be missing.
    pub praise: bool,
    pub ways: Vec<WayRead>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct WayRead {
    pub term: String,
    /// `exact`, `form`, `stem`, `joined`, `split`, `synonym`, `around`, `prefix`, `typo` or `description`.
    pub by: String,
    /// Share of the word's weight it earns, 0 to 1.
    pub worth: f32,
    pub products: u64,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct HitExplained {
    pub slug: Slug,
    pub name: String,
    /// It lacks words, or is of another kind of goods than they speak of.
    pub related: bool,
    pub score: f32,
    pub parts: ScoreParts,
    pub words: Vec<FoundBy>,
}

/// `score = (text + phrase + head + cover) × affinity + sales + rating + tier + freshness`.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct ScoreParts {
    pub text: f32,
    pub phrase: f32,
    pub head: f32,
    pub cover: f32,
    pub affinity: f32,
    pub sales: f32,
    pub rating: f32,
    pub tier: f32,
    pub freshness: f32,
}

/// By what a word was found in a product; `missing` if it was not.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct FoundBy {
    pub word: String,
    pub found: Option<String>,
    pub by: String,
    pub worth: f32,
}

/// Where a product is among the hits, and if it is not, why.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Sought {
    pub slug: String,
    pub name: Option<String>,
    pub verdict: Verdict,
    /// Filters it fails.
    pub fails: Vec<String>,
    pub words: Vec<FoundBy>,
    pub hit: Option<HitExplained>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// There is no product of this slug.
    Unknown,
    /// It is in this state, and only active products are found.
    NotOnSale(ProductState),
    /// It is on sale, but not in this node's index yet.
    NotIndexed,
    /// It fails filters.
    Filtered,
    /// It lacks words that enough other products have.
    LacksWords,
    /// It fits, further down than anybody looks.
    TooDeep,
    /// It is found in this place, from 1.
    Found(u32),
}

/// A synonym operators added.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SynonymRow {
    pub id: SynonymId,
    /// `None` holds for searches in any language.
    pub lang: Option<Lang>,
    pub phrases: Vec<String>,
    /// Empty: all phrases mean the same. Else who asks for one of them is also shown these.
    pub shown: Vec<String>,
}

/// What was searched for of late.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct SearchLog {
    /// Per day, oldest first.
    pub days: Vec<SearchDay>,
    pub top: Vec<Searched>,
    /// Those that found nothing that has every word.
    pub nothing: Vec<Searched>,
    /// Those made more often than the week before.
    pub rising: Vec<Searched>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SearchDay {
    /// As `2026-11-24`.
    pub day: String,
    pub searches: u64,
    pub without_results: u64,
    /// On average, in milliseconds.
    pub took_ms: u64,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Searched {
    pub query: String,
    /// In the last seven days.
    pub searches: u64,
    /// In the seven days before those.
    pub before: u64,
    pub without_results: u64,
}
