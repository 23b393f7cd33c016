//! All SQL about second factors.

use crate::Digest;
use kernel::OffsetDateTime;
use model::ids::AccountId;
use sqlx::PgConnection;

/// An authenticator app as it is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Sealed.
    pub secret: Vec<u8>,
    pub confirmed: bool,
    pub last_step: i64,
}

/// Offers a secret, in place of one that was offered before and never shown to work. False where one works already.
pub async fn offer(db: &mut PgConnection, account: AccountId, sealed: &[u8]) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into totp (account_id, secret) values ($1, $2)
         on conflict (account_id) do update set secret = excluded.secret, last_step = 0
         where totp.confirmed_at is null",
        account.uuid(),
        sealed
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

pub async fn find(db: &mut PgConnection, account: AccountId) -> Result<Option<Kept>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select secret, confirmed_at is not null as "confirmed!", last_step from totp where account_id = $1"#,
        account.uuid()
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Kept { secret: row.secret, confirmed: row.confirmed, last_step: row.last_step }))
}

/// Accepts a step, and with it everything before; false where it was accepted already.
pub async fn accept_step(
    db: &mut PgConnection,
    account: AccountId,
    step: i64,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update totp set last_step = $2, confirmed_at = coalesce(confirmed_at, $3)
         where account_id = $1 and last_step < $2",
        account.uuid(),
        step,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Takes the app away; false where there was none.
pub async fn delete(db: &mut PgConnection, account: AccountId) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!("delete from totp where account_id = $1", account.uuid()).execute(db).await?;
    Ok(done.rows_affected() > 0)
}

/// For whom nothing is asked any more after the password.
pub async fn delete_recovery_codes(db: &mut PgConnection, account: AccountId) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from recovery_code where account_id = $1", account.uuid()).execute(db).await?;
    Ok(())
}

/// In place of all there were.
pub async fn put_recovery_codes(
    db: &mut PgConnection,
    account: AccountId,
    codes: &[Digest],
) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from recovery_code where account_id = $1", account.uuid()).execute(&mut *db).await?;
    let hashes: Vec<Vec<u8>> = codes.iter().map(|code| code.as_bytes().to_vec()).collect();
    sqlx::query!(
        "insert into recovery_code (account_id, hash) select $1, hash from unnest($2::bytea[]) as t (hash)",
        account.uuid(),
        &hashes
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Uses one up; false where there is no such unused code.
pub async fn use_recovery_code(
    db: &mut PgConnection,
    account: AccountId,
    code: Digest,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update recovery_code set used_at = $3 where account_id = $1 and hash = $2 and used_at is null",
        account.uuid(),
        code.as_bytes(),
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// How many recovery codes are left.
pub async fn count_recovery_codes(db: &mut PgConnection, account: AccountId) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from recovery_code where account_id = $1 and used_at is null"#,
        account.uuid()
    )
    .fetch_one(db)
    .await
}
