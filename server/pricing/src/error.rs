//! What can go wrong, by verb.

use model::{
    AppError, Code, FieldError, MoneyError,
    ids::{ShopId, Uuid},
};

/// Why a basket cannot be priced. None of it comes about by what a shopper does.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum QuoteError {
    /// Too large, or in two currencies.
    #[error(transparent)]
    Money(#[from] MoneyError),
    #[error("a price is less than nothing")]
    Negative,
    #[error("two lines have the id {0}")]
    TwoLines(Uuid),
    #[error("shop {0} has two fees for shipping")]
    TwoFees(ShopId),
}

impl From<QuoteError> for AppError {
    fn from(_: QuoteError) -> Self {
        Self::new(Code::Internal)
    }
}

/// Why a voucher was not used; nothing was counted.
#[derive(Debug, thiserror::Error)]
pub enum UseError {
    /// There is none, or it is not given now.
    #[error("there is no such voucher now")]
    Unknown,
    #[error("the voucher has been used as often as it may be")]
    UsedUp,
    #[error("what is left of its budget does not reach")]
    BudgetSpent,
    #[error("this buyer has used it as often as anyone may")]
    LimitReached,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<UseError> for AppError {
    fn from(error: UseError) -> Self {
        Self::new(match error {
            UseError::Database(error) => kernel::db::code(&error),
            // It applied when the page was shown.
            _ => Code::Changed,
        })
    }
}

/// Why nothing was taken from a flash sale; nothing was counted.
#[derive(Debug, thiserror::Error)]
pub enum FlashError {
    #[error("{left} are left at this price")]
    SoldOut { left: i32 },
    #[error("this buyer may have {left} more at this price")]
    LimitReached { left: i32 },
    /// It has not begun, has ended, or never had this.
    #[error("the sale is not on")]
    Over,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<FlashError> for AppError {
    fn from(error: FlashError) -> Self {
        Self::new(match error {
            FlashError::Database(error) => kernel::db::code(&error),
            _ => Code::Changed,
        })
    }
}

#[derive(Debug, thiserror::Error)]
pub enum InsertVoucherError {
    #[error("another voucher has this code")]
    CodeTaken,
    #[error("it ends before it begins")]
    EndsBeforeItBegins,
    /// Some other rule of the table, such as an amount of nothing.
    #[error("a value is out of its range")]
    OutOfRange,
    #[error(transparent)]
    Database(sqlx::Error),
}

impl From<sqlx::Error> for InsertVoucherError {
    fn from(error: sqlx::Error) -> Self {
        match error.as_database_error().and_then(|error| error.constraint()) {
            Some("voucher_code_unique") => Self::CodeTaken,
            Some("voucher_window") => Self::EndsBeforeItBegins,
            Some(name) if name.starts_with("voucher_") => Self::OutOfRange,
            _ => Self::Database(error),
        }
    }
}

impl From<InsertVoucherError> for AppError {
    fn from(error: InsertVoucherError) -> Self {
        match error {
            InsertVoucherError::CodeTaken => Self::field("code", FieldError::Taken),
            InsertVoucherError::EndsBeforeItBegins => Self::field("until", FieldError::OutOfRange),
            InsertVoucherError::OutOfRange => Self::new(Code::Invalid),
            InsertVoucherError::Database(error) => Self::new(kernel::db::code(&error)),
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum InsertFlashError {
    #[error("it ends before it begins")]
    EndsBeforeItBegins,
    /// Something in it is in another sale for a part of that time.
    #[error("something in it is in another sale at that time")]
    Elsewhere,
    /// Such as a price or quota of nothing, or the same variant twice.
    #[error("a value is out of its range")]
    OutOfRange,
    #[error(transparent)]
    Database(sqlx::Error),
}

impl From<sqlx::Error> for InsertFlashError {
    fn from(error: sqlx::Error) -> Self {
        match error.as_database_error().and_then(|error| error.constraint()) {
            Some("flash_sale_window") => Self::EndsBeforeItBegins,
            Some("flash_item_alone") => Self::Elsewhere,
            Some(name) if name.starts_with("flash_") => Self::OutOfRange,
            _ => Self::Database(error),
        }
    }
}

/// Why something was not nominated for a flash sale.
#[derive(Debug, thiserror::Error)]
pub enum NominateError {
    /// It was accepted, or the sale takes no more.
    #[error("it is settled already")]
    Settled,
    #[error("the shop has as many in the sale as it may")]
    Most,
    #[error("a value is out of its range")]
    OutOfRange,
    #[error(transparent)]
    Database(sqlx::Error),
}

impl From<sqlx::Error> for NominateError {
    fn from(error: sqlx::Error) -> Self {
        match error.as_database_error().and_then(|error| error.constraint()) {
            Some("flash_nomination_most") => Self::Most,
            Some(name) if name.starts_with("flash_nomination_") => Self::OutOfRange,
            _ => Self::Database(error),
        }
    }
}

/// Why what was nominated was not taken into a flash sale.
#[derive(Debug, thiserror::Error)]
pub enum AcceptError {
    /// It is in another sale for a part of that time.
    #[error("it is in another sale at that time")]
    Elsewhere,
    #[error(transparent)]
    Database(sqlx::Error),
}

impl From<sqlx::Error> for AcceptError {
    fn from(error: sqlx::Error) -> Self {
        match error.as_database_error().and_then(|error| error.constraint()) {
            Some("flash_item_alone") => Self::Elsewhere,
            _ => Self::Database(error),
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum ScheduleError {
    /// The variant has another price for a part of that time.
    #[error("there is a price for that time already")]
    Overlaps,
    #[error("it ends before it begins, or costs nothing")]
    OutOfRange,
    #[error(transparent)]
    Database(sqlx::Error),
}

impl From<sqlx::Error> for ScheduleError {
    fn from(error: sqlx::Error) -> Self {
        match error.as_database_error().and_then(|error| error.constraint()) {
            Some("scheduled_price_alone" | "scheduled_price_once") => Self::Overlaps,
            Some(name) if name.starts_with("scheduled_price_") => Self::OutOfRange,
            _ => Self::Database(error),
        }
    }
}

/// Why a rule about fees was not entered.
#[derive(Debug, thiserror::Error)]
pub enum InsertRuleError {
    #[error("there is no such shop, category or product")]
    Unknown,
    /// A cap below its floor, or an amount below nothing.
    #[error("so much cannot be taken")]
    Amount,
    /// Somebody else has just entered one for the same.
    #[error("another rule about the same was entered meanwhile")]
    Taken,
    #[error(transparent)]
    Database(sqlx::Error),
}
