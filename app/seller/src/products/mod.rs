//! `/seller/{shop}/products`: its goods, with price and stock beside each.

mod page;
mod row;
mod rpc;

pub use page::ProductsPage;
