//! Packing: the parcel stands ready, and its courier is booked.

use super::{BookShipment, Fleet, FulfilError, open, parcel, told};
use kernel::{Cx, Tx, jobs::NewJob};
use model::{
    ids::{OrderId, ShipmentId},
    order::{Actor, OrderState},
    shipping::{CourierCode, ShipmentState},
};
use order::Order;
use shipping::NewShipment;
use shop::staff::AtShop;

/// No parcel of ours weighs more.
const HEAVIEST: i32 = 1_000_000;

/// The goods are packed and weigh so many grams; without a weight, what was charged for. A courier is booked right away;
/// where that does not work out, a job does it. One that was packed before stays as it is.
pub async fn pack(cx: &Cx, at: &AtShop, id: OrderId, weight_g: Option<i32>) -> Result<(), FulfilError> {
    if weight_g.is_some_and(|grams| !(1..=HEAVIEST).contains(&grams)) {
        return Err(FulfilError::Weight);
    }
    let mut tx = cx.begin().await?;
    let order = open(&mut tx, at, id).await?;
    match order.state {
        OrderState::Accepted => {}
        OrderState::Packed => return Ok(()),
        now => return Err(FulfilError::Stage { now }),
    }
    order::store::pack(&mut tx, id, Actor::Shop, cx.now()).await?;
    told(cx, &mut tx, &order, OrderState::Packed, Actor::Shop).await?;
    let weight = weight_g.unwrap_or(order.delivery.weight).clamp(1, HEAVIEST);
    let shipment = ready(cx, &mut tx, &order, weight).await?;
    tx.commit().await?;
    tracing::info!(order.id = %id, "Order {id} packed");
    book(cx, shipment).await;
    Ok(())
}

/// Another courier for a parcel whose courier does not come after all.
pub async fn book_again(cx: &Cx, at: &AtShop, id: OrderId) -> Result<(), FulfilError> {
    let mut tx = cx.begin().await?;
    let order = open(&mut tx, at, id).await?;
    if order.state != OrderState::Packed {
        return Err(FulfilError::Stage { now: order.state });
    }
    let before = shipping::store::shipment_of(&mut tx, id).await?;
    // One that is booked, or about to be, is not booked twice.
    if before.as_ref().is_some_and(|parcel| parcel.state != ShipmentState::Cancelled) {
        return Ok(());
    }
    let weight = before.map_or(order.delivery.weight, |parcel| parcel.weight_g);
    shipping::store::drop_shipment(&mut tx, id, cx.now()).await?;
    let shipment = ready(cx, &mut tx, &order, weight).await?;
    tx.commit().await?;
    book(cx, shipment).await;
    Ok(())
}

async fn ready(cx: &Cx, tx: &mut Tx, order: &Order, weight_g: i32) -> Result<ShipmentId, FulfilError> {
    let fleet = cx.part::<Fleet>().ok_or(FulfilError::NoCourier)?;
    let courier =
        CourierCode::try_from(order.delivery.courier.clone()).map_err(|_| FulfilError::NoCourier)?;
    let carrier = fleet.of(&courier).ok_or(FulfilError::NoCourier)?.name().to_owned();
    let new = NewShipment { id: cx.id(), order: order.id, carrier, weight_g };
    shipping::store::insert_shipment(tx, &new, cx.now()).await?;
    NewJob::of(&BookShipment { shipment: new.id }).unique(new.id).enqueue(tx, cx).await?;
    Ok(new.id)
}

/// So that the shop sees the waybill at once.
async fn book(cx: &Cx, shipment: ShipmentId) {
    if let Err(error) = parcel::book(cx, shipment).await {
        tracing::warn!("Shipment {shipment} was not booked right away: {error}");
    }
}
