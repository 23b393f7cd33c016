//! Having Biteship send a courier, and asking it about the parcel.
//!
//! <https://biteship.com/en/docs/api/orders/create>, <https://biteship.com/en/docs/api/trackings/retrieve> and
//! <https://biteship.com/en/docs/api/webhook/overview>. The carrier simulator that ships with the product speaks the same.

use super::{client, not_heard, read, refusal};
use crate::{Booked, Booking, CarrierError, Dispatcher, Party, SetUpError, Sighting, Unheard, WIB};
use async_trait::async_trait;
use hmac::{Hmac, Mac as _};
use http::HeaderMap;
use model::shipping::{Collection, Courier, CourierCode, Service, ShipmentState};
use reqwest::{
    Client, RequestBuilder,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue},
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::{fmt, time::Duration};
use subtle::ConstantTimeEq as _;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// A message signed longer ago is refused.
const TOLERANCE: time::Duration = time::Duration::minutes(5);

/// How messages prove whose they are.
#[derive(Clone)]
pub enum WebhookProof {
    /// A header of our choice that carries a secret, as is set up in Biteship's dashboard.
    Header { name: &'static str, secret: String },
    /// `t=<seconds>,v1=<hex>`, a HMAC-SHA256 of `<seconds>.<body>`, in this header.
    Signed { name: &'static str, secret: String },
}

/// Prints without the key.
#[derive(Clone)]
pub struct OrdersSettings {
    /// As in the shipments' rows.
    pub name: &'static str,
    /// `https://api.biteship.com`
    pub url: String,
    pub key: String,
    pub proof: WebhookProof,
    /// Whether it sends the couriers of our own tables, or any other.
    pub own_couriers: bool,
    /// Where it tells that there is news; Biteship has that in its dashboard, the simulator is told with each parcel.
    pub notify_url: Option<String>,
    pub to_connect: Duration,
    pub to_answer: Duration,
}

impl fmt::Debug for OrdersSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OrdersSettings({}, {})", self.name, self.url)
    }
}

pub struct BiteshipOrders {
    settings: OrdersSettings,
    key: HeaderValue,
    client: Client,
}

impl BiteshipOrders {
    pub fn new(settings: OrdersSettings) -> Result<Self, SetUpError> {
        let mut key = HeaderValue::from_str(&settings.key).map_err(|_| SetUpError::Key)?;
        key.set_sensitive(true);
        let client = client(settings.to_connect, settings.to_answer)?;
        Ok(Self { settings, key, client })
    }

    fn address(&self, below: &str) -> String {
        format!("{}/v1/{below}", self.settings.url.trim_end_matches('/'))
    }

    async fn ask(&self, request: RequestBuilder) -> Result<Value, CarrierError> {
        let request = request.header(AUTHORIZATION, self.key.clone());
        let answer = request.send().await.map_err(|error| not_heard(&error))?;
        let status = answer.status();
        let body = read(answer).await?;
        if !status.is_success() {
            return Err(refusal(status, &body));
        }
        serde_json::from_slice(&body).map_err(|_| CarrierError::Unreadable)
    }
}

/// A part of a path, such as another's id, so that it cannot be more than a part.
fn part(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// Biteship's usual names of services, for what was not sold by one of its offers.
const fn service(service: Service) -> &'static str {
    match service {
        Service::Regular => "reg",
        Service::Economy => "economy",
        Service::NextDay => "next_day",
        Service::SameDay => "same_day",
        Service::Instant => "instant",
        Service::Cargo => "cargo",
    }
}

fn place(body: &mut Value, side: &str, party: &Party) {
    body[format!("{side}_contact_name")] = party.name.as_str().into();
    body[format!("{side}_contact_phone")] = party.phone.as_str().into();
    body[format!("{side}_address")] = party.address.as_str().into();
    if let Some(notes) = &party.notes {
        body[format!("{side}_note")] = notes.as_str().into();
    }
    if let Some(code) = party.postcode.as_deref().and_then(|code| code.parse::<u32>().ok()) {
        body[format!("{side}_postal_code")] = code.into();
    }
    if let Some(position) = party.position {
        body[format!("{side}_coordinate")] =
            json!({"latitude": position.latitude, "longitude": position.longitude});
    }
}

/// When the courier comes, by WIB, or that it does not. When a slot ends is said beside what Biteship documents.
fn collection(body: &mut Value, collection: Collection) {
    match collection {
        Collection::PickUp => {}
        Collection::DropOff => body["origin_collection_method"] = "drop_off".into(),
        Collection::Slot { from, until } => {
            let local =
                |seconds| OffsetDateTime::from_unix_timestamp(seconds).ok().map(|at| at.to_offset(WIB));
            let (Some(from), Some(until)) = (local(from), local(until)) else { return };
            let clock = |at: OffsetDateTime| format!("{:02}:{:02}", at.hour(), at.minute());
            body["delivery_type"] = "scheduled".into();
            body["delivery_date"] = from.date().to_string().into();
            body["delivery_time"] = clock(from).into();
            body["metadata"]["pickup_until"] = clock(until).into();
        }
    }
}

fn text(value: &Value, path: &str) -> Option<String> {
    value.pointer(path).and_then(Value::as_str).filter(|it| !it.is_empty()).map(str::to_owned)
}

/// What Biteship's states of an order mean.
fn state(status: &str) -> Option<ShipmentState> {
    Some(match status {
        "confirmed" | "scheduled" | "allocated" | "picking_up" => ShipmentState::Booked,
        "picked" => ShipmentState::PickedUp,
        "in_transit" => ShipmentState::InTransit,
        "dropping_off" => ShipmentState::OutForDelivery,
        "on_hold" | "return_in_transit" | "rejected" => ShipmentState::FailedAttempt,
        "delivered" => ShipmentState::Delivered,
        "returned" => ShipmentState::ReturnedToSender,
        "disposed" | "lost" => ShipmentState::Lost,
        "cancelled" | "courier_not_found" => ShipmentState::Cancelled,
        _ => return None,
    })
}

fn sighting(told: &Value) -> Option<Sighting> {
    let (status, at) = (text(told, "/status")?, text(told, "/updated_at")?);
    let occurred_at = OffsetDateTime::parse(&at, &Rfc3339).ok()?;
    let note: String =
        text(told, "/note").unwrap_or_default().chars().filter(|c| !c.is_control()).take(300).collect();
    // It has no name of its own: what was told of a moment is told once. The note tells two of one second apart.
    let hash = hex::encode(Sha256::digest(&note));
    let reference = format!("{}:{status}:{}", occurred_at.unix_timestamp_nanos() / 1_000, &hash[..8]);
    Some(Sighting { reference, state: state(&status)?, note, occurred_at })
}

#[async_trait]
impl Dispatcher for BiteshipOrders {
    fn name(&self) -> &'static str {
        self.settings.name
    }

    fn sends(&self, courier: &CourierCode) -> bool {
        Courier::from_name(courier.as_str()).is_some() == self.settings.own_couriers
    }

    async fn book(&self, booking: &Booking) -> Result<Booked, CarrierError> {
        let mut body = json!({
            "reference_id": booking.shipment,
            "order_note": booking.number,
            "courier_company": booking.courier,
            "courier_type": booking.service_code.as_deref().unwrap_or(service(booking.service)),
            "delivery_type": "now",
            "origin_collection_method": "pickup",
            "items": [{
                "name": booking.number, "value": booking.value.amount(), "quantity": 1, "weight": booking.weight_g,
            }],
        });
        place(&mut body, "origin", &booking.from);
        place(&mut body, "destination", &booking.to);
        if booking.insured {
            body["courier_insurance"] = booking.value.amount().into();
        }
        if let Some(cash) = booking.cash {
            body["destination_cash_on_delivery"] = cash.amount().into();
        }
        if let Some(url) = &self.settings.notify_url {
            body["metadata"] = json!({"notify_url": url});
        }
        collection(&mut body, booking.collection);
        let request = self.client.post(self.address("orders")).header(CONTENT_TYPE, "application/json");
        let answer = self.ask(request.body(body.to_string())).await?;
        let booked = || {
            Some(Booked {
                carrier_ref: text(&answer, "/id")?,
                tracking_ref: text(&answer, "/courier/tracking_id")?,
                waybill: text(&answer, "/courier/waybill_id")?,
            })
        };
        booked().ok_or(CarrierError::Unreadable)
    }

    async fn cancel(&self, carrier_ref: &str) -> Result<(), CarrierError> {
        let url = self.address(&format!("orders/{}/cancel", part(carrier_ref)));
        let body = json!({"cancellation_reason": "The order was cancelled"}).to_string();
        self.ask(self.client.post(url).header(CONTENT_TYPE, "application/json").body(body)).await.map(drop)
    }

    async fn track(&self, tracking_ref: &str) -> Result<Vec<Sighting>, CarrierError> {
        let url = self.address(&format!("trackings/{}", part(tracking_ref)));
        let answer = self.ask(self.client.get(url)).await?;
        let history = answer.get("history").and_then(Value::as_array).ok_or(CarrierError::Unreadable)?;
        // States nobody here knows are left out: they change nothing.
        Ok(history.iter().filter_map(sighting).collect())
    }

    fn read_webhook(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: OffsetDateTime,
    ) -> Result<Option<String>, Unheard> {
        let shown = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        match &self.settings.proof {
            WebhookProof::Header { name, secret } => check_secret(shown(name), secret)?,
            WebhookProof::Signed { name, secret } => check_signature(shown(name), secret, body, now)?,
        }
        // A new address is tried with an empty message.
        if body.is_empty() {
            return Ok(None);
        }
        let message: Value = serde_json::from_slice(body).map_err(|_| Unheard::Unreadable)?;
        let about_an_order = text(&message, "/event").is_some_and(|event| event.starts_with("order."));
        Ok(text(&message, "/order_id").filter(|_| about_an_order))
    }
}

/// Hashes are compared, so that time does not even tell the secret's length.
fn check_secret(shown: &str, secret: &str) -> Result<(), Unheard> {
    let same: bool = Sha256::digest(shown).ct_eq(&Sha256::digest(secret)).into();
    if same && !secret.is_empty() { Ok(()) } else { Err(Unheard::NotTheirs) }
}

fn check_signature(header: &str, secret: &str, body: &[u8], now: OffsetDateTime) -> Result<(), Unheard> {
    let part = |wanted: &str| {
        let parts = header.split(',').filter_map(|it| it.trim().split_once('='));
        parts.filter(|(name, _)| *name == wanted).map(|(_, value)| value).next().unwrap_or_default()
    };
    let (at, signature) = (part("t"), part("v1"));
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map_err(|_| Unheard::NotTheirs)?;
    mac.update(at.as_bytes());
    mac.update(b".");
    mac.update(body);
    let signed = hex::decode(signature).is_ok_and(|given| mac.verify_slice(&given).is_ok());
    if !signed || secret.is_empty() {
        return Err(Unheard::NotTheirs);
    }
    let at = at.parse().ok().and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok());
    match at {
        Some(at) if (now - at).abs() <= TOLERANCE => Ok(()),
        _ => Err(Unheard::Stale),
    }
}
