//! `/seller/{shop}/verification`: who is behind the shop.

mod page;

pub use page::VerificationPage;
