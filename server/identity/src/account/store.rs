//! All SQL about accounts, contacts and passwords.

use super::{ContactError, Door, Reach, State, Ways};
use kernel::OffsetDateTime;
use model::{Contact, ContactKind, Lang, ids::AccountId};
use sqlx::PgConnection;

pub async fn insert(
    db: &mut PgConnection,
    id: AccountId,
    lang: Lang,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into account (id, lang, created_at, updated_at) values ($1, $2, $3, $3)",
        id.uuid(),
        lang.tag(),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn insert_contact(
    db: &mut PgConnection,
    account: AccountId,
    contact: &Contact,
    now: OffsetDateTime,
) -> Result<(), ContactError> {
    sqlx::query!(
        "insert into account_contact (account_id, kind, address, confirmed_at) values ($1, $2, $3, $4)",
        account.uuid(),
        contact.kind().as_str(),
        contact.as_str(),
        now
    )
    .execute(db)
    .await
    .map(drop)
    .map_err(taken)
}

/// In place of the one of that kind, if there is one.
pub async fn put_contact(
    db: &mut PgConnection,
    account: AccountId,
    contact: &Contact,
    now: OffsetDateTime,
) -> Result<(), ContactError> {
    sqlx::query!(
        "insert into account_contact (account_id, kind, address, confirmed_at) values ($1, $2, $3, $4)
         on conflict on constraint account_contact_one_of_a_kind
         do update set address = excluded.address, confirmed_at = excluded.confirmed_at",
        account.uuid(),
        contact.kind().as_str(),
        contact.as_str(),
        now
    )
    .execute(db)
    .await
    .map(drop)
    .map_err(taken)
}

fn taken(error: sqlx::Error) -> ContactError {
    let constraint = error.as_database_error().and_then(|error| error.constraint());
    match constraint {
        Some("account_contact_unique" | "account_contact_one_of_a_kind") => ContactError::Taken,
        _ => error.into(),
    }
}

pub async fn put_password(
    db: &mut PgConnection,
    account: AccountId,
    hash: &str,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into account_password (account_id, hash, changed_at) values ($1, $2, $3)
         on conflict (account_id) do update set hash = excluded.hash, changed_at = excluded.changed_at",
        account.uuid(),
        hash,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The same password, hashed anew; not if it was changed meanwhile.
pub async fn put_stronger_hash(
    db: &mut PgConnection,
    account: AccountId,
    was: &str,
    hash: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update account_password set hash = $3 where account_id = $1 and hash = $2",
        account.uuid(),
        was,
        hash
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The account that signs in with this address.
pub async fn find_door(db: &mut PgConnection, contact: &Contact) -> Result<Option<Door>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select a.id, a.state, a.lang, p.hash as "hash?",
             (exists (select from totp t where t.account_id = a.id and t.confirmed_at is not null)
               or exists (select from passkey k where k.account_id = a.id)) as "second!"
           from account_contact c join account a on a.id = c.account_id
             left join account_password p on p.account_id = a.id
           where c.kind = $1 and c.address = $2"#,
        contact.kind().as_str(),
        contact.as_str()
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| door(row.id.into(), &row.state, &row.lang, row.hash, row.second)))
}

/// The same by its id, for those who are on their way in or inside.
pub async fn get_door(db: &mut PgConnection, account: AccountId) -> Result<Door, sqlx::Error> {
    let row = sqlx::query!(
        r#"select a.id, a.state, a.lang, p.hash as "hash?",
             (exists (select from totp t where t.account_id = a.id and t.confirmed_at is not null)
               or exists (select from passkey k where k.account_id = a.id)) as "second!"
           from account a left join account_password p on p.account_id = a.id
           where a.id = $1"#,
        account.uuid()
    )
    .fetch_one(db)
    .await?;
    Ok(door(row.id.into(), &row.state, &row.lang, row.hash, row.second))
}

fn door(account: AccountId, state: &str, lang: &str, hash: Option<String>, second: bool) -> Door {
    Door {
        account,
        state: State::from_name(state).unwrap_or(State::Suspended),
        lang: Lang::from_tag(lang).unwrap_or_default(),
        password_hash: hash,
        second_factor: second,
    }
}

/// Until the transaction ends nobody else who asks for it changes the account.
pub async fn lock(db: &mut PgConnection, account: AccountId) -> Result<(), sqlx::Error> {
    sqlx::query!("select id from account where id = $1 for update", account.uuid()).fetch_one(db).await?;
    Ok(())
}

/// The ways in; of providers only the one of this issuer counts.
pub async fn get_ways(
    db: &mut PgConnection,
    account: AccountId,
    issuer: Option<&str>,
) -> Result<Ways, sqlx::Error> {
    let row = sqlx::query!(
        r#"select exists (select from account_password where account_id = $1) as "password!",
             exists (select from totp where account_id = $1 and confirmed_at is not null) as "app!",
             (select count(*) from passkey where account_id = $1) as "passkeys!",
             exists (select from account_link where account_id = $1 and issuer = $2) as "provider!""#,
        account.uuid(),
        issuer
    )
    .fetch_one(db)
    .await?;
    Ok(Ways { password: row.password, app: row.app, passkeys: row.passkeys, provider: row.provider })
}

/// False where there was none.
pub async fn delete_password(db: &mut PgConnection, account: AccountId) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!("delete from account_password where account_id = $1", account.uuid())
        .execute(db)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Where an account is written to.
pub async fn get_reach(db: &mut PgConnection, account: AccountId) -> Result<Reach, sqlx::Error> {
    let row = sqlx::query!(
        r#"select lang, array(select address from account_contact c where c.account_id = a.id order by kind)
             as "addresses!"
           from account a where id = $1"#,
        account.uuid()
    )
    .fetch_one(db)
    .await?;
    Ok(Reach {
        account,
        lang: Lang::from_tag(&row.lang).unwrap_or_default(),
        contacts: row.addresses.iter().filter_map(|address| address.parse().ok()).collect(),
    })
}

/// Whose address this is.
pub async fn find_owner(db: &mut PgConnection, contact: &Contact) -> Result<Option<AccountId>, sqlx::Error> {
    let id = sqlx::query_scalar!(
        "select account_id from account_contact where kind = $1 and address = $2",
        contact.kind().as_str(),
        contact.as_str()
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(Into::into))
}

/// Whether the account has an address of this kind.
pub async fn find_contact(
    db: &mut PgConnection,
    account: AccountId,
    kind: ContactKind,
) -> Result<Option<Contact>, sqlx::Error> {
    let address = sqlx::query_scalar!(
        "select address from account_contact where account_id = $1 and kind = $2",
        account.uuid(),
        kind.as_str()
    )
    .fetch_optional(db)
    .await?;
    Ok(address.and_then(|address| address.parse().ok()))
}
