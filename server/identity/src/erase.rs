//! Everything this domain knows of a person, taken away.

use crate::{address, profile, wishlist};
use model::ids::AccountId;
use sqlx::PgConnection;

/// Takes away all but the account's row, its consents, and the dates of its archives and its end.
pub async fn all_of(db: &mut PgConnection, account: AccountId) -> Result<(), sqlx::Error> {
    address::store::erase(db, account).await?;
    profile::store::erase(db, account).await?;
    wishlist::store::erase(db, account).await?;
    let id = account.uuid();
    sqlx::query!("delete from session where account_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from operator_role where account_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from contact_change where account_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from challenge where account_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from account_link where account_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from passkey where account_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from known_device where account_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from recovery_code where account_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from totp where account_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from account_password where account_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from account_contact where account_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from idempotency where owner_id = $1", id).execute(db).await?;
    Ok(())
}
