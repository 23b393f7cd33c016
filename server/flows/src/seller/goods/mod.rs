//! A shop's goods as a file: taken out with one row for each variant, and brought in from the same columns.
//!
//! **Bringing in.** A file is read twice. First it is [checked](send): what would become of each row is told, and nothing is
//! written. When somebody says so it is [taken over](take_over), in batches, each one transaction together with how far
//! it has come: what is interrupted goes on behind the last batch, and what is repeated finds everything the same. Goods
//! are known by their SKU within the shop; what a file does not name stays as it is, columns as well as goods. The rows
//! of a product are judged together by the rules of its editor, so that it is never half written.
//!
//! **Round trip.** What is taken out and brought in again changes nothing: each cell is compared with what would be taken
//! out now, and a cell that says the same is not even read.

mod bad_rows;
mod cells;
mod columns;
mod compare;
mod export;
mod guard;
mod judge;
mod options;
mod problems;
mod run;
mod send;
mod sort;
mod states;
mod store;
mod sweep;
mod take;
mod xlsx;

pub use bad_rows::BadRows;
pub use export::{Export, ExportError};
pub use run::ReadGoods;
pub use send::{SendGoodsError, Sent, cancel, send, take_over};
pub use sweep::SweepGoods;

use super::AtShop;
use model::{Permission, ids::ShopId};

/// Nobody takes goods in or out but those whose work they are.
fn keeping(at: &AtShop) -> Result<ShopId, SendGoodsError> {
    if at.permissions().has(Permission::Products) { Ok(at.shop()) } else { Err(SendGoodsError::NotFound) }
}
