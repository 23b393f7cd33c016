//! What rows may name, made for one request: nobody who came before has changed or removed it.

mod bought;
mod hers;
mod promoted;
mod shops;

/// The name that stands in a row, and what takes its place.
pub(crate) type Thing = (&'static str, String);
