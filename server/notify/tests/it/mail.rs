//! What a mail server gets, and what becomes of its answers.

use crate::{
    house::*,
    smtp::{SmtpServer, Treat},
};
use kernel::jobs::{Outcome, WorkerSettings, Workers};
use mail_parser::{Message, MessageParser, MimeHeaders as _};
use model::Lang;
use notify::{Recipient, State, enqueue as put};
use sqlx::PgPool;
use std::{collections::BTreeMap, sync::Arc, time::Duration};

/// A header as it was sent, but for the folding.
fn raw<'a>(mail: &'a Message<'_>, name: &str) -> Option<&'a str> {
    let mut headers = mail.headers_raw();
    headers.find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_mail_arrives_with_its_headers_and_both_parts(db: PgPool) {
    let server = SmtpServer::start([]).await;
    let app = house(&db, mailing(&server)).await;
    let to = Recipient::member(account(&db, 7).await, email(), Lang::Id).named("Budi");
    let id = enqueue(&app, &to, &price_drop("Kopi “Sidikalang” ☕ <b>bubuk</b>")).await;
    assert_eq!(app.run_jobs().await.outcomes(), [Outcome::Done]);
    assert_eq!(state(&db, id).await, State::Sent);

    let [received] = &server.received()[..] else { panic!("one mail") };
    assert_eq!(
        (received.from.as_str(), received.to.as_str()),
        ("no-reply@pasar.example", "budi@mail.example")
    );
    assert!(received.content.is_ascii(), "no server needs 8BITMIME for it");
    assert!(received.content.split(|b| *b == b'\n').all(|line| line.len() <= 998));
    let mail = MessageParser::default().parse(&received.content).unwrap();
    assert_eq!(mail.subject(), Some("Harga turun: Kopi “Sidikalang” ☕ <b>bubuk</b>"));
    let from = mail.from().unwrap().first().unwrap();
    assert_eq!((from.name(), from.address()), (Some("Pasar"), Some("no-reply@pasar.example")));
    assert_eq!(mail.to().unwrap().first().unwrap().address(), Some("budi@mail.example"));
    assert_eq!(mail.message_id().map(|id| format!("<{id}>")), row(&db, id).await.message_id);
    assert_eq!(mail.date().unwrap().to_timestamp(), app.cx().now().unix_timestamp());
    assert_eq!(raw(&mail, "Auto-Submitted"), Some("auto-generated"));
    assert_eq!(raw(&mail, "Content-Language"), Some("id"));
    assert_eq!(raw(&mail, "MIME-Version"), Some("1.0"));

    let kind = mail.content_type().unwrap();
    assert_eq!((kind.ctype(), kind.subtype()), ("multipart", Some("alternative")));
    assert_eq!((mail.text_body_count(), mail.html_body_count()), (1, 1));
    let (text, html) = (mail.body_text(0).unwrap(), mail.body_html(0).unwrap());
    for part in [&text, &html] {
        assert!(part.contains("Halo Budi,") && part.contains("Rp\u{a0}199.000"), "{part}");
        assert!(part.contains("https://pasar.example/p/kopi"), "{part}");
    }
    assert!(text.contains("<b>bubuk</b>"), "plain text needs no escaping");
    assert!(html.contains("&lt;b&gt;bubuk&lt;/b&gt;") && !html.contains("<b>bubuk"), "HTML does");
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("lang=\"id\""));
    assert!(!html.contains("<img") && !html.contains("<script"), "nothing is fetched and nothing runs");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_may_be_switched_off_has_a_one_click_way_out_and_security_mails_have_none(db: PgPool) {
    let server = SmtpServer::start([]).await;
    let settings = mailing(&server);
    let post = post(&db, settings.clone()).await;
    let app = house(&db, settings).await;
    let account = account(&db, 7).await;
    let to = Recipient::member(account, email(), Lang::En);
    enqueue(&app, &to, &price_drop("Coffee")).await;
    enqueue(&app, &to, &verify()).await;
    app.run_jobs().await;

    let mails = server.received();
    let parsed: Vec<_> =
        mails.iter().map(|mail| MessageParser::default().parse(&mail.content).unwrap()).collect();
    // The code goes first: someone is waiting for it.
    assert_eq!(parsed[0].subject(), Some("Confirm your email address"));
    for name in ["List-Unsubscribe", "List-Id", "List-Unsubscribe-Post"] {
        assert_eq!(raw(&parsed[0], name), None);
    }
    assert_eq!(raw(&parsed[1], "List-Id"), Some("Price drops <price-drop.pasar.example>"));
    assert_eq!(raw(&parsed[1], "List-Unsubscribe-Post"), Some("List-Unsubscribe=One-Click"));
    let way_out = raw(&parsed[1], "List-Unsubscribe").unwrap();
    let url = way_out.strip_prefix('<').and_then(|url| url.strip_suffix('>')).unwrap();
    let token = url.strip_prefix("https://pasar.example/unsubscribe/").unwrap();
    assert_eq!(post.read_unsubscribe(token).unwrap().account, account);
    assert!(parsed[1].body_text(0).unwrap().contains(url) && parsed[1].body_html(0).unwrap().contains(url));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn nothing_a_stranger_types_becomes_a_header(db: PgPool) {
    let server = SmtpServer::start([]).await;
    let app = house(&db, mailing(&server)).await;
    let to =
        Recipient::member(account(&db, 7).await, email(), Lang::Id).named("Budi\r\nBcc: eve@evil.example");
    let product =
        format!("Kopi\r\nBcc: eve@evil.example\r\n\r\n.\r\nMAIL FROM:<x> {}", "panjang ".repeat(200));
    enqueue(&app, &to, &price_drop(&product)).await;
    app.run_jobs().await;
    let [received] = &server.received()[..] else { panic!("one mail") };
    let mail = MessageParser::default().parse(&received.content).unwrap();
    assert!(mail.bcc().is_none());
    let subject = mail.subject().unwrap();
    assert!(subject.chars().count() <= 120 && !subject.contains(['\r', '\n']), "{subject}");
    assert!(!mail.body_text(0).unwrap().contains("Halo Budi"), "such a name greets nobody");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_message_of_a_change_that_was_undone_is_not_sent(db: PgPool) {
    let server = SmtpServer::start([]).await;
    let app = house(&db, mailing(&server)).await;
    let cx = app.cx();
    let mut tx = cx.begin().await.unwrap();
    put(&mut tx, &cx, &stranger(), &verify()).await.unwrap();
    tx.roll_back().await.unwrap();
    assert!(app.run_jobs().await.names().is_empty());
    assert!(server.received().is_empty());
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_refusal_for_now_is_tried_again_until_it_is_accepted(db: PgPool) {
    let plan = [
        Treat::Refuse("MAIL", "421 too busy"),
        Treat::Refuse("RCPT", "450 mailbox busy"),
        Treat::Refuse("DATA", "451 try later"),
        Treat::Refuse(".", "452 disk full"),
    ];
    let server = SmtpServer::start(plan).await;
    let app = house(&db, mailing(&server)).await;
    let id = enqueue(&app, &stranger(), &verify()).await;
    app.run_jobs().await;
    let first = row(&db, id).await;
    assert_eq!((first.state.as_str(), first.handed_at), ("queued", None));
    assert!(first.answer.unwrap().contains("too busy"));

    let ran = app.run_all_jobs(time::Duration::minutes(10)).await;
    assert_eq!((ran.count(Outcome::Retried), ran.count(Outcome::Done)), (3, 1));
    assert_eq!(server.received().len(), 1);
    let last = row(&db, id).await;
    assert_eq!((last.state.as_str(), last.attempt, last.message_id), ("sent", 5, first.message_id));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn a_refusal_for_good_fails_at_once_and_is_not_tried_again(db: PgPool) {
    for (at, with) in [("RCPT", "550 no such mailbox"), (".", "554 not wanted here")] {
        let server = SmtpServer::start([Treat::Refuse(at, with)]).await;
        let app = house(&db, mailing(&server)).await;
        let id = enqueue(&app, &stranger(), &verify()).await;
        assert_eq!(app.run_jobs().await.outcomes(), [Outcome::Done]);
        let row = row(&db, id).await;
        assert_eq!((row.state.as_str(), row.attempt), ("failed", 1));
        assert!(row.answer.unwrap().contains(&with[4..]));
        assert!(app.run_all_jobs(time::Duration::days(3)).await.names().is_empty());
        assert!(server.received().is_empty());
        clear(&db).await;
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn who_is_never_accepted_fails_in_the_end(db: PgPool) {
    let server = SmtpServer::start([Treat::Refuse("RCPT", "450 greylisted"); 50]).await;
    let app = house(&db, mailing(&server)).await;
    let to = Recipient::member(account(&db, 7).await, email(), Lang::Id);
    let id = enqueue(&app, &to, &notify::Message::Welcome { link: link("/") }).await;
    app.run_all_jobs(time::Duration::days(2)).await;
    let row = row(&db, id).await;
    assert_eq!((row.state.as_str(), row.attempt), ("failed", 9));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn without_the_encryption_asked_for_nothing_is_said(db: PgPool) {
    let server = SmtpServer::start([]).await;
    let url = format!("smtp://user:s3cret@127.0.0.1:{}", server.port);
    let settings = notify::PostSettings { smtp: Some(url.parse().unwrap()), ..capturing() };
    let app = house(&db, settings).await;
    let id = enqueue(&app, &stranger(), &verify()).await;
    app.run_jobs().await;
    let row = row(&db, id).await;
    assert_eq!(row.state, "queued");
    assert!(row.answer.unwrap().contains("STARTTLS"));
    assert!(server.received().is_empty());
    app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_comes_too_late_is_not_sent_and_its_secrets_are_gone(db: PgPool) {
    let server = SmtpServer::start([Treat::Refuse("MAIL", "421 too busy")]).await;
    let app = house(&db, mailing(&server)).await;
    let id = enqueue(&app, &stranger(), &verify()).await;
    app.run_jobs().await;
    app.advance(time::Duration::hours(1)).await;
    let row = row(&db, id).await;
    assert_eq!((row.state.as_str(), row.blanked), ("failed", true));
    assert!(!row.message.to_string().contains("482913") && !row.message.to_string().contains("t0p"));
    assert!(server.received().is_empty());
    let cx = app.cx();
    let refused = notify::resend(&mut db.acquire().await.unwrap(), &cx, id).await.unwrap_err();
    assert!(matches!(refused, notify::OperatorError::TooLate));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn what_is_sent_keeps_no_secrets_and_what_is_captured_does(db: PgPool) {
    let server = SmtpServer::start([]).await;
    let app = house(&db, mailing(&server)).await;
    let id = enqueue(&app, &stranger(), &verify()).await;
    app.run_jobs().await;
    let sent = row(&db, id).await;
    assert!(sent.blanked && !sent.message.to_string().contains("482913"));
    assert_eq!(sent.answer.as_deref(), Some("250 kept as 4711"));

    let app = house(&db, capturing()).await;
    app.cx().id::<model::ids::DeliveryId>();
    app.clock().advance(time::Duration::MINUTE);
    let id = enqueue(&app, &stranger(), &notify::Message::Welcome { link: link("/") }).await;
    app.run_jobs().await;
    let captured = row(&db, id).await;
    assert_eq!((captured.state.as_str(), captured.blanked), ("captured", false));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn one_connection_carries_many_mails(db: PgPool) {
    let server = SmtpServer::start([]).await;
    let app = house(&db, mailing(&server)).await;
    for _ in 0..5 {
        enqueue(&app, &stranger(), &verify()).await;
    }
    app.run_jobs().await;
    assert_eq!((server.received().len(), server.connections()), (5, 1));
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn two_processes_send_each_message_once(db: PgPool) {
    let mut server = SmtpServer::start([]).await;
    let app = house(&db, mailing(&server)).await;
    for _ in 0..40 {
        enqueue(&app, &stranger(), &verify()).await;
    }
    let pace =
        WorkerSettings { concurrency: 4, poll: Duration::from_millis(20), ..WorkerSettings::default() };
    let start = || Workers::start(app.kernel().clone(), Arc::new(registry()), pace);
    let workers = [start(), start()];
    server.wait_for(40).await;
    for workers in workers {
        workers.drain(Duration::from_secs(10)).await;
    }
    let mut copies = BTreeMap::<String, usize>::new();
    for mail in server.received() {
        let parsed = MessageParser::default().parse(&mail.content).unwrap();
        *copies.entry(parsed.message_id().unwrap().to_owned()).or_default() += 1;
    }
    assert_eq!(copies.len(), 40);
    assert!(copies.values().all(|copies| *copies == 1), "{copies:?}");
    let left =
        sqlx::query_scalar!("select count(*) from delivery where state <> 'sent'").fetch_one(&db).await;
    assert_eq!(left.unwrap(), Some(0));
}
