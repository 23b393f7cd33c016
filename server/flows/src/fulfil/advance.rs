//! How far an order has come: as far as the last of its pieces.

use super::{FulfilError, settle, told};
use kernel::{Cx, Tx};
use model::{
    ids::OrderId,
    order::{Actor, OrderState},
    shipping::ShipmentState,
};

/// Moves it on: packed when nothing waits to be packed, sent when every parcel has left, delivered when every parcel has
/// arrived. Says where it stands then. Its group is locked, and some of it is in a parcel.
pub(super) async fn advance(
    cx: &Cx,
    tx: &mut Tx,
    id: OrderId,
    actor: Actor,
) -> Result<OrderState, FulfilError> {
    let mut order = order::store::find_order(tx, id).await?.ok_or(FulfilError::NotFound)?;
    let parcels = shipping::store::shipments_of(tx, id).await?;
    if parcels.is_empty() {
        return Ok(order.state);
    }
    let waits = order::store::progress_of(tx, id).await?.iter().any(|line| line.open() > 0);
    if order.state == OrderState::Accepted && !waits {
        order::store::pack(tx, id, actor, cx.now()).await?;
        told(cx, tx, &order, OrderState::Packed, actor).await?;
        order.state = OrderState::Packed;
    }
    if order.state == OrderState::Packed && parcels.iter().all(|parcel| parcel.left_at.is_some()) {
        order::store::ship(tx, id, actor, cx.now()).await?;
        told(cx, tx, &order, OrderState::Shipped, actor).await?;
        order.state = OrderState::Shipped;
    }
    let arrived = |state| state == ShipmentState::Delivered;
    if order.state == OrderState::Shipped && parcels.iter().all(|parcel| arrived(parcel.state)) {
        // Whoever moved it, that the last of it arrived its couriers have told.
        settle::deliver(cx, tx, &order, Actor::Courier).await?;
        order.state = OrderState::Delivered;
    }
    Ok(order.state)
}
