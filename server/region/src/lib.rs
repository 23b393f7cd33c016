//! Where things are: Indonesia's provinces, cities and regencies, and districts, with codes, positions and
//! postcodes. The table comes with the product and is loaded into an empty database; nobody edits it.
//!
//! Public verbs: [`load`] brings the rows in, [`Cities`] finds a city by what people call it, [`Book`] has the whole
//! table in memory: what lies in what, which postcodes a district has, and search while typing.

mod book;
mod cities;
mod load;
mod search;

pub use book::{Book, Entry};
pub use cities::Cities;
pub use load::{LoadError, load};
