//! Handing over: the goods leave, and are no longer on hand.

use super::{FulfilError, open, told};
use crate::stock;
use inventory::{Pieces, ShipError};
use kernel::{Cx, Tx};
use model::{
    ids::OrderId,
    order::{Actor, OrderState},
};
use order::Order;
use shop::staff::AtShop;

/// The courier has it, as the shop says. One that was handed over before stays as it is.
pub async fn hand_over(cx: &Cx, at: &AtShop, id: OrderId) -> Result<(), FulfilError> {
    let mut tx = cx.begin().await?;
    let order = open(&mut tx, at, id).await?;
    match order.state {
        OrderState::Packed => {}
        OrderState::Shipped | OrderState::Delivered | OrderState::Completed => return Ok(()),
        now => return Err(FulfilError::Stage { now }),
    }
    ship(cx, &mut tx, &order, Actor::Shop).await?;
    tx.commit().await?;
    tracing::info!(order.id = %id, "Order {id} handed over");
    Ok(())
}

/// Moves an order that is packed, and takes its goods off the shelf.
pub(super) async fn ship(cx: &Cx, tx: &mut Tx, order: &Order, actor: Actor) -> Result<(), FulfilError> {
    order::store::ship(tx, order.id, actor, cx.now()).await?;
    let pieces = pieces(tx, order.id).await?;
    let variants = inventory::store::ship(tx, &pieces, cx.now()).await.map_err(|error| match error {
        ShipError::Database(error) => FulfilError::Database(error),
        ShipError::NotOnHand | ShipError::NotReserved { .. } => FulfilError::NotOnHand,
    })?;
    stock::changed(cx, tx, &variants).await?;
    told(cx, tx, order, OrderState::Shipped, actor).await?;
    Ok(())
}

/// All that was ordered of each line.
pub(super) async fn pieces(tx: &mut Tx, order: OrderId) -> Result<Vec<Pieces>, sqlx::Error> {
    let lines = order::store::lines_of(tx, &[order]).await?;
    let pieces = lines.into_iter().map(|it| Pieces { line: it.line.id.uuid(), quantity: it.line.quantity });
    Ok(pieces.collect())
}
