//! `/backoffice`: what an operator may do, and what waits for it.

mod page;
pub mod rpc;

pub use page::HomeDesk;
