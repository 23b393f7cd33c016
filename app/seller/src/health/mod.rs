//! `/seller/{shop}/health`: how reliably a shop sends what was ordered, how that is counted, and what follows from it.

mod page;
pub mod rpc;

pub use page::HealthPage;
