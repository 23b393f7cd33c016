//! The vocabulary both sides speak: ids, money, errors, languages and the words people read.
//!
//! Everything here compiles to wasm, does no I/O, and knows neither the database nor the browser. A value of
//! one of these types is valid by construction: parse once at the border, then trust.

pub mod authority;
pub mod error;
pub mod ids;
pub mod lang;
pub mod money;
pub mod page;
pub mod query;
pub mod text;
pub mod views;
pub mod words;

pub use authority::{Duties, Duty, OperatorRole};
pub use error::{AppError, Code, FieldError};
pub use lang::{Lang, Prefs, Theme};
pub use money::{BasisPoints, Currency, Money, MoneyError, Qty};
pub use page::Page;
pub use text::{LocalPath, Site, Slug};
