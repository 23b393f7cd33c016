//! Following the outbox from a place kept by the caller.

use super::{Recorded, latest, store};
use crate::{
    Kernel,
    bell::{News, Wake},
    jobs::Complaint,
};
use std::time::{Duration, Instant};

/// Events read at a time.
const BATCH: i64 = 500;
/// How late an event may come when no notification arrived; usually it takes milliseconds.
const POLL: Duration = Duration::from_millis(500);

/// Reads all events, in order, as they come.
///
/// ```ignore
/// let mut follower = Follower::after(&kernel, index.seq());
/// loop {
///     let events = follower.next().await;
///     index.apply(&events)?; // and remember the last one's seq with it
/// }
/// ```
pub struct Follower {
    kernel: Kernel,
    wake: Wake,
    seq: i64,
    /// Whether there may be more without anybody saying so.
    more: bool,
    complaint: Complaint,
}

impl Follower {
    /// Follows from after this number on. See [`reaches_back_to`](super::reaches_back_to).
    pub fn after(kernel: &Kernel, seq: i64) -> Self {
        let wake = Wake::on(News::Events, kernel);
        Self { kernel: kernel.clone(), wake, seq, more: true, complaint: Complaint::default() }
    }

    /// Follows what happens from now on. A database that is away is waited for, one that was closed for ever.
    pub async fn from_now(kernel: &Kernel) -> Self {
        let mut complaint = Complaint::default();
        loop {
            match latest(kernel.db()).await {
                Ok(seq) => return Self::after(kernel, seq),
                Err(sqlx::Error::PoolClosed) => std::future::pending().await,
                Err(error) => complaint.about("Events cannot be followed yet", &error),
            }
            tokio::time::sleep(POLL).await;
        }
    }

    /// The number of the last event handed out.
    pub fn seq(&self) -> i64 {
        self.seq
    }

    /// The next events, at least one; waits for it. A database that is away is waited for too, one that was
    /// closed for ever. May be dropped and
    /// called again without losing an event.
    pub async fn next(&mut self) -> Vec<Recorded> {
        loop {
            // Should this be dropped while it waits, it looks at once when it is called again.
            let more = std::mem::replace(&mut self.more, true);
            let woken = if more { Instant::now() } else { self.wake.wait(POLL).await };
            match self.read(woken).await {
                Ok(events) => {
                    self.complaint.over();
                    self.more = i64::try_from(events.len()).is_ok_and(|read| read == BATCH);
                    if let Some(last) = events.last() {
                        self.seq = last.seq;
                        return events;
                    }
                }
                // The process is ending, and so will this wait.
                Err(sqlx::Error::PoolClosed) => std::future::pending().await,
                Err(error) => {
                    self.more = false;
                    self.complaint.about("Events cannot be read", &error);
                }
            }
        }
    }

    async fn read(&self, woken: Instant) -> Result<Vec<Recorded>, sqlx::Error> {
        store::number_since(&self.kernel, woken).await?;
        store::list_after(&mut *self.kernel.db().acquire().await?, self.seq, BATCH).await
    }
}
