//! What can go wrong, by verb.

use model::{AppError, Code};

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not an address a message can be sent to")]
pub struct NotAnAddress;

/// Why a message was not put on its way.
#[derive(Debug, thiserror::Error)]
pub enum EnqueueError {
    /// What people may switch off goes to accounts only: an address alone has no preferences.
    #[error("an optional message needs an account")]
    NeedsAccount,
    #[error("the message cannot be written down: {0}")]
    Unwritable(#[from] serde_json::Error),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Why an operator cannot send a message again, or give it up.
#[derive(Debug, thiserror::Error)]
pub enum OperatorError {
    #[error("there is no such message")]
    NotFound,
    /// It is on its way, has arrived, or its person does not want it.
    #[error("in its state this is not possible")]
    NotNow,
    /// What it carried is no longer valid.
    #[error("it would come too late")]
    TooLate,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<OperatorError> for AppError {
    fn from(error: OperatorError) -> Self {
        Self::new(match error {
            OperatorError::NotFound => Code::NotFound,
            OperatorError::NotNow => Code::Conflict,
            OperatorError::TooLate => Code::Gone,
            OperatorError::Database(_) => Code::Internal,
        })
    }
}
