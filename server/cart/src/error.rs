//! What a cart refuses, one enum per verb, and how each is said on the wire.

use crate::limits::MOST_PIECES;
use model::{AppError, Code, FieldError};

/// Why something did not go into a cart.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    #[error("there is no such cart")]
    NoSuchCart,
    #[error("there is no such variant")]
    NoSuchVariant,
    /// It has as many lines as a cart takes.
    #[error("the cart is full")]
    Full,
    /// A line takes [`MOST_PIECES`]; so many more would still go in.
    #[error("a line takes {MOST_PIECES} pieces, {room} more would fit")]
    TooMany { room: i32 },
    #[error("the price is not in the cart's currency")]
    WrongCurrency,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Why a line was not changed.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    #[error("the cart has no such line")]
    NoSuchLine,
    /// A line takes [`MOST_PIECES`], also when two become one.
    #[error("a line takes {MOST_PIECES} pieces")]
    TooMany,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Why a code was not noted.
#[derive(Debug, thiserror::Error)]
pub enum CodeError {
    #[error("there is no such cart")]
    NoSuchCart,
    #[error("the cart has as many codes as it takes")]
    TooMany,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Why a choice for a shop was not noted.
#[derive(Debug, thiserror::Error)]
pub enum ChooseError {
    #[error("there is no such cart")]
    NoSuchCart,
    #[error("there is no such shop")]
    NoSuchShop,
    #[error("no courier or service has such a code")]
    NoSuchService,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Why a guest's cart did not go into an account's.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// One of them is gone, or they are not a guest's and an account's.
    #[error("there are no such carts")]
    NoSuchCart,
    #[error("the carts are in two currencies")]
    TwoCurrencies,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<AddError> for AppError {
    fn from(error: AddError) -> Self {
        match error {
            AddError::NoSuchCart | AddError::NoSuchVariant => Self::not_found(),
            AddError::Full => Self::field("cart", FieldError::OutOfRange),
            AddError::TooMany { .. } => Self::field("quantity", FieldError::OutOfRange),
            AddError::WrongCurrency => Self::new(Code::Conflict),
            AddError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

impl From<LineError> for AppError {
    fn from(error: LineError) -> Self {
        match error {
            LineError::NoSuchLine => Self::not_found(),
            LineError::TooMany => Self::field("quantity", FieldError::OutOfRange),
            LineError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

impl From<CodeError> for AppError {
    fn from(error: CodeError) -> Self {
        match error {
            CodeError::NoSuchCart => Self::not_found(),
            CodeError::TooMany => Self::field("code", FieldError::OutOfRange),
            CodeError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

impl From<ChooseError> for AppError {
    fn from(error: ChooseError) -> Self {
        match error {
            ChooseError::NoSuchCart | ChooseError::NoSuchShop => Self::not_found(),
            ChooseError::NoSuchService => Self::field("service", FieldError::NotAllowed),
            ChooseError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

impl From<MergeError> for AppError {
    fn from(error: MergeError) -> Self {
        Self::new(match error {
            MergeError::NoSuchCart => Code::NotFound,
            MergeError::TwoCurrencies => Code::Conflict,
            MergeError::Database(error) => kernel::db::code(&error),
        })
    }
}
