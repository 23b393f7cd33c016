//! Parcels and their couriers: booked, asked for news, and what follows from that for the order.

use super::{Fleet, FulfilError, advance::advance, hand_over, leave_out, locked, settle};
use crate::{cancel, stock};
use kernel::{
    Cx, Tx,
    jobs::{Job, JobError, NewJob, Priority},
};
use model::{
    AppError, Money,
    ids::ShipmentId,
    order::{Actor, CancelReason, LinePieces, OrderState},
    payment::Method,
    shipping::{CourierCode, Service, ShipmentState},
};
use order::{Destination, Order};
use region::Book;
use serde::{Deserialize, Serialize};
use shipping::{Booking, CarrierError, Party, Shipment, Sighting, store};
use sqlx::PgConnection;
use time::Duration;

/// A parcel nobody has told of for so long is asked for.
const SILENCE: Duration = Duration::hours(3);
/// So many at once.
const BATCH: i64 = 500;

#[derive(Debug, thiserror::Error)]
pub enum BookError {
    #[error("there is no such parcel, or nobody to book it")]
    Nobody,
    #[error("its order does not say where it goes")]
    NoAddress,
    #[error(transparent)]
    Carrier(#[from] CarrierError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Asks for a courier, unless one is booked or none is wanted any more. Asking twice books one.
pub(super) async fn book(cx: &Cx, id: ShipmentId) -> Result<(), BookError> {
    let fleet = cx.part::<Fleet>().ok_or(BookError::Nobody)?;
    let mut db = cx.db().acquire().await?;
    let shipment = store::find_shipment(&mut db, id).await?.ok_or(BookError::Nobody)?;
    if shipment.carrier_ref.is_some() || shipment.dropped_at.is_some() {
        return Ok(());
    }
    let order = order::store::find_order(&mut db, shipment.order).await?.ok_or(BookError::Nobody)?;
    let sender = views::parcels::sender(&mut db, id).await?.ok_or(BookError::Nobody)?;
    let value = value_of(&mut db, &order, id).await?;
    drop(db);
    let dispatcher = fleet.named(&shipment.carrier).ok_or(BookError::Nobody)?;
    let from = Party {
        name: sender.shop,
        phone: fleet.phone().to_owned(),
        address: sender.address,
        postcode: sender.postcode,
        position: sender.position,
        notes: None,
    };
    let booking = booking(&order, &shipment, value, from).ok_or(BookError::NoAddress)?;
    let booked = dispatcher.book(&booking).await?;
    let mut tx = cx.begin().await?;
    store::mark_booked(&mut tx, id, &booked, cx.now()).await?;
    let dropped = store::find_shipment(&mut tx, id).await?.is_some_and(|it| it.dropped_at.is_some());
    if dropped {
        NewJob::of(&CancelShipment { shipment: id }).unique(id).enqueue(&mut tx, cx).await?;
    }
    Ok(tx.commit().await?)
}

/// What was paid for the goods in a parcel.
async fn value_of(db: &mut PgConnection, order: &Order, id: ShipmentId) -> Result<Money, sqlx::Error> {
    let lines = order::store::lines_of(db, &[order.id]).await?;
    let pieces = store::pieces_of(db, id).await?;
    let of = |it: &LinePieces| {
        let line = lines.iter().find(|line| line.line.id == it.line);
        line.map_or(0, |line| order::share(&line.line, 0, it.quantity).gross)
    };
    Ok(Money::new(pieces.iter().map(of).sum(), order.sums.goods.currency()))
}

fn booking(order: &Order, shipment: &Shipment, value: Money, from: Party) -> Option<Booking> {
    let to = order.destination.as_ref()?;
    Some(Booking {
        shipment: shipment.id,
        number: order.number.to_string(),
        courier: CourierCode::try_from(order.delivery.courier.clone()).ok()?,
        service: Service::from_name(&order.delivery.service)?,
        service_code: order.delivery.service_code.clone(),
        weight_g: shipment.weight_g,
        collection: shipment.collection,
        value,
        insured: order.delivery.insured,
        cash: (order.method == Method::Cod).then_some(order.sums.total),
        from,
        to: receiver(to),
    })
}

fn receiver(to: &Destination) -> Party {
    let place = Book::get().district(&to.region).map(|district| Book::get().view(district));
    let parts = [Some(to.street.clone()), to.detail.clone(), place.map(|place| place.line())];
    Party {
        name: to.recipient.clone(),
        phone: to.phone.as_str().to_owned(),
        address: parts.into_iter().flatten().collect::<Vec<_>>().join(", "),
        postcode: Some(to.postcode.clone()),
        position: to.pin,
        notes: to.notes.clone(),
    }
}

/// Asks for a courier, where that did not work out at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BookShipment {
    pub shipment: ShipmentId,
}

impl Job for BookShipment {
    const NAME: &'static str = "shipment.book";
    const PRIORITY: Priority = Priority::High;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        match book(cx, self.shipment).await {
            Ok(()) => Ok(()),
            Err(BookError::Nobody | BookError::NoAddress) => {
                Err(JobError::fatal("nobody can be asked to fetch it"))
            }
            Err(BookError::Carrier(error)) if !error.is_passing() => Err(JobError::fatal(error.to_string())),
            Err(error) => Err(error.into()),
        }
    }
}

/// Tells the courier not to come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CancelShipment {
    pub shipment: ShipmentId,
}

impl Job for CancelShipment {
    const NAME: &'static str = "shipment.cancel";

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let shipment = store::find_shipment(&mut *cx.db().acquire().await?, self.shipment).await?;
        let Some(shipment) = shipment else { return Err(JobError::discard("the shipment is gone")) };
        let Some(reference) = shipment.carrier_ref else { return Ok(()) };
        let fleet = cx.part::<Fleet>().ok_or_else(|| JobError::retry("nobody sends couriers here"))?;
        let Some(dispatcher) = fleet.named(&shipment.carrier) else {
            return Err(JobError::fatal("the carrier is not set up any more"));
        };
        match dispatcher.cancel(&reference).await {
            // It was fetched; what comes of it is told.
            Ok(()) | Err(CarrierError::Refused { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// Asks a courier what became of a parcel.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TrackShipment {
    pub shipment: ShipmentId,
}

impl Job for TrackShipment {
    const NAME: &'static str = "shipment.track";
    const PRIORITY: Priority = Priority::High;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let shipment = store::find_shipment(&mut *cx.db().acquire().await?, self.shipment).await?;
        let Some(shipment) = shipment else { return Err(JobError::discard("the shipment is gone")) };
        let Some(reference) = &shipment.tracking_ref else { return Ok(()) };
        let fleet = cx.part::<Fleet>().ok_or_else(|| JobError::retry("nobody sends couriers here"))?;
        let Some(dispatcher) = fleet.named(&shipment.carrier) else {
            return Err(JobError::fatal("the carrier is not set up any more"));
        };
        let told = match dispatcher.track(reference).await {
            Ok(told) => told,
            Err(error) if error.is_passing() => return Err(error.into()),
            Err(error) => return Err(JobError::fatal(error.to_string())),
        };
        Ok(heard(cx, shipment.id, &told).await?)
    }
}

/// Asks for the parcels of which nothing was heard for long, since messages get lost.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AskCarriers {}

impl Job for AskCarriers {
    const NAME: &'static str = "shipment.ask_carriers";

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let mut tx = cx.begin().await?;
        let mut silent = store::list_unasked(&mut tx, cx.now() - SILENCE, BATCH).await?;
        silent.sort_unstable_by_key(ToString::to_string);
        for shipment in silent {
            NewJob::of(&TrackShipment { shipment }).unique(shipment).enqueue(&mut tx, cx).await?;
        }
        Ok(tx.commit().await?)
    }
}

/// A carrier says that there is news of a parcel, which a job asks for. Not of one nobody knows here.
pub async fn news(cx: &Cx, carrier: &str, carrier_ref: &str) -> Result<(), AppError> {
    let database = |error: sqlx::Error| AppError::from(kernel::db::code(&error));
    let mut tx = cx.begin().await.map_err(database)?;
    let shipment = store::find_by_carrier(&mut tx, carrier, carrier_ref).await.map_err(database)?;
    let shipment = shipment.ok_or_else(AppError::not_found)?;
    let job = NewJob::of(&TrackShipment { shipment }).unique(shipment);
    job.enqueue(&mut tx, cx).await.map_err(database)?;
    tx.commit().await.map_err(database)
}

/// Writes what a courier told, and moves the order along. What was told stays written where the order cannot follow at
/// once.
pub async fn heard(cx: &Cx, id: ShipmentId, told: &[Sighting]) -> Result<(), FulfilError> {
    let mut tx = cx.begin().await?;
    let state = store::record(&mut tx, id, told, cx.now()).await?;
    tx.commit().await?;
    let mut tx = cx.begin().await?;
    let shipment = store::find_shipment(&mut tx, id).await?.ok_or(FulfilError::NotFound)?;
    let order = order::store::find_order(&mut tx, shipment.order).await?.ok_or(FulfilError::NotFound)?;
    let order = locked(&mut tx, &order).await?;
    // As it is under the lock.
    let shipment = store::find_shipment(&mut tx, id).await?.ok_or(FulfilError::NotFound)?;
    if shipment.dropped_at.is_some() || order.state == OrderState::Cancelled {
        if shipment.unpacked_at.is_some()
            && !matches!(state, ShipmentState::Booked | ShipmentState::Cancelled)
        {
            tracing::warn!(order.id = %order.id, shipment.id = %id, "A courier has a parcel of order {} that was unpacked", order.id);
        }
        return Ok(());
    }
    follow(cx, &mut tx, &order, &shipment, state).await?;
    Ok(tx.commit().await?)
}

async fn follow(
    cx: &Cx,
    tx: &mut Tx,
    order: &Order,
    shipment: &Shipment,
    state: ShipmentState,
) -> Result<(), FulfilError> {
    use ShipmentState::{
        Booked, Cancelled, Delivered, FailedAttempt, InTransit, Lost, OutForDelivery, PickedUp,
        ReturnedToSender,
    };
    if matches!(state, Booked | Cancelled) {
        return Ok(());
    }
    // The shop need not say what the courier has said.
    let stands = hand_over::leave(cx, tx, order, std::slice::from_ref(shipment), Actor::Courier).await?;
    match state {
        Delivered => settle::collect(cx, tx, order.id).await?,
        // A buyer who has it knows better.
        ReturnedToSender | Lost if !matches!(stands, OrderState::Delivered | OrderState::Completed) => {
            gone(cx, tx, order, shipment, state).await?;
        }
        Booked | Cancelled | PickedUp | InTransit | OutForDelivery | FailedAttempt | ReturnedToSender
        | Lost => {}
    }
    Ok(())
}

/// The buyer will not get what is in it: their money goes back, and the goods onto the shelf where they came back. Of an order that
/// has more in it the rest goes on.
async fn gone(
    cx: &Cx,
    tx: &mut Tx,
    order: &Order,
    shipment: &Shipment,
    state: ShipmentState,
) -> Result<(), FulfilError> {
    let pieces = store::pieces_of(tx, shipment.id).await?;
    let reason = if state == ShipmentState::Lost {
        CancelReason::Lost
    } else {
        let back = inventory::store::return_to_stock(tx, &hand_over::counted(&pieces)?, cx.now()).await;
        let variants = back.map_err(|error| match error {
            inventory::ReturnError::Database(error) => FulfilError::Database(error),
            inventory::ReturnError::NotShipped { .. } => FulfilError::NotOnHand,
        })?;
        stock::changed(cx, tx, &variants).await?;
        CancelReason::ReturnedToSender
    };
    let others = store::shipments_of(tx, order.id).await?.iter().any(|parcel| parcel.id != shipment.id);
    let waits = order::store::progress_of(tx, order.id).await?.iter().any(|line| line.open() > 0);
    if others || waits {
        store::drop_shipment(tx, shipment.id, cx.now()).await?;
        leave_out::write_off(cx, tx, order, pieces, Actor::Courier, reason).await?;
        advance(cx, tx, order.id, Actor::Courier).await?;
        tracing::warn!(order.id = %order.id, %reason, "A parcel of order {} did not reach its buyer", order.id);
        return Ok(());
    }
    cancel::paid(cx, tx, order.id, Actor::Courier, reason)
        .await
        .map_err(|error| FulfilError::of_cancelling(error, order.state))?;
    tracing::warn!(order.id = %order.id, %reason, "Order {} did not reach its buyer", order.id);
    Ok(())
}
