//! All SQL of the outbox.

use super::Recorded;
use crate::Kernel;
use model::ids::{RequestId, Uuid};
use serde_json::Value;
use sqlx::{PgConnection, PgPool};
use std::time::Instant;
use time::OffsetDateTime;

/// The advisory lock under which numbers are given: the letters "pasarout".
const NUMBERING: i64 = 0x7061_7361_726f_7574;

pub(super) async fn insert(
    db: &mut PgConnection,
    name: &str,
    key: Uuid,
    body: Value,
    at: OffsetDateTime,
    request: RequestId,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into outbox (name, key, body, at, request) values ($1, $2, $3, $4, $5)",
        name,
        key,
        body,
        at,
        request.uuid(),
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn insert_many(
    db: &mut PgConnection,
    name: &str,
    keys: &[Uuid],
    bodies: &[Value],
    at: OffsetDateTime,
    request: RequestId,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into outbox (name, key, body, at, request)
         select $1, key, body, $4, $5
         from unnest($2::uuid[], $3::jsonb[]) with ordinality as t (key, body, place) order by place",
        name,
        keys,
        bodies,
        at,
        request.uuid(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The same, unless it has begun after `woken` in this process: then what was written until then has its numbers.
pub(super) async fn number_since(kernel: &Kernel, woken: Instant) -> Result<(), sqlx::Error> {
    let mut numbered = kernel.bell().numbered.lock().await;
    if numbered.is_some_and(|began| began >= woken) {
        return Ok(());
    }
    let began = Instant::now();
    number(kernel.db()).await?;
    *numbered = Some(began);
    Ok(())
}

/// Gives numbers to the events committed so far. One at a time: whoever comes second waits, and then takes a
/// snapshot in which the first one's numbers are visible. The lock ends with the commit.
pub(super) async fn number(db: &PgPool) -> Result<(), sqlx::Error> {
    let any = sqlx::query_scalar!(r#"select exists (select from outbox where seq is null) as "any!""#)
        .fetch_one(db)
        .await?;
    if !any {
        return Ok(());
    }
    let mut tx = db.begin().await?;
    sqlx::query!("select pg_advisory_xact_lock($1)", NUMBERING).execute(&mut *tx).await?;
    sqlx::query!(
        "update outbox set seq = numbered.seq
         from (select id, nextval('outbox_seq') as seq
               from (select id from outbox where seq is null order by id) as waiting) as numbered
         where outbox.id = numbered.id",
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await
}

pub(super) async fn list_after(
    db: &mut PgConnection,
    seq: i64,
    limit: i64,
) -> Result<Vec<Recorded>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select seq as "seq!", name, key, body, at, request from outbox where seq > $1 order by seq limit $2"#,
        seq,
        limit,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Recorded {
            seq: row.seq,
            name: row.name,
            key: row.key,
            body: row.body,
            at: row.at,
            request: RequestId::new(row.request),
        })
        .collect())
}

pub(super) async fn find(db: &mut PgConnection, seq: i64) -> Result<Option<Recorded>, sqlx::Error> {
    Ok(list_after(db, seq - 1, 1).await?.pop().filter(|event| event.seq == seq))
}

pub(super) async fn get_latest(db: &mut PgConnection) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select greatest((select max(seq) from outbox), (select pruned_to from outbox_horizon)) as "latest!""#
    )
    .fetch_one(db)
    .await
}

pub(super) async fn get_horizon(db: &mut PgConnection) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!("select pruned_to from outbox_horizon").fetch_one(db).await
}

pub(super) async fn insert_cursor(db: &mut PgConnection, name: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("insert into outbox_cursor (name, seq) values ($1, 0) on conflict do nothing", name)
        .execute(db)
        .await?;
    Ok(())
}

/// The place of a follower, locked; none if another node is at it.
pub(super) async fn find_free_cursor(db: &mut PgConnection, name: &str) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar!("select seq from outbox_cursor where name = $1 for update skip locked", name)
        .fetch_optional(db)
        .await
}

pub(super) async fn mark_read(db: &mut PgConnection, name: &str, seq: i64) -> Result<(), sqlx::Error> {
    sqlx::query!("update outbox_cursor set seq = $2 where name = $1", name, seq).execute(db).await?;
    Ok(())
}

/// Deletes events from before then that every stored follower has read; one batch, and whether there may be more.
pub(crate) async fn prune(
    db: &mut PgConnection,
    before: OffsetDateTime,
    batch: i64,
) -> Result<bool, sqlx::Error> {
    let deleted = sqlx::query_scalar!(
        r#"with old as (
             select id from outbox
             where at < $1 and seq <= coalesce((select min(seq) from outbox_cursor), seq)
             order by seq limit $2),
           gone as (delete from outbox using old where outbox.id = old.id returning seq),
           moved as (
             update outbox_horizon set pruned_to = greatest(pruned_to, (select max(seq) from gone))
             where exists (select from gone))
           select count(*) as "count!" from gone"#,
        before,
        batch,
    )
    .fetch_one(db)
    .await?;
    Ok(deleted == batch)
}
