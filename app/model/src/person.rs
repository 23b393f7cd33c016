//! What a person says about themselves, and what they agreed to.

use crate::{Lang, Theme, ids::ExportId, ids::MediaId, views::Picture};
use serde::{Deserialize, Serialize};

/// How much is taken.
pub mod limits {
    /// Of a name, in characters.
    pub const NAME: usize = 60;
    /// Nobody was born before this year.
    pub const FIRST_YEAR: i32 = 1900;
}

/// How many days after a request to be erased an account still can be kept.
pub const GRACE_DAYS: u16 = 14;

/// What its owner sees of a profile.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Profile {
    /// None until they told us.
    pub name: Option<String>,
    /// `2001-12-31`.
    pub born: Option<String>,
    pub lang: Lang,
    pub theme: Theme,
    pub picture: Option<Picture>,
    pub media: Option<MediaId>,
    pub version: i32,
}

impl Profile {
    /// As it would be typed, to be edited.
    pub fn input(&self) -> ProfileInput {
        ProfileInput {
            name: self.name.clone().unwrap_or_default(),
            born: self.born.clone().unwrap_or_default(),
            lang: self.lang.tag().to_owned(),
            theme: self.theme.tag().to_owned(),
        }
    }
}

/// A profile as it is typed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ProfileInput {
    pub name: String,
    /// `2001-12-31`; empty for none.
    pub born: String,
    pub lang: String,
    pub theme: String,
}

macro_rules! purposes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $version:literal;)+) => {
        /// What somebody can agree to.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Purpose { $($(#[$doc])* $name),+ }

        impl Purpose {
            pub const ALL: &'static [Self] = &[$(Self::$name),+];
            pub const fn as_str(self) -> &'static str { match self { $(Self::$name => $text),+ } }
            /// Which text is asked about today; it changes with the words people read.
            pub const fn text_version(self) -> &'static str { match self { $(Self::$name => $version),+ } }
        }
    };
}

purposes! {
    /// The terms of use. Without them there is no account.
    Terms = "terms", "2026-11";
    /// How personal data are handled. Without it there is no account.
    Privacy = "privacy", "2026-11";
    /// News and offers.
    Marketing = "marketing", "2026-11";
    /// Recommendations from what somebody looked at and bought.
    Personalisation = "personalisation", "2026-11";
}

impl Purpose {
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|purpose| purpose.as_str() == name)
    }

    /// Whether it can be withdrawn while the account goes on.
    pub const fn is_optional(self) -> bool {
        matches!(self, Self::Marketing | Self::Personalisation)
    }
}

/// The present state of one consent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Consent {
    pub purpose: Purpose,
    pub given: bool,
    /// The version of the text that was read; none where nothing was ever said.
    pub text_version: Option<String>,
    /// Seconds since 1970.
    pub at: Option<i64>,
}

/// An archive of everything we know about somebody.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Export {
    pub id: ExportId,
    pub state: ExportState,
    /// Parts written and parts there are.
    pub done: u32,
    pub total: u32,
    /// Seconds since 1970.
    pub requested_at: i64,
    /// Until then it can be fetched; seconds since 1970.
    pub expires_at: Option<i64>,
    pub bytes: Option<u64>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportState {
    Waiting,
    Running,
    Ready,
    Failed,
    /// It was there and has been deleted.
    Expired,
}

impl ExportState {
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Running, Self::Ready, Self::Failed, Self::Expired];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Ready => "ready",
            Self::Failed => "failed",
            Self::Expired => "expired",
        }
    }

    /// Whether it is still being made.
    pub const fn is_under_way(self) -> bool {
        matches!(self, Self::Waiting | Self::Running)
    }
}

/// Everything on the page about one's data.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PrivacyPage {
    pub consents: Vec<Consent>,
    /// The latest, if any.
    pub export: Option<Export>,
    /// When the account will be erased, where that was asked for; seconds since 1970.
    pub erased_at: Option<i64>,
}
