//! What operators see of messages to people.

use crate::{
    Lang, Page,
    delivery::{Channel, DeliveryState},
    ids::DeliveryId,
};
use serde::{Deserialize, Serialize};

/// Which messages: all that are set must hold. Kept in the address.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct MessageFilter {
    /// The beginning of an address, or a part of the subject.
    #[serde(default)]
    pub q: String,
    /// As in `price_drop`.
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub state: Option<DeliveryState>,
    #[serde(default)]
    pub after: Option<String>,
}

impl MessageFilter {
    /// Reads an address; what is not understood is left out.
    pub fn from_pairs<K: AsRef<str>, V: Into<String>>(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        let mut filter = Self::default();
        for (name, value) in pairs {
            let value = value.into();
            match name.as_ref() {
                "q" => filter.q = value.trim().chars().take(200).collect(),
                "kind" => filter.kind = value,
                "state" => filter.state = DeliveryState::from_name(&value),
                "after" => filter.after = Some(value).filter(|cursor| !cursor.is_empty()),
                _ => {}
            }
        }
        filter
    }

    /// The address of the part of the list behind this cursor.
    pub fn href(&self, path: &str, after: Option<&str>) -> String {
        let pairs = [
            ("q", self.q.as_str()),
            ("kind", self.kind.as_str()),
            ("state", self.state.map_or("", DeliveryState::as_str)),
            ("after", after.unwrap_or_default()),
        ];
        crate::query::href(path, pairs.into_iter().filter(|(_, value)| !value.is_empty()))
    }

    /// Whether it lets everything through.
    pub fn is_open(&self) -> bool {
        self.q.is_empty() && self.kind.is_empty() && self.state.is_none()
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MessageRow {
    pub id: DeliveryId,
    pub channel: Channel,
    pub to: String,
    pub kind: String,
    pub subject: String,
    pub state: DeliveryState,
    /// Seconds since 1970.
    pub created_at: i64,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MessageList {
    pub page: Page<MessageRow>,
    /// All kinds there are, for the filter.
    pub kinds: Vec<String>,
    /// No mail server is configured.
    pub capturing: bool,
}

/// What is shown of codes and links.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Secrets {
    /// It was captured, to be read here.
    Shown,
    /// They are on their way to someone, whom they might let in.
    Hidden,
    /// They are not kept any more.
    Gone,
}

/// One message.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MessagePage {
    pub row: MessageRow,
    pub lang: Lang,
    pub attempts: u32,
    pub message_id: Option<String>,
    /// What the other side said last.
    pub answer: Option<String>,
    pub finished_at: Option<i64>,
    pub good_until: i64,
    /// The lines above the parts, for mails.
    pub headers: Option<String>,
    /// The text part, or the whole SMS; none where it cannot be read any more.
    pub text: Option<String>,
    pub secrets: Secrets,
    pub can_resend: bool,
    pub can_give_up: bool,
}

/// One kind of message, as its samples say it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TemplateRow {
    pub kind: String,
    pub optional: bool,
    /// In the order of [`Lang::ALL`].
    pub words: Vec<TemplateWords>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TemplateWords {
    pub lang: Lang,
    pub subject: String,
    pub text: String,
    pub sms: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_read_as_it_was_written() {
        let filter = MessageFilter {
            q: "budi@mail.example".to_owned(),
            kind: "welcome".to_owned(),
            state: Some(DeliveryState::Unknown),
            after: None,
        };
        let href = filter.href("/x", Some("abc"));
        assert_eq!(href, "/x?q=budi%40mail.example&kind=welcome&state=unknown&after=abc");
        let pairs = [("q", " budi@mail.example "), ("kind", "welcome"), ("state", "unknown"), ("x", "y")];
        assert_eq!(MessageFilter::from_pairs(pairs), filter);
        assert!(MessageFilter::from_pairs([("state", "lost")]).is_open());
    }
}
