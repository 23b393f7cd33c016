//! What follows from what: events become jobs.

use super::{Event, Recorded, store};
use crate::{
    Cx, Kernel,
    bell::{News, Untold, Wake},
    jobs::{Complaint, Handler, Job, JobError, NewJob, Priority, enqueue_all, insert_all},
};
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, sync::Arc, time::Duration};
use tokio_util::sync::CancellationToken;

/// The name under which the reactions' place in the outbox is kept.
const CURSOR: &str = "reactions";
const BATCH: i64 = 200;

type React = Box<dyn Fn(&Recorded) -> Result<Then, serde_json::Error> + Send + Sync>;

/// The table of what follows from which event: `Reactions::new().on(|e: OrderPlaced, then| then.enqueue(&..))`.
/// A reaction looks at nothing but the event; whatever it needs to know, the job it queues will look up.
#[derive(Default)]
pub struct Reactions {
    table: HashMap<&'static str, Vec<React>>,
}

/// The jobs that follow from an event.
#[derive(Default)]
pub struct Then {
    jobs: Vec<NewJob>,
}

impl Then {
    /// Queues a job: `then.enqueue(&job)`, or `then.enqueue(NewJob::of(&job).unique(key))`.
    pub fn enqueue(&mut self, job: impl Into<NewJob>) -> &mut Self {
        self.jobs.push(job.into());
        self
    }
}

impl Reactions {
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn on<E: Event>(mut self, react: impl Fn(E, &mut Then) + Send + Sync + 'static) -> Self {
        self.table.entry(E::NAME).or_default().push(Box::new(move |recorded| {
            let mut then = Then::default();
            react(E::deserialize(&recorded.body)?, &mut then);
            Ok(then)
        }));
        self
    }

    /// The job that makes up for an event which could not be read.
    pub(crate) fn again(self: Arc<Self>) -> Handler {
        Handler::of::<ReactAgain>(move |again, cx| {
            let reactions = self.clone();
            Box::pin(async move {
                let mut tx = cx.begin().await?;
                let Some(event) = store::find(&mut tx, again.seq).await? else {
                    return Err(JobError::discard("the event has been deleted"));
                };
                enqueue_all(&mut tx, &cx, reactions.jobs(&event)?).await?;
                Ok(tx.commit().await?)
            })
        })
    }

    /// All or nothing, so that it can be done again.
    fn jobs(&self, event: &Recorded) -> Result<Vec<NewJob>, serde_json::Error> {
        let reactions = self.table.get(event.name.as_str()).map_or(&[][..], Vec::as_slice);
        reactions.iter().try_fold(Vec::new(), |mut jobs, react| {
            jobs.extend(react(event)?.jobs);
            Ok(jobs)
        })
    }
}

/// An event whose body the reactions could not read. Most likely the event's type was changed without regard for
/// those already written; with the next version the job works.
#[derive(Serialize, Deserialize)]
struct ReactAgain {
    seq: i64,
}

impl Job for ReactAgain {
    const NAME: &'static str = "kernel.react_again";
    const PRIORITY: Priority = Priority::Low;

    fn run(self, _: &Cx) -> impl Future<Output = Result<(), JobError>> + Send {
        std::future::ready(Err(JobError::fatal("it is run by the reactions, see Reactions::again")))
    }
}

/// Applies the reactions to each event once, whichever of the nodes does it: the place in the outbox moves in the
/// transaction that queues the jobs.
pub(crate) struct Dispatcher {
    kernel: Kernel,
    reactions: Arc<Reactions>,
}

impl Dispatcher {
    pub(crate) fn new(kernel: Kernel, reactions: Arc<Reactions>) -> Self {
        Self { kernel, reactions }
    }

    pub(crate) async fn run(self, stop: CancellationToken, poll: Duration) {
        let wake = Wake::on(News::Events, &self.kernel);
        let mut complaint = Complaint::default();
        while !stop.is_cancelled() {
            match self.step().await {
                Ok(0) => complaint.over(),
                Ok(_) => continue,
                Err(error) => complaint.about("Events cannot be turned into jobs", &error),
            }
            tokio::select! {
                () = wake.wait(poll) => {}
                () = stop.cancelled() => {}
            }
        }
    }

    /// Handles the next events and says how many there were.
    pub(crate) async fn step(&self) -> Result<usize, sqlx::Error> {
        store::number(self.kernel.db()).await?;
        let mut tx = self.kernel.db().begin().await?;
        store::insert_cursor(&mut tx, CURSOR).await?;
        let Some(place) = store::find_free_cursor(&mut tx, CURSOR).await? else { return Ok(0) };
        let events = store::list_after(&mut tx, place, BATCH).await?;
        let Some(last) = events.last() else { return Ok(0) };
        let jobs = events
            .iter()
            .flat_map(|event| {
                self.jobs(event).into_iter().map(|job| (self.kernel.ids().uuid().into(), job, event.request))
            })
            .collect();
        insert_all(&mut tx, jobs, self.kernel.now()).await?;
        store::mark_read(&mut tx, CURSOR, last.seq).await?;
        tx.commit().await?;
        let jobs = Untold::default();
        jobs.note(News::Jobs);
        self.kernel.bell().ring(&jobs, self.kernel.db());
        Ok(events.len())
    }

    fn jobs(&self, event: &Recorded) -> Vec<NewJob> {
        self.reactions.jobs(event).unwrap_or_else(|error| {
            tracing::error!(%error, event.seq, "The event {} cannot be read; a job will try again", event.name);
            vec![NewJob::of(&ReactAgain { seq: event.seq })]
        })
    }
}
