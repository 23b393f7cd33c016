//! Challenges: a code or link was sent, or a second factor asked for, and whoever shows it goes on. Each works once,
//! for a while, and bears only a few wrong guesses.

pub mod store;

use crate::Digest;
use kernel::OffsetDateTime;
use model::ids::{AccountId, ChallengeId};
use time::Duration;

/// What showing it leads to. One made for this is worth nothing for that.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    Register,
    Reset,
    /// The address that is to be replaced agrees.
    OldContact,
    /// The new address is theirs.
    NewContact,
    SecondFactor,
    /// A signature of a passkey over what we drew.
    Passkey,
    /// Coming back from the provider of a sign-in.
    Provider,
    /// Whom the provider knows and we do not yet.
    ProviderGuest,
}

impl Purpose {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Reset => "reset",
            Self::OldContact => "old_contact",
            Self::NewContact => "new_contact",
            Self::SecondFactor => "second_factor",
            Self::Passkey => "passkey",
            Self::Provider => "provider",
            Self::ProviderGuest => "provider_guest",
        }
    }

    /// How long it works.
    pub const fn lasts(self) -> Duration {
        match self {
            Self::Register | Self::Reset | Self::ProviderGuest => Duration::minutes(30),
            Self::OldContact | Self::NewContact => Duration::hours(24),
            Self::SecondFactor | Self::Passkey => Duration::minutes(5),
            Self::Provider => Duration::minutes(10),
        }
    }

    /// The same in minutes, for people to read.
    pub fn minutes(self) -> u16 {
        u16::try_from(self.lasts().whole_minutes()).unwrap_or(u16::MAX)
    }
}

/// After so many wrong guesses a challenge is worthless: five in a million find a code.
pub const GUESSES: i16 = 5;

/// A challenge about to be made.
#[derive(Clone, Copy, Debug)]
pub struct NewChallenge {
    pub id: ChallengeId,
    pub purpose: Purpose,
    pub account: Option<AccountId>,
    pub link: Option<Digest>,
}

/// What became of a guess.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Guess {
    /// It works no more from now on.
    Right(Option<AccountId>),
    Wrong,
    /// There is none, or it is spent, expired, or was guessed at too often.
    Dead,
}

/// A challenge that is still open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Open {
    pub id: ChallengeId,
    pub account: Option<AccountId>,
    pub expires_at: OffsetDateTime,
}
