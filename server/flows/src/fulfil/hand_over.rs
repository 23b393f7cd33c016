//! Handing over: the goods leave, and are no longer on hand.

use super::{FulfilError, advance::advance, open};
use crate::stock;
use inventory::{Pieces, ShipError};
use kernel::{Cx, Tx, outbox};
use model::{
    Qty,
    ids::{OrderId, ShipmentId},
    order::{Actor, LinePieces, OrderState},
};
use order::{Order, events::ParcelLeft};
use shipping::Shipment;
use shop::staff::AtShop;

/// The courier has all of it that is packed, as the shop says. What was handed over before stays as it is.
pub async fn hand_over(cx: &Cx, at: &AtShop, id: OrderId) -> Result<(), FulfilError> {
    hand(cx, at, id, None).await
}

/// The courier has this parcel of it.
pub async fn hand_over_parcel(
    cx: &Cx,
    at: &AtShop,
    id: OrderId,
    parcel: ShipmentId,
) -> Result<(), FulfilError> {
    hand(cx, at, id, Some(parcel)).await
}

async fn hand(cx: &Cx, at: &AtShop, id: OrderId, only: Option<ShipmentId>) -> Result<(), FulfilError> {
    let mut tx = cx.begin().await?;
    let order = open(&mut tx, at, id).await?;
    let mut parcels = shipping::store::shipments_of(&mut tx, id).await?;
    parcels.retain(|parcel| only.is_none_or(|only| only == parcel.id));
    match order.state {
        _ if only.is_some() && parcels.is_empty() => return Err(FulfilError::NotFound),
        OrderState::Accepted | OrderState::Packed if !parcels.is_empty() => {}
        OrderState::Shipped | OrderState::Delivered | OrderState::Completed => return Ok(()),
        now => return Err(FulfilError::Stage { now }),
    }
    leave(cx, &mut tx, &order, &parcels, Actor::Shop).await?;
    tx.commit().await?;
    tracing::info!(order.id = %id, "Order {id} handed over");
    Ok(())
}

/// Takes what is in these parcels off the shelf, but for those that have left before, and moves their order on.
pub(super) async fn leave(
    cx: &Cx,
    tx: &mut Tx,
    order: &Order,
    parcels: &[Shipment],
    actor: Actor,
) -> Result<OrderState, FulfilError> {
    let (mut left, mut pieces) = (vec![], vec![]);
    for parcel in parcels {
        if shipping::store::mark_left(tx, parcel.id, cx.now()).await? {
            pieces.extend(shipping::store::pieces_of(tx, parcel.id).await?);
            left.push(parcel.id);
        }
    }
    if !pieces.is_empty() {
        // All at once, since stock is locked in one order.
        off_the_shelf(cx, tx, &counted(&pieces)?).await?;
    }
    let state = advance(cx, tx, order.id, actor).await?;
    // The last of them is told of with the order.
    if matches!(state, OrderState::Accepted | OrderState::Packed) {
        let (order, group, shop) = (order.id, order.group, order.shop);
        let events = left.into_iter().map(|shipment| ParcelLeft { order, group, shop, shipment });
        outbox::publish_many(tx, cx, events).await?;
    }
    Ok(state)
}

async fn off_the_shelf(cx: &Cx, tx: &mut Tx, pieces: &[Pieces]) -> Result<(), FulfilError> {
    let variants = inventory::store::ship(tx, pieces, cx.now()).await.map_err(|error| match error {
        ShipError::Database(error) => FulfilError::Database(error),
        ShipError::NotOnHand | ShipError::NotReserved { .. } => FulfilError::NotOnHand,
    })?;
    Ok(stock::changed(cx, tx, &variants).await?)
}

/// As stock counts them.
pub(super) fn counted(pieces: &[LinePieces]) -> Result<Vec<Pieces>, FulfilError> {
    let one = |it: &LinePieces| {
        let quantity = Qty::try_from(it.quantity).map_err(|_| FulfilError::Pieces)?;
        Ok(Pieces { line: it.line.uuid(), quantity })
    };
    pieces.iter().map(one).collect()
}
