use crate::probe::{Bulk, Gate, Note, Notes, Wait, registry};
use kernel::{
    Kernel, SystemClock, TestClock,
    jobs::{self, Schedule, WorkerSettings, Workers},
};
use sqlx::PgPool;
use std::{sync::Arc, time::Duration};
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

const SOON: Duration = Duration::from_secs(20);

fn settings() -> WorkerSettings {
    WorkerSettings { concurrency: 4, lease: Duration::from_mins(1), poll: Duration::from_millis(100) }
}

fn start(kernel: Kernel, settings: WorkerSettings) -> Workers {
    Workers::start(kernel, Arc::new(registry()), settings)
}

/// A kernel whose notes can be waited for.
fn reporting(db: &PgPool) -> (Kernel, Arc<Notes>, UnboundedReceiver<u32>) {
    let (sender, receiver): (UnboundedSender<u32>, _) = mpsc::unbounded_channel();
    let notes = Arc::new(Notes::default());
    let kernel =
        Kernel::new(db.clone()).with_clock(SystemClock).with_part(Arc::new(sender)).with_part(notes.clone());
    (kernel, notes, receiver)
}

async fn within<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(SOON, future).await.expect("it happens soon")
}

async fn state_of(db: &PgPool, name: &str) -> Vec<(String, i32)> {
    sqlx::query_as("select state, attempts from job where name = $1").bind(name).fetch_all(db).await.unwrap()
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn two_processes_never_run_the_same_job(db: PgPool) {
    const JOBS: u32 = 200;
    let (kernel, notes, mut reports) = reporting(&db);
    let cx = kernel.job_cx();
    let mut tx = cx.begin().await.unwrap();
    for n in 0..JOBS {
        jobs::enqueue(&mut tx, &cx, &Note(n)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let nodes = [start(kernel.clone(), settings()), start(kernel, settings())];
    for _ in 0..JOBS {
        within(reports.recv()).await.unwrap();
    }
    for node in nodes {
        assert_eq!(node.drain(SOON).await, 0);
    }
    let mut seen = notes.all();
    seen.sort_unstable();
    assert_eq!(seen, (0..JOBS).collect::<Vec<_>>());
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_committed_job_wakes_a_worker(db: PgPool) {
    let (kernel, _, mut reports) = reporting(&db);
    // The fallback would come far too late.
    let workers = start(kernel.clone(), WorkerSettings { poll: Duration::from_hours(1), ..settings() });
    for n in 0..3 {
        let cx = kernel.job_cx();
        let mut tx = cx.begin().await.unwrap();
        jobs::enqueue(&mut tx, &cx, &Note(n)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(within(reports.recv()).await, Some(n));
    }
    workers.drain(SOON).await;
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn draining_waits_for_what_runs_and_takes_nothing_new(db: PgPool) {
    let gate = Arc::new(Gate::default());
    let kernel = Kernel::new(db.clone()).with_part(gate.clone()).with_part(Arc::new(Notes::default()));
    let cx = kernel.job_cx();
    jobs::enqueue(&mut db.acquire().await.unwrap(), &cx, &Wait).await.unwrap();
    let workers = start(kernel.clone(), settings());
    within(gate.started.notified()).await;

    let drained = tokio::spawn(workers.drain(SOON));
    jobs::enqueue(&mut db.acquire().await.unwrap(), &cx, &Note(1)).await.unwrap();
    gate.open.notify_one();
    assert_eq!(within(drained).await.unwrap(), 0);
    assert_eq!(state_of(&db, "test.wait").await, [("done".to_owned(), 1)]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn bulk_work_leaves_a_slot_to_what_somebody_waits_for(db: PgPool) {
    let (kernel, _, mut reports) = reporting(&db);
    let gate = Arc::new(Gate::default());
    let kernel = kernel.with_part(gate.clone());
    let cx = kernel.job_cx();
    for _ in 0..3 {
        jobs::enqueue(&mut db.acquire().await.unwrap(), &cx, &Bulk).await.unwrap();
    }
    let workers = start(kernel.clone(), WorkerSettings { concurrency: 2, ..settings() });
    let bulk = async |state: &str| {
        let all = state_of(&db, "test.bulk").await;
        all.into_iter().filter(|(of, _)| of == state).count()
    };
    for left in [2, 1, 0] {
        within(gate.started.notified()).await;
        jobs::enqueue(&mut db.acquire().await.unwrap(), &cx, &Note(left)).await.unwrap();
        assert_eq!(within(reports.recv()).await, Some(left), "not held up by bulk work");
        assert_eq!((bulk("running").await, bulk("waiting").await), (1, left as usize));
        gate.open.notify_one();
    }
    assert_eq!(within(workers.drain(SOON)).await, 0);
    assert_eq!(bulk("done").await, 3);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_runs_past_the_deadline_is_left_to_others(db: PgPool) {
    let gate = Arc::new(Gate::default());
    let kernel = Kernel::new(db.clone()).with_part(gate.clone());
    jobs::enqueue(&mut db.acquire().await.unwrap(), &kernel.job_cx(), &Wait).await.unwrap();
    let workers = start(kernel.clone(), settings());
    within(gate.started.notified()).await;
    assert_eq!(within(workers.drain(Duration::ZERO)).await, 1);
    assert_eq!(state_of(&db, "test.wait").await, [("waiting".to_owned(), 0)], "the attempt does not count");

    let other = start(kernel, settings());
    within(gate.started.notified()).await;
    gate.open.notify_one();
    assert_eq!(within(other.drain(SOON)).await, 0);
    assert_eq!(state_of(&db, "test.wait").await, [("done".to_owned(), 1)]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_job_of_a_vanished_worker_is_taken_when_its_lease_has_run_out(db: PgPool) {
    let (kernel, notes, mut reports) = reporting(&db);
    let clock = TestClock::default();
    let kernel = kernel.with_clock(clock.clone());
    let cx = kernel.job_cx();
    jobs::enqueue(&mut db.acquire().await.unwrap(), &cx, &Note(5)).await.unwrap();
    // A worker took it and was never heard of again.
    sqlx::query(
        "update job set state = 'running', attempts = 1, worker = gen_random_uuid(), leased_until = $1",
    )
    .bind(cx.now() + time::Duration::minutes(1))
    .execute(&db)
    .await
    .unwrap();

    let workers = start(kernel.clone(), settings());
    jobs::enqueue(&mut db.acquire().await.unwrap(), &cx, &Note(6)).await.unwrap();
    assert_eq!(within(reports.recv()).await, Some(6), "the leased one is left alone");
    clock.advance(time::Duration::seconds(61));
    assert_eq!(within(reports.recv()).await, Some(5));
    workers.drain(SOON).await;
    assert_eq!(notes.all(), [6, 5]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_worker_that_lost_its_lease_stops_and_changes_nothing(db: PgPool) {
    let gate = Arc::new(Gate::default());
    let kernel = Kernel::new(db.clone()).with_part(gate.clone());
    jobs::enqueue(&mut db.acquire().await.unwrap(), &kernel.job_cx(), &Wait).await.unwrap();
    let workers = start(kernel, WorkerSettings { lease: Duration::from_millis(300), ..settings() });
    within(gate.started.notified()).await;
    sqlx::query("update job set worker = gen_random_uuid(), leased_until = now() + interval '1 day'")
        .execute(&db)
        .await
        .unwrap();
    // The heart beats each 100 ms and finds the lease gone; nobody opens the gate.
    assert_eq!(within(workers.drain(SOON)).await, 0);
    assert_eq!(state_of(&db, "test.wait").await, [("running".to_owned(), 1)]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_schedule_queues_its_job_when_the_clock_gets_there(db: PgPool) {
    let (kernel, _, mut reports) = reporting(&db);
    let clock = TestClock::default();
    let kernel = kernel.with_clock(clock.clone());
    let registry =
        || Arc::new(registry().cron("test.daily", Schedule::daily(time::macros::time!(12:00)), || Note(3)));
    let nodes = [
        Workers::start(kernel.clone(), registry(), settings()),
        Workers::start(kernel.clone(), registry(), settings()),
    ];
    // Until both have written down when it is next due, by the clock before it is turned.
    jobs::enqueue(&mut db.acquire().await.unwrap(), &kernel.job_cx(), &Note(0)).await.unwrap();
    assert_eq!(within(reports.recv()).await, Some(0));
    let known = async {
        while sqlx::query_scalar::<_, i64>("select count(*) from job_cron").fetch_one(&db).await.unwrap() == 0
        {
            tokio::task::yield_now().await;
        }
    };
    within(known).await;
    clock.advance(time::Duration::hours(3));
    assert_eq!(within(reports.recv()).await, Some(3));
    for node in nodes {
        node.drain(SOON).await;
    }
    assert_eq!(state_of(&db, "test.note").await.len(), 2, "once, although two nodes looked");
}
