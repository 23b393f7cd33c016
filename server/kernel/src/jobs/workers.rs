//! The workers of a process.

use super::{
    Outcome, Priority, Registry, Taken, cron, run, run_leased,
    store::{self, Leased},
};
use crate::{
    Kernel,
    bell::{News, Wake},
    outbox::Dispatcher,
};
use model::ids::Uuid;
use sqlx::PgConnection;
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    sync::{Notify, OwnedSemaphorePermit, Semaphore},
    task::JoinHandle,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How often queue depth is measured.
const MEASURE_EVERY: Duration = Duration::from_secs(15);
/// How long jobs that are cut short have to let go.
const LET_GO_WITHIN: Duration = Duration::from_secs(5);

#[derive(Clone, Copy, Debug)]
pub struct WorkerSettings {
    /// How many jobs run at a time in this process.
    pub concurrency: usize,
    /// After so long without a sign of life from its worker a job is taken by another. Prolonged each third of it.
    pub lease: Duration,
    /// How long a due job may go unnoticed when no notification came, as for one that was queued for later.
    pub poll: Duration,
}

impl Default for WorkerSettings {
    fn default() -> Self {
        Self { concurrency: 8, lease: Duration::from_mins(1), poll: Duration::from_secs(1) }
    }
}

struct Running {
    lost: CancellationToken,
    is_low: bool,
}

/// The workers of this process: they run jobs, queue what schedules demand, and turn events into jobs.
/// Any number of processes may do so over one database.
pub struct Workers {
    shared: Arc<Shared>,
    background: Vec<JoinHandle<()>>,
    heart: JoinHandle<()>,
}

struct Shared {
    kernel: Kernel,
    registry: Arc<Registry>,
    names: Vec<String>,
    settings: WorkerSettings,
    worker: Uuid,
    slots: Arc<Semaphore>,
    running: Mutex<HashMap<Uuid, Running>>,
    /// A job of the lowest priority has ended.
    low_ended: Notify,
    tasks: TaskTracker,
    /// No new jobs.
    stop: CancellationToken,
    /// No jobs at all.
    release: CancellationToken,
    released: AtomicUsize,
}

impl Workers {
    /// Starts the workers. A database that is away is waited for.
    pub fn start(kernel: Kernel, registry: Arc<Registry>, settings: WorkerSettings) -> Self {
        let shared = Arc::new(Shared {
            names: registry.names(),
            worker: kernel.ids().uuid(),
            slots: Arc::new(Semaphore::new(settings.concurrency.max(1))),
            running: Mutex::default(),
            low_ended: Notify::new(),
            tasks: TaskTracker::new(),
            stop: CancellationToken::new(),
            release: CancellationToken::new(),
            released: AtomicUsize::new(0),
            kernel,
            registry,
            settings,
        });
        let mut background =
            vec![tokio::spawn(take_jobs(shared.clone())), tokio::spawn(keep_house(shared.clone()))];
        if let Some(reactions) = &shared.registry.reactions {
            let dispatcher = Dispatcher::new(shared.kernel.clone(), reactions.clone());
            background.push(tokio::spawn(dispatcher.run(shared.stop.clone(), settings.poll)));
        }
        let heart = tokio::spawn(beat(shared.clone()));
        Self { shared, background, heart }
    }

    /// Takes no more jobs and waits for those that run. What still runs at the deadline is cut short and left to
    /// other workers; says how many those were.
    pub async fn drain(mut self, deadline: Duration) -> usize {
        self.shared.stop.cancel();
        for task in self.background.drain(..) {
            _ = task.await;
        }
        self.shared.tasks.close();
        if tokio::time::timeout(deadline, self.shared.tasks.wait()).await.is_err() {
            self.shared.release.cancel();
            _ = tokio::time::timeout(LET_GO_WITHIN, self.shared.tasks.wait()).await;
        }
        self.shared.released.load(Ordering::SeqCst)
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.shared.stop.cancel();
        self.heart.abort();
    }
}

async fn take_jobs(shared: Arc<Shared>) {
    let wake = Wake::on(News::Jobs, &shared.kernel);
    let mut complaint = Complaint::default();
    while !shared.stop.is_cancelled() {
        // Waits here while all are busy.
        let slot = tokio::select! {
            slot = shared.slots.clone().acquire_owned() => slot,
            () = shared.stop.cancelled() => return,
        };
        let Ok(slot) = slot else { return };
        let mut slots = vec![slot];
        while let Ok(slot) = shared.slots.clone().try_acquire_owned() {
            slots.push(slot);
        }
        let more = match take(&shared, slots).await {
            Ok(more) => {
                complaint.over();
                more
            }
            Err(error) => {
                complaint.about("Jobs cannot be taken from the queue", &error);
                false
            }
        };
        if !more {
            tokio::select! {
                _ = wake.wait(shared.settings.poll) => {}
                () = shared.low_ended.notified() => {}
                () = shared.stop.cancelled() => {}
            }
        }
    }
}

/// Leases as many jobs as there are slots and starts them, and says whether more may be due that could run. Bulk work, which
/// takes its time, leaves one slot to what somebody waits for.
async fn take(shared: &Arc<Shared>, slots: Vec<OwnedSemaphorePermit>) -> Result<bool, sqlx::Error> {
    let low = shared.running().values().filter(|running| running.is_low).count();
    let room = shared.settings.concurrency.saturating_sub(1).max(1).saturating_sub(low);
    let any = slots.len().min(room);
    let mut db = shared.kernel.db().acquire().await?;
    let mut leased = Vec::new();
    if any > 0 {
        leased = shared.lease(&mut db, Priority::Low, any).await?;
    }
    let full = leased.len() == any;
    let low = leased.iter().filter(|job| job.is_low).count();
    let mut more = full;
    let mut failed = None;
    if full && slots.len() > any {
        // What was leased before is run, whatever becomes of this.
        match shared.lease(&mut db, Priority::Normal, slots.len() - any).await {
            Ok(urgent) => {
                // Else a slot is free, and only bulk work waits that may not have it.
                more = any + urgent.len() == slots.len() || low < any;
                leased.extend(urgent);
            }
            Err(error) => failed = Some(error),
        }
    }
    drop(db);
    for (job, slot) in leased.into_iter().zip(slots) {
        let id = job.lease.id.uuid();
        let ends = Taken { lost: CancellationToken::new(), release: shared.release.clone() };
        let is_low = job.is_low;
        shared.running().insert(id, Running { lost: ends.lost.clone(), is_low });
        let shared = shared.clone();
        shared.tasks.clone().spawn(async move {
            let outcome = run_leased(&shared.kernel, &shared.registry, job, &ends).await;
            shared.running().remove(&id);
            if outcome == Outcome::Released {
                shared.released.fetch_add(1, Ordering::SeqCst);
            }
            drop(slot);
            if is_low {
                shared.low_ended.notify_one();
            }
        });
    }
    failed.map_or(Ok(more), Err)
}

/// Prolongs the leases of running jobs, and stops those whose lease is gone.
async fn beat(shared: Arc<Shared>) {
    let mut complaint = Complaint::default();
    loop {
        tokio::time::sleep(shared.settings.lease / 3).await;
        let held: Vec<Uuid> = shared.running().keys().copied().collect();
        if held.is_empty() {
            continue;
        }
        match prolong(&shared, &held).await {
            Ok(still) => {
                complaint.over();
                let running = shared.running();
                for id in held.iter().filter(|id| !still.contains(id)) {
                    if let Some(running) = running.get(id) {
                        running.lost.cancel();
                    }
                }
            }
            Err(error) => complaint.about("The leases of running jobs cannot be prolonged", &error),
        }
    }
}

async fn prolong(shared: &Shared, held: &[Uuid]) -> Result<Vec<Uuid>, sqlx::Error> {
    let mut db = shared.kernel.db().acquire().await?;
    store::prolong(&mut db, shared.worker, held, shared.kernel.now() + shared.settings.lease).await
}

/// Queues what schedules demand, takes jobs from vanished workers, and measures.
async fn keep_house(shared: Arc<Shared>) {
    let mut complaint = Complaint::default();
    let mut prepared = false;
    let mut measured: Option<Instant> = None;
    while !shared.stop.is_cancelled() {
        let round = async {
            if !prepared {
                cron::prepare(&shared.kernel, &shared.registry).await?;
                prepared = true;
            }
            cron::tick(&shared.kernel, &shared.registry).await?;
            run::reap(&shared.kernel).await?;
            if measured.is_none_or(|at| at.elapsed() >= MEASURE_EVERY) {
                measure(&shared.kernel).await?;
                measured = Some(Instant::now());
            }
            Ok::<_, sqlx::Error>(())
        };
        match round.await {
            Ok(()) => complaint.over(),
            Err(error) => complaint.about("The job queue cannot be looked after", &error),
        }
        tokio::select! {
            () = tokio::time::sleep(shared.settings.poll) => {}
            () = shared.stop.cancelled() => {}
        }
    }
}

async fn measure(kernel: &Kernel) -> Result<(), sqlx::Error> {
    let now = kernel.now();
    let depth = store::depth(&mut *kernel.db().acquire().await?, now).await?;
    let late = depth.oldest_due.map_or(0.0, |due| (now - due).as_seconds_f64());
    #[expect(clippy::cast_precision_loss, reason = "no queue is that long")]
    {
        metrics::gauge!("jobs_waiting").set(depth.waiting as f64);
        metrics::gauge!("jobs_dead").set(depth.dead as f64);
    }
    metrics::gauge!("jobs_oldest_due_seconds").set(late);
    Ok(())
}

impl Shared {
    fn running(&self) -> std::sync::MutexGuard<'_, HashMap<Uuid, Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn lease(
        &self,
        db: &mut PgConnection,
        least: Priority,
        limit: usize,
    ) -> Result<Vec<Leased>, sqlx::Error> {
        let now = self.kernel.now();
        let wanted = (least, i64::try_from(limit).unwrap_or(i64::MAX));
        store::lease(db, self.worker, &self.names, wanted, now, now + self.settings.lease).await
    }
}

/// Says a thing once while it lasts, and once when it is over.
#[derive(Default)]
pub(crate) struct Complaint(Option<&'static str>);

impl Complaint {
    pub(crate) fn about(&mut self, what: &'static str, error: &sqlx::Error) {
        if self.0.replace(what).is_none() {
            tracing::warn!(%error, "{what}; trying on");
        }
    }

    pub(crate) fn over(&mut self) {
        if let Some(what) = self.0.take() {
            tracing::info!("It works again (was: {what})");
        }
    }
}
