//! `/account/privacy`: what was agreed to, a copy of everything, and the end of the account.

mod closing;
mod export;
mod page;
pub mod rpc;

pub use page::PrivacyPage;
