//! `/seller`: the shops somebody works in.

mod page;
pub mod rpc;

pub use page::HomePage;
