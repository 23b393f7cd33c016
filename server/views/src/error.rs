use model::{AppError, Code};

#[derive(Debug, thiserror::Error)]
pub enum ViewError {
    /// The cursor is none of ours.
    #[error("the cursor cannot be read")]
    Cursor,
    #[error("the search index failed: {0}")]
    Index(String),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<ViewError> for AppError {
    fn from(error: ViewError) -> Self {
        Self::new(match error {
            ViewError::Cursor => Code::Malformed,
            ViewError::Database(sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_)) => {
                Code::Unavailable
            }
            ViewError::Index(_) | ViewError::Database(_) => Code::Internal,
        })
    }
}

/// A row that a constraint of the database should have kept out.
pub fn unsound(what: &str, value: impl std::fmt::Display) -> sqlx::Error {
    sqlx::Error::Decode(format!("{what} is “{value}” in the database").into())
}
