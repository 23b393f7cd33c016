//! Where pictures lie: a folder of this machine, or a bucket that speaks S3.

use crate::{Bucket, forms};
use bytes::Bytes;
use model::{ids::MediaId, views::PictureFormat};
use object_store::{
    ObjectStore, ObjectStoreExt, PutPayload, RetryConfig, aws::AmazonS3Builder, limit::LimitStore,
    local::LocalFileSystem, path::Path,
};
use std::{fmt, sync::Arc, time::Duration};

/// Requests to a bucket under way at once, by this process.
const BUCKET_REQUESTS: usize = 64;
/// A bucket that does not answer is asked again for so long.
const PATIENCE: Duration = Duration::from_secs(15);

#[derive(Debug, thiserror::Error)]
#[error("the file store does not answer as it should")]
pub struct FilesError(#[from] object_store::Error);

/// The store of all pictures; a part of the kernel. Clones share it.
#[derive(Clone)]
pub struct Files(Arc<dyn ObjectStore>);

/// Which store it is; never what opens it.
impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Files({})", self.0)
    }
}

impl Files {
    /// In a folder, which is made if it is not there.
    pub fn folder(path: &std::path::Path) -> Result<Self, FilesError> {
        std::fs::create_dir_all(path)
            .map_err(|error| object_store::Error::Generic { store: "folder", source: error.into() })?;
        Ok(Self(Arc::new(LocalFileSystem::new_with_prefix(path)?.with_automatic_cleanup(true))))
    }

    /// In a bucket. Nothing is asked of it yet.
    pub fn bucket(bucket: &Bucket) -> Result<Self, FilesError> {
        // One provider for the whole process; whoever came first has installed the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&bucket.name)
            .with_region(&bucket.region)
            // Not every store knows how to delete many at once.
            .with_disable_bulk_delete(true)
            .with_retry(RetryConfig { max_retries: 4, retry_timeout: PATIENCE, ..RetryConfig::default() });
        if let Some(endpoint) = &bucket.endpoint {
            builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
        }
        if let Some((id, secret)) = &bucket.key {
            builder = builder.with_access_key_id(id).with_secret_access_key(secret.reveal());
        }
        Ok(Self(Arc::new(LimitStore::new(builder.build()?, BUCKET_REQUESTS))))
    }

    /// A form of a picture; none where there is no such picture or form.
    pub async fn form(
        &self,
        media: MediaId,
        width: u16,
        format: PictureFormat,
    ) -> Result<Option<Bytes>, FilesError> {
        if width > forms::LARGEST {
            return Ok(None);
        }
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

    /// Takes a picture away with all its forms. One that is not there is no error.
    pub(crate) async fn remove(&self, media: MediaId) -> Result<(), FilesError> {
        let forms = self.0.list_with_delimiter(Some(&forms_of(media))).await?.objects;
        for path in forms.into_iter().map(|form| form.location).chain([original(media)]) {
            match self.0.delete(&path).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
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

fn forms_of(media: MediaId) -> Path {
    Path::from(format!("forms/{media}"))
}

fn form(media: MediaId, width: u16, format: PictureFormat) -> Path {
    forms_of(media).join(format!("{width}.{}", format.extension()))
}
