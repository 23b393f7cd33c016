//! The search engine of the shop: documents go in, pages of product ids come out. It keeps its own index in a folder
//! (Tantivy), knows neither SQL nor HTTP nor clocks, and can be thrown away and rebuilt at any time. Words are matched
//! through a plan of alternatives (spelling, stem, synonym, code, beginning, slip), products are ranked by how much of
//! the words they satisfy, whether their category suits, and how they sell; filters and facets run over flat rows
//! beside the index. Any number of threads may search while one writes.
//!
//! Invariants: a change given to [`Engine::apply`] is findable when it returns; the sequence number stored with a
//! commit belongs to exactly that commit; a facet's counts are true of one and the same variant; equal scores are
//! ordered by product id, so pages never overlap.

mod affinity;
mod analysis;
mod compounds;
mod cursor;
mod document;
mod engine;
mod explain;
mod facts;
mod gather;
mod lexicon;
mod matching;
mod pass;
mod plan;
mod query;
mod ranking;
mod schema;
mod search;
mod sieve;
mod similar;
mod spelling;
mod suggest;
mod tally;
mod view;
mod vocabulary;
mod writing;

pub use document::{Category, Change, Condition, Document, Shop, Value, Variant};
pub use engine::{BrokenOff, Config, Engine, IndexError, OpenError};
pub use lexicon::{LexiconFiles, Meaning, also_looked_for};
pub use query::{
    AnalysedWay, AnalysedWord, Analysis, AttributeFacet, AttributeFilter, BadCursor, Count, Cursor, DEEPEST,
    Explain, ExplainedWord, Facets, Filters, Hit, Lang, MAX_LIMIT, MAX_OFFSET, PriceCount, PriceRange, Query,
    Relaxed, Results, Sort, Start, Suggested, Suggestion, Wanted, Whereabouts,
};
pub use schema::VERSION;
