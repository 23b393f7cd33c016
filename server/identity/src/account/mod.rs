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
