//! All SQL about operators' roles.

use kernel::OffsetDateTime;
use model::{OperatorRole, ids::AccountId};
use sqlx::PgConnection;

/// False where they had it already.
pub async fn insert(
    db: &mut PgConnection,
    account: AccountId,
    role: OperatorRole,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into operator_role (account_id, role, granted_by, granted_at) values ($1, $2, $3, $4)
         on conflict do nothing",
        account.uuid(),
        role.as_str(),
        by.map(AccountId::uuid),
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// False where they did not have it.
pub async fn delete(
    db: &mut PgConnection,
    account: AccountId,
    role: OperatorRole,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "delete from operator_role where account_id = $1 and role = $2",
        account.uuid(),
        role.as_str()
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

pub async fn list(db: &mut PgConnection, account: AccountId) -> Result<Vec<OperatorRole>, sqlx::Error> {
    let roles = sqlx::query_scalar!(
        "select role from operator_role where account_id = $1 order by role",
        account.uuid()
    )
    .fetch_all(db)
    .await?;
    Ok(roles.iter().filter_map(|role| OperatorRole::from_name(role)).collect())
}
