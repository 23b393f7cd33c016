//! One product: pictures, variants, price, shop, specification, reviews, and what is like it.

mod buy;
mod facts;
mod further;
mod gallery;
mod gone;
mod page;
mod reviews;
mod rpc;

pub use page::ProductPage;
