//! What operators see of who did what.

use crate::{
    Page,
    audit::{Action, ActorKind, SubjectKind},
    ids::{AccountId, AuditId, RequestId, Uuid},
};
use serde::{Deserialize, Serialize};

/// Which entries: all that are set must hold. Kept in the address.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct AuditFilter {
    /// An account's id, or an e-mail address or phone number that is an account's.
    #[serde(default)]
    pub who: String,
    #[serde(default)]
    pub action: Option<Action>,
    /// The id of what it was done to.
    #[serde(default)]
    pub to_what: String,
    /// A network address, whole or without its last part.
    #[serde(default)]
    pub network: String,
    /// First day, as `2026-11-24` in Jakarta.
    #[serde(default)]
    pub from: String,
    /// Last day.
    #[serde(default)]
    pub to: String,
    #[serde(default)]
    pub after: Option<String>,
}

impl AuditFilter {
    /// Reads an address; what is not understood is left out.
    pub fn from_pairs<K: AsRef<str>, V: Into<String>>(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        let mut filter = Self::default();
        for (name, value) in pairs {
            let value: String = value.into().trim().chars().take(300).collect();
            match name.as_ref() {
                "who" => filter.who = value,
                "action" => filter.action = Action::from_name(&value),
                "to_what" => filter.to_what = value,
                "network" => filter.network = value,
                "from" => filter.from = value,
                "to" => filter.to = value,
                "after" => filter.after = Some(value).filter(|cursor| !cursor.is_empty()),
                _ => {}
            }
        }
        filter
    }

    pub fn href(&self, path: &str, after: Option<&str>) -> String {
        let pairs = [
            ("who", self.who.as_str()),
            ("action", self.action.map_or("", Action::as_str)),
            ("to_what", self.to_what.as_str()),
            ("network", self.network.as_str()),
            ("from", self.from.as_str()),
            ("to", self.to.as_str()),
            ("after", after.unwrap_or_default()),
        ];
        crate::query::href(path, pairs.into_iter().filter(|(_, value)| !value.is_empty()))
    }

    pub fn is_open(&self) -> bool {
        Self { after: None, ..self.clone() } == Self::default()
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AuditRow {
    pub id: AuditId,
    /// Seconds since 1970.
    pub at: i64,
    pub actor: ActorKind,
    pub account: Option<AccountId>,
    /// None for one that a newer version of the program wrote.
    pub action: Option<Action>,
    pub subject: Option<SubjectKind>,
    pub subject_id: Option<Uuid>,
    /// Without its last part.
    pub network: Option<String>,
    pub agent: Option<String>,
    pub request: RequestId,
    /// JSON.
    pub before: Option<String>,
    pub after: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AuditList {
    pub page: Page<AuditRow>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_read_as_it_was_written() {
        let filter = AuditFilter {
            who: "budi@mail.example".to_owned(),
            action: Some(Action::RoleGranted),
            from: "2026-11-24".to_owned(),
            ..AuditFilter::default()
        };
        let href = filter.href("/x", None);
        assert_eq!(href, "/x?who=budi%40mail.example&action=role.granted&from=2026-11-24");
        let pairs =
            [("who", "budi@mail.example"), ("action", "role.granted"), ("from", "2026-11-24"), ("to", "")];
        assert_eq!(AuditFilter::from_pairs(pairs), filter);
        assert!(!filter.is_open() && AuditFilter::from_pairs([("after", "x")]).is_open());
    }
}
