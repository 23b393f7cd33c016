//! All SQL about passkeys.

use super::{Asked, Kept, Known, Listed, MOST, Name, NewKey, Used};
use crate::{
    Digest,
    challenge::{self, NewChallenge, Purpose},
};
use kernel::OffsetDateTime;
use model::ids::{AccountId, ChallengeId, PasskeyId, SessionId};
use sqlx::PgConnection;

/// Keeps a question until it is answered with this token.
pub async fn insert_question(
    db: &mut PgConnection,
    id: ChallengeId,
    asked: Asked,
    token: Digest,
    state: &[u8],
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let new = NewChallenge { id, purpose: Purpose::Passkey, account: asked.account(), link: Some(token) };
    challenge::store::insert(&mut *db, new, now).await?;
    sqlx::query!(
        "insert into passkey_ceremony (challenge_id, kind, session_id, state) values ($1, $2, $3, $4)",
        id.uuid(),
        asked.as_str(),
        asked.session().map(SessionId::uuid),
        state
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes the question of a token, once: whether the answer is right or not, it cannot be given again.
pub async fn take_question(
    db: &mut PgConnection,
    asked: Asked,
    token: Digest,
    now: OffsetDateTime,
) -> Result<Option<Vec<u8>>, sqlx::Error> {
    sqlx::query_scalar!(
        "update challenge c set spent_at = $5
         from passkey_ceremony p
         where p.challenge_id = c.id and c.link_hash = $1 and c.purpose = 'passkey' and p.kind = $2
           and c.account_id is not distinct from $3 and p.session_id is not distinct from $4
           and c.spent_at is null and c.expires_at > $5
         returning p.state",
        token.as_bytes(),
        asked.as_str(),
        asked.account().map(AccountId::uuid),
        asked.session().map(SessionId::uuid),
        now
    )
    .fetch_optional(db)
    .await
}

/// Forgets what nobody answered in time: every look at the door puts a question.
pub async fn delete_unanswered(db: &mut PgConnection, now: OffsetDateTime) -> Result<u64, sqlx::Error> {
    let done = sqlx::query!(
        "delete from challenge c using passkey_ceremony p
         where p.challenge_id = c.id and p.kind = 'sign_in' and c.expires_at < $1",
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// False where an account has that one already, or has as many as it may. Call it with the account locked.
pub async fn insert(
    db: &mut PgConnection,
    id: PasskeyId,
    account: AccountId,
    new: &NewKey,
    name: &Name,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into passkey (id, account_id, credential, key, state, transports, sign_count, synced, name, created_at)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
         where (select count(*) from passkey where account_id = $2) < $11
         on conflict on constraint passkey_credential_unique do nothing",
        id.uuid(),
        account.uuid(),
        new.credential,
        new.key,
        new.state.as_slice(),
        i16::from(new.transports),
        i64::from(new.sign_count),
        new.synced,
        name.as_str(),
        now,
        MOST
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

pub async fn find(db: &mut PgConnection, credential: &[u8]) -> Result<Option<Kept>, sqlx::Error> {
    let row =
        sqlx::query!("select id, account_id, key, state from passkey where credential = $1", credential)
            .fetch_optional(db)
            .await?;
    Ok(row.and_then(|row| {
        let state = row.state.try_into().ok()?;
        Some(Kept { id: row.id.into(), account: row.account_id.into(), key: row.key, state })
    }))
}

/// Notes a use. False where its count has been reached meanwhile: of two signatures that count alike one is a copy's.
pub async fn mark_used(
    db: &mut PgConnection,
    id: PasskeyId,
    used: Used,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update passkey set state = $2, sign_count = $3, synced = $4, used_at = $5
         where id = $1 and (sign_count < $3 or (sign_count = 0 and $3 = 0))",
        id.uuid(),
        used.state.as_slice(),
        i64::from(used.sign_count),
        used.synced,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// An account's, in the order in which they came.
pub async fn list(db: &mut PgConnection, account: AccountId) -> Result<Vec<Listed>, sqlx::Error> {
    let rows = sqlx::query!(
        "select id, name, synced, created_at, used_at from passkey where account_id = $1 order by created_at, id",
        account.uuid()
    )
    .fetch_all(db)
    .await?;
    let listed = rows.into_iter().map(|row| Listed {
        id: row.id.into(),
        name: row.name,
        synced: row.synced,
        created_at: row.created_at,
        used_at: row.used_at,
    });
    Ok(listed.collect())
}

/// What browsers are told, so that no device makes a second one.
pub async fn list_known(db: &mut PgConnection, account: AccountId) -> Result<Vec<Known>, sqlx::Error> {
    let rows =
        sqlx::query!("select credential, transports from passkey where account_id = $1", account.uuid())
            .fetch_all(db)
            .await?;
    let known = rows.into_iter().map(|row| Known {
        credential: row.credential,
        transports: u8::try_from(row.transports).unwrap_or_default(),
    });
    Ok(known.collect())
}

/// False where the account has none of that id.
pub async fn rename(
    db: &mut PgConnection,
    account: AccountId,
    id: PasskeyId,
    name: &Name,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update passkey set name = $3 where id = $1 and account_id = $2",
        id.uuid(),
        account.uuid(),
        name.as_str()
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// False where the account has none of that id.
pub async fn delete(db: &mut PgConnection, account: AccountId, id: PasskeyId) -> Result<bool, sqlx::Error> {
    let done =
        sqlx::query!("delete from passkey where id = $1 and account_id = $2", id.uuid(), account.uuid())
            .execute(db)
            .await?;
    Ok(done.rows_affected() > 0)
}
