//! The vocabulary both sides speak: ids, money, errors, languages and the words people read.
//!
//! Everything here compiles to wasm, does no I/O, and knows neither the database nor the browser. A value of
//! one of these types is valid by construction: parse once at the border, then trust.

pub mod address;
pub mod audit;
pub mod authority;
pub mod call;
pub mod contact;
pub mod delivery;
pub mod error;
pub mod geo;
pub mod ids;
pub mod json;
pub mod lang;
pub mod money;
mod named;
pub mod order;
pub mod page;
pub mod payment;
pub mod payout;
pub mod person;
pub mod phone;
pub mod pricing;
pub mod qris;
pub mod query;
pub mod shipping;
pub mod shop;
pub mod text;
pub mod typed;
pub mod views;
pub mod wish;
pub mod words;

pub use authority::{Duties, Duty, OperatorRole, Permission, Permissions, ShopRole};
pub use call::Call;
pub use contact::{Contact, ContactKind, Email};
pub use error::{AppError, Code, FieldError};
pub use lang::{Lang, Prefs, Theme};
pub use money::{BasisPoints, Currency, Money, MoneyError, Qty};
pub use page::Page;
pub use phone::Phone;
pub use text::{LocalPath, Site, Slug};
