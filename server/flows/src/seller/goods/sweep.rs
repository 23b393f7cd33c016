//! Files of goods are deleted some weeks after anything happened to them.

use super::{send::place, store};
use crate::seller::Papers;
use kernel::{
    Cx,
    jobs::{Job, JobError, Priority},
};
use model::shop::file;
use serde::{Deserialize, Serialize};

/// Deleted at a time.
const SWEEP: i64 = 100;

/// The files go before the rows say so, so that a run that is cut short is made up for by the next.
#[derive(Serialize, Deserialize)]
pub struct SweepGoods {}

impl Job for SweepGoods {
    const NAME: &'static str = "goods.sweep_files";
    const PRIORITY: Priority = Priority::Low;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let papers = Papers::of(cx)?;
        let since = cx.now() - time::Duration::days(file::KEEP_DAYS.into());
        let mut db = cx.db().acquire().await?;
        loop {
            let overdue = store::list_overdue(&mut db, since, SWEEP).await?;
            if overdue.is_empty() {
                return Ok(());
            }
            for id in &overdue {
                papers.remove(place(*id)).await?;
            }
            store::mark_swept(&mut db, &overdue, cx.now()).await?;
        }
    }
}
