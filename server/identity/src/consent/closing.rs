//! All SQL about accounts that are to be erased.

use model::ids::{AccountId, Uuid};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Notes that an account is to be erased then, and marks it as closing. When it is due: as was asked for first, where
/// it was asked before. None where the account is not one that can be closed.
pub async fn open(
    db: &mut PgConnection,
    id: Uuid,
    account: AccountId,
    now: OffsetDateTime,
    due: OffsetDateTime,
) -> Result<Option<OffsetDateTime>, sqlx::Error> {
    let closing = sqlx::query!(
        "update account set state = 'closing', updated_at = $2 where id = $1 and state in ('active', 'closing')",
        account.uuid(),
        now
    )
    .execute(&mut *db)
    .await?;
    if closing.rows_affected() == 0 {
        return Ok(None);
    }
    let due = sqlx::query_scalar!(
        "insert into account_closing (id, account_id, requested_at, due_at) values ($1, $2, $3, $4)
         on conflict (account_id) where cancelled_at is null and erased_at is null
           do update set due_at = account_closing.due_at
         returning due_at",
        id,
        account.uuid(),
        now,
        due
    )
    .fetch_one(db)
    .await?;
    Ok(Some(due))
}

/// Keeps the account after all; whether it was to be erased.
pub async fn cancel(
    db: &mut PgConnection,
    account: AccountId,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update account_closing set cancelled_at = $2
         where account_id = $1 and cancelled_at is null and erased_at is null",
        account.uuid(),
        now
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query!(
        "update account set state = 'active', updated_at = $2 where id = $1 and state = 'closing'",
        account.uuid(),
        now
    )
    .execute(db)
    .await?;
    Ok(true)
}

/// When the account will be erased, where that was asked for.
pub async fn find_due(
    db: &mut PgConnection,
    account: AccountId,
) -> Result<Option<OffsetDateTime>, sqlx::Error> {
    sqlx::query_scalar!(
        "select due_at from account_closing where account_id = $1 and cancelled_at is null and erased_at is null",
        account.uuid()
    )
    .fetch_optional(db)
    .await
}

/// The same, with nobody able to cancel until the transaction ends.
pub async fn find_due_for_change(
    db: &mut PgConnection,
    account: AccountId,
) -> Result<Option<OffsetDateTime>, sqlx::Error> {
    sqlx::query_scalar!(
        "select due_at from account_closing
         where account_id = $1 and cancelled_at is null and erased_at is null for update",
        account.uuid()
    )
    .fetch_optional(db)
    .await
}

/// Notes that nothing personal is left of the account.
pub async fn mark_erased(
    db: &mut PgConnection,
    account: AccountId,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update account_closing set erased_at = $2
         where account_id = $1 and cancelled_at is null and erased_at is null",
        account.uuid(),
        now
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("update account set state = 'closed', updated_at = $2 where id = $1", account.uuid(), now)
        .execute(db)
        .await?;
    Ok(())
}
