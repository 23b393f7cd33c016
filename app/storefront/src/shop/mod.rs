//! A shop's page: who it is, and its goods as a search.

mod page;
mod rpc;

pub use page::ShopPage;
