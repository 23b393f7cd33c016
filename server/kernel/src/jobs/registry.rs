//! Which jobs, schedules and reactions a process knows.

use super::{Job, JobError, NewJob, cron::Entry, cron::Schedule};
use crate::{Cx, outbox::Reactions};
use futures::future::BoxFuture;
use serde_json::Value;
use std::{collections::BTreeMap, sync::Arc, time::Duration};

type Run = Box<dyn Fn(Cx, Value) -> BoxFuture<'static, Result<(), JobError>> + Send + Sync>;

/// A job's type, remembered by its name.
pub(crate) struct Handler {
    pub name: &'static str,
    pub timeout: Duration,
    pub run: Run,
}

impl Handler {
    pub(crate) fn of<J: Job>(
        run: impl Fn(J, Cx) -> BoxFuture<'static, Result<(), JobError>> + Send + Sync + 'static,
    ) -> Self {
        let run = Box::new(move |cx, args| match serde_json::from_value(args) {
            Ok(job) => run(job, cx),
            Err(error) => {
                let unreadable = JobError::Fatal(format!("its arguments cannot be read: {error}"));
                Box::pin(async { Err(unreadable) })
            }
        });
        Self { name: J::NAME, timeout: J::TIMEOUT, run }
    }
}

/// Everything that happens without anyone asking: the jobs by name, the schedules that start some of them, and
/// the reactions that turn events into jobs. The composition root fills one, the workers run it.
#[derive(Default)]
pub struct Registry {
    handlers: BTreeMap<&'static str, Handler>,
    pub(crate) cron: Vec<Entry>,
    pub(crate) reactions: Option<Arc<Reactions>>,
}

impl Registry {
    /// Nothing at all.
    pub fn empty() -> Self {
        Self::default()
    }

    /// What the kernel itself needs done: deleting what is old.
    pub fn new() -> Self {
        Self::empty().cron("kernel.retain", Schedule::every(time::Duration::HOUR), || super::Retain {})
    }

    #[must_use]
    pub fn job<J: Job>(mut self) -> Self {
        self.add::<J>();
        self
    }

    /// Queues a job again and again. Names are unique; of one entry at most one job is waiting at a time.
    #[must_use]
    pub fn cron<J: Job>(
        mut self,
        name: &'static str,
        schedule: Schedule,
        job: impl Fn() -> J + Send + Sync + 'static,
    ) -> Self {
        self.add::<J>();
        self.cron.push(Entry { name, schedule, job: Box::new(move || NewJob::of(&job()).unique(name)) });
        self
    }

    /// What follows from which event.
    #[must_use]
    pub fn reactions(mut self, reactions: Reactions) -> Self {
        let reactions = Arc::new(reactions);
        let handler = reactions.clone().again();
        self.handlers.insert(handler.name, handler);
        self.reactions = Some(reactions);
        self
    }

    fn add<J: Job>(&mut self) {
        let handler = Handler::of::<J>(|job, cx| Box::pin(async move { job.run(&cx).await }));
        self.handlers.insert(handler.name, handler);
    }

    pub(crate) fn handler(&self, name: &str) -> Option<&Handler> {
        self.handlers.get(name)
    }

    /// The names a worker asks for: jobs of a newer version wait for a worker that knows them.
    pub(crate) fn names(&self) -> Vec<String> {
        self.handlers.keys().map(ToString::to_string).collect()
    }
}
