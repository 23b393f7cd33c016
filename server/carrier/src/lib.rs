//! A small carrier, so that parcels of a fresh machine arrive: the simulator among those who send couriers.
//!
//! It stands beneath `/sim/carrier` in the same binary and yet outside the market: it shares no table with it and is
//! spoken to over HTTP in Biteship's format of orders and trackings. A program that holds the key books a courier; whoever
//! tries the market opens the parcel's page and chooses what happens to it: it is fetched, moves on, is delivered, comes
//! back or is lost; or it travels by itself, a step a minute. Each of these is an event, and that there is one is told by a
//! signed webhook ([`DeliverNews`]), again and again until it is taken.
//!
//! Nobody's name or street is kept here: what a page says of a parcel is its number and its postcodes.

mod api;
mod jobs;
mod page;
pub mod parcel;
mod settings;
pub mod store;
pub mod verbs;

pub use jobs::{DeliverNews, Travel};
pub use parcel::{EventId, NewParcel, Parcel, ParcelCollection, ParcelEvent, ParcelId, ParcelState};
pub use settings::{Carrier, CarrierSettings};
pub use verbs::{BookError, MoveError};

use axum::{
    Router,
    routing::{get, post},
};
use kernel::Kernel;
use std::sync::Arc;

/// What the handlers share.
#[derive(Clone)]
pub(crate) struct Depot {
    pub kernel: Kernel,
    pub carrier: Arc<Carrier>,
}

/// The carrier's API and pages, at `/sim/carrier`. The same [`Carrier`] has to be a part of the kernel whose workers run
/// its jobs.
pub fn router(kernel: &Kernel, carrier: Arc<Carrier>) -> Router {
    Router::new()
        .route("/sim/carrier", get(page::latest))
        .route("/sim/carrier/parcels/{parcel}", get(page::show).post(page::act))
        .route("/sim/carrier/v1/orders", post(api::book))
        .route("/sim/carrier/v1/orders/{parcel}/cancel", post(api::cancel))
        .route("/sim/carrier/v1/trackings/{parcel}", get(api::track))
        .with_state(Depot { kernel: kernel.clone(), carrier })
}

/// Every kind of job the carrier has.
pub fn with_jobs(registry: kernel::jobs::Registry) -> kernel::jobs::Registry {
    registry.job::<DeliverNews>().job::<Travel>()
}
