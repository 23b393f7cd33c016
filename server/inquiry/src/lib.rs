//! What shoppers ask for, and how it is understood: a log of searches that knows no shoppers, what they led to, and the
//! synonyms operators keep.
//!
//! Invariants: the log holds nothing of who searched, times only to the hour, and no text that looks like an e-mail
//! address or a phone number ([`Wording::parse`] is the only way in); a text outlives [`jobs::KEEP_ROWS`] only if it was
//! searched for in many different hours. Noting a search waits for nothing ([`Log::note`]). A synonym relates at least two
//! phrases of one or two words.

pub mod events;
pub mod jobs;
mod lead;
mod log;
pub mod store;
mod synonym;
mod wording;

pub use events::SynonymsChanged;
pub use lead::{Lead, Leads, NotedLeads, keep_leads, write_leads};
pub use log::{Log, Noted, Search, keep, write};
pub use model::ids::SynonymId;
pub use synonym::{BadSynonym, NewSynonym, Phrase, Synonym};
pub use wording::Wording;

/// A text is shown to others, and outlives the log, only if it was searched for in so many different hours: one
/// shopper's own words, however often the page is loaded again, stay below it.
pub const MANY: i64 = 5;
