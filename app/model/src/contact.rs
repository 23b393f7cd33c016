//! How an account is signed in to and written to: an e-mail address or a telephone number.

use crate::{phone::Phone, text::Malformed};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// An e-mail address as it can be written to: ASCII, at most 254 characters, lower case. The letter of the standard lets
/// the part before the @ tell cases apart; no mail service that people use does, and two accounts whose addresses
/// look the same would be a trap.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

impl Email {
    pub const MAX: usize = 254;

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Enough to recognise one's own, too little to write to: `b•••@mail.example`.
    pub fn masked(&self) -> String {
        let (local, domain) = self.0.split_once('@').unwrap_or((&self.0, ""));
        format!("{}•••@{domain}", &local[..local.len().min(1)])
    }
}

impl FromStr for Email {
    type Err = Malformed;
    fn from_str(typed: &str) -> Result<Self, Malformed> {
        let text = typed.trim().to_ascii_lowercase();
        let (local, domain) = text.rsplit_once('@').ok_or(Malformed)?;
        let atom = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b);
        let local_fits = !local.is_empty()
            && local.len() <= 64
            && local.bytes().all(atom)
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..");
        let label = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        let top_is_a_name =
            domain.rsplit('.').next().is_some_and(|top| top.bytes().any(|b| b.is_ascii_alphabetic()));
        let domain_fits = domain.contains('.') && domain.split('.').all(label) && top_is_a_name;
        if local_fits && domain_fits && text.len() <= Self::MAX { Ok(Self(text)) } else { Err(Malformed) }
    }
}

impl TryFrom<String> for Email {
    type Error = Malformed;
    fn try_from(text: String) -> Result<Self, Malformed> {
        text.parse()
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which of the two a [`Contact`] is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    Email,
    Phone,
}

impl ContactKind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
        }
    }
}

/// What people type to say which account they mean. Read from one field: what has an @ is an e-mail address.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Contact {
    Email(Email),
    Phone(Phone),
}

impl Contact {
    pub fn as_str(&self) -> &str {
        match self {
            Self::Email(email) => email.as_str(),
            Self::Phone(phone) => phone.as_str(),
        }
    }

    pub const fn kind(&self) -> ContactKind {
        match self {
            Self::Email(_) => ContactKind::Email,
            Self::Phone(_) => ContactKind::Phone,
        }
    }

    /// Enough to recognise one's own: `b•••@mail.example`, `+62•••7890`.
    pub fn masked(&self) -> String {
        match self {
            Self::Email(email) => email.masked(),
            Self::Phone(phone) => {
                let number = phone.as_str();
                format!("{}•••{}", &number[..3], &number[number.len() - 4..])
            }
        }
    }
}

impl FromStr for Contact {
    type Err = Malformed;
    fn from_str(typed: &str) -> Result<Self, Malformed> {
        if typed.contains('@') { typed.parse().map(Self::Email) } else { typed.parse().map(Self::Phone) }
    }
}

impl TryFrom<String> for Contact {
    type Error = Malformed;
    fn try_from(text: String) -> Result<Self, Malformed> {
        text.parse()
    }
}

impl From<Contact> for String {
    fn from(contact: Contact) -> Self {
        contact.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_people_type_them() {
        for (typed, kept) in [
            ("budi@mail.example", "budi@mail.example"),
            (" Budi.Santoso+pasar@Mail.Example ", "budi.santoso+pasar@mail.example"),
            ("0812 3456 7890", "+6281234567890"),
            ("+65 9123 4567", "+6591234567"),
        ] {
            assert_eq!(typed.parse::<Contact>().unwrap().as_str(), kept, "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_written_to_is_refused() {
        for typed in [
            "",
            "@",
            "a@",
            "@b.example",
            "a@b",
            "a@b.example\r\nBcc: c@d.example",
            "a b@c.example",
            "a@b..example",
            "a@-b.example",
            ".a@b.example",
            "a..b@c.example",
            "a@127.0.0.1",
            "\"a b\"@c.example",
            "a@b.example,c@d.example",
            "<a@b.example>",
            "ü@b.example",
            "a@ü.example",
            "a@b@c.example",
            "12",
        ] {
            assert_eq!(typed.parse::<Contact>(), Err(Malformed), "{typed:?}");
        }
        assert!(format!("{}@b.example", "a".repeat(65)).parse::<Email>().is_err());
    }

    #[test]
    fn a_masked_address_is_only_known_to_its_owner() {
        let masked = |typed: &str| typed.parse::<Contact>().unwrap().masked();
        assert_eq!(masked("budi@mail.example"), "b•••@mail.example");
        assert_eq!(masked("081234567890"), "+62•••7890");
    }
}
