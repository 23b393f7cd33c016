//! Sessions: one per device or program that is signed in. Whoever has its token is its member, so tokens are random,
//! kept as hashes, never taken from the outside, and replaced when what they entitle to changes.

mod agent;
pub mod device_store;
pub mod store;

pub use agent::{Device, network_of};

use crate::Token;
use kernel::{Cx, OffsetDateTime};
use model::ids::{AccountId, SessionId};
use time::Duration;

/// How a session is carried. Each is only accepted the way it was given out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// In a cookie, by a browser.
    Browser,
    /// As a bearer token, by a program.
    Token,
}

impl Kind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::Token => "token",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Browser, Self::Token].into_iter().find(|kind| kind.as_str() == name)
    }
}

/// What somebody asks for who signs in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stay {
    /// A browser, until it is closed; on the server a day at most.
    Short,
    /// A browser that is remembered.
    Long,
    /// A program.
    Program,
}

impl Stay {
    pub const fn kind(self) -> Kind {
        match self {
            Self::Short | Self::Long => Kind::Browser,
            Self::Program => Kind::Token,
        }
    }

    /// Without a request for so long it is over.
    pub const fn idle(self) -> Duration {
        match self {
            Self::Short => Duration::hours(2),
            Self::Long | Self::Program => Duration::days(30),
        }
    }

    /// Over after that in any case.
    pub const fn most(self) -> Duration {
        match self {
            Self::Short => Duration::days(1),
            Self::Long => Duration::days(180),
            Self::Program => Duration::days(90),
        }
    }
}

/// How old a proof of who one is may be before security, bank details or money are touched.
pub const STEP_UP: Duration = Duration::minutes(10);

/// `last_seen_at` is written no more often than this.
pub const SEEN_EVERY: Duration = Duration::minutes(1);

/// A session about to begin.
#[derive(Clone, Debug)]
pub struct NewSession {
    pub id: SessionId,
    pub account: AccountId,
    pub token: Token,
    pub stay: Stay,
    pub device: Device,
    pub network: Option<String>,
}

impl NewSession {
    /// With a token of its own: whatever the client brought along is not taken.
    pub fn begin(cx: &Cx, account: AccountId, stay: Stay) -> Self {
        let client = cx.client();
        Self {
            id: cx.id(),
            account,
            token: Token::new(cx),
            stay,
            device: client.agent.as_deref().map(Device::of).unwrap_or_default(),
            network: client.address.map(network_of),
        }
    }
}

/// One of somebody's devices, as they see it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    pub id: SessionId,
    pub kind: Kind,
    pub device: Device,
    /// The network address without its last part.
    pub network: Option<String>,
    pub created_at: OffsetDateTime,
    pub last_seen_at: OffsetDateTime,
}
