//! Deleting what is no longer looked at, so that queue and outbox stay small and quick.

use super::{Job, JobError, Priority, store};
use crate::{Cx, idempotency, outbox};
use serde::{Deserialize, Serialize};
use time::Duration;

/// For how long a job that worked can be looked up.
pub const KEEP_FINISHED_JOBS: Duration = Duration::days(3);
/// For how long a node may be away and still catch up from the outbox.
pub const KEEP_EVENTS: Duration = Duration::days(14);
/// Rows deleted at a time; small, so that no lock is held for long.
const BATCH: i64 = 5_000;

/// Deletes old finished jobs, old events and old idempotency keys. Dead letters stay until someone drops them.
#[derive(Serialize, Deserialize)]
pub struct Retain {}

impl Job for Retain {
    const NAME: &'static str = "kernel.retain";
    const PRIORITY: Priority = Priority::Low;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let now = cx.now();
        let mut db = cx.db().acquire().await?;
        while store::delete_finished(&mut db, now - KEEP_FINISHED_JOBS, BATCH).await? {}
        while outbox::store::prune(&mut db, now - KEEP_EVENTS, BATCH).await? {}
        while idempotency::forget(&mut db, now - idempotency::KEEP, BATCH).await? {}
        Ok(())
    }
}
