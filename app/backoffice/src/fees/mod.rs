//! `/backoffice/fees`: what the platform takes from shops, rule by rule.

mod page;
mod rpc;

pub use page::FeesDesk;
