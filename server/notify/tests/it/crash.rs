//! Workers that vanish in the middle: what was provably not sent is sent, and nothing is sent twice.

use crate::{
    house::*,
    smtp::{SmtpServer, Treat},
};
use kernel::jobs::Outcome;
use mail_parser::MessageParser;
use notify::{OperatorError, State, store};
use sqlx::PgPool;
use time::Duration;

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_worker_that_vanishes_before_the_hand_over_has_sent_nothing_so_another_does(db: PgPool) {
    let server = SmtpServer::start([]).await;
    let app = house(&db, mailing(&server)).await;
    let id = enqueue(&app, &stranger(), &verify()).await;
    let mut conn = db.acquire().await.unwrap();
    let vanished = store::claim(&mut conn, id, "<first@pasar.example>").await.unwrap().unwrap();

    app.run_jobs().await;
    assert_eq!(server.received().len(), 1);
    let sent = row(&db, id).await;
    assert_eq!((sent.state.as_str(), sent.attempt), ("sent", 2));
    assert_eq!(sent.message_id.as_deref(), Some("<first@pasar.example>"), "it was fixed by the first claim");

    // It was only asleep, and wakes up: its claim is not the present one any more.
    assert!(!store::hand_over(&mut conn, id, vanished.attempt, app.cx().now()).await.unwrap());
    assert_eq!(state(&db, id).await, State::Sent);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn of_two_workers_the_later_claim_wins_and_the_earlier_sends_nothing(db: PgPool) {
    let app = house(&db, capturing()).await;
    let id = enqueue(&app, &stranger(), &verify()).await;
    let now = app.cx().now();
    let mut conn = db.acquire().await.unwrap();
    let earlier = store::claim(&mut conn, id, "<m@x>").await.unwrap().unwrap();
    let later = store::claim(&mut conn, id, "<m@x>").await.unwrap().unwrap();
    assert!(!store::hand_over(&mut conn, id, earlier.attempt, now).await.unwrap());
    assert!(store::hand_over(&mut conn, id, later.attempt, now).await.unwrap());
    assert!(!store::hand_over(&mut conn, id, later.attempt, now).await.unwrap(), "once");
    assert!(store::claim(&mut conn, id, "<m@x>").await.unwrap().is_none(), "it is out of our hands");
    app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_worker_that_vanishes_after_the_hand_over_leaves_a_doubt_that_an_operator_settles(db: PgPool) {
    let server = SmtpServer::start([]).await;
    let app = house(&db, mailing(&server)).await;
    let id = enqueue(&app, &stranger(), &verify()).await;
    let mut conn = db.acquire().await.unwrap();
    let vanished = store::claim(&mut conn, id, &format!("<{id}@pasar.example>")).await.unwrap().unwrap();
    assert!(store::hand_over(&mut conn, id, vanished.attempt, app.cx().now()).await.unwrap());

    // The other side may still be at it.
    assert_eq!(app.run_jobs().await.outcomes(), [Outcome::Retried]);
    assert_eq!(state(&db, id).await, State::Sending);
    app.run_all_jobs(Duration::minutes(10)).await;
    assert_eq!(state(&db, id).await, State::Unknown);
    assert!(server.received().is_empty(), "by itself it is not sent");

    let cx = app.cx();
    assert_eq!(notify::resend(&mut conn, &cx, id).await.unwrap(), State::Unknown);
    assert!(matches!(notify::resend(&mut conn, &cx, id).await, Err(OperatorError::NotNow)));
    app.run_jobs().await;
    let [received] = &server.received()[..] else { panic!("one mail") };
    let mail = MessageParser::default().parse(&received.content).unwrap();
    let header = format!("<{}>", mail.message_id().unwrap());
    assert_eq!(row(&db, id).await.message_id, Some(header), "the same mail as the first time");
    assert!(matches!(notify::resend(&mut conn, &cx, id).await, Err(OperatorError::NotNow)), "it was sent");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_missing_answer_to_the_content_is_a_doubt_and_not_a_second_mail(db: PgPool) {
    for keeping in [true, false] {
        let server = SmtpServer::start([Treat::HangUp { keeping }]).await;
        let app = house(&db, mailing(&server)).await;
        let id = enqueue(&app, &stranger(), &verify()).await;
        assert_eq!(app.run_jobs().await.outcomes(), [Outcome::Done]);
        assert_eq!(state(&db, id).await, State::Unknown);
        app.run_all_jobs(Duration::days(1)).await;
        assert_eq!(server.received().len(), usize::from(keeping));
        clear(&db).await;
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_answer_that_comes_late_settles_the_doubt(db: PgPool) {
    let app = house(&db, capturing()).await;
    let id = enqueue(&app, &stranger(), &verify()).await;
    let mut conn = db.acquire().await.unwrap();
    let claim = store::claim(&mut conn, id, "<m@x>").await.unwrap().unwrap();
    store::hand_over(&mut conn, id, claim.attempt, app.cx().now()).await.unwrap();
    app.clock().advance(Duration::minutes(10));
    app.run_jobs().await;
    assert_eq!(state(&db, id).await, State::Unknown);
    assert!(store::put_back(&mut conn, id, claim.attempt, "452 disk full").await.unwrap());
    assert_eq!(state(&db, id).await, State::Queued);
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_operator_gives_up_what_waits_and_nothing_else(db: PgPool) {
    let server = SmtpServer::start([Treat::Refuse("MAIL", "421 too busy")]).await;
    let app = house(&db, mailing(&server)).await;
    let id = enqueue(&app, &stranger(), &verify()).await;
    app.run_jobs().await;
    let (cx, mut conn) = (app.cx(), db.acquire().await.unwrap());
    assert_eq!(notify::give_up(&mut conn, &cx, id).await.unwrap(), State::Queued);
    assert!(matches!(notify::give_up(&mut conn, &cx, id).await, Err(OperatorError::NotNow)));
    assert!(matches!(notify::give_up(&mut conn, &cx, cx.id()).await, Err(OperatorError::NotFound)));
    app.run_all_jobs(Duration::hours(1)).await;
    assert_eq!(state(&db, id).await, State::Failed);
    assert!(server.received().is_empty());
}
