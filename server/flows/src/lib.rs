//! Writes that cross domains. A flow opens the transaction, calls each domain's store, publishes what happened,
//! and commits.
//!
//! - [`import`] brings in listings and reviews from files, safely repeated and resumed;
//! - [`index`] keeps the search index true;
//! - [`photos`] puts photographs into a product's gallery, and sweeps those nothing shows;
//! - [`product`] moves a product from state to state;
//! - [`seed`] makes the demonstration market, and catalogues of any size for measuring;
//! - [`synonyms`] keeps what operators say means the same;
//! - [`visits`] notes who looked at what.

pub mod import;
pub mod index;
pub mod photos;
pub mod product;
pub mod seed;
mod shops;
mod store;
pub mod synonyms;
mod text;
mod totals;
pub mod visits;

pub use import::{import_listings, import_reviews};
