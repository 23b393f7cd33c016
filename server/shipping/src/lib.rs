//! What sending a parcel costs, how long it takes, and where it can be fetched.
//!
//! A [`Parcel`] goes from one [`Place`] to another; [`quote`] says which couriers would take it, for how much and when
//! it arrives, the cheapest first. It is a pure function of the parcel and the rate tables: no fee depends on the time
//! of day or on who asks, so what was shown is what is charged. [`confirm`] holds a shopper's choice against the offers
//! of the moment and says what has changed. The same question can be put to an aggregator: [`Carrier`] is both the
//! built-in tables ([`BuiltIn`]) and [`Biteship`]'s API, whose answers are kept for a while ([`QuoteKey`]). [`store`] keeps
//! the couriers' pick-up points.
//!
//! A parcel that is sent is a [`Shipment`], with pieces of its order's lines in it; how it can come to its courier, and when
//! that one comes for it, [`ways`] says. [`Dispatcher`] has a courier fetch it and asks what became of it; whatever is
//! told is kept as an event, and where the parcel is is what all of its events come to ([`fold`]), in whatever order they
//! arrive and however often.
//!
//! Weights are whole grams, lengths whole millimetres, fees whole rupiah. A parcel is charged for the larger of its
//! weight and its volume; distances are rounded up to whole kilometres before a fee or a zone depends on them.

mod arrival;
pub mod barcode;
mod biteship;
mod carrier;
mod collect;
mod couriers;
mod dispatch;
mod kept;
mod names;
mod offer;
mod parcel;
mod pickup;
mod place;
mod quote;
mod shipment;
pub mod store;
mod tariff;

pub use arrival::{Arrival, WIB};
pub use biteship::{Biteship, BiteshipOrders, BiteshipSettings, OrdersSettings, WebhookProof};
pub use carrier::{BuiltIn, Carrier, CarrierError, SetUpError};
pub use collect::{DAYS_AHEAD, EARLIEST, LEAST_MINUTES, SLOT_MINUTES, ways};
pub use dispatch::{Booked, Booking, Dispatcher, Party, Unheard};
pub use kept::{KeptQuote, QuoteKey};
pub use names::courier_name;
pub use offer::{ConfirmError, Offer, confirm, subsidy};
pub use parcel::{MOST_PREORDER_DAYS, Parcel, ParcelError, Piece};
pub use pickup::{NewPickupPoint, PickupPoint};
pub use place::{Island, NotAPlace, Place, Zone};
pub use quote::quote;
pub use shipment::{NewShipment, Shipment, Sighting, fold};
