//! `/pay/{payment}`: how to pay, and where it stands, which the page tells by itself as long as it is open.

mod balance;
mod copy;
mod instructions;
mod page;
pub mod rpc;
mod stand;

pub use page::PaymentPage;
