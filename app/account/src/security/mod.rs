//! `/account/security`: the password, addresses to sign in with, two-step sign-in, and the devices somebody is signed in
//! on; and the pages that links about a change of address open.

mod contacts;
pub(crate) mod page;
pub(crate) mod prove;
pub mod rpc;
mod two_step;

pub use contacts::{ConfirmContactPage, StopContactChangePage};
pub use page::{ConfirmPage, SecurityPage};
pub use two_step::{RecoveryCodesPage, TwoStepPage};
