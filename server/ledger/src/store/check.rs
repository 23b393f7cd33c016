//! Checks of the books that were asked for, and what the latest of them found.

use model::ids::Uuid;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// What has not ended after so long has broken off.
const LONGEST: Duration = Duration::hours(1);
/// So many of the latest are kept.
const KEPT: i64 = 30;

/// How checks stand.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Checks {
    /// Since when one is under way.
    pub since: Option<OffsetDateTime>,
    /// What the latest that ended has found, in JSON.
    pub found: Option<String>,
}

/// Begins a check, with this id; where one is under way its own id is answered.
pub async fn begin(db: &mut PgConnection, id: Uuid, now: OffsetDateTime) -> Result<Uuid, sqlx::Error> {
    sqlx::query!(
        "update books_check set ended_at = $1 where ended_at is null and asked_at < $2",
        now,
        now - LONGEST
    )
    .execute(&mut *db)
    .await?;
    // What is under way is written to, so that it is seen here.
    sqlx::query_scalar!(
        "insert into books_check (id, asked_at) values ($1, $2)
         on conflict ((true)) where ended_at is null do update set asked_at = books_check.asked_at returning id",
        id,
        now
    )
    .fetch_one(db)
    .await
}

/// Ends a check with what it found, in JSON, and forgets those of long ago.
pub async fn end(
    db: &mut PgConnection,
    id: Uuid,
    misfits: i32,
    found: &str,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update books_check set ended_at = $2, misfits = $3, found = $4::text::jsonb where id = $1",
        id,
        now,
        misfits,
        found
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "delete from books_check
         where asked_at < (select asked_at from books_check order by asked_at desc offset $1 limit 1)",
        KEPT
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn checks(db: &mut PgConnection) -> Result<Checks, sqlx::Error> {
    let row = sqlx::query!(
        "select (select asked_at from books_check where ended_at is null) as since,
           (select found::text from books_check where found is not null order by asked_at desc limit 1) as found"
    )
    .fetch_one(db)
    .await?;
    Ok(Checks { since: row.since, found: row.found })
}
