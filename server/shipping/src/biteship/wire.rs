//! What goes over the line. Answers have more than is read here.

use crate::{Arrival, Offer, Parcel, Place, arrival::Hours};
use model::{
    Money,
    shipping::{CourierCode, Handover, OfferKey, Service},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::macros::time;

/// Its answers do not say until when a courier collects.
const PARCELS: Hours = Hours { cut_off: time!(15:00), sundays: false };
const RIDERS: Hours = Hours { cut_off: time!(18:00), sundays: true };

/// Cubic centimetres to a kilogram, as most of the couriers have it.
const DIVISOR: i64 = 6_000;

/// Where a service says nothing that can be read of how long it takes, in days.
const UNKNOWN_DAYS: (u8, u8) = (2, 7);

#[derive(Serialize)]
pub(super) struct Question<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    origin_postal_code: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin_latitude: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin_longitude: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    destination_postal_code: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    destination_latitude: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    destination_longitude: Option<f64>,
    couriers: &'a str,
    /// The value to insure; with it the price contains the insurance's, which also stands beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    courier_insurance: Option<i64>,
    items: [Item; 1],
}

/// The whole parcel is one item: weights given by piece are charged by piece.
#[derive(Serialize)]
struct Item {
    name: &'static str,
    value: i64,
    /// Grams.
    weight: i64,
    quantity: u8,
    #[serde(flatten)]
    size: Option<Size>,
}

/// Centimetres.
#[derive(Serialize)]
struct Size {
    length: i64,
    width: i64,
    height: i64,
}

impl<'a> Question<'a> {
    /// None where there is neither postcode nor position of one of the places.
    pub fn about(parcel: &Parcel, couriers: &'a str) -> Option<Self> {
        let known = |place: &Place| place.postcode().is_some() || place.position().is_some();
        let postcode = |place: &Place| place.postcode().and_then(|code| code.parse().ok());
        let (from, to) = (parcel.from(), parcel.to());
        if !known(from) || !known(to) {
            return None;
        }
        let value = parcel.value().amount();
        let size = parcel.box_cm().map(|[length, width, height]| Size { length, width, height });
        Some(Self {
            origin_postal_code: postcode(from),
            origin_latitude: from.position().map(|p| p.latitude),
            origin_longitude: from.position().map(|p| p.longitude),
            destination_postal_code: postcode(to),
            destination_latitude: to.position().map(|p| p.latitude),
            destination_longitude: to.position().map(|p| p.longitude),
            couriers,
            courier_insurance: (value > 0).then_some(value),
            items: [Item { name: "Paket", value, weight: parcel.weight_g(), quantity: 1, size }],
        })
    }
}

#[derive(Deserialize)]
pub(super) struct Refusal {
    pub code: Option<i64>,
}

#[derive(Deserialize)]
pub(super) struct Answer {
    success: bool,
    pricing: Vec<Value>,
}

#[derive(Deserialize)]
struct Rate {
    courier_code: String,
    courier_name: String,
    courier_service_code: String,
    #[serde(default = "rupiah")]
    currency: String,
    /// Contains the insurance's fee where that was asked for.
    price: i64,
    #[serde(default)]
    insurance_fee: i64,
    #[serde(default)]
    available_for_insurance: bool,
    #[serde(default)]
    available_for_cash_on_delivery: bool,
    #[serde(default)]
    service_type: String,
    #[serde(default)]
    shipping_type: String,
    /// `1 - 2`, in the unit below; the longer `duration` says the same in words.
    #[serde(default)]
    shipment_duration_range: String,
    #[serde(default)]
    shipment_duration_unit: String,
}

fn rupiah() -> String {
    "IDR".to_owned()
}

impl Answer {
    /// Leaves out what cannot be read; none where that is all there is.
    pub fn offers(self, parcel: &Parcel) -> Option<Vec<Offer>> {
        if !self.success {
            return None;
        }
        let asked = self.pricing.len();
        let read = |rate| serde_json::from_value::<Rate>(rate).ok().and_then(|rate| rate.offer(parcel));
        let offers: Vec<_> = self.pricing.into_iter().filter_map(read).collect();
        if offers.len() < asked {
            tracing::warn!(asked, read = offers.len(), "Some of an aggregator's rates cannot be read");
        }
        (asked == 0 || !offers.is_empty()).then_some(offers)
    }
}

impl Rate {
    fn offer(self, parcel: &Parcel) -> Option<Offer> {
        let fee = self.price.checked_sub(self.insurance_fee)?;
        if self.currency != "IDR" || fee < 0 || self.insurance_fee < 0 {
            return None;
        }
        let courier = CourierCode::try_from(self.courier_code.to_ascii_lowercase()).ok()?;
        let service = self.service();
        let rider = matches!(service, Service::Instant | Service::SameDay);
        let hours = if rider { RIDERS } else { PARCELS };
        Some(Offer {
            arrives: Arrival::of(parcel.at(), parcel.preorder_days(), hours, self.days()),
            key: OfferKey { courier, service, handover: Handover::Door },
            courier_name: self.courier_name,
            service_code: Some(self.courier_service_code),
            fee: Money::idr(fee),
            insurance: (self.available_for_insurance && self.insurance_fee > 0)
                .then(|| Money::idr(self.insurance_fee)),
            chargeable_g: parcel.chargeable_g(DIVISOR),
            cod: self.available_for_cash_on_delivery,
        })
    }

    /// Riders within hours are of the type `same_day` as well, and lorries of the type `standard`.
    fn service(&self) -> Service {
        let code = self.courier_service_code.to_ascii_lowercase();
        if code.contains("instant") {
            return Service::Instant;
        }
        if self.shipping_type == "freight" {
            return Service::Cargo;
        }
        match self.service_type.as_str() {
            "instant" => Service::Instant,
            "same_day" => Service::SameDay,
            "overnight" | "next_day" => Service::NextDay,
            "economy" => Service::Economy,
            _ => Service::Regular,
        }
    }

    /// Days after it was collected, at least and at most. Hours that fit into a day are the same day.
    fn days(&self) -> (u8, u8) {
        let mut numbers = self
            .shipment_duration_range
            .split(|c: char| !c.is_ascii_digit())
            .filter(|part| !part.is_empty())
            .map(str::parse::<u8>);
        let (Some(Ok(least)), most) = (numbers.next(), numbers.next()) else { return UNKNOWN_DAYS };
        let most = most.and_then(Result::ok).unwrap_or(least).max(least);
        match self.shipment_duration_unit.to_ascii_lowercase().as_str() {
            "hours" | "hour" => (least / 24, most / 24),
            _ => (least, most),
        }
    }
}
