//! What follows when a picture has been taken in.

use crate::{
    Files, Photo,
    forms::{encode, widths},
    store,
};
use kernel::{
    Cx,
    jobs::{Job, JobError},
};
use model::{ids::MediaId, views::PictureFormat};
use serde::{Deserialize, Serialize};

/// Makes every width in every format; making them again makes the same.
#[derive(Serialize, Deserialize)]
pub struct MakeForms {
    pub media: MediaId,
}

impl Job for MakeForms {
    const NAME: &'static str = "media.make_forms";

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let files = cx.part::<Files>().ok_or_else(|| JobError::fatal("there is no file store"))?;
        let Some(original) = files.original(self.media).await? else {
            store::mark_failed(&mut *cx.db().acquire().await?, self.media, cx.now()).await?;
            return Err(JobError::fatal("the original is not in the file store"));
        };
        let photo = tokio::task::spawn_blocking(move || Photo::read(&original)).await??;
        let widths = widths(&photo);
        for width in &widths {
            for format in PictureFormat::ALL {
                let (photo, width) = (photo.clone(), *width);
                let bytes = tokio::task::spawn_blocking(move || encode(&photo, width, format)).await??;
                files.put_form(self.media, width, format, bytes).await?;
            }
        }
        store::mark_ready(&mut *cx.db().acquire().await?, self.media, &widths, cx.now()).await?;
        Ok(())
    }
}
