//! The front page.

mod page;
mod rpc;

pub use page::HomePage;
