//! Signing in through another site, by `OpenID` Connect: one provider, whichever the settings name.
//!
//! Somebody is sent to the provider and comes back with a code, which is exchanged for a signed statement of who they
//! are. What the browser carries meanwhile is one secret; `state`, `nonce` and the verifier of PKCE are made from it, so
//! that only the browser that went can come back, with the answer to its own question. Only the provider's name for a
//! person (`sub`) says who they are. An address is believed where the provider has verified it, and even then it opens
//! a new account and never an old one.

mod client;
mod http;
pub mod store;

pub use client::{NotAProvider, Provider, ProviderSettings, Unanswered};
pub use http::NoHttp;

use crate::Token;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{
    Email, LocalPath,
    ids::{AccountId, SessionId},
};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// The secret of one trip to the provider; the browser carries it there and back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trip(Token);

impl Trip {
    pub const fn new(token: Token) -> Self {
        Self(token)
    }

    pub const fn token(&self) -> &Token {
        &self.0
    }

    /// What the provider sends back as it is.
    pub fn state(&self) -> String {
        self.made("state")
    }

    /// Whether the provider sent back what it was given.
    pub fn is_state(&self, shown: &str) -> bool {
        self.state().as_bytes().ct_eq(shown.as_bytes()).into()
    }

    /// What the provider's statement must name.
    pub fn nonce(&self) -> String {
        self.made("nonce")
    }

    /// What shows to the provider that the code is exchanged by whom it was made for.
    pub fn verifier(&self) -> String {
        self.made("verifier")
    }

    fn made(&self, what: &str) -> String {
        let parts = ["pasar provider: ", what, " ", &self.0.text()].concat();
        URL_SAFE_NO_PAD.encode(Sha256::digest(parts))
    }
}

/// What somebody goes to the provider for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Going {
    SignIn,
    /// To sign in through it from now on.
    Link(AccountId, SessionId),
    /// To prove again who they are.
    StepUp(AccountId, SessionId),
}

impl Going {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Link(..) => "link",
            Self::StepUp(..) => "step_up",
        }
    }

    pub(crate) const fn who(self) -> Option<(AccountId, SessionId)> {
        match self {
            Self::SignIn => None,
            Self::Link(account, session) | Self::StepUp(account, session) => Some((account, session)),
        }
    }
}

/// Someone who is expected back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expected {
    pub going: Going,
    pub remember: bool,
    pub next: LocalPath,
}

/// Whom the provider says somebody is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    pub issuer: String,
    pub subject: String,
    /// What its owner recognises it by.
    pub shown: String,
    /// Only one that the provider has verified.
    pub email: Option<Email>,
}

/// A provider's person who is nobody's here yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Guest {
    pub person: Person,
    pub remember: bool,
    pub next: LocalPath,
}

/// An account's link, as its owner sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Linked {
    pub shown: String,
    pub linked_at: kernel::OffsetDateTime,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secrets_of_a_trip_are_its_own_and_differ() {
        let trip = |letter: &str| Trip::new(Token::parse(&letter.repeat(43)).unwrap());
        let (one, other) = (trip("A"), trip("Q"));
        assert_eq!(one.state(), trip("A").state());
        let all = [one.state(), one.nonce(), one.verifier(), other.state(), other.nonce(), other.verifier()];
        for (at, text) in all.iter().enumerate() {
            assert!(!all[..at].contains(text) && text.len() == 43);
        }
        assert!(one.is_state(&one.state()) && !one.is_state(&other.state()) && !one.is_state(""));
    }
}
