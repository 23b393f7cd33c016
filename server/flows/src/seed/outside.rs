//! Who takes the demonstration's payments and sends its couriers. Nothing leaves the house: what is asked for is done at
//! once. They are known to a running market too, so that it can give the demonstration's buyers their money back.

use http::HeaderMap;
use kernel::OffsetDateTime;
use model::{
    ids::Uuid,
    payment::Method,
    shipping::{CourierCode, ShipmentState},
};
use payment::{
    How, Instructions, OpenRequest, Opened, Provider, ProviderError, ProviderEvent, RefundAnswer,
    RefundOutcome, RefundRequest, WebhookError,
};
use shipping::{Booked, Booking, CarrierError, Dispatcher, Sighting, Unheard};
use std::sync::Mutex;

pub(super) const NAME: &str = "demo";

/// Takes payments only where the demonstration is made: `new(true)`.
pub struct DemoPayments {
    offered: bool,
}

impl DemoPayments {
    pub const fn new(offered: bool) -> Self {
        Self { offered }
    }
}

#[async_trait::async_trait]
impl Provider for DemoPayments {
    fn name(&self) -> &'static str {
        NAME
    }

    fn methods(&self) -> &'static [Method] {
        if self.offered { &[Method::VaBca, Method::Qris, Method::Gopay] } else { &[] }
    }

    async fn open(&self, request: &OpenRequest) -> Result<Opened, ProviderError> {
        let how = How::VirtualAccount { number: "8000000000000000".to_owned(), biller: None };
        Ok(Opened {
            provider_ref: format!("demo-{}", request.payment),
            instructions: Instructions { how, expires_at: Some(request.due_at), page: None },
        })
    }

    async fn cancel(&self, _: &str) -> Result<(), ProviderError> {
        Ok(())
    }

    async fn refund(&self, _: &RefundRequest) -> Result<RefundAnswer, ProviderError> {
        Ok(RefundAnswer { provider_ref: None, outcome: RefundOutcome::Settled })
    }

    async fn status(&self, _: &str, _: OffsetDateTime) -> Result<Vec<ProviderEvent>, ProviderError> {
        Ok(vec![])
    }

    fn read_webhook(
        &self,
        _: &HeaderMap,
        _: &[u8],
        _: OffsetDateTime,
    ) -> Result<Vec<ProviderEvent>, WebhookError> {
        Err(WebhookError::BadSignature)
    }
}

/// Sends couriers only where the demonstration is made: `new(true)`.
pub struct DemoCouriers {
    sends: bool,
    booked: Mutex<u32>,
}

impl DemoCouriers {
    pub const fn new(sends: bool) -> Self {
        Self { sends, booked: Mutex::new(0) }
    }
}

#[async_trait::async_trait]
impl Dispatcher for DemoCouriers {
    fn name(&self) -> &'static str {
        NAME
    }

    fn sends(&self, _: &CourierCode) -> bool {
        self.sends
    }

    async fn book(&self, booking: &Booking) -> Result<Booked, CarrierError> {
        let mut booked = self.booked.lock().map_err(|_| CarrierError::Unreachable)?;
        *booked += 1;
        let id: Uuid = booking.shipment.uuid();
        Ok(Booked {
            carrier_ref: format!("demo-{id}"),
            tracking_ref: format!("demo-{id}"),
            waybill: format!("DEMO{:08}", *booked),
        })
    }

    async fn cancel(&self, _: &str) -> Result<(), CarrierError> {
        Ok(())
    }

    /// What the demonstration says has happened is all that happens.
    async fn track(&self, _: &str) -> Result<Vec<Sighting>, CarrierError> {
        Ok(vec![])
    }

    fn read_webhook(&self, _: &HeaderMap, _: &[u8], _: OffsetDateTime) -> Result<Option<String>, Unheard> {
        Err(Unheard::NotTheirs)
    }
}

/// What a courier tells of a parcel of the demonstration.
pub(super) fn sighting(state: ShipmentState, note: &str, at: OffsetDateTime) -> Sighting {
    let reference = format!("{}:{state}", at.unix_timestamp());
    Sighting { reference, state, note: note.to_owned(), occurred_at: at }
}
