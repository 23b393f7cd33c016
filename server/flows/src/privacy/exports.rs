//! Where archives lie until they are fetched or their time is over.

use bytes::Bytes;
use model::ids::ExportId;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, local::LocalFileSystem, path::Path};
use std::sync::Arc;

#[derive(Debug, thiserror::Error)]
#[error("the store of archives does not answer as it should")]
pub struct ExportsError(#[from] object_store::Error);

/// The store of archives; a part of the kernel. Nothing in it is served without asking whose it is.
#[derive(Clone, Debug)]
pub struct Exports(Arc<dyn ObjectStore>);

impl Exports {
    /// In a folder, which is made if it is not there and closed to other users of the machine.
    pub fn folder(path: &std::path::Path) -> Result<Self, ExportsError> {
        use std::os::unix::fs::DirBuilderExt as _;
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(|error| object_store::Error::Generic { store: "folder", source: error.into() })?;
        Ok(Self(Arc::new(LocalFileSystem::new_with_prefix(path)?)))
    }

    pub(super) async fn put(&self, id: ExportId, bytes: Vec<u8>) -> Result<(), ExportsError> {
        self.0.put(&place(id), PutPayload::from(bytes)).await?;
        Ok(())
    }

    pub(super) async fn get(&self, id: ExportId) -> Result<Option<Bytes>, ExportsError> {
        match self.0.get(&place(id)).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// One that is not there is no error.
    pub(super) async fn remove(&self, id: ExportId) -> Result<(), ExportsError> {
        match self.0.delete(&place(id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

fn place(id: ExportId) -> Path {
    Path::from(format!("{id}.zip"))
}
