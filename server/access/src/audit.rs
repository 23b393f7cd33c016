//! The audit log: who did what to what, from where, with the state before and after.
//!
//! ```ignore
//! let entry = Entry::of(Action::RoleGranted, Subject::Account(account)).after(json!({"role": role}));
//! access::audit::record(&mut tx, &cx, &entry).await?;
//! ```
//!
//! Who and from where come from the context. Addresses lose their last part, and whatever is named like a secret is
//! blanked before it is written: a log that cannot be changed must not hold what would have to be erased. Entries are
//! kept for good; an account is in them by its id only, which says nothing once the account is gone.

use crate::store;
use kernel::{Cx, Uuid, Viewer};
use model::{
    audit::{Action, ActorKind, SubjectKind},
    ids::{AccountId, AuditId, DeliveryId, ProductId, SessionId, ShopId},
};
use serde_json::Value;
use sqlx::PgConnection;
use std::net::IpAddr;

/// Who did it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Actor {
    Account(AccountId),
    /// Someone who was not signed in.
    Visitor,
    /// A job or a command at the console.
    System,
}

impl Actor {
    /// Whoever this context belongs to.
    pub fn of(cx: &Cx) -> Self {
        match cx.viewer() {
            Viewer::Member(member) => Self::Account(member.account),
            Viewer::Visitor if cx.client().address.is_some() => Self::Visitor,
            Viewer::Visitor => Self::System,
        }
    }

    pub(crate) const fn kind(self) -> ActorKind {
        match self {
            Self::Account(_) => ActorKind::Account,
            Self::Visitor => ActorKind::Visitor,
            Self::System => ActorKind::System,
        }
    }

    pub(crate) const fn account(self) -> Option<AccountId> {
        match self {
            Self::Account(account) => Some(account),
            Self::Visitor | Self::System => None,
        }
    }
}

/// What it was done to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Subject {
    Account(AccountId),
    Session(SessionId),
    Delivery(DeliveryId),
    Shop(ShopId),
    Product(ProductId),
    Job(Uuid),
    /// The house itself: settings, the index, the log.
    House,
}

impl Subject {
    pub(crate) const fn kind(self) -> SubjectKind {
        match self {
            Self::Account(_) => SubjectKind::Account,
            Self::Session(_) => SubjectKind::Session,
            Self::Delivery(_) => SubjectKind::Delivery,
            Self::Shop(_) => SubjectKind::Shop,
            Self::Product(_) => SubjectKind::Product,
            Self::Job(_) => SubjectKind::Job,
            Self::House => SubjectKind::House,
        }
    }

    pub(crate) const fn id(self) -> Option<Uuid> {
        match self {
            Self::Account(id) => Some(id.uuid()),
            Self::Session(id) => Some(id.uuid()),
            Self::Delivery(id) => Some(id.uuid()),
            Self::Shop(id) => Some(id.uuid()),
            Self::Product(id) => Some(id.uuid()),
            Self::Job(id) => Some(id),
            Self::House => None,
        }
    }
}

/// One line of the log, before it is written.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    pub(crate) actor: Option<Actor>,
    pub(crate) action: Action,
    pub(crate) subject: Subject,
    pub(crate) before: Option<Value>,
    pub(crate) after: Option<Value>,
}

impl Entry {
    pub const fn of(action: Action, subject: Subject) -> Self {
        Self { actor: None, action, subject, before: None, after: None }
    }

    /// Where the context does not know it yet: whoever signs in is a visitor until then.
    #[must_use]
    pub const fn by(mut self, actor: Actor) -> Self {
        self.actor = Some(actor);
        self
    }

    /// What was there before; small, and of the fields concerned only.
    #[must_use]
    pub fn before(mut self, facts: Value) -> Self {
        self.before = Some(without_secrets(facts));
        self
    }

    /// What is there now.
    #[must_use]
    pub fn after(mut self, facts: Value) -> Self {
        self.after = Some(without_secrets(facts));
        self
    }
}

/// Writes a line in the transaction of the change it tells of.
pub async fn record(db: &mut PgConnection, cx: &Cx, entry: &Entry) -> Result<AuditId, sqlx::Error> {
    let id = cx.id();
    store::insert(db, id, cx, entry).await?;
    Ok(id)
}

/// An address without the part that tells one household from its neighbours: an IPv4 /24, an IPv6 /48.
pub fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(v6) => {
            let [a, b, c, ..] = v6.segments();
            format!("{}/48", std::net::Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0))
        }
    }
}

/// Words in the name of a field that say that its value is nobody's business.
const SECRET: &[&str] =
    &["password", "passwd", "secret", "token", "code", "hash", "otp", "pin", "key", "credential", "cookie"];

/// Blanks the values of fields that are named like a secret, however deep they lie.
fn without_secrets(facts: Value) -> Value {
    match facts {
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .map(|(name, value)| {
                    let value = if is_secret(&name) { Value::from("•") } else { without_secrets(value) };
                    (name, value)
                })
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.into_iter().map(without_secrets).collect()),
        plain => plain,
    }
}

fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase();
    name.split(['_', '-', '.']).any(|word| SECRET.contains(&word.strip_suffix('s').unwrap_or(word)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn addresses_lose_their_last_part() {
        for (address, kept) in [
            ("203.0.113.77", "203.0.113.0/24"),
            ("::ffff:203.0.113.77", "203.0.113.0/24"),
            ("2001:db8:1234:5678::9", "2001:db8:1234::/48"),
        ] {
            assert_eq!(network(address.parse().unwrap()), kept);
        }
    }

    #[test]
    fn what_is_named_like_a_secret_is_not_written() {
        let entry = Entry::of(Action::PasswordChanged, Subject::House).after(json!({
            "password": "rahasia",
            "token_hash": [1, 2],
            "recovery_codes": ["a"],
            "totp": {"shared_secret": "s", "digits": 6},
            "postcode": "40115",
            "role": "support",
            "list": [{"api_key": "k", "name": "n"}],
        }));
        assert_eq!(
            entry.after.unwrap(),
            json!({
                "password": "•",
                "token_hash": "•",
                "recovery_codes": "•",
                "totp": {"shared_secret": "•", "digits": 6},
                "postcode": "40115",
                "role": "support",
                "list": [{"api_key": "•", "name": "n"}],
            })
        );
    }
}
