//! A test's house with a post office in it.

use crate::{gateway::GatewayServer, smtp::SmtpServer};
use kernel::{Kernel, OffsetDateTime, jobs::Registry, testing::TestApp};
use model::{
    Lang,
    ids::{AccountId, DeliveryId, Uuid},
};
use notify::{
    Code, EmailAddress, Link, Message, PhoneNumber, Post, PostSettings, Recipient, SendBulk, SendNow,
    SmsSettings, State, Tidy,
};
use sqlx::PgPool;
use std::sync::Arc;

pub const SITE: &str = "https://pasar.example";

/// Nothing is configured: messages are captured.
pub fn capturing() -> PostSettings {
    PostSettings { site: SITE.to_owned(), ..PostSettings::default() }
}

pub fn mailing(server: &SmtpServer) -> PostSettings {
    PostSettings { smtp: Some(server.url().parse().unwrap()), ..capturing() }
}

pub fn texting(server: &GatewayServer) -> PostSettings {
    let (url, token) = (server.url.clone(), "s3cret".to_owned());
    PostSettings { sms: Some(SmsSettings { url, token, sender: "PASAR".to_owned() }), ..capturing() }
}

pub async fn post(db: &PgPool, settings: PostSettings) -> Arc<Post> {
    Arc::new(Post::open(&Kernel::new(db.clone()), settings).await.unwrap())
}

pub fn registry() -> Registry {
    Registry::empty().job::<SendNow>().job::<SendBulk>().job::<Tidy>()
}

pub async fn house(db: &PgPool, settings: PostSettings) -> TestApp {
    let post = post(db, settings).await;
    TestApp::with_parts(db.clone(), registry(), |kernel| kernel.with_part(post))
}

pub async fn account(db: &PgPool, n: u128) -> AccountId {
    let id = Uuid::from_u128(n);
    sqlx::query!(
        "insert into account (id, lang, created_at, updated_at) values ($1, 'id', now(), now())",
        id
    )
    .execute(db)
    .await
    .unwrap();
    id.into()
}

pub fn email() -> EmailAddress {
    "budi@mail.example".try_into().unwrap()
}

pub fn phone() -> PhoneNumber {
    "+6281234567890".try_into().unwrap()
}

pub fn stranger() -> Recipient {
    Recipient::stranger(email(), Lang::Id)
}

pub fn link(path: &str) -> Link {
    Link::to(path.parse().unwrap())
}

pub fn verify() -> Message {
    Message::VerifyEmail { code: Code::new("482913"), link: link("/verify?token=t0p"), minutes: 30 }
}

pub fn price_drop(product: &str) -> Message {
    let (before, now) = (model::Money::idr(250_000), model::Money::idr(199_000));
    Message::PriceDrop { product: product.to_owned(), before, now, link: link("/p/kopi") }
}

/// Empties the house for another run: the next one makes the same ids.
pub async fn clear(db: &PgPool) {
    sqlx::query!("delete from delivery").execute(db).await.unwrap();
    sqlx::query!("delete from job").execute(db).await.unwrap();
}

/// Commits a message and says which it is.
pub async fn enqueue(app: &TestApp, to: &Recipient, message: &Message) -> DeliveryId {
    let cx = app.cx();
    let mut tx = cx.begin().await.unwrap();
    let id = notify::enqueue(&mut tx, &cx, to, message).await.unwrap();
    tx.commit().await.unwrap();
    id
}

#[derive(Debug)]
pub struct Row {
    pub state: String,
    pub attempt: i32,
    pub message_id: Option<String>,
    pub answer: Option<String>,
    pub blanked: bool,
    pub message: serde_json::Value,
    pub handed_at: Option<OffsetDateTime>,
}

pub async fn row(db: &PgPool, id: DeliveryId) -> Row {
    sqlx::query_as!(
        Row,
        "select state, attempt, message_id, answer, blanked, message, handed_at from delivery where id = $1",
        id.uuid()
    )
    .fetch_one(db)
    .await
    .unwrap()
}

pub async fn state(db: &PgPool, id: DeliveryId) -> State {
    State::from_name(&row(db, id).await.state).unwrap()
}
