//! Operators' synonyms: written, and told to every node's search index.

pub use inquiry::NewSynonym;
use inquiry::{SynonymsChanged, store};
use kernel::{Cx, outbox};
use model::{AppError, Code, ids::SynonymId};

#[derive(Debug, thiserror::Error)]
pub enum SynonymError {
    #[error("there is no such synonym")]
    NotFound,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<SynonymError> for AppError {
    fn from(error: SynonymError) -> Self {
        Self::new(match error {
            SynonymError::NotFound => Code::NotFound,
            SynonymError::Database(_) => Code::Internal,
        })
    }
}

pub async fn add(cx: &Cx, new: &NewSynonym) -> Result<SynonymId, SynonymError> {
    let id = cx.id();
    let mut tx = cx.begin().await?;
    store::insert_synonym(&mut tx, id, new, cx.now()).await?;
    outbox::publish(&mut tx, cx, &SynonymsChanged { synonym: id }).await?;
    tx.commit().await?;
    Ok(id)
}

/// Puts `new` in place of what the synonym said before.
pub async fn change(cx: &Cx, id: SynonymId, new: &NewSynonym) -> Result<(), SynonymError> {
    let mut tx = cx.begin().await?;
    if !store::update_synonym(&mut tx, id, new, cx.now()).await? {
        return Err(SynonymError::NotFound);
    }
    outbox::publish(&mut tx, cx, &SynonymsChanged { synonym: id }).await?;
    Ok(tx.commit().await?)
}

pub async fn remove(cx: &Cx, id: SynonymId) -> Result<(), SynonymError> {
    let mut tx = cx.begin().await?;
    if !store::delete_synonym(&mut tx, id).await? {
        return Err(SynonymError::NotFound);
    }
    outbox::publish(&mut tx, cx, &SynonymsChanged { synonym: id }).await?;
    Ok(tx.commit().await?)
}
