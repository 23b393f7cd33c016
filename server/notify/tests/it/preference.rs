//! What people do not want is not sent; what they must know is.

use crate::{house::*, smtp::SmtpServer};
use model::Lang;
use notify::{
    Channel, EnqueueError, Preference, Recipient, State, Topic, forget, preferences, set_preference,
};
use sqlx::PgPool;

const OFF: Preference = Preference { topic: Topic::PriceDrop, channel: Channel::Email, wanted: false };

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_message_against_a_preference_is_suppressed_even_when_it_was_queued_before(db: PgPool) {
    let server = SmtpServer::start([]).await;
    let app = house(&db, mailing(&server)).await;
    let account = account(&db, 7).await;
    let to = Recipient::member(account, email(), Lang::Id);
    let id = enqueue(&app, &to, &price_drop("Kopi")).await;
    let mut conn = db.acquire().await.unwrap();
    assert!(set_preference(&mut conn, account, OFF, app.cx().now()).await.unwrap());
    assert!(!set_preference(&mut conn, account, OFF, app.cx().now()).await.unwrap(), "no change");
    app.run_jobs().await;
    assert_eq!(state(&db, id).await, State::Suppressed);
    assert!(server.received().is_empty());

    // Wanted again.
    set_preference(&mut conn, account, Preference { wanted: true, ..OFF }, app.cx().now()).await.unwrap();
    let id = enqueue(&app, &to, &price_drop("Kopi")).await;
    app.run_jobs().await;
    assert_eq!((state(&db, id).await, server.received().len()), (State::Sent, 1));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn security_cannot_be_switched_off(db: PgPool) {
    let app = house(&db, capturing()).await;
    let account = account(&db, 7).await;
    let mut conn = db.acquire().await.unwrap();
    let choice = Preference { topic: Topic::Security, channel: Channel::Email, wanted: false };
    assert!(!set_preference(&mut conn, account, choice, app.cx().now()).await.unwrap());
    let choices = preferences(&mut conn, account).await.unwrap();
    assert_eq!(choices.len(), 6);
    assert!(choices.iter().all(|choice| choice.topic.is_optional() && choice.wanted));

    let forced = sqlx::query!(
        "insert into notification_preference (account_id, topic, channel, wanted, changed_at)
         values ($1, 'security', 'email', false, now())",
        account.uuid()
    );
    let refused = forced.execute(&mut *conn).await.unwrap_err();
    assert_eq!(
        refused.as_database_error().unwrap().constraint(),
        Some("notification_preference_optional"),
        "the database agrees with Topic::is_optional"
    );
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn every_optional_topic_can_be_chosen_in_the_database(db: PgPool) {
    let app = house(&db, capturing()).await;
    let account = account(&db, 7).await;
    let mut conn = db.acquire().await.unwrap();
    for mut choice in preferences(&mut conn, account).await.unwrap() {
        choice.wanted = false;
        assert!(set_preference(&mut conn, account, choice, app.cx().now()).await.unwrap(), "{choice:?}");
    }
    assert!(preferences(&mut conn, account).await.unwrap().iter().all(|choice| !choice.wanted));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_optional_message_needs_an_account_that_can_decline_it(db: PgPool) {
    let app = house(&db, capturing()).await;
    let cx = app.cx();
    let mut tx = cx.begin().await.unwrap();
    let refused = notify::enqueue(&mut tx, &cx, &stranger(), &price_drop("Kopi")).await.unwrap_err();
    assert!(matches!(refused, EnqueueError::NeedsAccount));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn who_leaves_is_forgotten(db: PgPool) {
    let app = house(&db, capturing()).await;
    let (leaving, staying) = (account(&db, 7).await, account(&db, 8).await);
    for account in [leaving, staying] {
        enqueue(&app, &Recipient::member(account, email(), Lang::Id), &price_drop("Kopi")).await;
    }
    app.run_jobs().await;
    let mut conn = db.acquire().await.unwrap();
    set_preference(&mut conn, leaving, OFF, app.cx().now()).await.unwrap();
    forget(&mut conn, leaving).await.unwrap();
    let left = sqlx::query_scalar!("select account_id from delivery").fetch_all(&db).await.unwrap();
    assert_eq!(left, [Some(staying.uuid())]);
    assert!(preferences(&mut conn, leaving).await.unwrap().iter().all(|choice| choice.wanted));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn tidying_blanks_what_is_too_late_and_deletes_what_is_old(db: PgPool) {
    let app = house(&db, capturing()).await;
    let id = enqueue(&app, &stranger(), &verify()).await;
    app.run_jobs().await;
    assert!(row(&db, id).await.message.to_string().contains("482913"), "captured, to be read");
    let tidy = || async {
        let (cx, mut conn) = (app.cx(), db.acquire().await.unwrap());
        kernel::jobs::enqueue(&mut conn, &cx, &notify::Tidy {}).await.unwrap();
        app.run_jobs().await;
    };
    app.clock().advance(time::Duration::hours(1));
    tidy().await;
    let kept = row(&db, id).await;
    assert!(kept.blanked && !kept.message.to_string().contains("482913"));
    app.clock().advance(time::Duration::days(91));
    tidy().await;
    let left = sqlx::query_scalar!("select count(*) from delivery").fetch_one(&db).await.unwrap();
    assert_eq!(left, Some(0));
}
