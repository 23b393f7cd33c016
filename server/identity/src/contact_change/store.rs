//! All SQL about changes of contacts.

use super::{ContactChange, Pending};
use crate::Digest;
use kernel::OffsetDateTime;
use model::{
    ContactKind,
    ids::{AccountId, ChallengeId, ContactChangeId},
};
use sqlx::PgConnection;

/// In place of one of that kind that is still open.
pub async fn put(db: &mut PgConnection, new: &ContactChange, now: OffsetDateTime) -> Result<(), sqlx::Error> {
    delete(db, new.account, new.to.kind()).await?;
    sqlx::query!(
        "insert into contact_change (id, account_id, kind, address, old_challenge_id, new_challenge_id, created_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        new.id.uuid(),
        new.account.uuid(),
        new.to.kind().as_str(),
        new.to.as_str(),
        new.old.map(ChallengeId::uuid),
        new.new.uuid(),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Sets the link that stops it.
pub async fn put_stop(db: &mut PgConnection, id: ContactChangeId, stop: Digest) -> Result<(), sqlx::Error> {
    sqlx::query!("update contact_change set stop_hash = $2 where id = $1", id.uuid(), stop.as_bytes())
        .execute(db)
        .await?;
    Ok(())
}

/// Locked, so that of two confirmations at once one sees the other.
pub async fn find_for_change(
    db: &mut PgConnection,
    id: ContactChangeId,
) -> Result<Option<Pending>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select c.id, c.account_id, c.address, c.old_challenge_id, c.new_challenge_id,
             old.id is null or old.spent_at is not null as "old_agrees!", new.spent_at is not null as "new_agrees!"
           from contact_change c join challenge new on new.id = c.new_challenge_id
             left join challenge old on old.id = c.old_challenge_id
           where c.id = $1 for update of c"#,
        id.uuid()
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let to = row.address.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
    Ok(Some(Pending {
        id: row.id.into(),
        account: row.account_id.into(),
        to,
        old: row.old_challenge_id.map(Into::into),
        new: row.new_challenge_id.into(),
        old_agrees: row.old_agrees,
        new_agrees: row.new_agrees,
    }))
}

/// Those of an account whose codes still work, e-mail first.
pub async fn list_open(
    db: &mut PgConnection,
    account: AccountId,
    now: OffsetDateTime,
) -> Result<Vec<Pending>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select c.id, c.account_id, c.address, c.old_challenge_id, c.new_challenge_id,
             old.id is null or old.spent_at is not null as "old_agrees!", new.spent_at is not null as "new_agrees!"
           from contact_change c join challenge new on new.id = c.new_challenge_id
             left join challenge old on old.id = c.old_challenge_id
           where c.account_id = $1 and new.expires_at > $2 order by c.kind"#,
        account.uuid(),
        now
    )
    .fetch_all(db)
    .await?;
    let read = |address: String| address.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)));
    rows.into_iter()
        .map(|row| {
            Ok(Pending {
                id: row.id.into(),
                account: row.account_id.into(),
                to: read(row.address)?,
                old: row.old_challenge_id.map(Into::into),
                new: row.new_challenge_id.into(),
                old_agrees: row.old_agrees,
                new_agrees: row.new_agrees,
            })
        })
        .collect()
}

/// The change that hangs on a challenge.
pub async fn find_by_challenge(
    db: &mut PgConnection,
    challenge: ChallengeId,
) -> Result<Option<ContactChangeId>, sqlx::Error> {
    let id = sqlx::query_scalar!(
        "select id from contact_change where old_challenge_id = $1 or new_challenge_id = $1",
        challenge.uuid()
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(Into::into))
}

/// The account whose change this link stops. The change is gone afterwards.
pub async fn delete_by_stop(db: &mut PgConnection, stop: Digest) -> Result<Option<AccountId>, sqlx::Error> {
    let account = sqlx::query_scalar!(
        "delete from contact_change where stop_hash = $1 returning account_id",
        stop.as_bytes()
    )
    .fetch_optional(db)
    .await?;
    Ok(account.map(Into::into))
}

pub async fn delete(db: &mut PgConnection, account: AccountId, kind: ContactKind) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from contact_change where account_id = $1 and kind = $2",
        account.uuid(),
        kind.as_str()
    )
    .execute(db)
    .await?;
    Ok(())
}
