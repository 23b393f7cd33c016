//! What operators read: messages and the audit log.

use access::audit::{Actor, Entry, Subject, record};
use kernel::{Cx, Kernel, jobs::Registry, testing::TestApp};
use model::{
    Lang,
    audit::Action,
    delivery::DeliveryState,
    ids::{AccountId, DeliveryId, Uuid},
    views::{
        audit::AuditFilter,
        message::{MessageFilter, Secrets},
    },
};
use notify::{Code, EmailAddress, Link, Message, Post, PostSettings, Recipient, SendBulk, SendNow};
use sqlx::PgPool;
use std::sync::Arc;
use time::Duration;

async fn app(db: &PgPool) -> TestApp {
    let settings = PostSettings { site: "https://pasar.example".to_owned(), ..PostSettings::default() };
    let post = Arc::new(Post::open(&Kernel::new(db.clone()), settings).await.unwrap());
    let jobs = Registry::empty().job::<SendNow>().job::<SendBulk>();
    TestApp::with_parts(db.clone(), jobs, |kernel| kernel.with_part(post))
}

async fn send(cx: &Cx, to: &str, message: &Message) -> DeliveryId {
    let to = Recipient::stranger(EmailAddress::try_from(to).unwrap(), Lang::En);
    notify::enqueue(&mut cx.db().acquire().await.unwrap(), cx, &to, message).await.unwrap()
}

fn verify() -> Message {
    let link = Link::to("/verify?token=t0p".parse().unwrap());
    Message::VerifyEmail { code: Code::new("482913"), link, minutes: 30 }
}

fn welcome() -> Message {
    Message::Welcome { link: Link::to("/".parse().unwrap()) }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn messages_are_listed_newest_first_part_by_part_and_filtered(db: PgPool) {
    let app = app(&db).await;
    let cx = app.cx();
    let mut sent = Vec::new();
    for n in 0..7 {
        sent.push(send(&cx, &format!("person{n}@mail.example"), &welcome()).await);
    }
    sent.push(send(&cx, "budi_x@mail.example", &verify()).await);
    sent.reverse();

    let mut filter = MessageFilter::default();
    let mut seen = Vec::new();
    loop {
        let list = views::messages::list(&cx, &filter, 3).await.unwrap();
        assert!(list.capturing && list.kinds.contains(&"welcome".to_owned()));
        seen.extend(list.page.items.iter().map(|row| row.id));
        match list.page.next {
            Some(after) => filter.after = Some(after),
            None => break,
        }
    }
    assert_eq!(seen, sent);

    let count =
        async |filter: MessageFilter| views::messages::list(&cx, &filter, 50).await.unwrap().page.items.len();
    let with = |q: &str| MessageFilter { q: q.to_owned(), ..MessageFilter::default() };
    assert_eq!(count(with("person3@")).await, 1, "the beginning of an address");
    assert_eq!(count(with("CONFIRM")).await, 1, "a part of a subject, in any case");
    assert_eq!((count(with("budi_x")).await, count(with("budi%")).await), (1, 0), "signs mean themselves");
    assert_eq!(count(MessageFilter { kind: "welcome".to_owned(), ..MessageFilter::default() }).await, 7);
    let state = |state| MessageFilter { state: Some(state), ..MessageFilter::default() };
    assert_eq!((count(state(DeliveryState::Queued)).await, count(state(DeliveryState::Sent)).await), (8, 0));
    app.leave_queue();
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn an_operator_reads_codes_of_captured_messages_only(db: PgPool) {
    let app = app(&db).await;
    let cx = app.cx();
    let id = send(&cx, "budi@mail.example", &verify()).await;
    let page = views::messages::page(&cx, id).await.unwrap().unwrap();
    assert_eq!((page.row.state, page.secrets), (DeliveryState::Queued, Secrets::Hidden));
    assert!(page.can_give_up && !page.can_resend);
    let html = views::messages::html(&cx, id).await.unwrap().unwrap();
    for said in [page.text.unwrap(), html] {
        assert!(
            !said.contains("482913") && !said.contains("t0p"),
            "it may let someone into an account: {said}"
        );
    }

    app.run_jobs().await;
    let page = views::messages::page(&cx, id).await.unwrap().unwrap();
    assert_eq!((page.row.state, page.secrets), (DeliveryState::Captured, Secrets::Shown));
    assert!(page.text.unwrap().contains("482913"));
    assert!(page.headers.unwrap().contains("Subject: Confirm your email address"));
    assert!(views::messages::page(&cx, cx.id()).await.unwrap().is_none());
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn every_template_is_shown_in_both_languages(db: PgPool) {
    let app = app(&db).await;
    let templates = views::messages::templates(&app.cx());
    assert_eq!(templates.len(), notify::preview::samples().len());
    for template in templates {
        assert_eq!(template.words.len(), 2, "{}", template.kind);
        for lang in Lang::ALL {
            assert!(views::messages::template_html(&app.cx(), &template.kind, lang).is_some());
        }
    }
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_log_is_read_by_who_what_to_what_and_when(db: PgPool) {
    let app = app(&db).await;
    let person = AccountId::new(Uuid::from_u128(7));
    sqlx::raw_sql(
        "insert into account (id, lang, created_at, updated_at)
           values ('00000000-0000-0000-0000-000000000007', 'id', now(), now());
         insert into account_contact (account_id, kind, address, confirmed_at)
           values ('00000000-0000-0000-0000-000000000007', 'email', 'budi@mail.example', now())",
    )
    .execute(&db)
    .await
    .unwrap();
    let mut conn = db.acquire().await.unwrap();
    for (action, subject, actor) in [
        (Action::SignedIn, Subject::Account(person), Actor::Account(person)),
        (Action::PasswordChanged, Subject::Account(person), Actor::Account(person)),
        (Action::SearchChanged, Subject::House, Actor::System),
    ] {
        let mut cx = app.cx();
        if action == Action::PasswordChanged {
            let address = "203.0.113.9".parse().ok();
            cx = cx.from_client(kernel::Client { address, agent: None });
        }
        record(&mut conn, &cx, &Entry::of(action, subject).by(actor)).await.unwrap();
        app.clock().advance(Duration::DAY);
    }
    let mut found = async |filter: AuditFilter| {
        let page = views::audit::list(&mut conn, &filter, 50).await.unwrap();
        page.items.into_iter().map(|row| row.action.unwrap()).collect::<Vec<_>>()
    };
    let all = AuditFilter::default;
    let (signed, password, search) = (Action::SignedIn, Action::PasswordChanged, Action::SearchChanged);
    assert_eq!(found(all()).await, [search, password, signed]);
    for who in ["budi@mail.example", "Budi@Mail.example", &person.to_string()] {
        assert_eq!(found(AuditFilter { who: who.to_owned(), ..all() }).await, [password, signed], "{who}");
    }
    assert_eq!(found(AuditFilter { who: "nobody@mail.example".to_owned(), ..all() }).await, []);
    assert_eq!(found(AuditFilter { action: Some(search), ..all() }).await, [search]);
    assert_eq!(found(AuditFilter { to_what: person.to_string(), ..all() }).await, [password, signed]);
    assert_eq!(found(AuditFilter { to_what: "x".to_owned(), ..all() }).await, []);
    for network in ["203.0.113.9", "203.0.113.200", "203.0.113.0/24"] {
        assert_eq!(
            found(AuditFilter { network: network.to_owned(), ..all() }).await,
            [password],
            "{network}"
        );
    }
    assert_eq!(found(AuditFilter { network: "203.0.114.9".to_owned(), ..all() }).await, []);
    // The clock of tests starts on the fifth of January, ten in the morning in Jakarta.
    let days = |from: &str, to: &str| AuditFilter { from: from.to_owned(), to: to.to_owned(), ..all() };
    assert_eq!(found(days("2026-01-06", "2026-01-06")).await, [password]);
    assert_eq!(found(days("2026-01-06", "")).await, [search, password]);
    assert_eq!(found(days("", "2026-01-05")).await, [signed]);
    assert_eq!(found(days("yesterday", "9999-12-31")).await.len(), 3, "what is no day is no bound");
}

#[sqlx::test(migrator = "kernel::db::MIGRATOR")]
async fn the_log_goes_on_where_a_part_ended(db: PgPool) {
    let app = app(&db).await;
    let cx = app.cx();
    let mut conn = db.acquire().await.unwrap();
    let mut written = Vec::new();
    for _ in 0..7 {
        written
            .push(record(&mut conn, &cx, &Entry::of(Action::SearchChanged, Subject::House)).await.unwrap());
    }
    written.reverse();
    let (mut filter, mut seen) = (AuditFilter::default(), Vec::new());
    loop {
        let page = views::audit::list(&mut conn, &filter, 3).await.unwrap();
        seen.extend(page.items.iter().map(|row| row.id));
        filter.after = page.next;
        if filter.after.is_none() {
            break;
        }
    }
    assert_eq!(seen, written);
}
