//! All SQL about counted tries.

use super::{Key, Pace, Turn};
use kernel::OffsetDateTime;
use sqlx::PgConnection;

/// Counts a try, if one may be made now. While one has to wait nothing is written: a flood costs one look-up each.
pub async fn take_turn(
    db: &mut PgConnection,
    key: Key,
    pace: Pace,
    now: OffsetDateTime,
) -> Result<Turn, sqlx::Error> {
    let closed = sqlx::query_scalar!(
        "select free_at from attempt where key = $1 and free_at > $2 and last_at > $3",
        key.as_bytes(),
        now,
        now - pace.forgotten
    )
    .fetch_optional(&mut *db)
    .await?;
    if let Some(free_at) = closed {
        return Ok(Turn::Wait(free_at));
    }
    let counted = sqlx::query_scalar!(
        "insert into attempt as a (key, count, last_at, free_at) values ($1, 1, $2, $2)
         on conflict (key) do update
         set count = case when a.last_at <= $3 then 1 else a.count + 1 end,
             last_at = $2,
             free_at = case when a.last_at <= $3 or a.count < $4 then $2::timestamptz
               else $2::timestamptz + least($6::interval, $5::interval * power(2, least(a.count - $4, 30))) end
         where a.free_at <= $2 or a.last_at <= $3
         returning count",
        key.as_bytes(),
        now,
        now - pace.forgotten,
        pace.free,
        interval(pace.first),
        interval(pace.longest)
    )
    .fetch_optional(&mut *db)
    .await?;
    match counted {
        Some(_) => Ok(Turn::Go),
        // Another try of the same moment was counted first and closed the door.
        None => Ok(Turn::Wait(now + pace.first)),
    }
}

fn interval(length: time::Duration) -> sqlx::postgres::types::PgInterval {
    let microseconds = i64::try_from(length.whole_microseconds()).unwrap_or(i64::MAX);
    sqlx::postgres::types::PgInterval { months: 0, days: 0, microseconds }
}

/// Forgets what was counted: it turned out to be its owner.
pub async fn clear(db: &mut PgConnection, key: Key) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from attempt where key = $1", key.as_bytes()).execute(db).await?;
    Ok(())
}

/// Takes one try back: it was no guess, such as one that was refused because too many passwords were being checked.
pub async fn give_back(db: &mut PgConnection, key: Key) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update attempt set count = count - 1, free_at = last_at where key = $1 and count > 1",
        key.as_bytes()
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets what nobody tried for longer than any pace remembers.
pub async fn delete_old(db: &mut PgConnection, before: OffsetDateTime) -> Result<u64, sqlx::Error> {
    let done = sqlx::query!("delete from attempt where last_at < $1", before).execute(db).await?;
    Ok(done.rows_affected())
}
