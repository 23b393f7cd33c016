//! `/seller/{shop}/settings`: what its people decide about the shop.

mod address;
mod holiday;
mod page;
mod pictures;
pub mod rpc;

pub use address::SenderPage;
pub use page::SettingsPage;
