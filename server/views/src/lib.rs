//! Reads that cross domains: page-shaped SQL that returns the types of `model::views`.
//!
//! Each page is at most three queries, none of which grows with the catalogue: lists go by key, counts are kept and not
//! counted, and whatever belongs to one product comes with it as JSON. Every function takes the connection it reads
//! from, so that a replica serves as well.

pub mod addresses;
pub mod archive;
pub mod audit;
mod cards;
pub mod category;
mod cursor;
pub mod documents;
mod error;
pub mod explain;
pub mod home;
mod labels;
mod listing;
pub mod messages;
pub mod personal;
pub mod privacy;
pub mod product;
pub mod profile;
pub mod region;
pub mod reviews;
pub mod search;
pub mod searches;
pub mod shop;
pub mod sitemap;
pub mod wishlist;

pub use cards::cards;
pub use error::ViewError;
