//! What simulators share: a key for programs, signed messages, and plain pages in the reader's language.

mod page;
pub mod prefs;
mod secret;
pub mod sign;
mod tell;

pub use page::{document, moment};
pub use secret::Secret;
pub use tell::{NotTaken, SetUpError, Teller};
