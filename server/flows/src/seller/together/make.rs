//! Making a change that was planned, and putting it back.

use super::{
    BulkError, keeping, may,
    run::{self, ChangeGoods},
    store::{self, Run},
};
use crate::seller::AtShop;
use access::audit::{Entry, Subject, record};
use kernel::{Cx, Tx, jobs};
use model::{
    audit::Action,
    ids::GoodsEditId,
    shop::{BulkChange, BulkState, together},
};
use serde_json::json;
use time::Duration;

/// Asked again, it goes on as it does.
pub async fn apply(cx: &Cx, at: &AtShop, id: GoodsEditId) -> Result<(), BulkError> {
    let shop = keeping(at)?;
    let mut tx = cx.begin().await?;
    let run = store::lock(&mut tx, id).await?.filter(|run| run.shop == shop).ok_or(BulkError::NotFound)?;
    let Some(change) = run.change else { return Err(BulkError::Forbidden) };
    may(at, change.kind)?;
    if run.state != BulkState::Planned {
        return Ok(());
    }
    begin(cx, tx, run, BulkState::Applying, change, "many goods changed").await
}

/// Puts back what is still as the change left it. Asked again, it goes on as it does.
pub async fn undo(cx: &Cx, at: &AtShop, id: GoodsEditId) -> Result<(), BulkError> {
    let shop = keeping(at)?;
    let mut tx = cx.begin().await?;
    let run = store::lock(&mut tx, id).await?.filter(|run| run.shop == shop).ok_or(BulkError::NotFound)?;
    let Some(change) = run.change else { return Err(BulkError::Forbidden) };
    may(at, change.kind)?;
    match (run.state, run.applied_at) {
        (BulkState::Undoing | BulkState::Undone, _) => return Ok(()),
        (BulkState::Done, Some(applied)) => {
            if cx.now() >= applied + Duration::hours(together::UNDO_HOURS.into()) {
                return Err(BulkError::Late);
            }
        }
        _ => return Err(BulkError::Forbidden),
    }
    begin(cx, tx, run, BulkState::Undoing, change, "many goods put back").await
}

/// At once where there are few rows, by a job where there are many.
async fn begin(
    cx: &Cx,
    mut tx: Tx,
    run: Run,
    to: BulkState,
    change: BulkChange,
    what: &'static str,
) -> Result<(), BulkError> {
    let run = Run { state: to, ..run };
    store::save(&mut tx, &run, cx.now()).await?;
    let after = json!({"what": what, "change": change.kind, "edit": run.id, "rows": run.open()});
    record(&mut tx, cx, &Entry::of(Action::ShopChanged, Subject::Shop(run.shop)).after(after)).await?;
    if run.open() <= together::AT_ONCE {
        let run = run::batch(cx, &mut tx, run, change).await?;
        run::finish(cx, &mut tx, run, change).await?;
    } else {
        jobs::enqueue(&mut tx, cx, &ChangeGoods { edit: run.id }).unique(run.id).await?;
    }
    Ok(tx.commit().await?)
}
