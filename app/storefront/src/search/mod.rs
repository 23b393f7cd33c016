//! Results of a search, with filters and facets; the category page and a shop's goods are searches too.

mod facets;
mod page;
mod results;
mod rpc;
mod search_box;

pub use page::SearchPage;
pub use results::Results;
pub use rpc::find;
pub use search_box::SearchBox;
