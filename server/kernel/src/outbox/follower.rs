//! Following the outbox from a place kept by the caller.

use super::{Recorded, after, latest};
use crate::{
    Kernel,
    bell::{News, Wake},
    jobs::Complaint,
};
use std::time::Duration;

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
    complaint: Complaint,
}

impl Follower {
    /// Follows from after this number on. See [`reaches_back_to`](super::reaches_back_to).
    pub fn after(kernel: &Kernel, seq: i64) -> Self {
        let wake = Wake::on(News::Events, kernel);
        Self { kernel: kernel.clone(), wake, seq, complaint: Complaint::default() }
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
            match after(self.kernel.db(), self.seq, BATCH).await {
                Ok(events) => {
                    self.complaint.over();
                    if let Some(last) = events.last() {
                        self.seq = last.seq;
                        return events;
                    }
                }
                // The process is ending, and so will this wait.
                Err(sqlx::Error::PoolClosed) => std::future::pending().await,
                Err(error) => self.complaint.about("Events cannot be read", &error),
            }
            self.wake.wait(POLL).await;
        }
    }
}
