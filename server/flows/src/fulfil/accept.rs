//! Taking an order on, or not.

use super::{FulfilError, open, told};
use crate::cancel;
use kernel::Cx;
use model::{
    ids::OrderId,
    order::{Actor, CancelReason, OrderState},
};
use shop::staff::AtShop;

/// So many are accepted at once.
pub const MOST_AT_ONCE: usize = 100;

/// The shop takes it on. One it has taken on before stays as it is.
pub async fn accept(cx: &Cx, at: &AtShop, id: OrderId) -> Result<(), FulfilError> {
    let mut tx = cx.begin().await?;
    let order = open(&mut tx, at, id).await?;
    match order.state {
        OrderState::Paid => {}
        OrderState::Accepted | OrderState::Packed => return Ok(()),
        now => return Err(FulfilError::Stage { now }),
    }
    order::store::accept(&mut tx, id, Actor::Shop, cx.now()).await?;
    told(cx, &mut tx, &order, OrderState::Accepted, Actor::Shop).await?;
    tx.commit().await?;
    tracing::info!(order.id = %id, "Order {id} accepted");
    Ok(())
}

/// What came of accepting several.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Several {
    pub accepted: u32,
    /// They were cancelled meanwhile, have gone further, or are not the shop's.
    pub not: u32,
}

/// Each by itself: one that cannot be accepted keeps none of the others back. Beyond [`MOST_AT_ONCE`] they are left.
pub async fn accept_many(cx: &Cx, at: &AtShop, orders: &[OrderId]) -> Result<Several, FulfilError> {
    let mut several = Several::default();
    for id in orders.iter().take(MOST_AT_ONCE) {
        match accept(cx, at, *id).await {
            Ok(()) => several.accepted += 1,
            Err(FulfilError::Database(error)) => return Err(error.into()),
            Err(_) => several.not += 1,
        }
    }
    Ok(several)
}

/// The shop does not send it: what was paid goes back at once. Until any of it is handed over; one the shop has rejected before
/// stays rejected.
pub async fn reject(cx: &Cx, at: &AtShop, id: OrderId, reason: CancelReason) -> Result<(), FulfilError> {
    if !CancelReason::OF_SHOP.contains(&reason) {
        return Err(FulfilError::Reason);
    }
    let mut tx = cx.begin().await?;
    let order = open(&mut tx, at, id).await?;
    if order.state == OrderState::Cancelled {
        let last = order::store::timeline(&mut tx, id).await?.pop();
        let by_shop = last.is_some_and(|step| step.actor == Actor::Shop);
        return if by_shop { Ok(()) } else { Err(FulfilError::Stage { now: order.state }) };
    }
    // A part of it is on its way: only the rest can be left out.
    let parcels = shipping::store::shipments_of(&mut tx, id).await?;
    if parcels.iter().any(|parcel| parcel.left_at.is_some()) {
        return Err(FulfilError::Stage { now: order.state });
    }
    let cancelled = cancel::paid(cx, &mut tx, id, Actor::Shop, reason).await;
    cancelled.map_err(|error| FulfilError::of_cancelling(error, order.state))?;
    tx.commit().await?;
    tracing::info!(order.id = %id, %reason, "Order {id} rejected by its shop");
    Ok(())
}
