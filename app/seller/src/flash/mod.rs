//! `/seller/{shop}/promotions/flash`: flash sales the shop may take part in.

mod list;
pub mod nominate;
mod page;
pub mod rpc;

pub use list::FlashSalesPage;
pub use nominate::NominatePage;
pub use page::{FlashSalePage, Head};
