//! Requests under a key, which change something once however often they come.

use kernel::{
    Cx, Tx,
    idempotency::{self, Claim, Key},
};
use model::{AppError, Code, ids::Uuid};
use serde::Serialize;

/// Why a request under a key is not answered.
#[derive(Debug, thiserror::Error)]
pub enum OnceError {
    #[error("the idempotency key was used for something else")]
    KeyReused,
    /// The same request is being answered at this moment.
    #[error("the same request is under way")]
    UnderWay,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<OnceError> for AppError {
    fn from(error: OnceError) -> Self {
        match error {
            OnceError::KeyReused => Self::new(Code::KeyReused),
            OnceError::UnderWay => Self::new(Code::Conflict),
            OnceError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// Takes a key for a change in this transaction, to be made under the id `made`. What was made where the same request
/// came before, and so there is nothing to do: the caller rolls back before it answers, or whoever asks next meets the lock
/// of the key. None for the first, and for one without a key.
pub(crate) async fn made_before(
    cx: &Cx,
    tx: &mut Tx,
    (owner, operation, key): (Uuid, &'static str, Option<&Key>),
    body: &impl Serialize,
    made: Uuid,
) -> Result<Option<Uuid>, OnceError> {
    let Some(key) = key else { return Ok(None) };
    let claim = (owner, operation, key);
    if !idempotency::is_alone(tx, claim).await? {
        return Err(OnceError::UnderWay);
    }
    match idempotency::claim(tx, cx, claim, body, made).await? {
        Claim::First => Ok(None),
        Claim::Again(made) => Ok(Some(made)),
        Claim::Other => Err(OnceError::KeyReused),
    }
}
