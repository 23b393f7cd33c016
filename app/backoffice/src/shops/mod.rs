//! `/backoffice/shops`: shops that want to open, and who is behind them.

mod case;
mod list;
mod rpc;

pub use case::ShopCaseDesk;
pub use list::ShopsDesk;
