//! Old searches become counts.

use crate::{MANY, store};
use kernel::{
    Cx,
    jobs::{Job, JobError, Priority},
};
use serde::{Deserialize, Serialize};
use time::{Duration, Time};

/// For so long single searches are kept.
pub const KEEP_ROWS: Duration = Duration::days(14);
/// For so long counts per day are kept.
pub const KEEP_COUNTS: Duration = Duration::days(400);

/// Folds whole days older than [`KEEP_ROWS`] into counts, drops texts that were not searched for in [`MANY`] different
/// hours, and deletes counts older than [`KEEP_COUNTS`]. Run by the clock.
#[derive(Serialize, Deserialize)]
pub struct FoldSearches {}

impl Job for FoldSearches {
    const NAME: &'static str = "inquiry.fold_searches";
    const PRIORITY: Priority = Priority::Low;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let before = (cx.now() - KEEP_ROWS).replace_time(Time::MIDNIGHT);
        let mut tx = cx.begin().await?;
        store::fold(&mut tx, before, MANY).await?;
        store::delete_counts(&mut tx, (cx.now() - KEEP_COUNTS).date()).await?;
        Ok(tx.commit().await?)
    }
}
