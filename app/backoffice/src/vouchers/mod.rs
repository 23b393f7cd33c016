//! `/backoffice/vouchers`: the platform's vouchers.

mod cost;
mod list;
mod make;
mod page;
pub mod rpc;

pub use list::VouchersDesk;
pub use make::NewVoucherDesk;
pub use page::VoucherDesk;
