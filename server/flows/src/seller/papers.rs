//! Where the documents of shops lie: sealed, and never served but to an operator who looks at them. Files of their goods
//! lie there too, until they are read.

use bytes::Bytes;
use identity::{Guard, NoGuard};
use kernel::Cx;
use model::ids::DocumentId;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, local::LocalFileSystem, path::Path};
use std::sync::Arc;

#[derive(Debug, thiserror::Error)]
pub enum PapersError {
    #[error("there is no store of documents")]
    NoStore,
    #[error(transparent)]
    NoGuard(#[from] NoGuard),
    #[error("the store of documents does not answer as it should")]
    Store(#[from] object_store::Error),
    /// It was sealed under another key, or altered.
    #[error("a document cannot be opened")]
    Unopened,
}

/// The store of documents; a part of the kernel.
#[derive(Clone, Debug)]
pub struct Papers(Arc<dyn ObjectStore>);

impl Papers {
    /// In a folder, which is made if it is not there and closed to other users of the machine.
    pub fn folder(path: &std::path::Path) -> Result<Self, PapersError> {
        use std::os::unix::fs::DirBuilderExt as _;
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(|error| object_store::Error::Generic { store: "folder", source: error.into() })?;
        Ok(Self(Arc::new(LocalFileSystem::new_with_prefix(path)?)))
    }

    pub(crate) fn of(cx: &Cx) -> Result<Arc<Self>, PapersError> {
        cx.part::<Self>().ok_or(PapersError::NoStore)
    }

    pub(super) async fn put(&self, cx: &Cx, id: DocumentId, plain: &[u8]) -> Result<(), PapersError> {
        let sealed = Guard::of(cx)?.safe.seal(cx.ids(), id.uuid().as_bytes(), plain);
        self.0.put(&place(id), PutPayload::from(sealed)).await?;
        Ok(())
    }

    /// None where it is not there.
    pub(crate) async fn get(&self, cx: &Cx, id: DocumentId) -> Result<Option<Bytes>, PapersError> {
        let sealed = match self.0.get(&place(id)).await {
            Ok(found) => found.bytes().await?,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let opened = Guard::of(cx)?.safe.open(id.uuid().as_bytes(), &sealed);
        opened.map(|plain| Some(plain.into())).map_err(|_| PapersError::Unopened)
    }

    /// One that is not there is no error.
    pub(crate) async fn remove(&self, id: DocumentId) -> Result<(), PapersError> {
        match self.0.delete(&place(id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

fn place(id: DocumentId) -> Path {
    Path::from(format!("{id}.sealed"))
}
