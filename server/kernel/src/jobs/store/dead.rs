//! Jobs that failed for good: looked at, tried again or dropped by people.

use super::{Lease, put_back};
use crate::{Cx, jobs::JobId};
use model::Page;
use serde::Serialize;
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A job that failed for good.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct DeadLetter {
    pub id: JobId,
    pub name: String,
    pub args: Value,
    pub attempts: i32,
    pub error: Option<String>,
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    pub died_at: OffsetDateTime,
}

/// The dead letters, newest first; `after` is the last page's `next`.
pub async fn dead_letters(
    db: &mut PgConnection,
    after: Option<JobId>,
    limit: u16,
) -> Result<Page<DeadLetter>, sqlx::Error> {
    let limit = usize::from(limit.max(1));
    let rows = sqlx::query!(
        r#"select id, name, args, attempts, error, created_at, finished_at as "died_at!" from job
           where state = 'dead' and ($1::uuid is null or id < $1)
           order by id desc limit $2"#,
        after.map(JobId::uuid),
        i64::try_from(limit + 1).unwrap_or(i64::MAX),
    )
    .fetch_all(db)
    .await?;
    let next = (rows.len() > limit).then(|| rows[limit - 1].id.to_string());
    let items = rows
        .into_iter()
        .take(limit)
        .map(|row| DeadLetter {
            id: JobId::new(row.id),
            name: row.name,
            args: row.args,
            attempts: row.attempts,
            error: row.error,
            created_at: row.created_at,
            died_at: row.died_at,
        })
        .collect();
    Ok(Page { items, next, total: None })
}

/// Gives a dead job all its attempts anew, from now on; false if it is not dead. Where one with the same unique
/// key is waiting already, that one is enough and the dead one is done.
pub async fn retry_dead(db: &mut PgConnection, cx: &Cx, id: JobId) -> Result<bool, sqlx::Error> {
    // By way of a lease that is given back at once, so that the rule about twins stands in one place.
    let worker = cx.ids().uuid();
    let leased = sqlx::query!(
        "update job set state = 'running', attempts = 1, finished_at = null, worker = $2, leased_until = $3
         where id = $1 and state = 'dead'",
        id.uuid(),
        worker,
        cx.now(),
    )
    .execute(&mut *db)
    .await?
    .rows_affected();
    if leased == 0 {
        return Ok(false);
    }
    let lease = Lease { id, worker, attempt: 1 };
    put_back(&mut *db, lease, cx.now(), None, false, cx.now()).await?;
    sqlx::query!("select pg_notify('job', '')").execute(db).await?;
    Ok(true)
}

/// Forgets a dead job; false if it is not dead.
pub async fn drop_dead(db: &mut PgConnection, id: JobId) -> Result<bool, sqlx::Error> {
    let done =
        sqlx::query!("delete from job where id = $1 and state = 'dead'", id.uuid()).execute(db).await?;
    Ok(done.rows_affected() == 1)
}
