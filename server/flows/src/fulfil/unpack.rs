//! Unpacking: a parcel is opened again while it has not left, and what is in it waits to be packed.

use super::{CancelShipment, FulfilError, open, told};
use kernel::{Cx, jobs::NewJob};
use model::{
    ids::{OrderId, ShipmentId},
    order::{Actor, OrderState},
    shipping::ShipmentState,
};
use shop::staff::AtShop;

/// The shop opens a parcel that its courier does not have yet. A courier that was booked is told not to come, and an order that was
/// packed is where it was before. One that was unpacked already stays as it is.
pub async fn unpack(cx: &Cx, at: &AtShop, id: OrderId, parcel: ShipmentId) -> Result<(), FulfilError> {
    let mut tx = cx.begin().await?;
    let order = open(&mut tx, at, id).await?;
    let before = shipping::store::find_shipment(&mut tx, parcel).await?;
    let before = before.filter(|it| it.order == id).ok_or(FulfilError::NotFound)?;
    match (before.unpacked_at, before.dropped_at) {
        (Some(_), _) => return Ok(()),
        // Another is in its place, or it did not arrive.
        (None, Some(_)) => return Err(FulfilError::NotFound),
        (None, None) => {}
    }
    let in_hand = matches!(before.state, ShipmentState::Booked | ShipmentState::Cancelled);
    let stands = matches!(order.state, OrderState::Accepted | OrderState::Packed);
    if !stands || !in_hand || !shipping::store::unpack_shipment(&mut tx, parcel, cx.now()).await? {
        return Err(FulfilError::Stage { now: order.state });
    }
    NewJob::of(&CancelShipment { shipment: parcel }).unique(parcel).enqueue(&mut tx, cx).await?;
    if order.state == OrderState::Packed {
        order::store::unpack(&mut tx, id, Actor::Shop, cx.now()).await?;
        told(cx, &mut tx, &order, OrderState::Accepted, Actor::Shop).await?;
    }
    tx.commit().await?;
    tracing::info!(order.id = %id, "A parcel of order {id} was unpacked");
    Ok(())
}
