//! A new e-mail address or number for an account: it takes its place once whoever has the new one, and for e-mail also
//! whoever has the old one, has confirmed it.

pub mod store;

use crate::Digest;
use model::{
    Contact,
    ids::{AccountId, ChallengeId, ContactChangeId},
};

#[derive(Clone, Debug)]
pub struct ContactChange {
    pub id: ContactChangeId,
    pub account: AccountId,
    pub to: Contact,
    /// Shown by whoever has the address that is replaced.
    pub old: Option<ChallengeId>,
    pub new: ChallengeId,
    pub stop: Option<Digest>,
}

/// One of them, with what was confirmed already.
#[derive(Clone, Debug)]
pub struct Pending {
    pub id: ContactChangeId,
    pub account: AccountId,
    pub to: Contact,
    pub old: Option<ChallengeId>,
    pub new: ChallengeId,
    pub old_agrees: bool,
    pub new_agrees: bool,
}

impl Pending {
    /// Whether everybody concerned has confirmed it.
    pub const fn is_complete(&self) -> bool {
        self.old_agrees && self.new_agrees
    }
}
