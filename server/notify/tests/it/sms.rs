//! Short messages over HTTP.

use crate::{gateway::GatewayServer, house::*};
use kernel::jobs::Outcome;
use model::Lang;
use notify::{Code, Message, Recipient, State};
use serde_json::json;
use sqlx::PgPool;

fn code() -> Message {
    Message::VerifyPhone { code: Code::new("482913"), minutes: 10 }
}

fn to() -> Recipient {
    Recipient::stranger(phone(), Lang::En)
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_short_message_goes_to_the_gateway_with_its_token_and_key(db: PgPool) {
    let gateway = GatewayServer::start([]).await;
    let app = house(&db, texting(&gateway)).await;
    let id = enqueue(&app, &to(), &code()).await;
    app.run_jobs().await;
    assert_eq!(state(&db, id).await, State::Sent);
    let [asked] = &gateway.asked()[..] else { panic!("one request") };
    assert_eq!(asked.header("authorization"), Some("Bearer s3cret"));
    assert_eq!(asked.header("content-type"), Some("application/json"));
    assert_eq!(asked.header("idempotency-key"), Some(id.to_string().as_str()));
    let text = "Pasar: your confirmation code is 482913. Good for 10 minutes. Do not give it to anyone.";
    assert_eq!(asked.body, json!({"to": "+6281234567890", "from": "PASAR", "text": text, "reference": id}));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_gateways_answer_decides_what_follows(db: PgPool) {
    for (statuses, state_after, asked) in [
        (vec![429, 503, 200], State::Sent, 3),
        (vec![422], State::Failed, 1),
        (vec![500], State::Unknown, 1),
        (vec![0], State::Unknown, 1),
    ] {
        let gateway = GatewayServer::start(statuses).await;
        let app = house(&db, texting(&gateway)).await;
        let id = enqueue(&app, &to(), &code()).await;
        app.run_all_jobs(time::Duration::minutes(5)).await;
        assert_eq!((state(&db, id).await, gateway.asked().len()), (state_after, asked));
        clear(&db).await;
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_gateway_that_is_away_got_nothing_and_is_asked_again(db: PgPool) {
    let gateway = GatewayServer::start([]).await;
    let mut settings = texting(&gateway);
    settings.sms.as_mut().unwrap().url = "http://127.0.0.1:1/send".to_owned();
    let app = house(&db, settings).await;
    let id = enqueue(&app, &to(), &code()).await;
    assert_eq!(app.run_jobs().await.outcomes(), [Outcome::Retried]);
    let row = row(&db, id).await;
    assert_eq!((row.state.as_str(), row.handed_at), ("queued", None));
    assert!(!row.answer.unwrap().contains("s3cret"));
    app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn without_a_gateway_short_messages_are_captured(db: PgPool) {
    let app = house(&db, capturing()).await;
    let id = enqueue(&app, &to(), &code()).await;
    app.run_jobs().await;
    assert_eq!(state(&db, id).await, State::Captured);
}
