//! What is kept, for how long, and without what.

use kernel::OffsetDateTime;
use model::ids::{AccountId, DeliveryId};
use serde_json::Value;
use sqlx::PgConnection;

/// Messages that are too late and still hold their secrets.
pub(crate) async fn list_stale(
    db: &mut PgConnection,
    now: OffsetDateTime,
    limit: i64,
) -> Result<Vec<(DeliveryId, Value)>, sqlx::Error> {
    let rows = sqlx::query!(
        "select id, message from delivery
         where not blanked and good_until < $1 and state <> 'sending'
         order by good_until limit $2",
        now,
        limit
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id.into(), row.message)).collect())
}

pub(crate) async fn mark_blanked(
    db: &mut PgConnection,
    id: DeliveryId,
    plain: &Value,
) -> Result<(), sqlx::Error> {
    sqlx::query!("update delivery set message = $2, blanked = true where id = $1", id.uuid(), plain)
        .execute(db)
        .await?;
    Ok(())
}

/// Deletes old rows, a batch at a time; says whether there may be more.
pub(crate) async fn delete_old(
    db: &mut PgConnection,
    before: OffsetDateTime,
    batch: i64,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "delete from delivery where id in
           (select id from delivery where created_at < $1 and finished_at is not null order by id limit $2)",
        before,
        batch
    )
    .execute(db)
    .await?;
    Ok(i64::try_from(done.rows_affected()).unwrap_or(i64::MAX) == batch)
}

pub(crate) async fn delete_of_account(db: &mut PgConnection, account: AccountId) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from delivery where account_id = $1", account.uuid()).execute(&mut *db).await?;
    sqlx::query!("delete from notification_preference where account_id = $1", account.uuid())
        .execute(db)
        .await?;
    Ok(())
}
