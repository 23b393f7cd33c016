//! `/account/notifications`: which messages somebody wants, and the way they take.

mod page;
pub mod rpc;

pub use page::NotificationsPage;
