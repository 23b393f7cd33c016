//! Where parcels go.

use crate::{Phone, geo::Position, ids::AddressId, views::region::Region};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How much is taken. Lengths are in characters.
pub mod limits {
    /// Of one person.
    pub const MOST_ADDRESSES: u32 = 30;
    pub const RECIPIENT: usize = 60;
    pub const STREET_LEAST: usize = 5;
    pub const STREET: usize = 200;
    pub const DETAIL: usize = 100;
    pub const LABEL: usize = 30;
    pub const NOTES: usize = 200;
    /// How far a pin may lie from the middle of its district, in kilometres: the largest districts of Papua and
    /// Kalimantan reach across more than a hundred, and some positions are those of the city around them.
    pub const PIN_KM: f64 = 150.0;
}

/// An address as it is typed; every field may be empty or wrong.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AddressInput {
    pub recipient: String,
    pub phone: String,
    /// The district's code.
    pub district: String,
    pub postcode: String,
    pub street: String,
    pub detail: String,
    pub label: String,
    pub notes: String,
    /// In degrees, with a point or a comma; both or neither.
    pub latitude: String,
    pub longitude: String,
}

/// What its owner calls an address.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Label {
    #[default]
    Home,
    Office,
    /// In their own words.
    Own(String),
}

impl Label {
    /// What somebody means who types this, in either language.
    pub fn typed(words: String) -> Self {
        match words.to_lowercase().as_str() {
            "rumah" | "home" => Self::Home,
            "kantor" | "office" => Self::Office,
            _ => Self::Own(words),
        }
    }

    pub fn as_str(&self) -> &str {
        match self {
            Self::Home => "home",
            Self::Office => "office",
            Self::Own(words) => words,
        }
    }
}

impl From<String> for Label {
    fn from(text: String) -> Self {
        match text.as_str() {
            "home" => Self::Home,
            "office" => Self::Office,
            _ => Self::Own(text),
        }
    }
}

impl From<Label> for String {
    fn from(label: Label) -> Self {
        label.as_str().to_owned()
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An address of somebody's book.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Address {
    pub id: AddressId,
    /// Grows with every change; an edit names the one it was made from.
    pub version: i32,
    /// Exactly one of a person's addresses is.
    pub is_default: bool,
    pub recipient: String,
    pub phone: Phone,
    pub district: Region,
    pub postcode: String,
    pub street: String,
    /// Floor, block, building.
    pub detail: Option<String>,
    pub label: Label,
    /// For the courier.
    pub notes: Option<String>,
    pub pin: Option<Position>,
}

impl Address {
    /// As it would be typed, to be edited.
    pub fn input(&self) -> AddressInput {
        let degrees = |of: fn(Position) -> f64| self.pin.map(|pin| of(pin).to_string()).unwrap_or_default();
        AddressInput {
            recipient: self.recipient.clone(),
            phone: self.phone.shown(),
            district: self.district.code.clone(),
            postcode: self.postcode.clone(),
            street: self.street.clone(),
            detail: self.detail.clone().unwrap_or_default(),
            label: self.label.to_string(),
            notes: self.notes.clone().unwrap_or_default(),
            latitude: degrees(|pin| pin.latitude),
            longitude: degrees(|pin| pin.longitude),
        }
    }
}
