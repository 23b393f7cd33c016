//! Finding out, once a night, how reliable each shop is.

use super::store;
use kernel::{
    Cx,
    jobs::{Job, JobError, Priority},
};
use model::views::health::WINDOW_DAYS;
use serde::{Deserialize, Serialize};
use views::jakarta::{day_of, first_of};

/// Shops judged in one transaction.
const AT_ONCE: i64 = 500;

/// Judges every shop that had something to send lately, or was judged before. Run by the clock; from what is counted by
/// day, so no orders are looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct JudgeShops {}

impl Job for JudgeShops {
    const NAME: &'static str = "figures.judge_shops";
    const PRIORITY: Priority = Priority::Low;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        judge(cx).await?;
        Ok(())
    }
}

pub(super) async fn judge(cx: &Cx) -> Result<(), sqlx::Error> {
    let today = day_of(cx.now());
    let since = first_of(today, WINDOW_DAYS);
    let mut after = None;
    loop {
        let mut tx = cx.begin().await?;
        let records = store::list_records(&mut tx, since, today, after, AT_ONCE).await?;
        let Some((last, _)) = records.last() else { return Ok(()) };
        after = Some(*last);
        store::put_health(&mut tx, &records, cx.now()).await?;
        store::put_badges(&mut tx, &records).await?;
        tx.commit().await?;
    }
}
