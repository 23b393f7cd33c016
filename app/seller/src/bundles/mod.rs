//! `/seller/{shop}/promotions/bundles`: variants made of others.

mod edit;
mod list;
pub mod rpc;

pub use edit::BundlePage;
pub use list::BundlesPage;
