//! What operators may do: a closed set of duties, and the roles that bundle them. Roles are given, never chosen.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! named {
    ($(#[$doc:meta])* $type:ident { $($(#[$of:meta])* $name:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $type { $($(#[$of])* $name),+ }

        impl $type {
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// As it is stored and typed.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }

            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.as_str() == name)
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

named!(
    /// One kind of work in the back office. A page or endpoint there asks for exactly one.
    Duty {
        /// Accounts, their sessions and their roles.
        People = "people",
        /// Categories, attributes, campaigns.
        Catalogue = "catalogue",
        /// What sellers and buyers publish.
        Moderation = "moderation",
        Orders = "orders",
        /// Ledger, payouts, fees.
        Money = "money",
        /// The index, synonyms, what people look for.
        Search = "search",
        /// What was sent to people.
        Messages = "messages",
        /// Jobs, settings, health.
        System = "system",
        /// Reading who did what.
        Audit = "audit",
    }
);

named!(
    /// A named set of duties.
    OperatorRole {
        /// Everything.
        Administrator = "administrator",
        /// Helps people with their accounts and orders.
        Support = "support",
        /// Keeps the shelves clean.
        Moderator = "moderator",
        Finance = "finance",
        /// Keeps the machine running.
        Engineer = "engineer",
        /// Looks, and changes nothing.
        Auditor = "auditor",
    }
);

impl OperatorRole {
    pub fn duties(self) -> Duties {
        let all: &[Duty] = match self {
            Self::Administrator => Duty::ALL,
            Self::Support => &[Duty::People, Duty::Orders, Duty::Messages],
            Self::Moderator => &[Duty::Catalogue, Duty::Moderation],
            Self::Finance => &[Duty::Orders, Duty::Money],
            Self::Engineer => &[Duty::Search, Duty::Messages, Duty::System],
            Self::Auditor => &[Duty::Audit],
        };
        all.iter().copied().collect()
    }
}

/// A set of duties.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Duties(u16);

impl Duties {
    /// Of someone who is not an operator.
    pub const NONE: Self = Self(0);

    pub const fn has(self, duty: Duty) -> bool {
        self.0 & (1 << duty as u16) != 0
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether every duty of the other set is in this one.
    pub const fn cover(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub fn iter(self) -> impl Iterator<Item = Duty> {
        Duty::ALL.iter().copied().filter(move |duty| self.has(*duty))
    }
}

impl FromIterator<Duty> for Duties {
    fn from_iter<I: IntoIterator<Item = Duty>>(duties: I) -> Self {
        Self(duties.into_iter().fold(0, |set, duty| set | 1 << duty as u16))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_has_its_duties_and_no_other() {
        let support = OperatorRole::Support.duties();
        assert!(support.has(Duty::People) && !support.has(Duty::Money));
        assert!(
            OperatorRole::Administrator.duties().cover(support)
                && !support.cover(OperatorRole::Auditor.duties())
        );
        assert_eq!(support.and(OperatorRole::Auditor.duties()).iter().count(), 4);
        assert!(Duties::NONE.is_empty() && support.cover(Duties::NONE));
    }

    #[test]
    fn names_lead_back() {
        for role in OperatorRole::ALL {
            assert_eq!(OperatorRole::from_name(role.as_str()), Some(*role));
        }
        for duty in Duty::ALL {
            assert_eq!(Duty::from_name(duty.as_str()), Some(*duty));
        }
        assert_eq!(Duty::from_name("everything"), None);
    }
}
