//! What its people decide about a shop.

use crate::{
    Phone, named,
    shipping::{Courier, CourierCode},
    views::{Picture, region::Region},
};
use serde::{Deserialize, Serialize};

/// When somebody is there to answer and send.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OpenHours {
    /// Monday first.
    pub days: [bool; 7],
    /// Minutes after midnight.
    pub opens: u16,
    pub closes: u16,
}

/// What shoppers are told of a shop that is on holiday.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct HolidayNote {
    /// When it is over; seconds since 1970.
    pub until: i64,
    pub message: Option<String>,
}

named!(
    /// A picture by which a shop is known.
    ShopPicture {
        Logo = "logo",
        Banner = "banner",
    }
);

/// A courier of an aggregator's.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OutsideCourier {
    pub code: CourierCode,
    pub name: String,
    /// The shop sends with it.
    pub ticked: bool,
}

/// What its people decide about a shop.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ShopSettings {
    pub name: String,
    pub description: String,
    pub hours: Option<OpenHours>,
    /// Those it sends with.
    pub couriers: Vec<Courier>,
    /// Those of others that can be had.
    pub outside: Vec<OutsideCourier>,
    /// First and last day, as they are typed: `2026-12-31`.
    pub holiday: Option<HolidayInput>,
    pub logo: Option<Picture>,
    pub banner: Option<Picture>,
    /// Pictures that were sent and are being made ready.
    pub making: bool,
    pub sender: Sender,
    /// Grows with every change; an edit names the one it was made from.
    pub version: i32,
}

/// Where couriers fetch its parcels.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Sender {
    pub region: Region,
    /// None until its people said more than the district.
    pub address: Option<SenderAddress>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SenderAddress {
    pub contact: String,
    pub phone: Phone,
    pub street: String,
    pub postcode: String,
}

/// Settings as they are typed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SettingsInput {
    pub name: String,
    pub description: String,
    /// Numbers of days, Monday as 1; none for a shop that does not say.
    pub days: Vec<String>,
    /// `09:00`.
    pub opens: String,
    pub closes: String,
    /// By name; all where none is said.
    pub couriers: Vec<String>,
}

/// A holiday as it is typed: its first and last day.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HolidayInput {
    pub from: String,
    pub until: String,
    pub message: String,
}
