//! `/account/profile`: what people say about themselves.

mod page;
pub mod rpc;

pub use page::ProfilePage;
