//! All SQL about challenges.

use super::{GUESSES, Guess, NewChallenge, Open, Purpose};
use crate::Digest;
use kernel::OffsetDateTime;
use model::ids::{AccountId, ChallengeId};
use sqlx::PgConnection;

pub async fn insert(
    db: &mut PgConnection,
    new: NewChallenge,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into challenge (id, purpose, account_id, link_hash, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6)",
        new.id.uuid(),
        new.purpose.as_str(),
        new.account.map(AccountId::uuid),
        new.link.as_ref().map(|link| link.as_bytes().to_vec()),
        now,
        now + new.purpose.lasts()
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Sets what is to be shown, replacing what was set before; false where the challenge is over.
pub async fn put_secrets(
    db: &mut PgConnection,
    id: ChallengeId,
    code: Option<Digest>,
    link: Option<Digest>,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update challenge set code_hash = $2, link_hash = $3
         where id = $1 and spent_at is null and expires_at > $4",
        id.uuid(),
        code.as_ref().map(|code| code.as_bytes().to_vec()),
        link.as_ref().map(|link| link.as_bytes().to_vec()),
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// One guess at a code, counted in the same statement: guesses at the same time are as many as guesses in turn.
pub async fn guess(
    db: &mut PgConnection,
    id: ChallengeId,
    purpose: Purpose,
    code: Digest,
    now: OffsetDateTime,
) -> Result<Guess, sqlx::Error> {
    let row = sqlx::query!(
        r#"update challenge
           set spent_at = case when code_hash is not distinct from $3 then $4 end,
               wrong = wrong + (code_hash is distinct from $3)::int
           where id = $1 and purpose = $2 and spent_at is null and expires_at > $4 and wrong < $5
           returning spent_at is not null as "right!", account_id"#,
        id.uuid(),
        purpose.as_str(),
        code.as_bytes(),
        now,
        GUESSES
    )
    .fetch_optional(db)
    .await?;
    Ok(match row {
        Some(row) if row.right => Guess::Right(row.account_id.map(Into::into)),
        Some(_) => Guess::Wrong,
        None => Guess::Dead,
    })
}

/// The open challenge of a link. It stays open.
pub async fn find_by_link(
    db: &mut PgConnection,
    purpose: Purpose,
    link: Digest,
    now: OffsetDateTime,
) -> Result<Option<Open>, sqlx::Error> {
    let row = sqlx::query!(
        "select id, account_id, expires_at from challenge
         where link_hash = $1 and purpose = $2 and spent_at is null and expires_at > $3 and wrong < $4",
        link.as_bytes(),
        purpose.as_str(),
        now,
        GUESSES
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Open {
        id: row.id.into(),
        account: row.account_id.map(Into::into),
        expires_at: row.expires_at,
    }))
}

/// Spends it; false where someone else was faster or it is over.
pub async fn spend(db: &mut PgConnection, id: ChallengeId, now: OffsetDateTime) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update challenge set spent_at = $2
         where id = $1 and spent_at is null and expires_at > $2 and wrong < $3",
        id.uuid(),
        now,
        GUESSES
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Takes one of the guesses before something slow is compared; false where none is left.
pub async fn take_guess(
    db: &mut PgConnection,
    id: ChallengeId,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update challenge set wrong = wrong + 1
         where id = $1 and spent_at is null and expires_at > $2 and wrong < $3",
        id.uuid(),
        now,
        GUESSES
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Spends the challenge of that id after a guess was taken and found right.
pub async fn spend_guessed(
    db: &mut PgConnection,
    id: ChallengeId,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update challenge set spent_at = $2 where id = $1 and spent_at is null and expires_at > $2",
        id.uuid(),
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Whether it was shown.
pub async fn is_spent(db: &mut PgConnection, id: ChallengeId) -> Result<bool, sqlx::Error> {
    let spent = sqlx::query_scalar!(
        r#"select spent_at is not null as "spent!" from challenge where id = $1"#,
        id.uuid()
    )
    .fetch_optional(db)
    .await?;
    Ok(spent.unwrap_or(false))
}

/// Makes an account's open challenges of a purpose worthless.
pub async fn close_all(
    db: &mut PgConnection,
    account: AccountId,
    purpose: Purpose,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update challenge set spent_at = $3 where account_id = $1 and purpose = $2 and spent_at is null",
        account.uuid(),
        purpose.as_str(),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets those that ended before then, and the registrations and changes that hung on them.
pub async fn delete_ended(db: &mut PgConnection, before: OffsetDateTime) -> Result<u64, sqlx::Error> {
    let done = sqlx::query!("delete from challenge where expires_at < $1", before).execute(db).await?;
    Ok(done.rows_affected())
}
