//! Passkeys, and the ways into an account, as its owner sees them.

use crate::ids::PasskeyId;
use serde::{Deserialize, Serialize};

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Passkey {
    pub id: PasskeyId,
    pub name: String,
    /// Whether its owner's other devices have it too.
    pub synced: bool,
    pub added_at: i64,
    pub used_at: Option<i64>,
}

/// What somebody can show to say who they are.
#[expect(clippy::struct_excessive_bools, reason = "any of them may go with any other")]
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Ways {
    pub password: bool,
    /// A code of an authenticator app.
    pub app: bool,
    pub passkey: bool,
    /// Signing in at the provider once more.
    pub provider: bool,
}

/// What a passkey is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PasskeyUse {
    SignIn,
    /// After a password.
    SecondStep,
    /// To prove again who one is.
    StepUp,
    /// To make a new one.
    Add,
}
