//! `/backoffice/flash`: flash sales, and what shops would sell in them.

mod list;
mod make;
mod page;
pub mod rpc;

pub use list::SalesDesk;
pub use make::NewSaleDesk;
pub use page::SaleDesk;
