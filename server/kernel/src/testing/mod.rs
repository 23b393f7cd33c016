//! For tests of flows: a kernel whose time is turned by hand, whose ids are known, and whose jobs run when told.

mod statements;

pub use statements::{counted, logged};

use crate::{
    Cx, Kernel, TestClock,
    ids::SequentialIds,
    jobs::{self, Outcome, Priority, Registry, Taken},
    outbox::Dispatcher,
};
use model::Lang;
use sqlx::{Connection, PgConnection, PgPool, postgres::PgConnectOptions};
use std::{collections::HashMap, sync::Arc};
use time::{Duration, OffsetDateTime};

/// A kernel over a test's own database. When it is dropped, no job may be left that is due, has failed or is dead;
/// jobs that were meant for later may.
///
/// ```ignore
/// #[sqlx::test(migrator = "kernel::db::MIGRATOR")]
/// async fn a_receipt_follows_a_payment(db: PgPool) {
///     let app = TestApp::new(db, Registry::empty().job::<SendReceipt>());
///     let cx = app.cx();
///     pay(&cx, order).await.unwrap();
///     app.run_jobs().await;
/// }
/// ```
pub struct TestApp {
    kernel: Kernel,
    clock: TestClock,
    registry: Registry,
    checked: bool,
}

impl TestApp {
    pub fn new(db: PgPool, registry: Registry) -> Self {
        Self::with_parts(db, registry, |kernel| kernel)
    }

    /// With parts put into the kernel: `TestApp::with_parts(db, registry, |kernel| kernel.with_part(index))`.
    pub fn with_parts(db: PgPool, registry: Registry, add: impl FnOnce(Kernel) -> Kernel) -> Self {
        let clock = TestClock::default();
        let kernel = add(Kernel::new(db).with_clock(clock.clone()).with_ids(SequentialIds::default()));
        Self { kernel, clock, registry, checked: true }
    }

    /// A context as of a new request.
    pub fn cx(&self) -> Cx {
        self.kernel.job_cx()
    }

    /// A context as of a new request of someone who reads this language.
    pub fn cx_in(&self, lang: Lang) -> Cx {
        self.kernel.cx_for(self.cx().request(), lang)
    }

    pub fn kernel(&self) -> &Kernel {
        &self.kernel
    }

    pub fn clock(&self) -> &TestClock {
        &self.clock
    }

    /// Runs what is due, and what becomes due by it, until nothing is: events are turned into jobs, schedules
    /// queue theirs, jobs run one after another. Time stands still meanwhile.
    pub async fn run_jobs(&self) -> Ran {
        self.run().await.expect("the queue works")
    }

    /// Turns the clock and runs what has become due.
    pub async fn advance(&self, by: Duration) -> Ran {
        self.clock.advance(by);
        self.run_jobs().await
    }

    /// Goes from due time to due time until the queue is empty, or `within` has passed.
    pub async fn run_all_jobs(&self, within: Duration) -> Ran {
        let end = self.clock.now_plus(within);
        let mut ran = self.run_jobs().await;
        while let Some(due) =
            next_due(self.kernel.db()).await.expect("the queue works").filter(|due| *due <= end)
        {
            self.clock.set(due.max(self.kernel.now()));
            ran.add(self.run_jobs().await);
        }
        ran
    }

    /// Ends without looking at the queue, for tests about jobs that fail.
    pub fn leave_queue(mut self) {
        self.checked = false;
    }

    async fn run(&self) -> Result<Ran, sqlx::Error> {
        let mut ran = Ran::default();
        let worker = self.kernel.ids().uuid();
        let names = self.registry.names();
        let dispatcher =
            self.registry.reactions.clone().map(|reactions| Dispatcher::new(self.kernel.clone(), reactions));
        jobs::cron::prepare(&self.kernel, &self.registry).await?;
        loop {
            if let Some(dispatcher) = &dispatcher {
                while dispatcher.step(std::time::Instant::now()).await? > 0 {}
            }
            jobs::cron::tick(&self.kernel, &self.registry).await?;
            let now = self.kernel.now();
            let mut db = self.kernel.db().acquire().await?;
            let leased =
                jobs::store::lease(&mut db, worker, &names, (Priority::Low, 1), now, now + Duration::HOUR)
                    .await?;
            drop(db);
            let Some(job) = leased.into_iter().next() else { return Ok(ran) };
            let name = job.name.clone();
            let outcome = jobs::run_leased(&self.kernel, &self.registry, job, &Taken::default()).await;
            ran.0.push((name, outcome));
        }
    }
}

/// Which jobs ran, in order, and how each ended.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ran(Vec<(String, Outcome)>);

impl Ran {
    pub fn names(&self) -> Vec<&str> {
        self.0.iter().map(|(name, _)| name.as_str()).collect()
    }

    pub fn outcomes(&self) -> Vec<Outcome> {
        self.0.iter().map(|(_, outcome)| *outcome).collect()
    }

    pub fn count(&self, outcome: Outcome) -> usize {
        self.0.iter().filter(|(_, it)| *it == outcome).count()
    }

    pub fn per_name(&self) -> HashMap<&str, usize> {
        let mut counts = HashMap::new();
        for name in self.names() {
            *counts.entry(name).or_default() += 1;
        }
        counts
    }

    fn add(&mut self, mut more: Self) {
        self.0.append(&mut more.0);
    }
}

impl TestClock {
    fn now_plus(&self, more: Duration) -> OffsetDateTime {
        use crate::Clock;
        self.now() + more
    }
}

impl Drop for TestApp {
    /// Looks on a thread and a connection of its own, since a destructor cannot wait for the test's.
    fn drop(&mut self) {
        if !self.checked || std::thread::panicking() {
            return;
        }
        let options: Arc<PgConnectOptions> = self.kernel.db().connect_options();
        let now = self.kernel.now();
        let left = std::thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?.block_on(async {
                let mut db = PgConnection::connect_with(&options).await.ok()?;
                let left = list_left(&mut db, now).await.ok();
                _ = db.close().await;
                left
            })
        });
        let left = left.join().ok().flatten().expect("the queue can be looked at");
        assert!(left.is_empty(), "jobs are left in the queue: {left:?}");
    }
}

async fn list_left(db: &mut PgConnection, now: OffsetDateTime) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select format('%s (%s, attempt %s%s)', name, state, attempts, ': ' || error) as "left!" from job
           where state in ('dead', 'running') or (state = 'waiting' and (due <= $1 or attempts > 0))
           order by id"#,
        now,
    )
    .fetch_all(db)
    .await
}

async fn next_due(db: &PgPool) -> Result<Option<OffsetDateTime>, sqlx::Error> {
    sqlx::query_scalar!("select min(due) from job where state = 'waiting'").fetch_one(db).await
}
