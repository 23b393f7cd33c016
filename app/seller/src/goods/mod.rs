//! `/seller/{shop}/products/import`: goods as files. A form of its own sends one, since a file goes with it; its page says
//! what it would change, and has it taken over.

mod bad;
mod page;
mod rpc;
mod run;
mod samples;

pub(crate) use page::Downloads;
pub use page::ImportPage;
pub use run::RunPage;
