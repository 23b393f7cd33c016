//! Going through the rows: a batch of them is judged by what is there, written, and marked with what became of it, in one
//! transaction that holds its goods for a moment only.

use super::{
    BulkError,
    judge::{About, Present, Verdict},
    store::{self, Marked, Planned, Run},
    write::{Step, write},
};
use catalog::store::{sheet, together as goods};
use inventory::store::{list_lying, lock_lying};
use kernel::{
    Cx, Tx,
    jobs::{Job, JobError, Priority},
};
use model::{
    ids::{GoodsEditId, ProductId, ShopId, VariantId},
    shop::{BulkChange, BulkCounts, BulkFate, BulkKind, BulkProblem, BulkState, together},
};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use std::time::Duration;

/// Changes goods, or puts them back, as the state of the change says. Run again, it goes on with the rows that are left.
#[derive(Serialize, Deserialize)]
pub struct ChangeGoods {
    pub edit: GoodsEditId,
}

impl Job for ChangeGoods {
    const NAME: &'static str = "goods.change_together";
    const PRIORITY: Priority = Priority::Low;
    const TIMEOUT: Duration = Duration::from_hours(1);

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        while go_on(cx, self.edit).await? {}
        Ok(())
    }
}

/// One batch, or the end; whether anything is left.
async fn go_on(cx: &Cx, id: GoodsEditId) -> Result<bool, BulkError> {
    let mut tx = cx.begin().await?;
    // Whoever else goes through this one waits here.
    let run = store::lock(&mut tx, id).await?.filter(|run| run.state.is_under_way());
    let Some((run, change)) = run.and_then(|run| Some((run, run.change?))) else { return Ok(false) };
    let left = run.open() > 0;
    if left {
        batch(cx, &mut tx, run, change).await?;
    } else {
        finish(cx, &mut tx, run, change).await?;
    }
    tx.commit().await?;
    Ok(left)
}

/// What is there of these.
pub(super) async fn present(
    db: &mut PgConnection,
    shop: ShopId,
    change: &BulkChange,
    rows: &[About],
) -> Result<Present, sqlx::Error> {
    let verified = shop::store::get_state(db, shop).await?.is_verified();
    let mut now = Present { verified, ..Present::default() };
    if change.kind.is_of_variants() {
        let variants = variants(rows);
        now.offers = goods::list_offers(db, shop, &variants).await?;
        if let Some(warehouse) = change.warehouse {
            now.lying = list_lying(db, warehouse, &variants).await?;
        }
    } else {
        now.heads = goods::list_heads(db, shop, &products(rows)).await?;
    }
    Ok(now)
}

fn variants(rows: &[About]) -> Vec<VariantId> {
    rows.iter().filter_map(|about| about.variant).collect()
}

fn products(rows: &[About]) -> Vec<ProductId> {
    rows.iter().map(|about| about.product).collect()
}

/// Keeps others from changing what this changes.
async fn lock(
    cx: &Cx,
    db: &mut PgConnection,
    shop: ShopId,
    change: &BulkChange,
    rows: &[About],
) -> Result<(), sqlx::Error> {
    match change.warehouse {
        Some(warehouse) => lock_lying(db, warehouse, &variants(rows), cx.now()).await,
        None => sheet::lock(db, shop, &products(rows)).await,
    }
}

/// Some of the rows that are left, at most as many as are changed at once.
pub(super) async fn batch(cx: &Cx, tx: &mut Tx, run: Run, change: BulkChange) -> Result<Run, BulkError> {
    let back = run.state == BulkState::Undoing;
    let from = if back { BulkFate::Changed } else { BulkFate::Waiting };
    let planned = store::list(tx, run.id, from, together::AT_ONCE.into()).await?;
    let rows: Vec<About> = planned.iter().map(|row| row.about).collect();
    lock(cx, tx, run.shop, &change, &rows).await?;
    let now = present(tx, run.shop, &change, &rows).await?;
    let mut counts = run.counts;
    let (mut marked, mut steps) = (Vec::with_capacity(rows.len()), Vec::new());
    for row in planned {
        let verdict = if back { judge_back(&now, &change, &row) } else { judge(&now, &change, &row) };
        let of = Marked { before: row.before, after: row.after, ..Marked::of(&row.about) };
        marked.push(match verdict {
            Verdict::To { before, after } => {
                steps.push(Step { about: row.about, before, after, said: row.said });
                if back {
                    counts.undone += 1;
                    Marked { fate: BulkFate::Undone, ..of }
                } else {
                    counts.changed += 1;
                    Marked { fate: BulkFate::Changed, before: Some(before), after: Some(after), ..of }
                }
            }
            // Somebody has put it back by hand.
            Verdict::Same if back => {
                counts.undone += 1;
                Marked { fate: BulkFate::Undone, ..of }
            }
            Verdict::Same => {
                counts.same += 1;
                Marked { fate: BulkFate::Same, ..of }
            }
            Verdict::Left(problem, _) if back => {
                counts.kept += 1;
                Marked { fate: BulkFate::Kept, problem: Some(problem), ..of }
            }
            Verdict::Left(problem, before) => {
                counts.left += 1;
                Marked { fate: BulkFate::Left, problem: Some(problem), before: before.or(of.before), ..of }
            }
        });
    }
    let gone = u32::try_from(marked.len()).unwrap_or_default();
    if back {
        counts.changed -= gone.min(counts.changed);
    } else {
        counts.waiting -= gone.min(counts.waiting);
    }
    let mut said = write(cx, tx, &run, &change, &steps).await?;
    for mark in &mut marked {
        mark.said = said.remove(&mark.product);
    }
    store::mark(tx, run.id, &marked).await?;
    let run = Run { counts, ..run };
    store::save(tx, &run, cx.now()).await?;
    Ok(run)
}

/// A price that somebody has changed since it was shown is not changed to what nobody has seen.
fn judge(now: &Present, change: &BulkChange, row: &Planned) -> Verdict {
    match now.judge(change, &row.about) {
        Verdict::To { before, .. }
            if change.kind.is_of_variants() && !change.kind.is_of_stock() && row.before != Some(before) =>
        {
            Verdict::Left(BulkProblem::Changed, Some(before))
        }
        verdict => verdict,
    }
}

fn judge_back(now: &Present, change: &BulkChange, row: &Planned) -> Verdict {
    match (row.before, row.after) {
        (Some(before), Some(after)) => now.judge_back(change.kind, &row.about, before, after),
        _ => Verdict::Left(BulkProblem::Gone, None),
    }
}

/// After the last row: what is counted of the whole shop is counted anew.
pub(super) async fn finish(cx: &Cx, tx: &mut Tx, run: Run, change: BulkChange) -> Result<(), BulkError> {
    let (state, applied_at) = match run.state {
        BulkState::Undoing => (BulkState::Undone, run.applied_at),
        _ => (BulkState::Done, Some(cx.now())),
    };
    let run = Run { state, applied_at, ..run };
    store::save(tx, &run, cx.now()).await?;
    if !change.kind.is_of_variants() && change.kind != BulkKind::Weight {
        crate::totals::refresh(tx, cx, &[run.shop]).await?;
    }
    let BulkCounts { changed, same, left, undone, kept, .. } = run.counts;
    tracing::info!(edit = %run.id, changed, same, left, undone, kept, "A change of many goods is {state}");
    Ok(())
}

/// Changes are forgotten some weeks after anything happened to them.
#[derive(Serialize, Deserialize)]
pub struct SweepChanges {}

/// Forgotten at a time.
const SWEEP: i64 = 20;

impl Job for SweepChanges {
    const NAME: &'static str = "goods.sweep_changes";
    const PRIORITY: Priority = Priority::Low;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let since = cx.now() - time::Duration::days(together::KEEP_DAYS.into());
        let mut db = cx.db().acquire().await?;
        while store::delete_before(&mut db, since, SWEEP).await? > 0 {}
        Ok(())
    }
}
