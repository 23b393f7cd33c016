//! `/seller/{shop}/promotions/prices`: prices that hold for a time.

mod list;
mod make;
pub mod rpc;

pub use list::PricesPage;
pub use make::NewPricePage;
