//! Signing in through another site: the button that leads there, `/sign-in/link` for those who come back and are nobody's
//! here yet, and the card in which an account is linked.

mod link;
mod parts;
pub mod rpc;

pub use link::LinkPage;
pub use parts::Link;
pub(crate) use parts::{ProviderCard, ProviderForm};
