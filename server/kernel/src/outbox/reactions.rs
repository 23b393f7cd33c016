//! What follows from what: events become jobs.

use super::{Event, Recorded, store};
use crate::{
    Cx, Kernel,
    bell::{News, Untold, Wake},
    jobs::{Complaint, Handler, Job, JobError, NewJob, Priority, enqueue_all, insert_all},
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use tokio_util::sync::CancellationToken;

/// The name under which the reactions' place in the outbox is kept.
const CURSOR: &str = "reactions";
const BATCH: i64 = 200;

type React = Box<dyn Fn(&[&Recorded]) -> Result<Then, serde_json::Error> + Send + Sync>;

/// The table of what follows from which event: `Reactions::new().on(|e: OrderPlaced, then| then.enqueue(&..))`.
/// A reaction looks at nothing but the event; whatever it needs to know, the job it queues will look up.
#[derive(Default)]
pub struct Reactions {
    table: HashMap<&'static str, Vec<React>>,
    /// To all that are read at once.
    together: HashMap<&'static str, React>,
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
        assert!(!self.together.contains_key(E::NAME), "{} has a reaction to all at once", E::NAME);
        self.table.entry(E::NAME).or_default().push(Box::new(move |recorded| {
            let mut then = Then::default();
            for one in recorded {
                react(E::deserialize(&one.body)?, &mut then);
            }
            Ok(then)
        }));
        self
    }

    /// Reacts to all events of a kind that are read at once, where one job can do for them. A kind of event has one such
    /// reaction and none of [`on`](Self::on), since what fails here is done again for each event as a whole.
    #[must_use]
    pub fn on_all<E: Event>(mut self, react: impl Fn(Vec<E>, &mut Then) + Send + Sync + 'static) -> Self {
        let all: React = Box::new(move |recorded| {
            let events: Result<Vec<E>, _> = recorded.iter().map(|one| E::deserialize(&one.body)).collect();
            let mut then = Then::default();
            react(events?, &mut then);
            Ok(then)
        });
        let alone = !self.table.contains_key(E::NAME) && self.together.insert(E::NAME, all).is_none();
        assert!(alone, "{} has another reaction", E::NAME);
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
        let mut jobs = self.jobs_of_each(event)?;
        if let Some(react) = self.together.get(event.name.as_str()) {
            jobs.extend(react(&[event])?.jobs);
        }
        Ok(jobs)
    }

    fn jobs_of_each(&self, event: &Recorded) -> Result<Vec<NewJob>, serde_json::Error> {
        let reactions = self.table.get(event.name.as_str()).map_or(&[][..], Vec::as_slice);
        reactions.iter().try_fold(Vec::new(), |mut jobs, react| {
            jobs.extend(react(&[event])?.jobs);
            Ok(jobs)
        })
    }

    /// The jobs that follow from these, each with the event it is due to.
    fn jobs_of_all<'e>(&self, events: &'e [Recorded]) -> Vec<(NewJob, &'e Recorded)> {
        let mut jobs = vec![];
        let mut unread = HashSet::new();
        for event in events {
            match self.jobs_of_each(event) {
                Ok(of_it) => jobs.extend(of_it.into_iter().map(|job| (job, event))),
                Err(error) => {
                    tracing::error!(%error, event.seq, "The event {} cannot be read; a job will try again", event.name);
                    jobs.push((NewJob::of(&ReactAgain { seq: event.seq }), event));
                    unread.insert(event.seq);
                }
            }
        }
        for (name, react) in &self.together {
            let of_it = |event: &&Recorded| event.name == *name && !unread.contains(&event.seq);
            let them: Vec<&Recorded> = events.iter().filter(of_it).collect();
            let Some(last) = them.last() else { continue };
            match react(&them) {
                Ok(then) => jobs.extend(then.jobs.into_iter().map(|job| (job, *last))),
                Err(error) => {
                    tracing::error!(%error, "An event {name} cannot be read; a job will try each again");
                    jobs.extend(
                        them.iter().map(|event| (NewJob::of(&ReactAgain { seq: event.seq }), *event)),
                    );
                }
            }
        }
        jobs
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
    /// Whether its place is kept already.
    begun: AtomicBool,
}

impl Dispatcher {
    pub(crate) fn new(kernel: Kernel, reactions: Arc<Reactions>) -> Self {
        Self { kernel, reactions, begun: AtomicBool::default() }
    }

    pub(crate) async fn run(self, stop: CancellationToken, poll: Duration) {
        let wake = Wake::on(News::Events, &self.kernel);
        let mut complaint = Complaint::default();
        let mut woken = Instant::now();
        while !stop.is_cancelled() {
            match self.step(woken).await {
                Ok(read) => {
                    complaint.over();
                    // Else whoever wrote more says so.
                    if i64::try_from(read).is_ok_and(|read| read == BATCH) {
                        woken = Instant::now();
                        continue;
                    }
                }
                Err(error) => complaint.about("Events cannot be turned into jobs", &error),
            }
            tokio::select! {
                at = wake.wait(poll) => woken = at,
                () = stop.cancelled() => {}
            }
        }
    }

    /// Handles the next events, what was written until `woken` among them, and says how many there were.
    pub(crate) async fn step(&self, woken: Instant) -> Result<usize, sqlx::Error> {
        store::number_since(&self.kernel, woken).await?;
        let mut tx = self.kernel.db().begin().await?;
        if !self.begun.load(Ordering::Relaxed) {
            store::insert_cursor(&mut tx, CURSOR).await?;
        }
        let Some(place) = store::find_free_cursor(&mut tx, CURSOR).await? else { return Ok(0) };
        let events = store::list_after(&mut tx, place, BATCH).await?;
        let Some(last) = events.last() else { return Ok(0) };
        let jobs = self.reactions.jobs_of_all(&events).into_iter();
        let jobs: Vec<_> =
            jobs.map(|(job, event)| (self.kernel.ids().uuid().into(), job, event.request)).collect();
        let any = !jobs.is_empty();
        insert_all(&mut tx, jobs, self.kernel.now()).await?;
        store::mark_read(&mut tx, CURSOR, last.seq).await?;
        tx.commit().await?;
        self.begun.store(true, Ordering::Relaxed);
        if any {
            let jobs = Untold::default();
            jobs.note(News::Jobs);
            self.kernel.bell().ring(&jobs, self.kernel.db());
        }
        Ok(events.len())
    }
}
