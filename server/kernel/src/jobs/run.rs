//! Running one job that this worker has leased, and writing down how it went.

use super::{
    JobError, Registry, backoff,
    store::{self, Finished, Lease, Leased},
};
use crate::Kernel;
use futures::FutureExt;
use model::Lang;
use std::{panic::AssertUnwindSafe, time::Instant};
use tokio_util::sync::CancellationToken;
use tracing::Instrument;

/// How an attempt ended.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Outcome {
    Done,
    Discarded,
    /// Failed, and waiting for its next attempt.
    Retried,
    /// Failed for good, and kept for people to look at.
    Dead,
    /// Cut short by a shutdown, and waiting for another worker.
    Released,
    /// The lease ran out on the way; how it went is another worker's affair.
    Lost,
}

impl Outcome {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Discarded => "discarded",
            Self::Retried => "retried",
            Self::Dead => "dead",
            Self::Released => "released",
            Self::Lost => "lost",
        }
    }
}

/// What can end a job from outside.
#[derive(Clone, Default)]
pub(crate) struct Taken {
    /// The lease is gone: stop, and leave the row alone.
    pub lost: CancellationToken,
    /// The process is going: stop, and let another worker have the job.
    pub release: CancellationToken,
}

pub(crate) async fn run_leased(
    kernel: &Kernel,
    registry: &Registry,
    leased: Leased,
    taken: &Taken,
) -> Outcome {
    let lease = leased.lease;
    let span = tracing::info_span!(
        "job",
        job.name = %leased.name,
        job.id = %lease.id,
        job.attempt = lease.attempt,
        request = %leased.request,
    );
    async {
        let name = leased.name.clone();
        let max_attempts = leased.max_attempts;
        let started = Instant::now();
        let ended = tokio::select! {
            result = attempt(kernel, registry, leased) => Ended::Itself(result),
            () = taken.lost.cancelled() => Ended::Lost,
            () = taken.release.cancelled() => Ended::Released,
        };
        let took = started.elapsed();
        let outcome = conclude(kernel, &name, lease, max_attempts, ended).await.unwrap_or_else(|error| {
            // The row stays leased; when the lease has run out, the job is taken again.
            tracing::warn!(%error, "How job {name} ended could not be written down");
            Outcome::Lost
        });
        metrics::counter!("jobs_done_total", "job" => name.clone(), "outcome" => outcome.as_str())
            .increment(1);
        metrics::histogram!("job_seconds", "job" => name).record(took.as_secs_f64());
        outcome
    }
    .instrument(span)
    .await
}

enum Ended {
    Itself(Result<(), JobError>),
    Lost,
    Released,
}

/// One attempt. A panic or a timeout is a failure like any other.
async fn attempt(kernel: &Kernel, registry: &Registry, leased: Leased) -> Result<(), JobError> {
    let Some(handler) = registry.handler(&leased.name) else {
        return Err(JobError::fatal("this version of the program does not know the job"));
    };
    let cx = kernel.cx_for(leased.request, Lang::default());
    let run = AssertUnwindSafe((handler.run)(cx, leased.args)).catch_unwind();
    match tokio::time::timeout(handler.timeout, run).await {
        Ok(Ok(result)) => result,
        Ok(Err(panic)) => Err(JobError::retry(format!("it panicked: {}", message(&*panic)))),
        Err(_) => Err(JobError::retry(format!("it took longer than {:?}", handler.timeout))),
    }
}

fn message(panic: &(dyn std::any::Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a message")
}

async fn conclude(
    kernel: &Kernel,
    name: &str,
    lease: Lease,
    max_attempts: i32,
    ended: Ended,
) -> Result<Outcome, sqlx::Error> {
    if matches!(ended, Ended::Lost) {
        tracing::warn!("Job {name} lost its lease and was stopped");
        return Ok(Outcome::Lost);
    }
    let now = kernel.now();
    let mut db = kernel.db().acquire().await?;
    let (held, outcome) = match ended {
        Ended::Lost => (false, Outcome::Lost),
        Ended::Released => (store::put_back(&mut db, lease, now, None, false, now).await?, Outcome::Released),
        Ended::Itself(Ok(())) => {
            (store::mark_finished(&mut db, lease, Finished::Done, None, now).await?, Outcome::Done)
        }
        Ended::Itself(Err(JobError::Discard(why))) => {
            tracing::info!(%why, "Job {name} has nothing to do");
            (
                store::mark_finished(&mut db, lease, Finished::Discarded, Some(&why), now).await?,
                Outcome::Discarded,
            )
        }
        Ended::Itself(Err(error)) => {
            let last = matches!(error, JobError::Fatal(_)) || lease.attempt >= max_attempts;
            let error = error.to_string();
            if last {
                tracing::error!(%error, "Job {name} failed for good");
                (
                    store::mark_finished(&mut db, lease, Finished::Dead, Some(&error), now).await?,
                    Outcome::Dead,
                )
            } else {
                let wait = backoff::delay(lease.attempt, kernel.ids().random());
                tracing::warn!(%error, "Job {name} failed and is tried again in {}", wait);
                (
                    store::put_back(&mut db, lease, now + wait, Some(&error), true, now).await?,
                    Outcome::Retried,
                )
            }
        }
    };
    Ok(if held { outcome } else { Outcome::Lost })
}

/// Takes jobs back from workers that have vanished. One that was in its last attempt is dead: it may be what
/// brings the workers down.
pub(crate) async fn reap(kernel: &Kernel) -> Result<(), sqlx::Error> {
    const ERROR: &str = "its worker vanished";
    let now = kernel.now();
    let mut db = kernel.db().acquire().await?;
    for (lease, name, max_attempts) in store::list_expired(&mut db, now).await? {
        tracing::warn!(job.id = %lease.id, "The worker of job {name} has vanished; the job is taken from it");
        if lease.attempt >= max_attempts {
            store::mark_finished(&mut db, lease, Finished::Dead, Some(ERROR), now).await?;
        } else {
            store::put_back(&mut db, lease, now, Some(ERROR), true, now).await?;
        }
    }
    Ok(())
}
