//! What operators may do in the market, and the people of a shop in it: closed sets of duties and permissions, and the
//! roles that bundle them. Roles are given, never chosen.

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
        /// Shops, and who is behind them.
        Shops = "shops",
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
            Self::Moderator => &[Duty::Catalogue, Duty::Moderation, Duty::Shops],
            Self::Finance => &[Duty::Orders, Duty::Money],
            Self::Engineer => &[Duty::Search, Duty::Messages, Duty::System],
            Self::Auditor => &[Duty::Audit],
        };
        all.iter().copied().collect()
    }
}

named!(
    /// One kind of work in a shop. A page or endpoint of the seller centre asks for exactly one.
    Permission {
        /// Accepting, packing and sending what was ordered.
        Orders = "orders",
        /// What is sold, and at which price.
        Products = "products",
        /// How many there are, and where.
        Stock = "stock",
        /// Vouchers and sales.
        Promotions = "promotions",
        /// Balance, statements, withdrawals.
        Money = "money",
        /// The shop itself: its page, hours, couriers, holidays.
        Settings = "settings",
        /// Who works there.
        Staff = "staff",
        /// How it sells.
        Insights = "insights",
    }
);

named!(
    /// A named set of permissions. A person has one in a shop, and a shop has exactly one owner.
    ShopRole {
        /// Everything.
        Owner = "owner",
        /// Runs the shop, without its money and people.
        Manager = "manager",
        /// Packs and sends.
        Fulfilment = "fulfilment",
        /// Keeps goods, prices and offers.
        Catalogue = "catalogue",
        Finance = "finance",
    }
);

impl ShopRole {
    /// All but the owner's, which is handed over and not given.
    pub const GIVEN: &'static [Self] = &[Self::Manager, Self::Fulfilment, Self::Catalogue, Self::Finance];

    pub fn permissions(self) -> Permissions {
        let all: &[Permission] = match self {
            Self::Owner => Permission::ALL,
            Self::Manager => &[
                Permission::Orders,
                Permission::Products,
                Permission::Stock,
                Permission::Promotions,
                Permission::Settings,
                Permission::Insights,
            ],
            Self::Fulfilment => &[Permission::Orders, Permission::Stock],
            Self::Catalogue => &[Permission::Products, Permission::Stock, Permission::Promotions],
            Self::Finance => &[Permission::Money, Permission::Insights],
        };
        all.iter().copied().collect()
    }
}

macro_rules! set {
    ($(#[$doc:meta])* $set:ident of $one:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
        pub struct $set(u16);

        impl $set {
            /// Of someone who has no role.
            pub const NONE: Self = Self(0);

            pub const fn has(self, one: $one) -> bool {
                self.0 & (1 << one as u16) != 0
            }

            pub const fn is_empty(self) -> bool {
                self.0 == 0
            }

            /// Whether everything in the other set is in this one.
            pub const fn cover(self, other: Self) -> bool {
                other.0 & !self.0 == 0
            }

            #[must_use]
            pub const fn and(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }

            pub fn iter(self) -> impl Iterator<Item = $one> {
                $one::ALL.iter().copied().filter(move |one| self.has(*one))
            }
        }

        impl FromIterator<$one> for $set {
            fn from_iter<I: IntoIterator<Item = $one>>(all: I) -> Self {
                Self(all.into_iter().fold(0, |set, one| set | 1 << one as u16))
            }
        }
    };
}

set!(
    /// A set of duties.
    Duties of Duty
);
set!(
    /// A set of permissions.
    Permissions of Permission
);

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
    fn only_the_owner_has_a_say_about_people_and_only_some_about_money() {
        let who = |permission| {
            let has = |role: &&ShopRole| role.permissions().has(permission);
            ShopRole::ALL.iter().filter(has).copied().collect::<Vec<_>>()
        };
        assert_eq!(who(Permission::Staff), [ShopRole::Owner]);
        assert_eq!(who(Permission::Money), [ShopRole::Owner, ShopRole::Finance]);
        assert_eq!(who(Permission::Orders), [ShopRole::Owner, ShopRole::Manager, ShopRole::Fulfilment]);
        assert!(ShopRole::ALL.iter().all(|role| !role.permissions().is_empty()));
        assert!(!ShopRole::GIVEN.contains(&ShopRole::Owner));
        assert_eq!(ShopRole::GIVEN.len() + 1, ShopRole::ALL.len());
    }

    #[test]
    fn names_lead_back() {
        for role in OperatorRole::ALL {
            assert_eq!(OperatorRole::from_name(role.as_str()), Some(*role));
        }
        for duty in Duty::ALL {
            assert_eq!(Duty::from_name(duty.as_str()), Some(*duty));
        }
        for role in ShopRole::ALL {
            assert_eq!(ShopRole::from_name(role.as_str()), Some(*role));
        }
        assert_eq!(Duty::from_name("everything"), None);
    }
}
