//! What happened, told reliably: an event is written in the transaction of the change it tells of, so that it
//! exists if and only if the change does.
//!
//! Two kinds of readers follow it, each seeing every event, in order of `seq`:
//! - [`Reactions`] turn events into jobs, exactly once, whichever node does it;
//! - a [`Follower`] on each node keeps its own place, as for a search index that lives on that node.
//!
//! Numbers are given after the commit (see `migrations/0001_kernel.sql`), so an event of a transaction that
//! commits late comes late but is never skipped, and a long transaction holds nobody else up.

mod follower;
mod reactions;
pub(crate) mod store;

pub use follower::Follower;
pub(crate) use reactions::Dispatcher;
pub use reactions::{Reactions, Then};

use crate::{Cx, bell::News};
use model::ids::{RequestId, Uuid};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;

/// Something that happened.
pub trait Event: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// `domain.happened`, in the past tense and never changed.
    const NAME: &'static str;

    /// What it happened to: the id of the product, the order, the shop.
    fn key(&self) -> Uuid;
}

/// An event as it is read.
#[derive(Clone, PartialEq, Debug)]
pub struct Recorded {
    /// Grows in the order in which events became visible; gaps mean nothing.
    pub seq: i64,
    pub name: String,
    pub key: Uuid,
    pub body: Value,
    pub at: OffsetDateTime,
    /// The request that brought it about.
    pub request: RequestId,
}

impl Recorded {
    /// The event itself, if it is of this type.
    pub fn event<E: Event>(&self) -> Option<Result<E, serde_json::Error>> {
        (self.name == E::NAME).then(|| E::deserialize(&self.body))
    }
}

/// Writes an event in the caller's transaction.
pub async fn publish<E: Event>(tx: &mut PgConnection, cx: &Cx, event: &E) -> Result<(), sqlx::Error> {
    let body = serde_json::to_value(event).map_err(|error| sqlx::Error::Encode(error.into()))?;
    cx.note(News::Events);
    store::insert(tx, E::NAME, event.key(), body, cx.now(), cx.request()).await
}

/// Writes events of one kind in the caller's transaction, in this order and in one statement however many there are.
pub async fn publish_many<E: Event>(
    tx: &mut PgConnection,
    cx: &Cx,
    events: impl IntoIterator<Item = E>,
) -> Result<(), sqlx::Error> {
    let (mut keys, mut bodies) = (vec![], vec![]);
    for event in events {
        keys.push(event.key());
        bodies.push(serde_json::to_value(&event).map_err(|error| sqlx::Error::Encode(error.into()))?);
    }
    if keys.is_empty() {
        return Ok(());
    }
    cx.note(News::Events);
    store::insert_many(tx, E::NAME, &keys, &bodies, cx.now(), cx.request()).await
}

/// The events after this number, oldest first, at most `limit`. Zero is the beginning.
pub async fn after(db: &PgPool, seq: i64, limit: i64) -> Result<Vec<Recorded>, sqlx::Error> {
    store::number(db).await?;
    store::list_after(&mut *db.acquire().await?, seq, limit).await
}

/// The number of the last event there is: where someone begins who has just read everything from the tables.
pub async fn latest(db: &PgPool) -> Result<i64, sqlx::Error> {
    store::number(db).await?;
    store::get_latest(&mut *db.acquire().await?).await
}

/// Whether everything after this number is still there. If not, a follower starts afresh from the tables.
pub async fn reaches_back_to(db: &PgPool, seq: i64) -> Result<bool, sqlx::Error> {
    Ok(seq >= store::get_horizon(&mut *db.acquire().await?).await?)
}
