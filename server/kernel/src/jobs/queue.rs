//! Putting jobs into the queue.

use super::{Job, JobId, store};
use crate::{Cx, bell::News};
use futures::future::BoxFuture;
use model::ids::RequestId;
use sqlx::PgConnection;
use std::{collections::HashMap, fmt::Display};
use time::OffsetDateTime;

/// A job as it goes into the queue, its type forgotten.
#[derive(Debug)]
pub struct NewJob {
    pub(super) name: &'static str,
    pub(super) args: Result<serde_json::Value, serde_json::Error>,
    pub(super) priority: i16,
    pub(super) max_attempts: i32,
    pub(super) unique_key: Option<String>,
    pub(super) due: Option<OffsetDateTime>,
}

impl NewJob {
    pub fn of<J: Job>(job: &J) -> Self {
        Self {
            name: J::NAME,
            args: serde_json::to_value(job),
            priority: J::PRIORITY as i16,
            max_attempts: i32::from(J::MAX_ATTEMPTS.max(1)),
            unique_key: None,
            due: None,
        }
    }

    /// While a job of the same name and key is waiting, no second one is queued; the waiting one is run when the
    /// earlier of both is due, and not before the transaction that asked again has ended. One that is already
    /// running does not count, since it may have read what is now outdated.
    ///
    /// Transactions that queue several keys do so in the order of the keys, or they may deadlock.
    #[must_use]
    pub fn unique(mut self, key: impl Display) -> Self {
        self.unique_key = Some(key.to_string());
        self
    }

    /// Not to be run before then.
    #[must_use]
    pub fn at(mut self, due: OffsetDateTime) -> Self {
        self.due = Some(due);
        self
    }

    pub async fn enqueue(self, db: &mut PgConnection, cx: &Cx) -> Result<Enqueued, sqlx::Error> {
        self.tell(cx);
        let queued = store::insert(db, cx.id(), self, cx.now(), cx.request()).await?;
        if matches!(queued, Enqueued::Waiting(_)) {
            // It was held back until the commit, and may be due already.
            cx.note(News::Jobs);
        }
        Ok(queued)
    }

    /// Queues it where none of this key waits, and leaves one that does as it is, unlocked: however many ask for the same, none
    /// of them is held up. For jobs about what was committed before this transaction, which one that waits will see when it runs.
    /// Whether it is new.
    pub async fn enqueue_missing(self, db: &mut PgConnection, cx: &Cx) -> Result<bool, sqlx::Error> {
        self.tell(cx);
        store::insert_missing(db, cx.id(), self, cx.now(), cx.request()).await
    }

    /// What is due later is found then: nobody has to be woken for it.
    fn tell(&self, cx: &Cx) {
        if self.due.is_none_or(|due| due <= cx.now()) {
            cx.note(News::Jobs);
        }
    }
}

/// Takes back the job with this key in the caller's transaction, since what it was for is done; false where none waits. One
/// that runs already is not held up.
pub async fn withdraw<J: Job>(db: &mut PgConnection, key: impl Display) -> Result<bool, sqlx::Error> {
    store::delete_waiting(db, J::NAME, &key.to_string()).await
}

/// Queues jobs in the caller's transaction, in one statement however many there are.
pub async fn enqueue_all(db: &mut PgConnection, cx: &Cx, jobs: Vec<NewJob>) -> Result<(), sqlx::Error> {
    for job in &jobs {
        job.tell(cx);
    }
    let jobs = jobs.into_iter().map(|job| (cx.id(), job, cx.request())).collect();
    insert_all(db, jobs, cx.now()).await
}

/// See [`enqueue_all`]: with the request that each is due to. Of those with the same key one is queued, for when the
/// earlier is due.
pub(crate) async fn insert_all(
    db: &mut PgConnection,
    jobs: Vec<(JobId, NewJob, RequestId)>,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let mut all: Vec<(JobId, NewJob, RequestId)> = vec![];
    let mut places = HashMap::new();
    for (id, job, request) in jobs {
        if let Some(key) = job.unique_key.clone() {
            let place = *places.entry((job.name, key)).or_insert(all.len());
            if let Some((_, twin, _)) = all.get_mut(place) {
                twin.due = Some(twin.due.unwrap_or(now).min(job.due.unwrap_or(now)));
                continue;
            }
        }
        all.push((id, job, request));
    }
    if all.is_empty() {
        return Ok(());
    }
    store::insert_many(db, all, now).await
}

impl<J: Job> From<&J> for NewJob {
    fn from(job: &J) -> Self {
        Self::of(job)
    }
}

/// Queues a job in the caller's transaction: it exists if and only if that commits.
/// `enqueue(&mut tx, &cx, &job).unique(key).at(due).await?`
pub fn enqueue<'a, J: Job>(db: &'a mut PgConnection, cx: &'a Cx, job: &J) -> Enqueue<'a> {
    Enqueue { db, cx, job: NewJob::of(job) }
}

/// An [`enqueue`] to be awaited.
#[must_use = "nothing is queued until this is awaited"]
pub struct Enqueue<'a> {
    db: &'a mut PgConnection,
    cx: &'a Cx,
    job: NewJob,
}

impl Enqueue<'_> {
    /// See [`NewJob::unique`].
    pub fn unique(mut self, key: impl Display) -> Self {
        self.job = self.job.unique(key);
        self
    }

    /// See [`NewJob::at`].
    pub fn at(mut self, due: OffsetDateTime) -> Self {
        self.job = self.job.at(due);
        self
    }
}

impl<'a> IntoFuture for Enqueue<'a> {
    type Output = Result<Enqueued, sqlx::Error>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.job.enqueue(self.db, self.cx))
    }
}

/// What became of an [`enqueue`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Enqueued {
    New(JobId),
    /// One with the same unique key was waiting already.
    Waiting(JobId),
}

impl Enqueued {
    pub fn id(self) -> JobId {
        match self {
            Self::New(id) | Self::Waiting(id) => id,
        }
    }
}
