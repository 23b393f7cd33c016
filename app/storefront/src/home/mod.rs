//! The front page.

mod flash;
mod page;
mod rpc;

pub use flash::SoldBar;
pub use page::HomePage;
