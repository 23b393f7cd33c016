//! Delays that grow with every try, kept in the database so that all nodes count together.
//!
//! A try is counted before it is made, in one statement, so that a hundred at the same moment are a hundred tries. A
//! refused one costs a look at one row. What is counted are hashes of what was tried, so the table tells nobody who
//! has an account.

pub mod store;

use kernel::OffsetDateTime;
use model::{Contact, ids::AccountId};
use sha2::{Digest as _, Sha256};
use std::net::IpAddr;
use time::Duration;

/// What is counted together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Key([u8; 32]);

impl Key {
    /// Passwords tried for an address, whether it has an account or not.
    pub fn password(contact: &Contact) -> Self {
        Self::of(&["password", contact.as_str()])
    }

    /// The same from a browser in which that account was signed in before: guessing elsewhere does not lock its owner out.
    pub fn password_on_device(contact: &Contact, device: &crate::Digest) -> Self {
        Self::of(&["password on device", contact.as_str(), &hex(device.as_bytes())])
    }

    /// Codes of an authenticator app, and recovery codes.
    pub fn second_factor(account: AccountId) -> Self {
        Self::of(&["second factor", &account.to_string()])
    }

    /// A password typed again by someone who is signed in.
    pub fn step_up(account: AccountId) -> Self {
        Self::of(&["step up", &account.to_string()])
    }

    /// Messages sent to an address because somebody asked for it.
    pub fn letters_to(contact: &Contact) -> Self {
        Self::of(&["letters", contact.as_str()])
    }

    /// What one client tries, with whatever account: an IPv4 address or an IPv6 /64.
    pub fn client(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(ip) => Self::of(&["client", &ip.to_string()]),
            IpAddr::V6(ip) => Self::of(&["client", &format!("{:x}", ip.to_bits() >> 64)]),
        }
    }

    /// What one client asks for before anybody is tried: questions to passkeys and ways to the provider, each of which is
    /// a row of ours. Counted apart, since a page may ask by itself.
    pub fn asked_by(address: IpAddr) -> Self {
        let Self(client) = Self::client(address);
        Self::of(&["asked", &hex(&client)])
    }

    fn of(parts: &[&str]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Self(hash.finalize().into())
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// How many tries are free, and how long one waits after that: twice as long each time, up to a limit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pace {
    pub free: i32,
    pub first: Duration,
    pub longest: Duration,
    /// Without a try for so long the count begins anew.
    pub forgotten: Duration,
}

impl Pace {
    /// For what one account is guessed at: within a day no more than some hundred tries.
    pub const ACCOUNT: Self = Self {
        free: 5,
        first: Duration::seconds(2),
        longest: Duration::minutes(15),
        forgotten: Duration::hours(24),
    };
    /// For one client: whole neighbourhoods share an address of a mobile network, so it is patient.
    pub const CLIENT: Self = Self {
        free: 100,
        first: Duration::seconds(1),
        longest: Duration::minutes(5),
        forgotten: Duration::hours(1),
    };
    /// For messages to one address.
    pub const LETTERS: Self = Self {
        free: 4,
        first: Duration::minutes(5),
        longest: Duration::hours(12),
        forgotten: Duration::hours(24),
    };
}

/// What a try meets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Turn {
    /// It was counted and may be made.
    Go,
    /// Not before then.
    Wait(OffsetDateTime),
}
