//! All SQL about pictures.

use model::ids::{MediaId, Uuid};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A picture about to be kept.
#[derive(Clone, Debug)]
pub struct NewMedia {
    pub id: MediaId,
    /// The shop it belongs to.
    pub owner: Uuid,
    pub width: u32,
    pub height: u32,
    pub bytes: usize,
    pub sha256: [u8; 32],
    pub placeholder: String,
}

/// How far a picture has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Its forms are still to be made.
    Received,
    Ready,
    /// Its original is lost.
    Failed,
}

fn state(text: &str) -> Result<State, sqlx::Error> {
    match text {
        "received" => Ok(State::Received),
        "ready" => Ok(State::Ready),
        "failed" => Ok(State::Failed),
        other => Err(sqlx::Error::Decode(format!("a picture is {other} in the database").into())),
    }
}

/// Keeps a picture, unless its owner has the same one already, and says under which id it is kept. One that had failed
/// is as good as new.
pub async fn insert(
    db: &mut PgConnection,
    media: &NewMedia,
    now: OffsetDateTime,
) -> Result<MediaId, sqlx::Error> {
    let pixels = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    let id = sqlx::query_scalar!(
        "insert into media (id, owner_id, state, width, height, bytes, sha256, placeholder, created_at, updated_at)
         values ($1, $2, 'received', $3, $4, $5, $6, $7, $8, $8)
         on conflict (owner_id, sha256) do update
           set state = case media.state when 'failed' then 'received' else media.state end, updated_at = $8
         returning id",
        media.id.uuid(),
        media.owner,
        pixels(media.width),
        pixels(media.height),
        i64::try_from(media.bytes).unwrap_or(i64::MAX),
        &media.sha256,
        media.placeholder,
        now
    )
    .fetch_one(db)
    .await?;
    Ok(id.into())
}

/// The picture this owner has with these bytes. Asking for it counts as use: it will not be swept for a while.
pub async fn find(
    db: &mut PgConnection,
    owner: Uuid,
    sha256: &[u8; 32],
    now: OffsetDateTime,
) -> Result<Option<(MediaId, State)>, sqlx::Error> {
    let row = sqlx::query!(
        "update media set updated_at = $3 where owner_id = $1 and sha256 = $2 returning id, state",
        owner,
        sha256,
        now
    );
    let Some(row) = row.fetch_optional(db).await? else { return Ok(None) };
    Ok(Some((row.id.into(), state(&row.state)?)))
}

pub async fn find_state(db: &mut PgConnection, id: MediaId) -> Result<Option<State>, sqlx::Error> {
    let found = sqlx::query_scalar!("select state from media where id = $1", id.uuid());
    found.fetch_optional(db).await?.as_deref().map(state).transpose()
}

pub async fn mark_ready(
    db: &mut PgConnection,
    id: MediaId,
    widths: &[u16],
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let widths: Vec<i16> = widths.iter().map(|w| i16::try_from(*w).unwrap_or(i16::MAX)).collect();
    sqlx::query!(
        "update media set state = 'ready', widths = $2, updated_at = $3 where id = $1",
        id.uuid(),
        &widths,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn mark_failed(db: &mut PgConnection, id: MediaId, now: OffsetDateTime) -> Result<(), sqlx::Error> {
    sqlx::query!("update media set state = 'failed', updated_at = $2 where id = $1", id.uuid(), now)
        .execute(db)
        .await?;
    Ok(())
}
