//! Passkeys (WebAuthn): key pairs whose secret half never leaves their owner's devices, bound to this site.
//!
//! A question is drawn here, kept for five minutes, and answered once. Each answer must show that the device verified its
//! owner, so a passkey is two factors in one: it lets in by itself, and stands in for a code after a password. What it
//! signs counts on; one that does not has a copy somewhere and is refused.

mod ceremony;
mod relying;
pub mod store;

pub use ceremony::{Answer, NewKey, Question, Refused, Used};
pub use relying::Relying;

use kernel::OffsetDateTime;
use model::ids::{AccountId, PasskeyId, SessionId};
use std::fmt;

/// Nobody needs more, and browsers are told of all of them.
pub const MOST: i64 = 20;

/// What an answer is for, and of whom it is awaited. One to another question is worth nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Asked {
    /// To add a passkey, in this session.
    Add(AccountId, SessionId),
    /// Whoever comes in.
    SignIn,
    /// Of the account whose password was right.
    SecondFactor(AccountId),
    /// To prove again who one is, in this session.
    StepUp(AccountId, SessionId),
}

impl Asked {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Add(..) => "add",
            Self::SignIn => "sign_in",
            Self::SecondFactor(_) => "second_factor",
            Self::StepUp(..) => "step_up",
        }
    }

    pub const fn account(self) -> Option<AccountId> {
        match self {
            Self::Add(account, _) | Self::SecondFactor(account) | Self::StepUp(account, _) => Some(account),
            Self::SignIn => None,
        }
    }

    pub const fn session(self) -> Option<SessionId> {
        match self {
            Self::Add(_, session) | Self::StepUp(_, session) => Some(session),
            Self::SignIn | Self::SecondFactor(_) => None,
        }
    }
}

/// What its owner calls a passkey: one line of at most 60 characters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Name(String);

impl Name {
    /// None for what is empty or too long, or has characters that cannot be seen.
    pub fn parse(typed: &str) -> Option<Self> {
        let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        let fits = (1..=60).contains(&name.chars().count()) && !name.chars().any(char::is_control);
        fits.then_some(Self(name))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A passkey as its owner sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    pub id: PasskeyId,
    pub name: String,
    pub synced: bool,
    pub created_at: OffsetDateTime,
    pub used_at: Option<OffsetDateTime>,
}

impl From<Listed> for model::views::Passkey {
    fn from(it: Listed) -> Self {
        Self {
            id: it.id,
            name: it.name,
            synced: it.synced,
            added_at: it.created_at.unix_timestamp(),
            used_at: it.used_at.map(OffsetDateTime::unix_timestamp),
        }
    }
}

/// What a browser is told of a passkey it should not make again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Known {
    pub credential: Vec<u8>,
    pub transports: u8,
}

/// What signatures of a passkey are checked against.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kept {
    pub id: PasskeyId,
    pub account: AccountId,
    pub key: Vec<u8>,
    pub state: [u8; 7],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_visible_line() {
        assert_eq!(Name::parse("  Ponsel \t Sari ").unwrap().as_str(), "Ponsel Sari");
        assert!(Name::parse(&"é".repeat(60)).is_some());
        for bad in ["", "  ", &"é".repeat(61), "a\u{0}b"] {
            assert_eq!(Name::parse(bad), None, "{bad:?}");
        }
    }
}
