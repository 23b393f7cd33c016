//! All SQL about sessions.

use super::{Device, Kind, Listed, NewSession, SEEN_EVERY};
use crate::{Digest, Token};
use kernel::{Member, OffsetDateTime};
use model::{
    Duties, OperatorRole,
    ids::{AccountId, SessionId},
};
use sqlx::PgConnection;

pub async fn insert(db: &mut PgConnection, new: &NewSession, now: OffsetDateTime) -> Result<(), sqlx::Error> {
    let idle = i32::try_from(new.stay.idle().whole_seconds()).unwrap_or(i32::MAX);
    let digest = new.token.digest();
    sqlx::query!(
        "insert into session (id, account_id, kind, token_hash, created_at, last_seen_at, idle_seconds, expires_at,
                              proved_at, program, system, network)
         values ($1, $2, $3, $4, $5, $5, $6, $7, $5, $8, $9, $10)",
        new.id.uuid(),
        new.account.uuid(),
        new.stay.kind().as_str(),
        digest.as_bytes(),
        now,
        idle,
        now + new.stay.most(),
        new.device.program,
        new.device.system,
        new.network
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Who a token belongs to, and whether `last_seen_at` has fallen behind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recognised {
    pub member: Member,
    pub seen_long_ago: bool,
}

/// The session of this token, if it is of this kind, neither over nor idle for too long, and its account is not locked.
pub async fn find_member(
    db: &mut PgConnection,
    kind: Kind,
    token: Digest,
    now: OffsetDateTime,
) -> Result<Option<Recognised>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select s.id, s.account_id, s.proved_at, s.last_seen_at,
             array(select role from operator_role r where r.account_id = s.account_id) as "roles!"
           from session s join account a on a.id = s.account_id
           where s.token_hash = $1 and s.kind = $2 and s.expires_at > $3
             and s.last_seen_at + make_interval(secs => s.idle_seconds) > $3 and a.state in ('active', 'closing')"#,
        token.as_bytes(),
        kind.as_str(),
        now
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Recognised {
        member: Member {
            account: row.account_id.into(),
            session: row.id.into(),
            duties: duties(&row.roles),
            proved_at: row.proved_at,
        },
        seen_long_ago: now - row.last_seen_at >= SEEN_EVERY,
    }))
}

fn duties(roles: &[String]) -> Duties {
    let roles = roles.iter().filter_map(|role| OperatorRole::from_name(role));
    roles.fold(Duties::NONE, |duties, role| duties.and(role.duties()))
}

/// Notes that it is used, from where. Of several requests at once only one writes.
pub async fn mark_seen(
    db: &mut PgConnection,
    session: SessionId,
    network: Option<&str>,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update session set last_seen_at = $2, network = coalesce($3, network)
         where id = $1 and last_seen_at <= $4",
        session.uuid(),
        now,
        network,
        now - SEEN_EVERY
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes that its member has just proved who they are, under a new token. The old one is worthless from then on.
pub async fn mark_proved(
    db: &mut PgConnection,
    session: SessionId,
    token: &Token,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let digest = token.digest();
    let done = sqlx::query!(
        "update session set proved_at = $2, token_hash = $3 where id = $1",
        session.uuid(),
        now,
        digest.as_bytes()
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Those that are not over, the last used first. Nobody has so many that they need pages.
pub async fn list(
    db: &mut PgConnection,
    account: AccountId,
    now: OffsetDateTime,
) -> Result<Vec<Listed>, sqlx::Error> {
    let rows = sqlx::query!(
        "select id, kind, program, system, network, created_at, last_seen_at from session
         where account_id = $1 and expires_at > $2 and last_seen_at + make_interval(secs => idle_seconds) > $2
         order by last_seen_at desc, id limit 200",
        account.uuid(),
        now
    )
    .fetch_all(db)
    .await?;
    let listed = rows.into_iter().map(|row| Listed {
        id: row.id.into(),
        kind: Kind::from_name(&row.kind).unwrap_or(Kind::Browser),
        device: Device { program: row.program, system: row.system },
        network: row.network,
        created_at: row.created_at,
        last_seen_at: row.last_seen_at,
    });
    Ok(listed.collect())
}

/// Ends one of this account's; false where it has none of that id.
pub async fn delete(
    db: &mut PgConnection,
    account: AccountId,
    session: SessionId,
) -> Result<bool, sqlx::Error> {
    let done =
        sqlx::query!("delete from session where id = $1 and account_id = $2", session.uuid(), account.uuid())
            .execute(db)
            .await?;
    Ok(done.rows_affected() > 0)
}

/// Ends all of an account's but the one to be kept; returns how many.
pub async fn delete_all(
    db: &mut PgConnection,
    account: AccountId,
    but: Option<SessionId>,
) -> Result<u64, sqlx::Error> {
    let done = sqlx::query!(
        "delete from session where account_id = $1 and id is distinct from $2",
        account.uuid(),
        but.map(SessionId::uuid)
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Forgets those that are over.
pub async fn delete_expired(db: &mut PgConnection, now: OffsetDateTime) -> Result<u64, sqlx::Error> {
    let done = sqlx::query!(
        "delete from session
         where expires_at <= $1 or last_seen_at + make_interval(secs => idle_seconds) <= $1",
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}
