//! What a shopper asks, and what comes back.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

use crate::document::Condition;

/// The most hits on one page.
pub const MAX_LIMIT: usize = 100;
/// The deepest hit that can be reached by offset; cursors go on from there.
pub const MAX_OFFSET: usize = 10_000;
/// Words after this many are not looked at.
pub const MAX_WORDS: usize = 16;

/// The language somebody searches in. It decides which of the operators' synonyms hold; names are read in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    #[default]
    Indonesian,
    English,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// What was typed. Empty browses.
    pub text: String,
    pub lang: Lang,
    pub filters: Filters,
    pub sort: Sort,
    pub start: Start,
    /// Hits on the page, at most [`MAX_LIMIT`].
    pub limit: usize,
    /// Whether to count facets.
    pub facets: bool,
    /// Whether each hit says how its score came about.
    pub explain: bool,
}

impl Query {
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            lang: Lang::default(),
            filters: Filters::default(),
            sort: Sort::Relevance,
            start: Start::Offset(0),
            limit: 20,
            facets: true,
            explain: false,
        }
    }
}

/// Each narrows; several values of one are alternatives.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filters {
    /// Slugs; a category includes what is below it.
    pub categories: Vec<String>,
    pub price: Option<PriceRange>,
    pub cities: Vec<String>,
    /// Average stars times 100, at least.
    pub min_rating: Option<u16>,
    pub conditions: Vec<Condition>,
    pub tiers: Vec<u8>,
    pub free_shipping: bool,
    pub brands: Vec<String>,
    /// True on the same variant, together with the price.
    pub attributes: Vec<AttributeFilter>,
    /// Slug of the one shop to look in. Not a facet.
    pub shop: Option<String>,
    /// Only what can be bought now. Not a facet.
    pub in_stock: bool,
}

/// Both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceRange {
    pub from: u64,
    pub to: u64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct AttributeFilter {
    pub key: String,
    pub wanted: Wanted,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Wanted {
    /// As facets write them: the choice, the number, `true`.
    AnyOf(Vec<String>),
    /// Both ends included.
    Between(f64, f64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Sort {
    #[default]
    Relevance,
    Newest,
    PriceAscending,
    PriceDescending,
    Rating,
    Sales,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// Skips so many, at most [`MAX_OFFSET`].
    Offset(usize),
    /// Goes on behind the last hit of a page.
    After(Cursor),
}

/// The place of a hit in its order: the sort key and, for equals, the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub(crate) key: u64,
    pub(crate) product: Uuid,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor of ours")]
pub struct BadCursor;

impl Cursor {
    pub fn parse(text: &str) -> Result<Self, BadCursor> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| BadCursor)?;
        let bytes: [u8; 24] = bytes.try_into().map_err(|_| BadCursor)?;
        let (key, product) = bytes.split_at(8);
        Ok(Self {
            key: u64::from_be_bytes(key.try_into().map_err(|_| BadCursor)?),
            product: Uuid::from_slice(product).map_err(|_| BadCursor)?,
        })
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = [0; 24];
        bytes[..8].copy_from_slice(&self.key.to_be_bytes());
        bytes[8..].copy_from_slice(self.product.as_bytes());
        f.write_str(&URL_SAFE_NO_PAD.encode(bytes))
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Results {
    pub hits: Vec<Hit>,
    /// Products that fit, on all pages, the related ones included.
    pub total: usize,
    /// Those of them that have every word and are of the kind of goods meant; they come first.
    pub matching: usize,
    /// So many candidates were there that `total`, `matching` and the facets are estimated from a sample of them.
    pub estimated: bool,
    /// How the words were read. Only when asked to explain.
    pub analysis: Option<Analysis>,
    pub facets: Option<Facets>,
    /// A spelling that finds clearly more, as it would be typed.
    pub did_you_mean: Option<String>,
    /// How far the words had to be loosened to find something.
    pub relaxed: Relaxed,
    /// Where the next page starts; `None` on the last.
    pub next: Option<Cursor>,
    /// When nothing fits: the categories with the most sales, to go on from.
    pub popular_categories: Vec<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relaxed {
    /// Every word is there.
    #[default]
    No,
    /// Misspellings were forgiven, or some words are missing, in the later hits at least.
    SomeWords,
    /// Filled up from the category the words point at.
    Category,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    pub product: Uuid,
    pub score: f32,
    /// The first variant, by its place in the document, for which all filters are true.
    pub variant: usize,
    /// Words are missing in it, or it is of another kind of goods than the words speak of.
    pub related: bool,
    /// Only when asked for.
    pub explain: Option<Explain>,
}

/// How a score came about. The parts are factors and summands of `score`, in the order the ranking uses them:
/// `score = (text + phrase + head + cover) × affinity + sales + rating + tier + freshness`.
#[derive(Debug, Clone, PartialEq)]
pub struct Explain {
    /// Share of what the words say that is found in the product, 0 to 1.
    pub text: f32,
    /// Words next to each other in the name as in the query.
    pub phrase: f32,
    /// Words among the first of the name, where Indonesian names say what a thing is.
    pub head: f32,
    /// How much of the name the query covers.
    pub cover: f32,
    /// How well the category suits the words, 0 to 1.
    pub affinity: f32,
    /// What it is worth whatever is asked: how much it sells, …
    pub sales: f32,
    /// … how content its buyers are, …
    pub rating: f32,
    /// … what shop it is from, …
    pub tier: f32,
    /// … and how new it is.
    pub freshness: f32,
    pub words: Vec<ExplainedWord>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ExplainedWord {
    pub word: String,
    /// The term that was found for it, `None` if none.
    pub found: Option<String>,
    /// exact, form, synonym, prefix, typo …
    pub by: &'static str,
    /// Share of the word's weight this way of finding earns, 0 to 1.
    pub worth: f32,
    /// Rarity of the word: the weight it has in the query.
    pub weight: f32,
}

/// How a query was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    pub words: Vec<AnalysedWord>,
    /// Words left aside because they say nothing.
    pub dropped: Vec<String>,
    /// Products that have every word without forgiving anything; at least so many, where the best sufficed.
    pub strict: usize,
    /// Whether that was too few, so that slips were forgiven and words may be missing.
    pub loosened: bool,
    /// Categories the words speak of by the lexicon, paths of slugs with a weight, best first.
    pub speaks_of: Vec<(String, f32)>,
    /// Whether the result was filled up from those categories.
    pub filled: bool,
}

/// A word of a query and everything that satisfies it.
#[derive(Debug, Clone, PartialEq)]
pub struct AnalysedWord {
    pub word: String,
    pub stems: Vec<String>,
    /// Rarity: the weight it has in the query.
    pub weight: f32,
    /// Products whose name has it as written.
    pub exact: usize,
    /// It praises rather than tells, so it counts a quarter and may be missing.
    pub praise: bool,
    /// Best first.
    pub ways: Vec<AnalysedWay>,
}

/// One way to satisfy a word: as written, by a stem, a synonym, a corrected slip …
#[derive(Debug, Clone, PartialEq)]
pub struct AnalysedWay {
    /// The term looked up; two words must both be there.
    pub term: String,
    /// exact, form, stem, joined, split, synonym, around, prefix, typo or description.
    pub by: &'static str,
    /// Share of the word's weight it earns, 0 to 1.
    pub worth: f32,
    /// Products that have it.
    pub products: usize,
}

/// Where a product is among the hits of a query, and if it is not, why.
#[derive(Debug, Clone, PartialEq)]
pub struct Whereabouts {
    /// It is in the index, so it is on sale.
    pub indexed: bool,
    /// Filters it fails: `category`, `price`, `city`, `rating`, `condition`, `tier`, `free_shipping`, `brand`,
    /// `attribute`, `shop`, `in_stock`; `variant` when no single variant passes all that is said of variants.
    pub fails: Vec<&'static str>,
    /// By what each word was found in it.
    pub words: Vec<ExplainedWord>,
    /// The words, or the category they speak of, bring it in.
    pub candidate: bool,
    /// Place among the hits from 1, when it is among the first [`DEEPEST`].
    pub place: Option<usize>,
    /// Its score taken apart, when it has a place.
    pub hit: Option<Hit>,
}

/// How far down the hits a product is looked for.
pub const DEEPEST: usize = 1_000;

/// Counts are of products, and each facet's counts ignore that facet's own filter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facets {
    /// Whether so many products fit that only every so-manieth was counted; then counts are rounded to two digits.
    pub estimated: bool,
    /// Every category with a hit in or below it; paths of slugs joined by `/`.
    pub categories: Vec<Count>,
    pub prices: Vec<PriceCount>,
    pub cities: Vec<Count>,
    /// Products of at least so many stars times 100.
    pub ratings: Vec<(u16, usize)>,
    pub conditions: Vec<(Condition, usize)>,
    pub tiers: Vec<(u8, usize)>,
    pub free_shipping: usize,
    pub brands: Vec<Count>,
    pub attributes: Vec<AttributeFacet>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    pub value: String,
    pub count: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceCount {
    pub range: PriceRange,
    pub count: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeFacet {
    pub key: String,
    pub values: Vec<Count>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    pub kind: Suggested,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Suggested {
    /// What others search for.
    Query,
    /// Path of slugs joined by `/`.
    Category(String),
    /// Slug.
    Shop(String),
    Product(Uuid),
}
