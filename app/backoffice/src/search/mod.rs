//! `/backoffice/search`: results taken apart, synonyms, and what people search for.

mod explain;
mod log;
mod page;
mod rpc;
mod synonyms;

pub use page::SearchDesk;
