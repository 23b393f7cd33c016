//! `/seller/{shop}/promotions`: the shop's vouchers.

mod asked;
mod cost;
mod fields;
mod list;
mod make;
mod page;
mod rpc;

pub use list::PromotionsPage;
pub use make::NewVoucherPage;
pub use page::VoucherPage;
