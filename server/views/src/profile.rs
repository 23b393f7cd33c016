//! A person's profile with its picture. Two queries.

use crate::cards::stored;
use identity::profile::store;
use model::{ids::AccountId, person::Profile, views::Picture};
use sqlx::PgConnection;

pub async fn profile(db: &mut PgConnection, account: AccountId) -> Result<Profile, sqlx::Error> {
    let kept = store::get(db, account).await?;
    let picture = match kept.media {
        None => None,
        Some(media) => sqlx::query!(
            "select widths, width, height, placeholder from media where id = $1 and state = 'ready'",
            media.uuid()
        )
        .fetch_optional(db)
        .await?
        .map(|row| Picture {
            alt: kept.name.clone().unwrap_or_default(),
            ..stored(media, &row.widths, row.width, row.height, row.placeholder)
        }),
    };
    Ok(Profile {
        name: kept.name,
        born: kept.born.map(|date| date.to_string()),
        lang: kept.lang,
        theme: kept.theme,
        picture,
        media: kept.media,
        version: kept.version,
    })
}
