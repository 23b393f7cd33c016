//! Ways to send a parcel.

mod way;

pub use way::{NoWay, ShownWay, Way};

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

crate::ids!(
    /// A counter at which parcels are handed to those they are for.
    PickupPointId
);

crate::named!(
    /// How fast, and how large.
    Service {
        Regular = "regular",
        Economy = "economy",
        NextDay = "next_day",
        SameDay = "same_day",
        /// Within hours, by one rider.
        Instant = "instant",
        Cargo = "cargo",
    }
);

crate::named!(
    /// How a parcel comes into the hands of whom it is for.
    Handover {
        Door = "door",
        /// It waits at a counter of the courier's.
        PickupPoint = "pickup_point",
    }
);

/// How a parcel comes to its courier. Written `drop_off`, `pick_up`, or `pick_up.1764550800.1764558000`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Collection {
    /// The shop brings it to a counter of the courier's.
    DropOff,
    /// The courier comes as soon as it can.
    PickUp,
    /// The courier comes between these, in Unix seconds.
    Slot { from: i64, until: i64 },
}

impl Collection {
    /// As it is stored; the times of a slot stand beside it.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::DropOff => "drop_off",
            Self::PickUp | Self::Slot { .. } => "pick_up",
        }
    }

    pub const fn slot(self) -> Option<(i64, i64)> {
        match self {
            Self::Slot { from, until } => Some((from, until)),
            Self::DropOff | Self::PickUp => None,
        }
    }
}

impl fmt::Display for Collection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())?;
        match self.slot() {
            Some((from, until)) => write!(f, ".{from}.{until}"),
            None => Ok(()),
        }
    }
}

impl FromStr for Collection {
    type Err = NotACode;
    fn from_str(text: &str) -> Result<Self, NotACode> {
        let mut parts = text.split('.');
        let whole = |part: &str| part.parse::<i64>().map_err(|_| NotACode);
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some("drop_off"), None, ..) => Ok(Self::DropOff),
            (Some("pick_up"), None, ..) => Ok(Self::PickUp),
            (Some("pick_up"), Some(from), Some(until), None) => {
                Ok(Self::Slot { from: whole(from)?, until: whole(until)? })
            }
            _ => Err(NotACode),
        }
    }
}

impl TryFrom<String> for Collection {
    type Error = NotACode;
    fn try_from(text: String) -> Result<Self, NotACode> {
        text.parse()
    }
}

impl From<Collection> for String {
    fn from(collection: Collection) -> Self {
        collection.to_string()
    }
}

crate::named!(
    /// The couriers of the built-in rate tables. None of them is a company; their fees are of the usual size.
    Courier {
        KirimCepat = "kirim_cepat",
        AntarNusa = "antar_nusa",
        LintasPulau = "lintas_pulau",
        GesitKota = "gesit_kota",
    }
);

impl Courier {
    /// What people call it, in every language.
    pub const fn brand(self) -> &'static str {
        match self {
            Self::KirimCepat => "Kirim Cepat",
            Self::AntarNusa => "Antar Nusa",
            Self::LintasPulau => "Lintas Pulau",
            Self::GesitKota => "Gesit Kota",
        }
    }
}

crate::named!(
    /// Where a parcel is: what all that its courier told comes to.
    ShipmentState {
        /// The courier knows of it, or is about to.
        Booked = "booked",
        PickedUp = "picked_up",
        InTransit = "in_transit",
        OutForDelivery = "out_for_delivery",
        /// Nobody took it, or it is held up or on its way back.
        FailedAttempt = "failed_attempt",
        Delivered = "delivered",
        ReturnedToSender = "returned_to_sender",
        Lost = "lost",
        /// The courier does not bring it.
        Cancelled = "cancelled",
    }
);

impl ShipmentState {
    /// Nothing more is expected of it.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Delivered | Self::ReturnedToSender | Self::Lost | Self::Cancelled)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not the code of a courier, or of one of its offers")]
pub struct NotACode;

/// A courier, of our own tables or of an aggregator's: 1 to 40 small letters, digits, hyphens and underscores.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CourierCode(String);

impl CourierCode {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for CourierCode {
    type Error = NotACode;
    fn try_from(code: String) -> Result<Self, NotACode> {
        let known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
        if (1..=40).contains(&code.len()) && code.chars().all(known) { Ok(Self(code)) } else { Err(NotACode) }
    }
}

impl From<CourierCode> for String {
    fn from(code: CourierCode) -> Self {
        code.0
    }
}

impl From<Courier> for CourierCode {
    fn from(courier: Courier) -> Self {
        Self(courier.as_str().to_owned())
    }
}

impl fmt::Display for CourierCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which offer somebody chose; no two of a parcel have the same. Written `kirim_cepat.regular.door`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OfferKey {
    pub courier: CourierCode,
    pub service: Service,
    pub handover: Handover,
}

impl fmt::Display for OfferKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.courier, self.service, self.handover)
    }
}

impl FromStr for OfferKey {
    type Err = NotACode;
    fn from_str(key: &str) -> Result<Self, NotACode> {
        let mut parts = key.split('.');
        let (Some(courier), Some(service), Some(handover), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NotACode);
        };
        Ok(Self {
            courier: courier.to_owned().try_into()?,
            service: Service::from_name(service).ok_or(NotACode)?,
            handover: Handover::from_name(handover).ok_or(NotACode)?,
        })
    }
}

impl TryFrom<String> for OfferKey {
    type Error = NotACode;
    fn try_from(key: String) -> Result<Self, NotACode> {
        key.parse()
    }
}

impl From<OfferKey> for String {
    fn from(key: OfferKey) -> Self {
        key.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_was_written() {
        for courier in Courier::ALL {
            for service in Service::ALL {
                for handover in Handover::ALL {
                    let key = OfferKey { courier: (*courier).into(), service: *service, handover: *handover };
                    assert_eq!(key.to_string().parse(), Ok(key));
                }
            }
        }
    }

    #[test]
    fn how_a_parcel_is_collected_is_read_as_it_was_written() {
        let slot = Collection::Slot { from: 1_764_550_800, until: 1_764_558_000 };
        for collection in [Collection::DropOff, Collection::PickUp, slot] {
            assert_eq!(collection.to_string().parse(), Ok(collection));
        }
        for text in ["", "by_boat", "drop_off.1", "pick_up.1", "pick_up.1.2.3", "pick_up.a.2"] {
            assert_eq!(text.parse::<Collection>(), Err(NotACode), "{text}");
        }
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in [
            "",
            "kirim_cepat",
            "kirim_cepat.regular",
            "kirim_cepat.regular.door.",
            ".regular.door",
            "Kirim.regular.door",
            "kirim_cepat.fast.door",
            "kirim_cepat.regular.window",
        ] {
            assert_eq!(text.parse::<OfferKey>(), Err(NotACode), "{text}");
        }
        assert!(CourierCode::try_from("a".repeat(41)).is_err());
    }
}
