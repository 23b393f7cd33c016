//! Where pictures lie: a folder of this machine, or a bucket that speaks S3.

use bytes::Bytes;
use model::{ids::MediaId, views::PictureFormat};
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, local::LocalFileSystem, path::Path};
use std::sync::Arc;

#[derive(Debug, thiserror::Error)]
#[error("the file store does not answer as it should")]
pub struct FilesError(#[from] object_store::Error);

/// The store of all pictures; a part of the kernel. Clones share it.
#[derive(Clone, Debug)]
pub struct Files(Arc<dyn ObjectStore>);

impl Files {
    /// In a folder, which is made if it is not there.
    pub fn folder(path: &std::path::Path) -> Result<Self, FilesError> {
        std::fs::create_dir_all(path)
            .map_err(|error| object_store::Error::Generic { store: "folder", source: error.into() })?;
        Ok(Self(Arc::new(LocalFileSystem::new_with_prefix(path)?)))
    }

    /// Any other store, such as a bucket.
    pub fn of(store: Arc<dyn ObjectStore>) -> Self {
        Self(store)
    }

    /// A form of a picture; none where there is no such picture or form.
    pub async fn form(
        &self,
        media: MediaId,
        width: u16,
        format: PictureFormat,
    ) -> Result<Option<Bytes>, FilesError> {
        self.get(&form(media, width, format)).await
    }

    pub(crate) async fn put_form(
        &self,
        media: MediaId,
        width: u16,
        format: PictureFormat,
        bytes: Bytes,
    ) -> Result<(), FilesError> {
        self.put(&form(media, width, format), bytes).await
    }

    pub(crate) async fn original(&self, media: MediaId) -> Result<Option<Bytes>, FilesError> {
        self.get(&original(media)).await
    }

    pub(crate) async fn put_original(&self, media: MediaId, bytes: Bytes) -> Result<(), FilesError> {
        self.put(&original(media), bytes).await
    }

    async fn get(&self, path: &Path) -> Result<Option<Bytes>, FilesError> {
        match self.0.get(path).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    async fn put(&self, path: &Path, bytes: Bytes) -> Result<(), FilesError> {
        self.0.put(path, PutPayload::from_bytes(bytes)).await?;
        Ok(())
    }
}

/// Never shown; what the forms are made of.
fn original(media: MediaId) -> Path {
    Path::from(format!("originals/{media}.jpg"))
}

fn form(media: MediaId, width: u16, format: PictureFormat) -> Path {
    Path::from(format!("media/{media}/{width}.{}", format.extension()))
}
