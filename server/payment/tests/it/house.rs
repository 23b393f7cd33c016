//! A group that is to pay 100: 40 for one order, 60 for another.

use model::{
    Money,
    ids::{OrderGroupId, OrderId, PaymentId, RefundId, Uuid},
    payment::Method,
};
use payment::{About, EventKind, NewPayment, NewRefund, ProviderEvent, Share};
use sqlx::{PgConnection, PgPool};
use time::{Duration, OffsetDateTime};

pub const A: OrderId = OrderId::new(Uuid::from_u128(0xA));
pub const B: OrderId = OrderId::new(Uuid::from_u128(0xB));
pub const GROUP: OrderGroupId = OrderGroupId::new(Uuid::from_u128(0x6));

pub fn at(minutes: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(1_790_000_000).unwrap() + Duration::minutes(minutes)
}

pub fn payment_id(n: u128) -> PaymentId {
    Uuid::from_u128(n).into()
}

/// Made at minute 0, due at minute 60.
pub fn new(n: u128) -> NewPayment {
    NewPayment {
        id: payment_id(n),
        group: GROUP,
        provider: "simulator".to_owned(),
        method: Method::VaBca,
        amount: Money::idr(100),
        shares: vec![Share { order: A, amount: Money::idr(40) }, Share { order: B, amount: Money::idr(60) }],
        due_at: at(60),
        created_at: at(0),
    }
}

pub async fn made(db: &mut PgConnection, n: u128) -> PaymentId {
    payment::insert(db, &new(n)).await.unwrap();
    payment_id(n)
}

pub fn told(payment: PaymentId, id: &str, kind: EventKind, reference: &str, amount: i64) -> ProviderEvent {
    ProviderEvent {
        id: id.to_owned(),
        about: About::Payment(payment),
        kind,
        reference: reference.to_owned(),
        amount: Money::idr(amount),
        occurred_at: at(5),
        body: serde_json::json!({}),
    }
}

pub async fn paid(db: &mut PgConnection, n: u128, amount: i64) -> PaymentId {
    let id = made(db, n).await;
    let event = told(id, &format!("paid-{n}"), EventKind::Captured, &format!("p{n}"), amount);
    payment::record(db, "simulator", &[event], at(6)).await.unwrap();
    id
}

pub fn refund(n: u128, payment: PaymentId, order: Option<OrderId>, amount: i64) -> NewRefund {
    NewRefund {
        id: RefundId::new(Uuid::from_u128(n)),
        payment,
        order,
        amount: Money::idr(amount),
        key: format!("k{n}"),
    }
}

pub async fn count_events(db: &PgPool) -> i64 {
    sqlx::query_scalar!(r#"select count(*) as "n!" from payment_event"#).fetch_one(db).await.unwrap()
}
