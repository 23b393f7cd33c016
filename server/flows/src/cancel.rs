//! Cancelling what was ordered.

use crate::{
    books, coins, dated,
    fulfil::CancelShipment,
    once::{self, OnceError},
    pay::{self, CancelCharge, PaymentChanged},
    place_order::buyer_of,
    stock,
};
use kernel::{Buyer, Cx, Tx, idempotency::Key, jobs::NewJob, outbox};
use model::{
    AppError, Code, FieldError,
    ids::{OrderGroupId, OrderId, Uuid},
    order::{Actor, CancelReason, GroupState},
};
use order::{
    GroupError,
    events::{GroupCancelled, OrderCancelled},
};

#[derive(Debug, thiserror::Error)]
pub enum CancelError {
    #[error("there is no such order")]
    NotFound,
    /// The shop has begun, or it has ended already.
    #[error("it is too late to cancel it")]
    TooLate,
    #[error("that is no reason of a buyer's")]
    Reason,
    #[error(transparent)]
    Once(#[from] OnceError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<CancelError> for AppError {
    fn from(error: CancelError) -> Self {
        match error {
            CancelError::NotFound => Self::not_found(),
            CancelError::Reason => Self::field("reason", FieldError::NotAllowed),
            CancelError::TooLate => Self::new(Code::Conflict),
            CancelError::Once(error) => error.into(),
            CancelError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// By its buyer, until the shop has accepted it. What is not paid yet is cancelled with all that would be paid with it;
/// what is paid goes back at once.
pub async fn by_buyer(cx: &Cx, buyer: &Buyer, id: OrderId, reason: CancelReason) -> Result<(), CancelError> {
    by_buyer_once(cx, buyer, None, id, reason).await
}

/// The same; again under the same key it is cancelled already, which is no error.
pub async fn by_buyer_once(
    cx: &Cx,
    buyer: &Buyer,
    key: Option<&Key>,
    id: OrderId,
    reason: CancelReason,
) -> Result<(), CancelError> {
    if !CancelReason::OF_BUYER.contains(&reason) {
        return Err(CancelError::Reason);
    }
    let mut tx = cx.begin().await?;
    let claim = (buyer.uuid(), "order.cancel", key);
    if once::made_before(cx, &mut tx, claim, &(id, reason), id.uuid()).await?.is_some() {
        return Ok(tx.roll_back().await?);
    }
    let order = order::store::find_order_of(&mut tx, id, &buyer_of(buyer)).await?;
    let order = order.ok_or(CancelError::NotFound)?;
    let group = order::store::lock_group(&mut tx, order.group).await?.ok_or(CancelError::NotFound)?;
    match group.state {
        GroupState::AwaitingPayment => unpaid(cx, &mut tx, group.id, reason).await?,
        GroupState::Paid => paid(cx, &mut tx, id, Actor::Buyer, reason).await?,
        GroupState::Expired | GroupState::Cancelled => return Err(CancelError::TooLate),
    }
    tx.commit().await?;
    tracing::info!(order.id = %id, "Order {id} cancelled by its buyer");
    Ok(())
}

async fn unpaid(cx: &Cx, tx: &mut Tx, group: OrderGroupId, reason: CancelReason) -> Result<(), CancelError> {
    let now = cx.now();
    order::store::mark_group_cancelled(tx, group, Actor::Buyer, reason, now).await.map_err(|error| {
        match error {
            GroupError::Database(error) => CancelError::Database(error),
            _ => CancelError::TooLate,
        }
    })?;
    if let Some(payment) = payment::current_of_group(tx, group).await? {
        payment::give_up(tx, payment.id, now).await?;
        pay::give_back(cx, tx, &payment, None, payment.left(), "cancelled").await?;
        NewJob::of(&CancelCharge { payment: payment.id }).unique(payment.id).enqueue(tx, cx).await?;
        outbox::publish(tx, cx, &PaymentChanged { payment: payment.id }).await?;
    }
    let variants = inventory::store::release(tx, group.uuid(), None, now).await?;
    stock::changed(cx, tx, &variants).await?;
    let back = pricing::store::give_back(tx, group.uuid(), now).await?;
    dated::turned(cx, tx, &back.again).await?;
    coins::give_back_group(cx, tx, group).await?;
    outbox::publish(tx, cx, &GroupCancelled { group }).await?;
    Ok(())
}

/// One order of a group that may be fulfilled; its group is locked. Its goods are for sale again, but for those that have
/// left, its couriers are told not to come, and what of its money had not gone back goes back.
pub(crate) async fn paid(
    cx: &Cx,
    tx: &mut Tx,
    id: OrderId,
    actor: Actor,
    reason: CancelReason,
) -> Result<(), CancelError> {
    let now = cx.now();
    let done = order::store::cancel_order(tx, id, actor, reason, now).await.map_err(|error| match error {
        order::CancelError::Database(error) => CancelError::Database(error),
        order::CancelError::NotFound => CancelError::NotFound,
        order::CancelError::NotAllowed { .. } | order::CancelError::WithItsGroup { .. } => {
            CancelError::TooLate
        }
    })?;
    let bought = order::store::lines_of(tx, &[id]).await?;
    let lines: Vec<Uuid> = bought.iter().map(|line| line.line.id.uuid()).collect();
    let variants = inventory::store::release(tx, done.group.uuid(), Some(&lines), now).await?;
    stock::changed(cx, tx, &variants).await?;
    for shipment in shipping::store::drop_shipments_of(tx, id, now).await? {
        NewJob::of(&CancelShipment { shipment }).unique(shipment).enqueue(tx, cx).await?;
    }
    let back = if done.whole_group {
        pricing::store::give_back(tx, done.group.uuid(), now).await?
    } else {
        // Its vouchers stay counted, since the other orders have their part of them; a variant is of one shop, so what
        // was taken of it in a flash sale is this order's alone.
        let flash = bought.iter().filter_map(|line| Some((line.line.flash_sale?, line.line.variant)));
        pricing::store::give_back_flash(tx, done.group.uuid(), &flash.collect::<Vec<_>>(), now).await?
    };
    dated::turned(cx, tx, &back.again).await?;
    if let Some(payment) = pay::paid_with(tx, done.group).await? {
        let rest = books::order_refunded(cx, tx, id).await?;
        // What the buyer's bank has taken back already is not paid back again.
        let left = payment.left();
        let back = if rest.amount() < left.amount() { rest } else { left };
        pay::give_back(cx, tx, &payment, Some(id), back, &format!("cancelled:{id}")).await?;
    }
    coins::give_back_all(cx, tx, id).await?;
    outbox::publish(tx, cx, &OrderCancelled { order: id, group: done.group, actor, reason }).await?;
    Ok(())
}
