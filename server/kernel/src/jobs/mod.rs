//! Work that is done later, durably: jobs are rows written in the transaction of the change that asks for them.
//!
//! A job is run at least once: a worker that is killed loses its lease, and another takes the job again. So a job
//! must be idempotent. It is small, names what it works on by id, and reads the rest when it runs.
//!
//! ```ignore
//! #[derive(Serialize, Deserialize)]
//! struct SendReceipt { order: OrderId }
//!
//! impl Job for SendReceipt {
//!     const NAME: &'static str = "order.send_receipt";
//!     async fn run(self, cx: &Cx) -> Result<(), JobError> { … }
//! }
//!
//! jobs::enqueue(&mut tx, &cx, &SendReceipt { order }).unique(order).await?;
//! ```
//!
//! Due times, leases and retries are judged by the kernel's clock, not the database's, so that tests can turn it.
//! Nodes' clocks may therefore differ by no more than a fraction of the lease.

mod backoff;
pub mod cron;
mod queue;
mod registry;
mod retention;
mod run;
pub(crate) mod store;
mod workers;

pub use cron::Schedule;
pub(crate) use queue::insert_all;
pub use queue::{Enqueue, Enqueued, NewJob, enqueue, enqueue_all, withdraw};
pub(crate) use registry::Handler;
pub use registry::Registry;
pub use retention::Retain;
pub use run::Outcome;
pub(crate) use run::{Taken, run_leased};
pub use store::dead::{DeadLetter, dead_letters, drop_dead, retry_dead};
pub(crate) use workers::Complaint;
pub use workers::{WorkerSettings, Workers};

use crate::Cx;
use serde::{Serialize, de::DeserializeOwned};
use std::{fmt, future::Future, time::Duration};

model::ids!(
    /// One job in the queue.
    JobId,
);

/// Something to be done later.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// `domain.verb`, unique among all jobs and never changed while some are waiting.
    const NAME: &'static str;

    /// After so many failures the job is put aside for people to look at. Ten attempts take about a day.
    const MAX_ATTEMPTS: u16 = 10;

    const PRIORITY: Priority = Priority::Normal;

    /// A single attempt that takes longer counts as failed.
    const TIMEOUT: Duration = Duration::from_mins(5);

    fn run(self, cx: &Cx) -> impl Future<Output = Result<(), JobError>> + Send;
}

/// Among the jobs that are due, those of a higher priority go first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Priority {
    /// Someone is waiting for it: a code to sign in, a payment to be confirmed.
    High = -1,
    Normal = 0,
    /// Bulk work, such as building an index anew.
    Low = 1,
}

/// How an attempt failed. Any error converts into [`Retry`](Self::Retry) with `?`.
pub enum JobError {
    /// Worth another attempt later.
    Retry(Box<dyn std::error::Error + Send + Sync>),
    /// There is nothing left to do, such as a mail about an order that is gone. Not a failure.
    Discard(String),
    /// No attempt will ever work: put aside at once for people to look at.
    Fatal(String),
}

impl JobError {
    pub fn retry(why: impl Into<String>) -> Self {
        Self::Retry(why.into().into())
    }

    pub fn discard(why: impl Into<String>) -> Self {
        Self::Discard(why.into())
    }

    pub fn fatal(why: impl Into<String>) -> Self {
        Self::Fatal(why.into())
    }
}

impl<E: std::error::Error + Send + Sync + 'static> From<E> for JobError {
    fn from(error: E) -> Self {
        Self::Retry(Box::new(error))
    }
}

impl fmt::Display for JobError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Retry(error) => {
                error.fmt(f)?;
                let mut cause = error.source();
                while let Some(error) = cause {
                    write!(f, ": {error}")?;
                    cause = error.source();
                }
                Ok(())
            }
            Self::Discard(why) | Self::Fatal(why) => f.write_str(why),
        }
    }
}

impl fmt::Debug for JobError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self {
            Self::Retry(_) => "Retry",
            Self::Discard(_) => "Discard",
            Self::Fatal(_) => "Fatal",
        };
        write!(f, "{kind}({self})")
    }
}
