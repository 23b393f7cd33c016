use crate::probe::{Note, app, app_with, registry};
use kernel::{
    Cx, Kernel, Uuid,
    jobs::{NewJob, Outcome, Retain},
    outbox::{self, Event, Follower, Reactions},
};
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use std::time::Duration;

const SOON: Duration = Duration::from_secs(20);

#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct Happened(u32);

impl Event for Happened {
    const NAME: &'static str = "test.happened";
    fn key(&self) -> Uuid {
        Uuid::from_u128(self.0.into())
    }
}

async fn publish(cx: &Cx, n: u32) {
    let mut tx = cx.begin().await.unwrap();
    outbox::publish(&mut tx, cx, &Happened(n)).await.unwrap();
    tx.commit().await.unwrap();
}

fn numbers(events: &[outbox::Recorded]) -> Vec<u32> {
    events.iter().map(|event| event.event::<Happened>().unwrap().unwrap().0).collect()
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_event_exists_only_if_its_transaction_commits(db: PgPool) {
    let kernel = Kernel::new(db.clone());
    let cx = kernel.job_cx();
    let mut tx = cx.begin().await.unwrap();
    outbox::publish(&mut tx, &cx, &Happened(1)).await.unwrap();
    tx.roll_back().await.unwrap();
    publish(&cx, 2).await;

    let events = outbox::after(&db, 0, 10).await.unwrap();
    assert_eq!(numbers(&events), [2]);
    assert_eq!((events[0].key, events[0].request), (Happened(2).key(), cx.request()));
    assert_eq!(outbox::latest(&db).await.unwrap(), events[0].seq);
    assert_eq!(outbox::after(&db, events[0].seq, 10).await.unwrap(), []);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn many_events_keep_their_order_and_none_are_no_statement(db: PgPool) {
    let cx = Kernel::new(db.clone()).job_cx();
    let mut tx = cx.begin().await.unwrap();
    outbox::publish_many::<Happened>(&mut tx, &cx, []).await.unwrap();
    outbox::publish_many(&mut tx, &cx, [3, 1, 2].map(Happened)).await.unwrap();
    tx.commit().await.unwrap();
    let events = outbox::after(&db, 0, 10).await.unwrap();
    assert_eq!(numbers(&events), [3, 1, 2]);
    assert_eq!((events[1].key, events[1].request), (Happened(1).key(), cx.request()));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_event_committed_late_comes_late_but_comes(db: PgPool) {
    let kernel = Kernel::new(db.clone());
    let cx = kernel.job_cx();
    let mut slow = cx.begin().await.unwrap();
    outbox::publish(&mut slow, &cx, &Happened(1)).await.unwrap();
    publish(&cx, 2).await;

    let first = outbox::after(&db, 0, 10).await.unwrap();
    assert_eq!(numbers(&first), [2], "nobody is held up by the slow one");
    slow.commit().await.unwrap();
    publish(&cx, 3).await;
    let then = outbox::after(&db, first[0].seq, 10).await.unwrap();
    assert_eq!(numbers(&then), [1, 3]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn followers_see_each_event_once_while_many_write_at_once(db: PgPool) {
    const WRITERS: u32 = 6;
    const EACH: u32 = 40;
    let kernel = Kernel::new(db.clone());
    let writers = (0..WRITERS).map(|writer| {
        let cx = kernel.job_cx();
        tokio::spawn(async move {
            for n in 0..EACH {
                let mut tx = cx.begin().await.unwrap();
                outbox::publish(&mut tx, &cx, &Happened(writer * EACH + n)).await.unwrap();
                // Some hold their transaction open for a while, in the middle of everything.
                for _ in 0..n % 7 {
                    sqlx::query("select 1").execute(&mut *tx).await.unwrap();
                }
                if n % 5 == 4 { tx.roll_back().await.unwrap() } else { tx.commit().await.unwrap() }
            }
        })
    });
    let expected: Vec<u32> = (0..WRITERS * EACH).filter(|n| n % EACH % 5 != 4).collect();
    let followers = (0..2).map(|_| {
        let mut follower = Follower::after(&kernel, 0);
        let total = expected.len();
        tokio::spawn(async move {
            let mut events = Vec::new();
            while events.len() < total {
                events.extend(tokio::time::timeout(SOON, follower.next()).await.expect("it comes soon"));
            }
            events
        })
    });
    let (writers, followers): (Vec<_>, Vec<_>) = (writers.collect(), followers.collect());
    for writer in writers {
        writer.await.unwrap();
    }
    for follower in followers {
        let events = follower.await.unwrap();
        assert!(events.is_sorted_by(|a, b| a.seq < b.seq));
        let mut seen = numbers(&events);
        for writer in 0..WRITERS {
            let of_one: Vec<_> = seen.iter().filter(|n| **n / EACH == writer).collect();
            assert!(of_one.is_sorted(), "events of one writer keep their order");
        }
        seen.sort_unstable();
        assert_eq!(seen, expected);
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn events_become_jobs_exactly_once(db: PgPool) {
    let reactions = || {
        Reactions::new()
            .on(|event: Happened, then| {
                then.enqueue(&Note(event.0)).enqueue(NewJob::of(&Note(100)).unique("sum"));
            })
            .on(|event: Happened, then| {
                then.enqueue(&Note(event.0 + 10));
            })
    };
    let (one, one_notes) = app_with(db.clone(), registry().reactions(reactions()));
    let (other, other_notes) = app_with(db, registry().reactions(reactions()));
    publish(&one.cx(), 1).await;
    publish(&other.cx(), 2).await;
    tokio::join!(one.run_jobs(), other.run_jobs());
    one.run_jobs().await;

    let mut seen = [one_notes.all(), other_notes.all()].concat();
    seen.sort_unstable();
    seen.dedup_by(|a, b| (*a, *b) == (100, 100));
    assert_eq!(seen, [1, 2, 11, 12, 100]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_event_that_cannot_be_read_holds_nobody_up_and_is_not_lost(db: PgPool) {
    let reactions = Reactions::new().on(|event: Happened, then| {
        then.enqueue(&Note(event.0));
    });
    let (app, notes) = app_with(db.clone(), registry().reactions(reactions));
    publish(&app.cx(), 1).await;
    publish(&app.cx(), 2).await;
    sqlx::query(r#"update outbox set body = '"one"' where body = '1'"#).execute(&db).await.unwrap();

    let ran = app.run_jobs().await;
    assert_eq!(notes.all(), [2]);
    assert_eq!(ran.count(Outcome::Retried), 1);
    // The next version can read it.
    sqlx::query(r#"update outbox set body = '1' where body = '"one"'"#).execute(&db).await.unwrap();
    app.advance(time::Duration::MINUTE).await;
    assert_eq!(notes.all(), [2, 1]);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn old_events_are_deleted_and_a_follower_further_back_is_told(db: PgPool) {
    let (app, _) = app_with(db.clone(), registry().job::<Retain>());
    publish(&app.cx(), 1).await;
    let old = outbox::latest(&db).await.unwrap();
    app.clock().advance(time::Duration::days(15));
    publish(&app.cx(), 2).await;
    assert!(outbox::reaches_back_to(&db, 0).await.unwrap());

    let cx = app.cx();
    kernel::jobs::enqueue(&mut db.acquire().await.unwrap(), &cx, &Retain {}).await.unwrap();
    app.run_jobs().await;
    assert_eq!(numbers(&outbox::after(&db, 0, 10).await.unwrap()), [2]);
    assert!(!outbox::reaches_back_to(&db, 0).await.unwrap());
    assert!(outbox::reaches_back_to(&db, old).await.unwrap());
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
#[should_panic(expected = "jobs are left in the queue")]
async fn a_test_app_is_not_dropped_with_work_undone(db: PgPool) {
    let (app, _) = app(db);
    let cx = app.cx();
    kernel::jobs::enqueue(&mut cx.db().acquire().await.unwrap(), &cx, &Note(1)).await.unwrap();
}
