//! `/account/security`: the password, and the devices somebody is signed in on.

mod page;
pub mod rpc;

pub use page::SecurityPage;
