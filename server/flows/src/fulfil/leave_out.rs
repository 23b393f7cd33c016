//! Pieces that are not sent after all: they are for sale again, and what was paid for them goes back.

use super::{CancelShipment, FulfilError, advance::advance, hand_over::counted, open, pack::waiting};
use crate::{books, cancel, coins, dated, once, pay, stock};
use inventory::ReleaseError;
use kernel::{Cx, Tx, idempotency::Key, jobs::NewJob, outbox};
use model::{
    Money,
    ids::OrderId,
    order::{Actor, CancelReason, LinePieces, OrderState},
    payment::Method,
};
use order::{LeftOut, Order, Progress, events::PiecesLeftOut};
use shop::staff::AtShop;
use std::collections::BTreeMap;

/// The shop does not send these pieces, which wait to be packed, and says why. Where nothing is left to send, the whole order is
/// cancelled. Again under the same key they are left out already.
pub async fn leave_out(
    cx: &Cx,
    at: &AtShop,
    key: Option<&Key>,
    id: OrderId,
    wanted: &[LinePieces],
    reason: CancelReason,
) -> Result<(), FulfilError> {
    if !CancelReason::OF_SHOP.contains(&reason) {
        return Err(FulfilError::Reason);
    }
    let mut tx = cx.begin().await?;
    let order = open(&mut tx, at, id).await?;
    let claim = (at.shop().uuid(), "order.leave_out", key);
    if once::made_before(cx, &mut tx, claim, &(id, wanted, reason), id.uuid()).await?.is_some() {
        return Ok(tx.roll_back().await?);
    }
    if order.state != OrderState::Accepted {
        return Err(FulfilError::Stage { now: order.state });
    }
    if order.method == Method::Cod {
        return Err(FulfilError::Cash);
    }
    let rest = rest_of(&mut tx, id).await?;
    let pieces = waiting(&rest, wanted)?;
    let none_sent = shipping::store::shipments_of(&mut tx, id).await?.is_empty();
    if none_sent && pieces == rest {
        let cancelled = cancel::paid(cx, &mut tx, id, Actor::Shop, reason).await;
        cancelled.map_err(|error| FulfilError::of_cancelling(error, order.state))?;
    } else {
        to_the_shelf(cx, &mut tx, &pieces).await?;
        write_off(cx, &mut tx, &order, pieces, Actor::Shop, reason).await?;
        advance(cx, &mut tx, id, Actor::Shop).await?;
    }
    tx.commit().await?;
    tracing::info!(order.id = %id, %reason, "Pieces of order {id} are not sent");
    Ok(())
}

async fn rest_of(tx: &mut Tx, id: OrderId) -> Result<Vec<LinePieces>, sqlx::Error> {
    let progress = order::store::progress_of(tx, id).await?;
    Ok(progress.iter().map(Progress::rest).filter(|it| it.quantity > 0).collect())
}

/// Whatever has not left of an order of which something has, packed or not. Its group is locked.
pub(super) async fn leave_out_the_rest(
    cx: &Cx,
    tx: &mut Tx,
    order: &Order,
    actor: Actor,
    reason: CancelReason,
) -> Result<(), FulfilError> {
    for parcel in shipping::store::shipments_of(tx, order.id).await? {
        if parcel.left_at.is_none() {
            shipping::store::drop_shipment(tx, parcel.id, cx.now()).await?;
            NewJob::of(&CancelShipment { shipment: parcel.id }).unique(parcel.id).enqueue(tx, cx).await?;
        }
    }
    let rest = rest_of(tx, order.id).await?;
    if !rest.is_empty() {
        to_the_shelf(cx, tx, &rest).await?;
        write_off(cx, tx, order, rest, actor, reason).await?;
    }
    advance(cx, tx, order.id, actor).await?;
    Ok(())
}

/// What was promised and did not leave is for sale again.
async fn to_the_shelf(cx: &Cx, tx: &mut Tx, pieces: &[LinePieces]) -> Result<(), FulfilError> {
    let released = inventory::store::release_part(tx, &counted(pieces)?, cx.now()).await;
    let variants = released.map_err(|error| match error {
        ReleaseError::Database(error) => FulfilError::Database(error),
        ReleaseError::NotReserved { .. } => FulfilError::Pieces,
    })?;
    Ok(stock::changed(cx, tx, &variants).await?)
}

/// Writes that these pieces, which are in no parcel, are not sent or did not arrive, and gives back what was paid for them: their
/// shares as they were sold. A flash sale has them again. Commission and the platform's discount on them are not due. Others of the order are.
pub(super) async fn write_off(
    cx: &Cx,
    tx: &mut Tx,
    order: &Order,
    pieces: Vec<LinePieces>,
    actor: Actor,
    reason: CancelReason,
) -> Result<(), FulfilError> {
    let lines = order::store::lines_of(tx, &[order.id]).await?;
    let progress = order::store::progress_of(tx, order.id).await?;
    let (mut refund, mut discount) = (0, 0);
    let mut flash = BTreeMap::new();
    for it in &pieces {
        let line = lines.iter().find(|line| line.line.id == it.line).ok_or(FulfilError::Pieces)?;
        let before = progress.iter().find(|line| line.line == it.line).map_or(0, |line| line.left_out);
        let share = order::share(&line.line, before, it.quantity);
        refund += share.gross;
        discount += share.platform_discount;
        if let Some(sale) = line.line.flash_sale {
            *flash.entry((sale, line.line.variant)).or_insert(0) += it.quantity;
        }
    }
    // Others may have them at that price.
    let back = pricing::store::give_back_flash_pieces(tx, order.group.uuid(), &flash, cx.now()).await?;
    dated::turned(cx, tx, &back.again).await?;
    let currency = order.sums.total.currency();
    let gone = books::given_back(tx, order).await?;
    let commission =
        books::commission_on(&order.sums, gone + refund) - books::commission_on(&order.sums, gone);
    let left_out = LeftOut {
        id: cx.id(),
        order: order.id,
        actor,
        reason,
        refund: Money::new(refund, currency),
        discount_back: Money::new(coins::without(tx, order, discount).await?, currency),
        commission_back: Money::new(commission, currency),
        at: cx.now(),
        pieces,
    };
    order::store::insert_left_out(tx, &left_out).await?;
    if let Some(payment) = pay::paid_with(tx, order.group).await? {
        let key = left_out.id.to_string();
        books::part_refunded(cx, tx, order, &key, left_out.refund).await?;
        // What the buyer's bank has taken back already is not paid back again.
        let left = payment.left();
        let back = if refund < left.amount() { left_out.refund } else { left };
        pay::give_back(cx, tx, &payment, Some(order.id), back, &format!("part:{}:{key}", order.id)).await?;
    }
    if refund > 0 {
        coins::give_back_part(cx, tx, order).await?;
    }
    let (id, group, shop) = (order.id, order.group, order.shop);
    outbox::publish(tx, cx, &PiecesLeftOut { order: id, group, shop, left_out: left_out.id }).await?;
    Ok(())
}
