//! What follows when a picture has been taken in, or given up.

use crate::{
    Files, MediaReady, Photo,
    forms::{encode, widths},
    store::{self, State},
};
use kernel::{
    Cx,
    jobs::{Job, JobError, Priority},
    outbox,
};
use model::ids::MediaId;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Makes every width in every format; making them again makes the same.
#[derive(Serialize, Deserialize)]
pub struct MakeForms {
    pub media: MediaId,
}

impl Job for MakeForms {
    const NAME: &'static str = "media.make_forms";

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let files = files(cx)?;
        match store::find_state(&mut *cx.db().acquire().await?, self.media).await? {
            None => return Err(JobError::discard("the picture has been deleted")),
            Some(State::Ready) => return Ok(()),
            Some(State::Received | State::Failed) => {}
        }
        let Some(original) = files.original(self.media).await? else {
            store::mark_failed(&mut *cx.db().acquire().await?, self.media, cx.now()).await?;
            return Err(JobError::fatal("the original is not in the file store"));
        };
        let photo = Arc::new(tokio::task::spawn_blocking(move || Photo::read(&original)).await??);
        let widths = widths(&photo);
        for width in widths.iter().copied() {
            let photo = photo.clone();
            let forms = tokio::task::spawn_blocking(move || encode(&photo, width)).await??;
            for (format, bytes) in forms {
                files.put_form(self.media, width, format, bytes).await?;
            }
        }
        let mut tx = cx.begin().await?;
        store::mark_ready(&mut tx, self.media, &widths, cx.now()).await?;
        outbox::publish(&mut tx, cx, &MediaReady { media: self.media }).await?;
        Ok(tx.commit().await?)
    }
}

/// Removes the files of a picture whose row is gone. Queued in the transaction that deletes the row, so that none of
/// them is forgotten.
#[derive(Serialize, Deserialize)]
pub struct DropFiles {
    pub media: MediaId,
}

impl Job for DropFiles {
    const NAME: &'static str = "media.drop_files";
    const PRIORITY: Priority = Priority::Low;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        Ok(files(cx)?.remove(self.media).await?)
    }
}

fn files(cx: &Cx) -> Result<Arc<Files>, JobError> {
    cx.part::<Files>().ok_or_else(|| JobError::fatal("there is no file store"))
}
