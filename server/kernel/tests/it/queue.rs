use crate::probe::{Fail, Note, app, app_with, registry};
use kernel::{
    Clock,
    jobs::{self, Enqueued, Job, JobError, NewJob, Outcome, Priority, Schedule},
};
use sqlx::PgPool;
use time::Duration;

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_job_exists_only_if_its_transaction_commits(db: PgPool) {
    let (app, notes) = app(db);
    let cx = app.cx();
    let mut tx = cx.begin().await.unwrap();
    jobs::enqueue(&mut tx, &cx, &Note(1)).await.unwrap();
    tx.roll_back().await.unwrap();
    let mut tx = cx.begin().await.unwrap();
    jobs::enqueue(&mut tx, &cx, &Note(2)).await.unwrap();
    tx.commit().await.unwrap();

    assert_eq!(app.run_jobs().await.outcomes(), [Outcome::Done]);
    assert_eq!(notes.all(), [2]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn jobs_run_by_priority_and_not_before_they_are_due(db: PgPool) {
    #[derive(serde::Serialize, serde::Deserialize)]
    struct Urgent;
    impl Job for Urgent {
        const NAME: &'static str = "test.urgent";
        const PRIORITY: Priority = Priority::High;
        async fn run(self, _: &kernel::Cx) -> Result<(), JobError> {
            Ok(())
        }
    }
    let (app, notes) = app_with(db, registry().job::<Urgent>());
    let cx = app.cx();
    let mut tx = cx.begin().await.unwrap();
    jobs::enqueue(&mut tx, &cx, &Note(9)).at(cx.now() + Duration::minutes(1)).await.unwrap();
    jobs::enqueue(&mut tx, &cx, &Note(1)).await.unwrap();
    jobs::enqueue(&mut tx, &cx, &Note(2)).await.unwrap();
    jobs::enqueue(&mut tx, &cx, &Urgent).await.unwrap();
    tx.commit().await.unwrap();

    assert_eq!(app.run_jobs().await.names(), ["test.urgent", "test.note", "test.note"]);
    assert_eq!(notes.all(), [1, 2]);
    assert_eq!(app.advance(Duration::seconds(59)).await.names(), [""; 0]);
    assert_eq!(app.advance(Duration::seconds(1)).await.names(), ["test.note"]);
    assert_eq!(notes.all(), [1, 2, 9]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn failures_back_off_and_end_as_a_dead_letter_that_can_be_retried_or_dropped(db: PgPool) {
    let (app, _) = app(db);
    let cx = app.cx();
    let mut conn = cx.db().acquire().await.unwrap();
    jobs::enqueue(&mut conn, &cx, &Fail::Always).await.unwrap();
    let began = app.clock().now();

    assert_eq!(app.run_jobs().await.outcomes(), [Outcome::Retried]);
    assert_eq!(app.run_jobs().await.outcomes(), [], "it waits");
    let ran = app.run_all_jobs(Duration::hours(1)).await;
    assert_eq!(ran.outcomes(), [Outcome::Retried, Outcome::Dead]);
    assert!(app.clock().now() >= began + Duration::seconds(2), "a second at least before each retry");

    let dead = jobs::dead_letters(&mut conn, None, 10).await.unwrap();
    let letter = &dead.items[0];
    assert_eq!((letter.attempts, letter.error.as_deref()), (3, Some("it is raining")));
    assert!(jobs::retry_dead(&mut conn, &cx, letter.id).await.unwrap());
    assert!(!jobs::retry_dead(&mut conn, &cx, letter.id).await.unwrap(), "it is dead no more");
    let ran = app.run_all_jobs(Duration::hours(1)).await;
    assert_eq!(ran.outcomes(), [Outcome::Retried, Outcome::Retried, Outcome::Dead]);

    assert!(jobs::drop_dead(&mut conn, letter.id).await.unwrap());
    assert_eq!(jobs::dead_letters(&mut conn, None, 10).await.unwrap().items, []);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_job_can_end_without_retries(db: PgPool) {
    let (app, _) = app(db);
    let cx = app.cx();
    let mut conn = cx.db().acquire().await.unwrap();
    for job in [Fail::Discard, Fail::Fatal, Fail::Panic] {
        jobs::enqueue(&mut conn, &cx, &job).await.unwrap();
    }
    assert_eq!(app.run_jobs().await.outcomes(), [Outcome::Discarded, Outcome::Dead, Outcome::Retried]);
    app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn dead_letters_are_listed_in_pages(db: PgPool) {
    let (app, _) = app(db);
    let cx = app.cx();
    let mut conn = cx.db().acquire().await.unwrap();
    let mut ids = Vec::new();
    for _ in 0..5 {
        ids.insert(0, jobs::enqueue(&mut conn, &cx, &Fail::Fatal).await.unwrap().id());
    }
    app.run_jobs().await;
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = jobs::dead_letters(&mut conn, after, 2).await.unwrap();
        seen.extend(page.items.iter().map(|letter| letter.id));
        let Some(next) = page.next else { break };
        after = Some(next.parse().unwrap());
    }
    assert_eq!(seen, ids);
    app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn of_two_jobs_with_one_key_one_waits_and_the_earlier_time_counts(db: PgPool) {
    let (app, notes) = app(db);
    let cx = app.cx();
    let mut conn = cx.db().acquire().await.unwrap();
    let later = cx.now() + Duration::HOUR;
    let first = jobs::enqueue(&mut conn, &cx, &Note(1)).unique("a").at(later).await.unwrap();
    let second = jobs::enqueue(&mut conn, &cx, &Note(2)).unique("a").await.unwrap();
    let other = jobs::enqueue(&mut conn, &cx, &Note(3)).unique("b").await.unwrap();
    assert_eq!(second, Enqueued::Waiting(first.id()));
    assert!(matches!(other, Enqueued::New(_)));

    app.run_jobs().await;
    assert_eq!(notes.all(), [1, 3]);
    let again = jobs::enqueue(&mut conn, &cx, &Note(4)).unique("a").await.unwrap();
    assert!(matches!(again, Enqueued::New(_)), "the first has run");
    app.run_jobs().await;
    assert_eq!(notes.all(), [1, 3, 4]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn many_jobs_are_queued_at_once_and_of_those_with_one_key_one(db: PgPool) {
    let (app, notes) = app(db);
    let cx = app.cx();
    let later = |minutes| cx.now() + Duration::minutes(minutes);
    let mut tx = cx.begin().await.unwrap();
    jobs::enqueue(&mut tx, &cx, &Note(1)).unique("waiting").at(later(2)).await.unwrap();
    let many = vec![
        NewJob::of(&Note(2)),
        NewJob::of(&Note(3)).unique("b").at(later(3)),
        NewJob::of(&Note(4)).unique("waiting").at(later(1)),
        NewJob::of(&Note(5)).unique("b"),
        NewJob::of(&Note(6)),
    ];
    jobs::enqueue_all(&mut tx, &cx, many).await.unwrap();
    jobs::enqueue_all(&mut tx, &cx, vec![]).await.unwrap();
    tx.commit().await.unwrap();

    app.run_jobs().await;
    assert_eq!(notes.all(), [2, 3, 6], "of twins the first, when the earlier is due");
    app.advance(Duration::minutes(1)).await;
    assert_eq!(notes.all(), [2, 3, 6, 1], "the one that waited, earlier than it was to");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn where_one_waits_none_is_added_and_it_stays_as_it_is(db: PgPool) {
    let (app, notes) = app(db);
    let cx = app.cx();
    let later = |minutes| cx.now() + Duration::minutes(minutes);
    let (mut one, mut other) = (cx.begin().await.unwrap(), cx.begin().await.unwrap());
    let first = NewJob::of(&Note(1)).unique("a").at(later(2));
    assert!(first.enqueue_missing(&mut one, &cx).await.unwrap());
    one.commit().await.unwrap();
    let again = NewJob::of(&Note(2)).unique("a").at(later(1));
    assert!(!again.enqueue_missing(&mut other, &cx).await.unwrap());
    // Its row is not held until the commit.
    app.advance(Duration::minutes(1)).await;
    assert!(notes.all().is_empty(), "it stays for when it was due");
    app.advance(Duration::minutes(1)).await;
    assert_eq!(notes.all(), [1]);
    other.commit().await.unwrap();

    let anew = NewJob::of(&Note(3)).unique("a");
    let mut tx = cx.begin().await.unwrap();
    assert!(anew.enqueue_missing(&mut tx, &cx).await.unwrap(), "the first has run");
    tx.commit().await.unwrap();
    app.run_jobs().await;
    assert_eq!(notes.all(), [1, 3]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_job_that_waits_is_taken_back(db: PgPool) {
    let (app, notes) = app(db);
    let cx = app.cx();
    let mut tx = cx.begin().await.unwrap();
    jobs::enqueue(&mut tx, &cx, &Note(1)).unique("a").await.unwrap();
    jobs::enqueue(&mut tx, &cx, &Note(2)).unique("b").await.unwrap();
    assert!(jobs::withdraw::<Note>(&mut tx, "a").await.unwrap());
    assert!(!jobs::withdraw::<Note>(&mut tx, "a").await.unwrap(), "it is gone");
    assert!(!jobs::withdraw::<Fail>(&mut tx, "b").await.unwrap(), "that is another's");
    tx.commit().await.unwrap();

    app.run_jobs().await;
    assert_eq!(notes.all(), [2]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_merged_job_does_not_run_before_the_one_who_asked_again_commits(db: PgPool) {
    let (app, notes) = app(db);
    let cx = app.cx();
    let mut conn = cx.db().acquire().await.unwrap();
    jobs::enqueue(&mut conn, &cx, &Note(1)).unique("a").await.unwrap();
    let mut tx = cx.begin().await.unwrap();
    jobs::enqueue(&mut tx, &cx, &Note(1)).unique("a").await.unwrap();

    assert_eq!(app.run_jobs().await.names(), [""; 0]);
    tx.commit().await.unwrap();
    app.run_jobs().await;
    assert_eq!(notes.all(), [1]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_failed_job_gives_way_to_a_twin_that_was_queued_meanwhile(db: PgPool) {
    let (app, _) = app(db);
    let cx = app.cx();
    let mut conn = cx.db().acquire().await.unwrap();
    let first = jobs::enqueue(&mut conn, &cx, &Fail::Fatal).unique("a").await.unwrap();
    app.run_jobs().await;
    let twin = jobs::enqueue(&mut conn, &cx, &Fail::Discard).unique("a").await.unwrap();
    assert!(matches!(twin, Enqueued::New(_)), "a dead job does not count as waiting");

    assert!(jobs::retry_dead(&mut conn, &cx, first.id()).await.unwrap());
    assert_eq!(app.run_jobs().await.outcomes(), [Outcome::Discarded], "only the twin runs");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_job_this_version_does_not_know_waits(db: PgPool) {
    let (app, _) = app_with(db, jobs::Registry::empty());
    let cx = app.cx();
    NewJob::of(&Note(1)).enqueue(&mut cx.db().acquire().await.unwrap(), &cx).await.unwrap();
    assert_eq!(app.run_jobs().await.names(), [""; 0]);
    app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn arguments_of_another_shape_are_set_aside_at_once(db: PgPool) {
    let (app, _) = app(db);
    let cx = app.cx();
    let mut conn = cx.db().acquire().await.unwrap();
    jobs::enqueue(&mut conn, &cx, &Note(1)).await.unwrap();
    sqlx::query("update job set args = '\"one\"'").execute(&mut *conn).await.unwrap();
    assert_eq!(app.run_jobs().await.outcomes(), [Outcome::Dead]);
    app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn two_nodes_fire_a_schedule_once_and_make_up_for_a_night_off_once(db: PgPool) {
    let hourly = || registry().cron("test.hourly", Schedule::every(Duration::HOUR), || Note(7));
    let (one, one_notes) = app_with(db.clone(), hourly());
    let (other, other_notes) = app_with(db, hourly());
    // The ids of tests are the same for every node; two that write to one database need their own.
    (0..1000).for_each(|_| _ = other.kernel().ids().uuid());
    let fired = || one_notes.all().len() + other_notes.all().len();
    let at = |minutes| {
        let (one, other) = (&one, &other);
        async move {
            let now = kernel::TestClock::START + Duration::minutes(minutes);
            one.clock().set(now);
            other.clock().set(now);
            tokio::join!(one.run_jobs(), other.run_jobs());
        }
    };
    at(0).await;
    assert_eq!(fired(), 0);
    at(59).await;
    assert_eq!(fired(), 0);
    at(61).await;
    at(62).await;
    assert_eq!(fired(), 1);
    at(9 * 60 + 5).await;
    at(9 * 60 + 6).await;
    assert_eq!(fired(), 2);
    at(10 * 60 + 1).await;
    assert_eq!(fired(), 3);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_old_is_deleted_and_dead_letters_are_not(db: PgPool) {
    let (app, _) = app_with(db, registry().job::<jobs::Retain>());
    let cx = app.cx();
    let mut conn = cx.db().acquire().await.unwrap();
    jobs::enqueue(&mut conn, &cx, &Note(1)).await.unwrap();
    jobs::enqueue(&mut conn, &cx, &Fail::Fatal).await.unwrap();
    app.run_jobs().await;
    app.clock().advance(Duration::days(4));
    jobs::enqueue(&mut conn, &cx, &jobs::Retain {}).await.unwrap();
    app.run_jobs().await;
    let left: Vec<String> =
        sqlx::query_scalar("select name from job order by name").fetch_all(&mut *conn).await.unwrap();
    assert_eq!(left, ["kernel.retain", "test.fail"]);
    app.leave_queue();
}
