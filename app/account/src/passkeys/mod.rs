//! Passkeys: `/account/security/passkeys`, where they are kept, and the button by which they are asked for here, at the
//! door, and where somebody proves again who they are.

mod browser;
mod button;
mod page;
pub mod rpc;

pub(crate) use button::{PasskeyButton, offer_beside};
pub use page::PasskeysPage;
