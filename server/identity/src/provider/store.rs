//! All SQL about links to providers, and about those on their way there and back.

use super::{Expected, Going, Guest, Linked, Person};
use crate::{
    Digest,
    challenge::{self, NewChallenge, Purpose},
};
use kernel::OffsetDateTime;
use model::{
    LocalPath,
    ids::{AccountId, ChallengeId, SessionId},
};
use sqlx::PgConnection;

/// Expects somebody back who carries this token.
pub async fn insert_trip(
    db: &mut PgConnection,
    id: ChallengeId,
    token: Digest,
    trip: &Expected,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let who = trip.going.who();
    let account = who.map(|(account, _)| account);
    let new = NewChallenge { id, purpose: Purpose::Provider, account, link: Some(token) };
    challenge::store::insert(&mut *db, new, now).await?;
    sqlx::query!(
        "insert into provider_trip (challenge_id, kind, session_id, remember, next) values ($1, $2, $3, $4, $5)",
        id.uuid(),
        trip.going.as_str(),
        who.map(|(_, session)| session.uuid()),
        trip.remember,
        trip.next.as_str()
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes whoever comes back with this token, once.
pub async fn take_trip(
    db: &mut PgConnection,
    token: Digest,
    now: OffsetDateTime,
) -> Result<Option<Expected>, sqlx::Error> {
    let row = sqlx::query!(
        "update challenge c set spent_at = $2
         from provider_trip t
         where t.challenge_id = c.id and c.link_hash = $1 and c.purpose = 'provider'
           and c.spent_at is null and c.expires_at > $2
         returning c.account_id, t.kind, t.session_id, t.remember, t.next",
        token.as_bytes(),
        now
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        let who = row.account_id.zip(row.session_id);
        let going = match (row.kind.as_str(), who) {
            ("link", Some((account, session))) => Going::Link(account.into(), SessionId::new(session)),
            ("step_up", Some((account, session))) => Going::StepUp(account.into(), SessionId::new(session)),
            _ => Going::SignIn,
        };
        Expected { going, remember: row.remember, next: path(&row.next) }
    }))
}

fn path(kept: &str) -> LocalPath {
    kept.parse().unwrap_or_else(|_| LocalPath::home())
}

/// Keeps somebody who is nobody's yet, for whoever shows this token.
pub async fn insert_guest(
    db: &mut PgConnection,
    id: ChallengeId,
    token: Digest,
    guest: &Guest,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let new = NewChallenge { id, purpose: Purpose::ProviderGuest, account: None, link: Some(token) };
    challenge::store::insert(&mut *db, new, now).await?;
    sqlx::query!(
        "insert into provider_guest (challenge_id, issuer, subject, shown, email, remember, next)
         values ($1, $2, $3, $4, $5, $6, $7)",
        id.uuid(),
        guest.person.issuer,
        guest.person.subject,
        guest.person.shown,
        guest.person.email.as_ref().map(model::Email::as_str),
        guest.remember,
        guest.next.as_str()
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Who that is, and by which challenge they are kept.
pub async fn find_guest(
    db: &mut PgConnection,
    token: Digest,
    now: OffsetDateTime,
) -> Result<Option<(ChallengeId, Guest)>, sqlx::Error> {
    let row = sqlx::query!(
        "select c.id, g.issuer, g.subject, g.shown, g.email, g.remember, g.next
         from provider_guest g join challenge c on c.id = g.challenge_id
         where c.link_hash = $1 and c.purpose = 'provider_guest' and c.spent_at is null and c.expires_at > $2",
        token.as_bytes(),
        now
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        let person = Person {
            issuer: row.issuer,
            subject: row.subject,
            shown: row.shown,
            email: row.email.and_then(|email| email.parse().ok()),
        };
        (row.id.into(), Guest { person, remember: row.remember, next: path(&row.next) })
    }))
}

/// Links an account; false where the provider's person is somebody's already, or the account has another one of it.
pub async fn link(
    db: &mut PgConnection,
    account: AccountId,
    person: &Person,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into account_link (issuer, subject, account_id, shown, linked_at) values ($1, $2, $3, $4, $5)
         on conflict do nothing",
        person.issuer,
        person.subject,
        account.uuid(),
        person.shown,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Whose the provider's person is; that they came is noted.
pub async fn find_owner(
    db: &mut PgConnection,
    person: &Person,
    now: OffsetDateTime,
) -> Result<Option<AccountId>, sqlx::Error> {
    let id = sqlx::query_scalar!(
        "update account_link set used_at = $3, shown = $4 where issuer = $1 and subject = $2 returning account_id",
        person.issuer,
        person.subject,
        now,
        person.shown
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(Into::into))
}

/// The account's link to this provider.
pub async fn find_link(
    db: &mut PgConnection,
    account: AccountId,
    issuer: &str,
) -> Result<Option<Linked>, sqlx::Error> {
    let row = sqlx::query!(
        "select shown, linked_at from account_link where account_id = $1 and issuer = $2",
        account.uuid(),
        issuer
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Linked { shown: row.shown, linked_at: row.linked_at }))
}

/// False where there was none.
pub async fn unlink(db: &mut PgConnection, account: AccountId, issuer: &str) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "delete from account_link where account_id = $1 and issuer = $2",
        account.uuid(),
        issuer
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}
