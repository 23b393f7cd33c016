//! People: accounts, what they sign in with, their sessions, and what operators may do.
//!
//! Invariants: an e-mail address or phone number belongs to one account at most and is there only once confirmed;
//! passwords and tokens are kept as hashes; roles are given, never chosen; nothing tells a stranger whether an
//! account exists.
//! Whoever has an account also has addresses, a profile, wishlists, and consents; an account that is closed keeps
//! only what proves what was agreed to.

pub mod account;
pub mod address;
pub mod challenge;
pub mod consent;
pub mod contact_change;
pub mod erase;
pub mod events;
pub mod factor;
mod guard;
pub mod operator;
pub mod passkey;
pub mod password;
pub mod profile;
pub mod provider;
pub mod registration;
mod safe;
mod secret;
pub mod session;
pub mod throttle;
pub mod wishlist;

pub use guard::{Guard, NoGuard};
pub use password::Password;
pub use safe::{Safe, Unopened};
pub use secret::{Code, Digest, Token};
