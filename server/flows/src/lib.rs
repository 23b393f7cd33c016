//! Writes that cross domains. A flow opens the transaction, calls each domain's store, publishes what happened,
//! and commits.
//!
//! - [`account`] lets people in and keeps others out;
//! - [`address`], [`profile`] and [`wishlist`] keep what people keep, [`privacy`] gives it to them or takes it away;
//! - [`audit`] logs that the log is taken away;
//! - [`import`] brings in listings and reviews from files, safely repeated and resumed;
//! - [`index`] keeps the search index true;
//! - [`messages`] sends again, gives up and unsubscribes;
//! - [`photos`] puts photographs into a product's gallery, and sweeps those nothing shows;
//! - [`product`] moves a product from state to state;
//! - [`seed`] makes the demonstration market, and catalogues of any size for measuring;
//! - [`synonyms`] keeps what operators say means the same;
//! - [`visits`] notes who looked at what.

pub mod account;
pub mod address;
pub mod audit;
pub mod import;
pub mod index;
pub mod messages;
pub mod photos;
pub mod privacy;
pub mod product;
pub mod profile;
pub mod reactions;
pub mod seed;
mod shops;
mod store;
pub mod synonyms;
mod text;
mod totals;
pub mod visits;
pub mod wishlist;

pub use import::{import_listings, import_reviews};
