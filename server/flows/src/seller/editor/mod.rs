//! How the people of a shop make products and change them. Whatever is refused is kept as it was typed, for whoever typed
//! it, until it is saved or let go; of the product itself nothing is ever half written.

mod begin;
mod pictures;
mod save;
mod states;

pub(super) use begin::address;
pub use begin::{begin, copy};
pub use catalog::edit::Absent;
pub use pictures::{attach, shift};
pub use save::{let_go, save, send};
pub use states::{archive, set_shown, submit};

use super::AtShop;
use crate::product::MoveError;
use media::ReceiveError;
use model::{AppError, Code, FieldError, Permission, ids::ShopId, shop::most, typed::Problems};

#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// Or it is another shop's, or not their work.
    #[error("the shop has no such product")]
    NotFound,
    #[error("what was typed is not right")]
    Invalid(Problems),
    #[error("somebody else has saved it meanwhile")]
    Stale,
    #[error("in its state this is not possible")]
    Forbidden,
    #[error("the idempotency key was used for something else")]
    KeyReused,
    #[error("the picture is none")]
    Picture(#[from] ReceiveError),
    #[error("there are {} photographs already", most::PHOTOGRAPHS)]
    GalleryFull,
    #[error("there is no file store")]
    NoStore,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Fields an answer tells at once: it travels in an address where there is no JavaScript.
const MOST_TOLD: usize = 20;

impl From<EditError> for AppError {
    fn from(error: EditError) -> Self {
        match error {
            EditError::NotFound => Self::not_found(),
            EditError::Invalid(problems) => problems.at_most(MOST_TOLD).into(),
            EditError::Stale | EditError::Forbidden => Code::Conflict.into(),
            EditError::KeyReused => Self::field("idempotency_key", FieldError::Taken),
            EditError::Picture(error) => {
                let error = Self::from(error);
                let field = match error.code {
                    Code::TooLarge => FieldError::TooLong,
                    Code::UnsupportedMediaType => FieldError::NotAllowed,
                    Code::Invalid => FieldError::Malformed,
                    _ => return error,
                };
                error.and("picture", field)
            }
            EditError::GalleryFull => Self::field("picture", FieldError::OutOfRange),
            EditError::NoStore => Code::Unavailable.into(),
            EditError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

impl From<MoveError> for EditError {
    fn from(error: MoveError) -> Self {
        match error {
            MoveError::NotFound => Self::NotFound,
            MoveError::Forbidden(_) => Self::Forbidden,
            MoveError::Database(error) => Self::Database(error),
        }
    }
}

/// Nobody makes or changes goods but those whose work that is.
fn keeping(at: &AtShop) -> Result<ShopId, EditError> {
    if at.permissions().has(Permission::Products) { Ok(at.shop()) } else { Err(EditError::NotFound) }
}

/// One field, and what is wrong with it.
fn invalid(field: &'static str, error: FieldError) -> EditError {
    let mut problems = Problems::default();
    problems.note(field, error);
    EditError::Invalid(problems)
}
