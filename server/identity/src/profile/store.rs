//! All SQL about profiles.

use super::NewProfile;
use model::{
    Lang, Theme,
    ids::{AccountId, MediaId},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// A profile as it is kept; version 0 where nothing has been.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stored {
    pub name: Option<String>,
    pub born: Option<Date>,
    pub lang: Lang,
    pub theme: Theme,
    pub media: Option<MediaId>,
    pub version: i32,
}

pub async fn get(db: &mut PgConnection, account: AccountId) -> Result<Stored, sqlx::Error> {
    let row = sqlx::query!(
        r#"select account.lang, profile.name as "name?", profile.born as "born?", profile.theme as "theme?",
             profile.media_id as "media_id?", coalesce(profile.version, 0) as "version!"
           from account left join profile on profile.account_id = account.id
           where account.id = $1"#,
        account.uuid()
    )
    .fetch_one(db)
    .await?;
    Ok(Stored {
        name: row.name,
        born: row.born,
        lang: Lang::from_tag(&row.lang).unwrap_or_default(),
        theme: row.theme.as_deref().and_then(Theme::from_tag).unwrap_or_default(),
        media: row.media_id.map(MediaId::from),
        version: row.version,
    })
}

/// Writes a profile anew if it is still of this version (0 for none yet); whether it was.
pub async fn put(
    db: &mut PgConnection,
    account: AccountId,
    version: i32,
    new: &NewProfile,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into profile as old (account_id, name, born, theme, updated_at)
         select $1, $3, $4, $5, $6 where $2 = 0 or exists (select from profile where account_id = $1)
         on conflict (account_id) do update
           set name = $3, born = $4, theme = $5, updated_at = $6, version = old.version + 1
           where old.version = $2",
        account.uuid(),
        version,
        new.name,
        new.born,
        new.theme.tag(),
        now
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query!(
        "update account set lang = $2, updated_at = $3 where id = $1 and lang <> $2",
        account.uuid(),
        new.lang.tag(),
        now
    )
    .execute(db)
    .await?;
    Ok(true)
}

/// Sets language and appearance alone.
pub async fn put_prefs(
    db: &mut PgConnection,
    account: AccountId,
    lang: Lang,
    theme: Theme,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into profile as old (account_id, theme, updated_at) values ($1, $2, $3)
         on conflict (account_id) do update set theme = $2, updated_at = $3, version = old.version + 1",
        account.uuid(),
        theme.tag(),
        now
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update account set lang = $2, updated_at = $3 where id = $1 and lang <> $2",
        account.uuid(),
        lang.tag(),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Sets the picture or takes it away.
pub async fn put_picture(
    db: &mut PgConnection,
    account: AccountId,
    media: Option<MediaId>,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into profile as old (account_id, media_id, updated_at) values ($1, $2, $3)
         on conflict (account_id) do update set media_id = $2, updated_at = $3, version = old.version + 1",
        account.uuid(),
        media.map(MediaId::uuid),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Removes everything, for an account that is erased; the picture there was.
pub async fn erase(db: &mut PgConnection, account: AccountId) -> Result<Option<MediaId>, sqlx::Error> {
    let media =
        sqlx::query_scalar!("delete from profile where account_id = $1 returning media_id", account.uuid())
            .fetch_optional(db)
            .await?;
    Ok(media.flatten().map(MediaId::from))
}
