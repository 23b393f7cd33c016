//! What people say about themselves.

use access::audit::{Entry, Subject, record};
use bytes::Bytes;
use identity::profile::{NewProfile, store};
use kernel::{Cx, Member};
use media::{Files, ReceiveError};
use model::{AppError, Code, FieldError, audit::Action, ids::MediaId, person::ProfileInput, typed::Problems};

#[derive(Debug, thiserror::Error)]
pub enum SaveProfileError {
    #[error("what was typed is not a profile")]
    Invalid(Problems),
    #[error("it has been changed meanwhile")]
    Stale,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<SaveProfileError> for AppError {
    fn from(error: SaveProfileError) -> Self {
        match error {
            SaveProfileError::Invalid(problems) => problems.into(),
            SaveProfileError::Stale => Self::new(Code::Conflict),
            SaveProfileError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// Writes a profile anew, if it is still of the version the edit began with; 0 where there was none.
pub async fn save(
    cx: &Cx,
    member: &Member,
    version: i32,
    input: &ProfileInput,
) -> Result<NewProfile, SaveProfileError> {
    let new = NewProfile::parse(input, cx.now()).map_err(SaveProfileError::Invalid)?;
    let mut tx = cx.begin().await?;
    if !store::put(&mut tx, member.account, version, &new, cx.now()).await? {
        return Err(SaveProfileError::Stale);
    }
    record(&mut tx, cx, &Entry::of(Action::ProfileChanged, Subject::Account(member.account))).await?;
    tx.commit().await?;
    Ok(new)
}

#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    #[error(transparent)]
    Receive(#[from] ReceiveError),
    #[error("there is no file store")]
    NoStore,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<PictureError> for AppError {
    fn from(error: PictureError) -> Self {
        match error {
            PictureError::Receive(error) => {
                let error = Self::from(error);
                let field = match error.code {
                    Code::TooLarge => FieldError::TooLong,
                    Code::UnsupportedMediaType => FieldError::NotAllowed,
                    Code::Invalid => FieldError::Malformed,
                    _ => return error,
                };
                error.and("picture", field)
            }
            PictureError::NoStore => Self::new(Code::Unavailable),
            PictureError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// Takes a picture in and shows it from now on. What it is, is read from its bytes: JPEG, PNG and WebP are taken, and
/// kept as pixels alone.
pub async fn set_picture(cx: &Cx, member: &Member, bytes: Bytes) -> Result<MediaId, PictureError> {
    let files = cx.part::<Files>().ok_or(PictureError::NoStore)?;
    let media = media::receive(cx, &files, member.account.uuid(), bytes).await?;
    put_picture(cx, member, Some(media)).await?;
    Ok(media)
}

/// Shows the first letters of the name again.
pub async fn remove_picture(cx: &Cx, member: &Member) -> Result<(), PictureError> {
    put_picture(cx, member, None).await
}

/// The picture there was is named by nobody any more, and is swept with all such.
async fn put_picture(cx: &Cx, member: &Member, picture: Option<MediaId>) -> Result<(), PictureError> {
    let mut tx = cx.begin().await?;
    store::put_picture(&mut tx, member.account, picture, cx.now()).await?;
    record(&mut tx, cx, &Entry::of(Action::ProfileChanged, Subject::Account(member.account))).await?;
    Ok(tx.commit().await?)
}
