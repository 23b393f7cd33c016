//! What the bank refuses, one enum per verb.

/// Why no charge was opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The payment has a charge of another amount or method.
    #[error("this payment has another charge")]
    Conflict,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Why nothing was paid.
#[derive(Debug, thiserror::Error)]
pub enum PayError {
    #[error("there is no such charge")]
    NoSuchCharge,
    /// It was cancelled; or paid, and so cannot fail.
    #[error("the charge is closed")]
    Closed,
    /// It has changed since the page was shown, such as by a double click.
    #[error("the charge has changed")]
    Changed,
    /// Less than one unit cannot be paid.
    #[error("the amount is too small to be paid in part")]
    TooSmall,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Why a charge was not cancelled.
#[derive(Debug, thiserror::Error)]
pub enum CancelError {
    #[error("there is no such charge")]
    NoSuchCharge,
    #[error("something was paid already")]
    Paid,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Why nothing is paid back.
#[derive(Debug, thiserror::Error)]
pub enum RefundError {
    #[error("there is no such charge")]
    NoSuchCharge,
    #[error("only {left} is left to be paid back")]
    TooMuch { left: i64 },
    /// The key was used for another amount.
    #[error("the key was used for another amount")]
    KeyReused,
    #[error("an amount is positive, a key has 1 to 100 characters")]
    Invalid,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Why nothing was charged back.
#[derive(Debug, thiserror::Error)]
pub enum ChargeBackError {
    #[error("there is no such charge")]
    NoSuchCharge,
    #[error("the charge has changed")]
    Changed,
    /// Nothing was paid, or all of it went back.
    #[error("there is nothing to charge back")]
    Nothing,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}
