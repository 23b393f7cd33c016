//! A carrier that sends couriers in memory, and whose news is written by hand.

use http::HeaderMap;
use kernel::OffsetDateTime;
use model::shipping::{CourierCode, ShipmentState};
use shipping::{Booked, Booking, CarrierError, Dispatcher, Sighting, Unheard};
use std::sync::{Mutex, MutexGuard};

pub const CARRIER: &str = "carrier";

#[derive(Default)]
pub struct Carrier(Mutex<Depot>);

/// What was asked of it, and what it will say.
#[derive(Default)]
pub struct Depot {
    pub booked: Vec<Booking>,
    pub cancelled: Vec<String>,
    pub seen: Vec<(String, Sighting)>,
    /// While there is one, everything is refused with it.
    pub refuses: Option<CarrierError>,
}

impl Depot {
    fn willing(&self) -> Result<(), CarrierError> {
        self.refuses.map_or(Ok(()), Err)
    }

    /// Something happens to the parcel of an order, the latest booked of it.
    pub fn happens(&mut self, number: &str, state: ShipmentState, at: OffsetDateTime) {
        let booking = self.booked.iter().rev().find(|it| it.number == number).unwrap();
        let reference = format!("{}:{state}", at.unix_timestamp());
        let told = Sighting { reference, state, note: "Catatan kurir".to_owned(), occurred_at: at };
        self.seen.push((format!("track-{}", booking.shipment), told));
    }
}

impl Carrier {
    pub fn depot(&self) -> MutexGuard<'_, Depot> {
        self.0.lock().unwrap()
    }
}

#[async_trait::async_trait]
impl Dispatcher for Carrier {
    fn name(&self) -> &'static str {
        CARRIER
    }

    fn sends(&self, _: &CourierCode) -> bool {
        true
    }

    async fn book(&self, booking: &Booking) -> Result<Booked, CarrierError> {
        let mut depot = self.depot();
        depot.willing()?;
        assert!(depot.booked.iter().all(|it| it.shipment != booking.shipment), "booked twice");
        depot.booked.push(booking.clone());
        let n = depot.booked.len();
        Ok(Booked {
            carrier_ref: format!("order-{}", booking.shipment),
            tracking_ref: format!("track-{}", booking.shipment),
            waybill: format!("RESI{n:08}"),
        })
    }

    async fn cancel(&self, carrier_ref: &str) -> Result<(), CarrierError> {
        let mut depot = self.depot();
        depot.willing()?;
        depot.cancelled.push(carrier_ref.to_owned());
        Ok(())
    }

    async fn track(&self, tracking_ref: &str) -> Result<Vec<Sighting>, CarrierError> {
        let depot = self.depot();
        depot.willing()?;
        Ok(depot.seen.iter().filter(|(of, _)| of == tracking_ref).map(|(_, it)| it.clone()).collect())
    }

    fn read_webhook(&self, _: &HeaderMap, _: &[u8], _: OffsetDateTime) -> Result<Option<String>, Unheard> {
        Ok(None)
    }
}
