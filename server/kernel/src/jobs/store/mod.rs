//! All SQL of the queue. What a worker does to a job it holds names the lease (worker and attempt), so that a
//! worker whose lease has run out cannot touch what another has taken meanwhile.

pub(super) mod cron;
pub(super) mod dead;

use super::{Enqueued, JobId, NewJob, Priority};
use model::ids::{RequestId, Uuid};
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// As much of an error as is worth keeping.
const ERROR_LENGTH: usize = 2000;
const UNIQUE_KEY: &str = "job_unique_key";

/// The right to run a job: this worker, this attempt.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lease {
    pub id: JobId,
    pub worker: Uuid,
    pub attempt: i32,
}

#[derive(Debug)]
pub(crate) struct Leased {
    pub lease: Lease,
    pub name: String,
    /// Of the lowest priority.
    pub is_low: bool,
    pub args: Value,
    pub max_attempts: i32,
    pub request: RequestId,
}

pub(super) async fn insert(
    db: &mut PgConnection,
    id: JobId,
    job: NewJob,
    now: OffsetDateTime,
    request: RequestId,
) -> Result<Enqueued, sqlx::Error> {
    let args = job.args.map_err(|error| sqlx::Error::Encode(error.into()))?;
    // The update locks the waiting job until we commit, so that it cannot run before what we wrote is visible.
    let row = sqlx::query!(
        r#"insert into job (id, name, args, priority, unique_key, max_attempts, due, created_at, request)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
           on conflict (name, unique_key) where state = 'waiting' and unique_key is not null
           do update set due = least(job.due, excluded.due)
           returning id"#,
        id.uuid(),
        job.name,
        args,
        job.priority,
        job.unique_key,
        job.max_attempts,
        job.due.unwrap_or(now),
        now,
        request.uuid(),
    )
    .fetch_one(db)
    .await?;
    Ok(if row.id == id.uuid() { Enqueued::New(id) } else { Enqueued::Waiting(JobId::new(row.id)) })
}

/// As [`insert`], but one that waits is neither changed nor locked; whether it is new.
pub(super) async fn insert_missing(
    db: &mut PgConnection,
    id: JobId,
    job: NewJob,
    now: OffsetDateTime,
    request: RequestId,
) -> Result<bool, sqlx::Error> {
    let args = job.args.map_err(|error| sqlx::Error::Encode(error.into()))?;
    let done = sqlx::query!(
        "insert into job (id, name, args, priority, unique_key, max_attempts, due, created_at, request)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (name, unique_key) where state = 'waiting' and unique_key is not null do nothing",
        id.uuid(),
        job.name,
        args,
        job.priority,
        job.unique_key,
        job.max_attempts,
        job.due.unwrap_or(now),
        now,
        request.uuid(),
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// As [`insert`], in one statement however many there are. Those with the same name and key have been joined before, since
/// one statement may not touch a row twice.
pub(crate) async fn insert_many(
    db: &mut PgConnection,
    jobs: Vec<(JobId, NewJob, RequestId)>,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let (mut ids, mut names, mut args, mut priorities) = (vec![], vec![], vec![], vec![]);
    let (mut keys, mut attempts, mut dues, mut requests) = (vec![], vec![], vec![], vec![]);
    for (id, job, request) in jobs {
        ids.push(id.uuid());
        names.push(job.name.to_owned());
        args.push(job.args.map_err(|error| sqlx::Error::Encode(error.into()))?);
        priorities.push(job.priority);
        keys.push(job.unique_key);
        attempts.push(job.max_attempts);
        dues.push(job.due.unwrap_or(now));
        requests.push(request.uuid());
    }
    sqlx::query!(
        r#"insert into job (id, name, args, priority, unique_key, max_attempts, due, created_at, request)
         select id, name, args, priority, unique_key, max_attempts, due, $9, request
         from unnest($1::uuid[], $2::text[], $3::jsonb[], $4::smallint[], $5::text[], $6::int[], $7::timestamptz[],
           $8::uuid[]) as t (id, name, args, priority, unique_key, max_attempts, due, request)
         order by name, unique_key collate "C"
         on conflict (name, unique_key) where state = 'waiting' and unique_key is not null
         do update set due = least(job.due, excluded.due)"#,
        &ids,
        &names,
        &args,
        &priorities,
        &keys as &[Option<String>],
        &attempts,
        &dues,
        &requests,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets a job that waits; false if none does.
pub(super) async fn delete_waiting(
    db: &mut PgConnection,
    name: &str,
    key: &str,
) -> Result<bool, sqlx::Error> {
    let done =
        sqlx::query!("delete from job where name = $1 and unique_key = $2 and state = 'waiting'", name, key)
            .execute(db)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Leases up to `limit` due jobs of the given names that are at least as urgent as `least`. The disk is not waited for here, nor when a job has ended: what a
/// crash takes back of it is a job that is run again, which it may be anyway.
pub(crate) async fn lease(
    db: &mut PgConnection,
    worker: Uuid,
    names: &[String],
    (least, limit): (Priority, i64),
    now: OffsetDateTime,
    until: OffsetDateTime,
) -> Result<Vec<Leased>, sqlx::Error> {
    let mut rows = sqlx::query!(
        r#"with next as materialized (
             select id from job
             where state = 'waiting' and due <= (select $1::timestamptz) and name = any((select $2::text[])::text[])
               and priority <= (select $6::smallint)
               and (select set_config('synchronous_commit', 'off', true)) is not null
             order by priority, due, id
             limit $3
             for update skip locked)
           update job set state = 'running', worker = $4, leased_until = $5, attempts = attempts + 1
           from next where job.id = next.id
           returning job.id, name, args, attempts, max_attempts, request, priority, due"#,
        now,
        names,
        limit,
        worker,
        until,
        least as i16,
    )
    .fetch_all(db)
    .await?;
    rows.sort_by_key(|row| (row.priority, row.due, row.id));
    Ok(rows
        .into_iter()
        .map(|row| Leased {
            lease: Lease { id: JobId::new(row.id), worker, attempt: row.attempts },
            name: row.name,
            is_low: row.priority >= Priority::Low as i16,
            args: row.args,
            max_attempts: row.max_attempts,
            request: RequestId::new(row.request),
        })
        .collect())
}

/// Prolongs the leases of the given jobs and says which of them are still held.
pub(super) async fn prolong(
    db: &mut PgConnection,
    worker: Uuid,
    jobs: &[Uuid],
    until: OffsetDateTime,
) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar!(
        "update job set leased_until = $3 where worker = $1 and id = any($2) and state = 'running' returning id",
        worker,
        jobs,
        until,
    )
    .fetch_all(db)
    .await
}

/// Jobs whose workers have vanished, with the attempts they may have.
pub(super) async fn list_expired(
    db: &mut PgConnection,
    now: OffsetDateTime,
) -> Result<Vec<(Lease, String, i32)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select id, worker as "worker!", attempts, name, max_attempts from job
           where state = 'running' and leased_until < $1 order by leased_until limit 100"#,
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let lease = Lease { id: JobId::new(row.id), worker: row.worker, attempt: row.attempts };
            (lease, row.name, row.max_attempts)
        })
        .collect())
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Finished {
    Done,
    Discarded,
    Dead,
}

/// Ends a job; false if the lease was lost.
pub(super) async fn mark_finished(
    db: &mut PgConnection,
    lease: Lease,
    how: Finished,
    error: Option<&str>,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let state = match how {
        Finished::Done => "done",
        Finished::Discarded => "discarded",
        Finished::Dead => "dead",
    };
    let done = sqlx::query!(
        "update job set state = $4, error = $5, finished_at = $6, worker = null, leased_until = null
         where id = $1 and worker = $2 and attempts = $3 and state = 'running'
           and set_config('synchronous_commit', 'off', true) is not null",
        lease.id.uuid(),
        lease.worker,
        lease.attempt,
        state,
        error.map(shortened),
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Lets a job wait again. Where a twin with the same unique key has been queued meanwhile, that one is enough and
/// this one is done. `counts` is false for an attempt that was cut short through no fault of the job.
pub(super) async fn put_back(
    db: &mut PgConnection,
    lease: Lease,
    due: OffsetDateTime,
    error: Option<&str>,
    counts: bool,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    loop {
        let done = sqlx::query!(
            "update job set
               state = case when twin.there then 'done' else 'waiting' end,
               finished_at = case when twin.there then $7::timestamptz end,
               due = $4, error = $5, worker = null, leased_until = null,
               attempts = attempts - case when $6 then 0 else 1 end
             from (select exists (
               select from job me join job twin using (name, unique_key)
               where me.id = $1 and twin.state = 'waiting') as there) as twin
             where id = $1 and worker = $2 and attempts = $3 and state = 'running'",
            lease.id.uuid(),
            lease.worker,
            lease.attempt,
            due,
            error.map(shortened),
            counts,
            now,
        )
        .execute(&mut *db)
        .await;
        match done {
            Ok(done) => return Ok(done.rows_affected() == 1),
            // The twin was queued at this very moment; the next look finds it.
            Err(sqlx::Error::Database(error)) if error.constraint() == Some(UNIQUE_KEY) => {}
            Err(error) => return Err(error),
        }
    }
}

fn shortened(error: &str) -> &str {
    &error[..error.floor_char_boundary(ERROR_LENGTH)]
}

pub(super) struct Depth {
    pub waiting: i64,
    pub dead: i64,
    /// Since when the longest-waiting due job should have run.
    pub oldest_due: Option<OffsetDateTime>,
}

pub(super) async fn depth(db: &mut PgConnection, now: OffsetDateTime) -> Result<Depth, sqlx::Error> {
    sqlx::query_as!(
        Depth,
        r#"select
             (select count(*) from job where state = 'waiting') as "waiting!",
             (select count(*) from job where state = 'dead') as "dead!",
             (select min(due) from job where state = 'waiting' and due <= $1) as oldest_due"#,
        now,
    )
    .fetch_one(db)
    .await
}

/// Deletes jobs that ended well before then; one batch, and whether there may be more.
pub(super) async fn delete_finished(
    db: &mut PgConnection,
    before: OffsetDateTime,
    batch: i64,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "delete from job where id in (
           select id from job where state in ('done', 'discarded') and finished_at < $1
           order by finished_at limit $2)",
        before,
        batch,
    )
    .execute(db)
    .await?;
    Ok(i64::try_from(done.rows_affected()).is_ok_and(|deleted| deleted == batch))
}
