//! What people agree to, and what becomes of their data.

mod page;
mod rpc;

pub use page::{PrivacyPolicyPage, TermsPage};
