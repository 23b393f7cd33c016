//! Many of a shop's goods changed at once, and put back.
//!
//! Goods are [chosen](choose), then it is [said](plan) what is to change: that writes a row for each variant or product with
//! what is there and what would be, and touches no goods. [Applied](apply), each row is judged once more by what is there
//! then, under a lock, and written with the movements, old prices and timelines that a change by hand leaves; a price that is
//! not what was shown is left alone. Few rows are written while somebody waits, all or none; many by a job, in batches that
//! commit with what became of their rows, so that what is interrupted goes on. For a while all of it can be [put back](undo):
//! each row that is still as this change left it, the others are told.
//!
//! Asking for anything twice does it once.

mod change;
mod choose;
mod judge;
mod make;
mod plan;
mod run;
mod store;
mod write;

pub use choose::{choose, choose_ticked};
pub use make::{apply, undo};
pub use plan::plan;
pub use run::{ChangeGoods, SweepChanges};

use super::AtShop;
use crate::once::OnceError;
use catalog::Forbidden;
use kernel::{Cx, idempotency::Key};
use model::{
    AppError, Code, FieldError, Permission,
    ids::{GoodsEditId, ShopId},
    shop::{BulkChosen, BulkInput, BulkKind},
    typed::Problems,
};

#[derive(Debug, thiserror::Error)]
pub enum BulkError {
    /// Or it is another shop's, or not their work.
    #[error("the shop has no such change")]
    NotFound,
    #[error("no goods were chosen")]
    Nothing,
    #[error("more goods are chosen than are changed at once")]
    TooMany,
    #[error("what was typed is not right")]
    Invalid(Problems),
    #[error("in its state this is not possible")]
    Forbidden,
    #[error("it was made too long ago to be put back")]
    Late,
    #[error(transparent)]
    Once(#[from] OnceError),
    /// The rules of states have changed since.
    #[error(transparent)]
    Walk(#[from] Forbidden),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<BulkError> for AppError {
    fn from(error: BulkError) -> Self {
        match error {
            BulkError::NotFound => Self::not_found(),
            BulkError::Nothing => Self::field("products", FieldError::Required),
            BulkError::TooMany => Self::field("products", FieldError::OutOfRange),
            BulkError::Invalid(problems) => problems.into(),
            BulkError::Forbidden | BulkError::Late | BulkError::Walk(_) => Code::Conflict.into(),
            BulkError::Once(error) => error.into(),
            BulkError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// Nobody changes goods but those whose work they are.
fn keeping(at: &AtShop) -> Result<ShopId, BulkError> {
    if at.permissions().has(Permission::Products) { Ok(at.shop()) } else { Err(BulkError::NotFound) }
}

/// Nor counts stock.
fn may(at: &AtShop, kind: BulkKind) -> Result<(), BulkError> {
    if kind.is_of_stock() && !at.permissions().has(Permission::Stock) {
        return Err(BulkError::NotFound);
    }
    Ok(())
}

/// All steps at once, for programs; a `dry_run` only says what would change. Under a key it happens once: what was cut short
/// goes on.
pub async fn change(
    cx: &Cx,
    at: &AtShop,
    chosen: &BulkChosen,
    input: &BulkInput,
    dry_run: bool,
    key: &Key,
) -> Result<GoodsEditId, BulkError> {
    let id = choose::once(cx, at, chosen, Some((key, &(chosen, input, dry_run)))).await?;
    match plan(cx, at, id, input).await {
        // The first request of its key came further.
        Ok(()) | Err(BulkError::Forbidden) => {}
        Err(error) => return Err(error),
    }
    if !dry_run {
        apply(cx, at, id).await?;
    }
    Ok(id)
}
