//! All SQL about archives of a person's data.

use model::{
    ids::{AccountId, ExportId, Uuid},
    person::{Export, ExportState},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Notes that an archive of so many parts is asked for; the one under way where there is one already.
pub async fn insert(
    db: &mut PgConnection,
    id: ExportId,
    account: AccountId,
    parts: usize,
    now: OffsetDateTime,
) -> Result<ExportId, sqlx::Error> {
    let id = sqlx::query_scalar!(
        "insert into data_export (id, account_id, total, requested_at) values ($1, $2, $3, $4)
         on conflict (account_id) where state in ('waiting', 'running') do update set total = data_export.total
         returning id",
        id.uuid(),
        account.uuid(),
        i32::try_from(parts).unwrap_or(i32::MAX),
        now
    )
    .fetch_one(db)
    .await?;
    Ok(id.into())
}

/// The latest one asked for.
pub async fn find_latest(db: &mut PgConnection, account: AccountId) -> Result<Option<Export>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"select id, state, done, total, extract(epoch from requested_at)::bigint as "requested_at!",
             extract(epoch from expires_at)::bigint as expires_at, bytes
           from data_export where account_id = $1 order by requested_at desc, id desc limit 1"#,
        account.uuid()
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::export).transpose()
}

/// One that can be fetched now; somebody else's is not there.
pub async fn is_ready(
    db: &mut PgConnection,
    account: AccountId,
    id: ExportId,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from data_export
             where id = $1 and account_id = $2 and state = 'ready' and expires_at > $3) as "ready!""#,
        id.uuid(),
        account.uuid(),
        now
    )
    .fetch_one(db)
    .await
}

/// Whether one is under way.
pub async fn is_under_way(db: &mut PgConnection, account: AccountId) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from data_export
             where account_id = $1 and state in ('waiting', 'running')) as "under_way!""#,
        account.uuid()
    )
    .fetch_one(db)
    .await
}

/// When those were asked for that count towards the limit, the oldest first: since then, and not in vain.
pub async fn list_asked_since(
    db: &mut PgConnection,
    account: AccountId,
    since: OffsetDateTime,
) -> Result<Vec<OffsetDateTime>, sqlx::Error> {
    sqlx::query_scalar!(
        "select requested_at from data_export
         where account_id = $1 and requested_at > $2 and state <> 'failed' order by requested_at limit 100",
        account.uuid(),
        since
    )
    .fetch_all(db)
    .await
}

/// An attempt at an archive that is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Attempt {
    pub account: AccountId,
    /// The first is 1.
    pub number: u16,
}

/// Counts an attempt before it is made; none where the archive is no longer wanted.
pub async fn begin_attempt(db: &mut PgConnection, id: ExportId) -> Result<Option<Attempt>, sqlx::Error> {
    let row = sqlx::query!(
        "update data_export set tries = tries + 1
         where id = $1 and state in ('waiting', 'running') returning account_id, tries",
        id.uuid()
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Attempt { account: row.account_id.into(), number: row.tries.unsigned_abs() }))
}

/// Notes that it will not be made.
pub async fn mark_failed(
    db: &mut PgConnection,
    id: ExportId,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update data_export set state = 'failed', finished_at = $2
         where id = $1 and state in ('waiting', 'running')",
        id.uuid(),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The same of those that were asked for before then and still are not there: their job was lost.
pub async fn mark_lost(
    db: &mut PgConnection,
    before: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<u64, sqlx::Error> {
    let done = sqlx::query!(
        "update data_export set state = 'failed', finished_at = $2
         where state in ('waiting', 'running') and requested_at < $1",
        before,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Notes how far it is.
pub async fn mark_progress(db: &mut PgConnection, id: ExportId, parts: usize) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update data_export set state = 'running', done = least($2, total)
         where id = $1 and state in ('waiting', 'running')",
        id.uuid(),
        i32::try_from(parts).unwrap_or(i32::MAX)
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes that it can be fetched until then; whether it was still wanted.
pub async fn mark_ready(
    db: &mut PgConnection,
    id: ExportId,
    bytes: u64,
    now: OffsetDateTime,
    expires: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update data_export set state = 'ready', done = total, bytes = $2, finished_at = $3, expires_at = $4
         where id = $1 and state in ('waiting', 'running')",
        id.uuid(),
        i64::try_from(bytes).unwrap_or(i64::MAX),
        now,
        expires
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends the archives made before this one; those whose files may go.
pub async fn supersede(
    db: &mut PgConnection,
    account: AccountId,
    by: ExportId,
) -> Result<Vec<ExportId>, sqlx::Error> {
    let ids = sqlx::query_scalar!(
        "update data_export set state = 'expired'
         where account_id = $1 and id <> $2 and state = 'ready' returning id",
        account.uuid(),
        by.uuid()
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(ExportId::from).collect())
}

/// Those whose time is over, and whose files may go.
pub async fn list_overdue(db: &mut PgConnection, now: OffsetDateTime) -> Result<Vec<ExportId>, sqlx::Error> {
    let ids = sqlx::query_scalar!(
        "select id from data_export where state = 'ready' and expires_at <= $1 limit 500",
        now
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(ExportId::from).collect())
}

/// Notes that the file is gone.
pub async fn mark_expired(db: &mut PgConnection, ids: &[ExportId]) -> Result<(), sqlx::Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    sqlx::query!("update data_export set state = 'expired' where id = any($1)", &ids).execute(db).await?;
    Ok(())
}

/// Ends all of an account that is erased; those whose files may exist.
pub async fn erase(db: &mut PgConnection, account: AccountId) -> Result<Vec<ExportId>, sqlx::Error> {
    let ids = sqlx::query_scalar!(
        "update data_export set state = 'expired'
         where account_id = $1 and state in ('waiting', 'running', 'ready') returning id",
        account.uuid()
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(ExportId::from).collect())
}

struct Row {
    id: Uuid,
    state: String,
    done: i32,
    total: i32,
    requested_at: i64,
    expires_at: Option<i64>,
    bytes: Option<i64>,
}

impl Row {
    fn export(self) -> Result<Export, sqlx::Error> {
        let state = ExportState::ALL.into_iter().find(|state| state.as_str() == self.state);
        let state =
            state.ok_or_else(|| sqlx::Error::Decode(format!("an archive is {}", self.state).into()))?;
        Ok(Export {
            id: self.id.into(),
            state,
            done: self.done.unsigned_abs(),
            total: self.total.unsigned_abs(),
            requested_at: self.requested_at,
            expires_at: self.expires_at,
            bytes: self.bytes.map(i64::unsigned_abs),
        })
    }
}
