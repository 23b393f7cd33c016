//! Having couriers fetch parcels, and asking what became of them.

use crate::{CarrierError, Sighting};
use async_trait::async_trait;
use http::HeaderMap;
use model::{
    Money,
    geo::Position,
    ids::ShipmentId,
    shipping::{Collection, CourierCode, Service},
};
use std::fmt;
use time::OffsetDateTime;

/// Somebody a parcel is fetched from or brought to. Its prints do not say who.
#[derive(Clone, PartialEq)]
pub struct Party {
    pub name: String,
    pub phone: String,
    /// Street, district and city in one.
    pub address: String,
    pub postcode: Option<String>,
    pub position: Option<Position>,
    pub notes: Option<String>,
}

impl fmt::Debug for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Party")
    }
}

/// A parcel to be fetched.
#[derive(Clone, PartialEq, Debug)]
pub struct Booking {
    /// Repeating a request for the same shipment never books two couriers.
    pub shipment: ShipmentId,
    /// The order's number, for people.
    pub number: String,
    pub courier: CourierCode,
    pub service: Service,
    /// What the aggregator itself calls the service, where it was sold by its offer.
    pub service_code: Option<String>,
    pub weight_g: i32,
    pub collection: Collection,
    /// Of the goods.
    pub value: Money,
    pub insured: bool,
    /// What is to be collected at the door.
    pub cash: Option<Money>,
    pub from: Party,
    pub to: Party,
}

/// A courier will come.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Booked {
    pub carrier_ref: String,
    pub tracking_ref: String,
    pub waybill: String,
}

/// Why a message is not listened to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unheard {
    #[error("the message is not the carrier's")]
    NotTheirs,
    #[error("the message is too old")]
    Stale,
    #[error("the message cannot be understood")]
    Unreadable,
}

/// Somebody who sends couriers: an aggregator. Never asked inside a transaction.
#[async_trait]
pub trait Dispatcher: Send + Sync {
    /// As in the shipments' rows; lower case, never changed.
    fn name(&self) -> &'static str;

    /// Does it send this courier?
    fn sends(&self, courier: &CourierCode) -> bool;

    async fn book(&self, booking: &Booking) -> Result<Booked, CarrierError>;

    /// Takes care that nobody comes. Refused where the parcel was fetched already.
    async fn cancel(&self, carrier_ref: &str) -> Result<(), CarrierError>;

    /// All that happened so far.
    async fn track(&self, tracking_ref: &str) -> Result<Vec<Sighting>, CarrierError>;

    /// Whose parcel a message is about, by the carrier's name for it, proof first; none for messages about anything else.
    /// What happened is asked for afterwards: the message says that there is news, and not all of it.
    fn read_webhook(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: OffsetDateTime,
    ) -> Result<Option<String>, Unheard>;
}
