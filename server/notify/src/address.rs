//! Where a message goes, and to whom.

use crate::{Channel, NotAnAddress};
use model::{Lang, ids::AccountId};
use std::fmt;

/// An e-mail address in ASCII, at most 254 characters; other scripts in its domain as punycode.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct EmailAddress(lettre::Address);

impl EmailAddress {
    pub const MAX: usize = 254;

    pub fn as_str(&self) -> &str {
        self.0.as_ref()
    }

    pub(crate) fn inner(&self) -> &lettre::Address {
        &self.0
    }
}

impl TryFrom<&str> for EmailAddress {
    type Error = NotAnAddress;
    fn try_from(text: &str) -> Result<Self, NotAnAddress> {
        if !text.is_ascii() || text.len() > Self::MAX {
            return Err(NotAnAddress);
        }
        text.parse().map(Self).map_err(|_| NotAnAddress)
    }
}

/// A telephone number as E.164 writes it: `+6281234567890`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PhoneNumber(String);

impl PhoneNumber {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<&str> for PhoneNumber {
    type Error = NotAnAddress;
    fn try_from(text: &str) -> Result<Self, NotAnAddress> {
        let digits = text.strip_prefix('+').ok_or(NotAnAddress)?;
        let fits = (7..=15).contains(&digits.len()) && !digits.starts_with('0');
        if fits && digits.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAnAddress)
        }
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Address {
    Email(EmailAddress),
    Phone(PhoneNumber),
}

impl Address {
    pub const fn channel(&self) -> Channel {
        match self {
            Self::Email(_) => Channel::Email,
            Self::Phone(_) => Channel::Sms,
        }
    }

    pub fn as_str(&self) -> &str {
        match self {
            Self::Email(address) => address.as_str(),
            Self::Phone(number) => number.as_str(),
        }
    }

    /// As the database keeps it.
    pub(crate) fn of(channel: Channel, text: &str) -> Result<Self, NotAnAddress> {
        match channel {
            Channel::Email => text.try_into().map(Self::Email),
            Channel::Sms => text.try_into().map(Self::Phone),
        }
    }
}

/// Addresses are personal: not for logs.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({})", self.channel())
    }
}

impl From<EmailAddress> for Address {
    fn from(address: EmailAddress) -> Self {
        Self::Email(address)
    }
}

impl From<PhoneNumber> for Address {
    fn from(number: PhoneNumber) -> Self {
        Self::Phone(number)
    }
}

/// Whom a message is for.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// Absent where nobody has shown yet that the address is theirs.
    pub account: Option<AccountId>,
    pub address: Address,
    pub lang: Lang,
    /// How to greet them. Left out of the message if it looks like an address of the web: strangers can type a name
    /// together with someone else's e-mail address.
    pub name: Option<String>,
}

impl Recipient {
    /// Someone whose account this is.
    pub fn member(account: AccountId, address: impl Into<Address>, lang: Lang) -> Self {
        Self { account: Some(account), address: address.into(), lang, name: None }
    }

    /// An address that belongs to no account yet.
    pub fn stranger(address: impl Into<Address>, lang: Lang) -> Self {
        Self { account: None, address: address.into(), lang, name: None }
    }

    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_parsed_and_nothing_can_be_smuggled_in_with_them() {
        for good in ["a@b.example", "budi.s+pasar@mail.example.co.id", "x@[127.0.0.1]"] {
            assert!(EmailAddress::try_from(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@",
            "@b.example",
            "a@b.example\r\nBcc: c@d.example",
            "a@b.example\n",
            "a b@c.example",
            "Budi <a@b.example>",
            "a@b.example,c@d.example",
            "ü@b.example",
        ] {
            assert!(EmailAddress::try_from(bad).is_err(), "{bad:?}");
        }
        assert!(EmailAddress::try_from(format!("{}@b.example", "a".repeat(250)).as_str()).is_err());
        for (number, good) in
            [("+6281234567890", true), ("081234567890", false), ("+62812", false), ("+62 812 345678", false)]
        {
            assert_eq!(PhoneNumber::try_from(number).is_ok(), good, "{number}");
        }
    }
}
