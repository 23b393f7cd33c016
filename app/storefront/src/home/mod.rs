//! The front page.

mod flash;
mod page;
mod rpc;
mod sold;

pub use page::HomePage;
pub use sold::{Sold, SoldBar, watch};
