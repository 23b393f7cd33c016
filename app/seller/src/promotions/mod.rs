//! `/seller/{shop}/promotions`: the shop's vouchers.

mod asked;
mod cost;
mod list;
mod make;
mod page;
pub mod rpc;
mod sections;

pub use list::PromotionsPage;
pub use make::NewVoucherPage;
pub use page::VoucherPage;
pub use sections::{Section, Sections};
