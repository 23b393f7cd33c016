//! Taking a picture in.

use crate::{
    Files, FilesError, MakeForms, Photo, Refused,
    forms::{self, EncodeError},
    store::{self, NewMedia, State},
};
use bytes::Bytes;
use kernel::{Cx, Uuid, jobs};
use model::{AppError, Code, ids::MediaId};
use sha2::{Digest, Sha256};

#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error(transparent)]
    Encode(#[from] EncodeError),
    #[error(transparent)]
    Files(#[from] FilesError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The server is shutting down.
    #[error("the work was stopped")]
    Stopped(#[from] tokio::task::JoinError),
}

impl From<ReceiveError> for AppError {
    fn from(error: ReceiveError) -> Self {
        Self::new(match error {
            ReceiveError::Refused(Refused::TooManyBytes) => Code::TooLarge,
            ReceiveError::Refused(Refused::Format) => Code::UnsupportedMediaType,
            ReceiveError::Refused(_) => Code::Invalid,
            ReceiveError::Files(_) | ReceiveError::Stopped(_) => Code::Unavailable,
            ReceiveError::Encode(_) | ReceiveError::Database(_) => Code::Internal,
        })
    }
}

/// A picture read and written anew as a JPEG, for what is kept elsewhere: nothing of its file is left but the pixels.
pub async fn rewritten(bytes: Bytes) -> Result<Bytes, ReceiveError> {
    let written = tokio::task::spawn_blocking(move || {
        let photo = Photo::read(&bytes)?;
        Ok::<_, ReceiveError>(forms::jpeg(&photo, 88)?)
    });
    written.await?
}

/// Checks and keeps what was sent; its forms follow by a job. The file is written before the row that names it, so a
/// row never names a file that is not there. A picture whose original was lost is kept anew under its old id.
pub async fn receive(cx: &Cx, files: &Files, owner: Uuid, bytes: Bytes) -> Result<MediaId, ReceiveError> {
    let sha256: [u8; 32] = Sha256::digest(&bytes).into();
    let known = store::find(&mut *cx.db().acquire().await?, owner, &sha256, cx.now()).await?;
    if let Some((id, State::Received | State::Ready)) = known {
        return Ok(id);
    }
    let sent = bytes.len();
    // Decoding takes a while; other requests go on meanwhile.
    let (photo, original, placeholder) = tokio::task::spawn_blocking(move || {
        let photo = Photo::read(&bytes)?;
        let original = forms::jpeg(&photo, 92)?;
        let placeholder = forms::placeholder(&photo)?;
        Ok::<_, ReceiveError>((photo, original, placeholder))
    })
    .await??;
    let media = NewMedia {
        id: known.map_or_else(|| cx.id(), |(id, _)| id),
        owner,
        width: photo.width(),
        height: photo.height(),
        bytes: sent,
        sha256,
        placeholder,
    };
    files.put_original(media.id, original).await?;
    let mut tx = cx.begin().await?;
    let id = store::insert(&mut tx, &media, cx.now()).await?;
    if id == media.id {
        jobs::enqueue(&mut tx, cx, &MakeForms { media: id }).unique(id).await?;
    }
    tx.commit().await?;
    if id != media.id {
        // Somebody else sent the same in the meantime.
        files.remove(media.id).await?;
    }
    Ok(id)
}
