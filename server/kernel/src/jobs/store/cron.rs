//! When cron entries are due next.

use sqlx::PgConnection;
use time::OffsetDateTime;

/// Makes a cron entry known. If its schedule is not the stored one, it is due when the new one says.
pub(in crate::jobs) async fn upsert(
    db: &mut PgConnection,
    name: &str,
    schedule: &str,
    next_due: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into job_cron (name, schedule, next_due) values ($1, $2, $3)
         on conflict (name) do update set schedule = excluded.schedule, next_due = excluded.next_due
         where job_cron.schedule <> excluded.schedule",
        name,
        schedule,
        next_due,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(in crate::jobs) async fn list_due(
    db: &mut PgConnection,
    now: OffsetDateTime,
) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!("select name from job_cron where next_due <= $1", now).fetch_all(db).await
}

/// Moves a due entry on; false if another node has done so.
pub(in crate::jobs) async fn mark_fired(
    db: &mut PgConnection,
    name: &str,
    now: OffsetDateTime,
    next_due: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update job_cron set next_due = $3 where name = $1 and next_due <= $2",
        name,
        now,
        next_due,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
