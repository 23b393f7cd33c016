//! `/seller/{shop}/promotions`: the shop's vouchers.

pub mod asked;
mod cost;
mod fields;
mod list;
mod make;
mod page;
pub mod rpc;

pub use list::PromotionsPage;
pub use make::NewVoucherPage;
pub use page::VoucherPage;
