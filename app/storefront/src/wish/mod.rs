//! The heart: keeps a product for later.

mod heart;
pub mod rpc;

pub use heart::Heart;
