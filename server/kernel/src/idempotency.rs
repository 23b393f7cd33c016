//! Requests that may arrive twice. Whoever makes something under a key notes it in the same transaction; whoever
//! comes again with the key and the same body is told what was made.

use crate::Cx;
use model::ids::Uuid;
use serde::Serialize;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use std::{fmt, str::FromStr};
use time::{Duration, OffsetDateTime};

/// How long a request may come again.
pub const KEEP: Duration = Duration::days(2);

/// The client's name for one request: 1 to 200 visible ASCII characters.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Key(String);

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("an idempotency key has 1 to 200 visible characters")]
pub struct NotAKey;

impl FromStr for Key {
    type Err = NotAKey;
    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let plain = text.bytes().all(|b| b.is_ascii_graphic());
        if plain && (1..=200).contains(&text.len()) { Ok(Self(text.to_owned())) } else { Err(NotAKey) }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is known of a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Claim {
    /// It is the first of its key: go on, and make it under the id that was given.
    First,
    /// It came before and made this.
    Again(Uuid),
    /// The key was used for something else.
    Other,
}

/// Takes a key for a request that will make `made`. A twin whose transaction is open is waited for. `owner` is the
/// account that asks, `operation` the verb, `body` all the request says.
pub async fn claim(
    tx: &mut PgConnection,
    cx: &Cx,
    (owner, operation, key): (Uuid, &'static str, &Key),
    body: &impl Serialize,
    made: Uuid,
) -> Result<Claim, sqlx::Error> {
    let body = serde_json::to_vec(body).map_err(|error| sqlx::Error::Encode(error.into()))?;
    let hash: [u8; 32] = Sha256::digest(&body).into();
    let new = sqlx::query!(
        "insert into idempotency (owner_id, operation, key, body_hash, made, at)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
        owner,
        operation,
        key.0,
        &hash,
        made,
        cx.now()
    )
    .execute(&mut *tx)
    .await?;
    if new.rows_affected() == 1 {
        return Ok(Claim::First);
    }
    let before = sqlx::query!(
        "select body_hash, made from idempotency where owner_id = $1 and operation = $2 and key = $3",
        owner,
        operation,
        key.0
    )
    .fetch_one(tx)
    .await?;
    Ok(if before.body_hash == hash { Claim::Again(before.made) } else { Claim::Other })
}

/// Whether no other transaction is under way for the same request; keeps others from being told so until this one ends.
/// For those who would rather hear it than wait.
pub async fn is_alone(
    tx: &mut PgConnection,
    (owner, operation, key): (Uuid, &'static str, &Key),
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as "alone!""#,
        format!("{owner}:{operation}:{}", key.0)
    )
    .fetch_one(tx)
    .await
}

/// Forgets old keys, at most so many; whether there may be more.
pub(crate) async fn forget(
    db: &mut PgConnection,
    before: OffsetDateTime,
    batch: i64,
) -> Result<bool, sqlx::Error> {
    let forgotten = sqlx::query!(
        "delete from idempotency where (owner_id, operation, key) in
           (select owner_id, operation, key from idempotency where at < $1 limit $2)",
        before,
        batch
    )
    .execute(db)
    .await?;
    Ok(i64::try_from(forgotten.rows_affected()).unwrap_or(i64::MAX) >= batch)
}
