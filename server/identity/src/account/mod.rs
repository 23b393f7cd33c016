//! Accounts: one per person, with the addresses they sign in with and, mostly, a password.

pub mod store;

use model::{Contact, Lang, ids::AccountId};

/// Whether one can sign in to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    Active,
    /// Locked by an operator.
    Suspended,
    /// Its person asked for its end, and may still think again.
    Closing,
    /// Nothing personal is left.
    Closed,
}

impl State {
    pub const ALL: [Self; 4] = [Self::Active, Self::Suspended, Self::Closing, Self::Closed];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Closing => "closing",
            Self::Closed => "closed",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    pub const fn may_sign_in(self) -> bool {
        matches!(self, Self::Active | Self::Closing)
    }
}

/// What is needed to let somebody in.
#[derive(Clone, Debug)]
pub struct Door {
    pub account: AccountId,
    pub state: State,
    pub lang: Lang,
    /// A PHC string; none where there is no password.
    pub password_hash: Option<String>,
    /// Whether an authenticator app or passkey is asked for after the password.
    pub second_factor: bool,
}

/// What lets somebody into their account, and what is asked for after a password.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ways {
    pub password: bool,
    /// An authenticator app that has been shown to work.
    pub app: bool,
    pub passkeys: i64,
    /// The provider knows its owner.
    pub provider: bool,
}

impl Ways {
    /// Whether a password alone is not enough.
    pub const fn second_factor(self) -> bool {
        self.app || self.passkeys > 0
    }

    /// How many there are that let in by themselves: the last one stays.
    pub fn doors(self) -> i64 {
        i64::from(self.password) + self.passkeys + i64::from(self.provider)
    }
}

impl From<Ways> for model::views::Ways {
    fn from(ways: Ways) -> Self {
        Self { password: ways.password, app: ways.app, passkey: ways.passkeys > 0, provider: ways.provider }
    }
}

/// How an account is reached.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reach {
    pub account: AccountId,
    pub lang: Lang,
    /// Of each kind at most one, e-mail first.
    pub contacts: Vec<Contact>,
}

/// Why a contact was not given to an account.
#[derive(Debug, thiserror::Error)]
pub enum ContactError {
    /// It belongs to another account, or the account has another of that kind already.
    #[error("the address is taken")]
    Taken,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}
