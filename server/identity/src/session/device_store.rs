//! All SQL about browsers in which someone signed in before.

use crate::Digest;
use kernel::OffsetDateTime;
use model::ids::AccountId;
use sqlx::PgConnection;

/// Whether this account was signed in to with that device token; notes that it is again.
pub async fn touch(
    db: &mut PgConnection,
    account: AccountId,
    token: Digest,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update known_device set last_at = $3 where account_id = $1 and token_hash = $2",
        account.uuid(),
        token.as_bytes(),
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Whether this is a token we gave to a browser, whoever signed in there.
pub async fn exists(db: &mut PgConnection, token: Digest) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from known_device where token_hash = $1) as "exists!""#,
        token.as_bytes()
    )
    .fetch_one(db)
    .await
}

/// Remembers a device; returns whether it is the first the account ever had, those forgotten since included.
pub async fn insert(
    db: &mut PgConnection,
    account: AccountId,
    token: Digest,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let first =
        sqlx::query!("update account set entered = true where id = $1 and not entered", account.uuid())
            .execute(&mut *db)
            .await?
            .rows_affected()
            > 0;
    sqlx::query!(
        "insert into known_device (account_id, token_hash, first_at, last_at) values ($1, $2, $3, $3)
         on conflict (account_id, token_hash) do update set last_at = excluded.last_at",
        account.uuid(),
        token.as_bytes(),
        now
    )
    .execute(db)
    .await?;
    Ok(first)
}

/// Whether somebody signed in to the account of this address with that device token.
pub async fn is_known(
    db: &mut PgConnection,
    contact: &model::Contact,
    token: Digest,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (
             select from known_device d join account_contact c on c.account_id = d.account_id
             where c.kind = $1 and c.address = $2 and d.token_hash = $3) as "known!""#,
        contact.kind().as_str(),
        contact.as_str(),
        token.as_bytes()
    )
    .fetch_one(db)
    .await
}

/// All of them are strangers from now on, as after a reset of the password.
pub async fn delete_all(db: &mut PgConnection, account: AccountId) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from known_device where account_id = $1", account.uuid()).execute(db).await?;
    Ok(())
}

/// Forgets those that were not seen since then.
pub async fn delete_old(db: &mut PgConnection, before: OffsetDateTime) -> Result<u64, sqlx::Error> {
    let done = sqlx::query!("delete from known_device where last_at < $1", before).execute(db).await?;
    Ok(done.rows_affected())
}
