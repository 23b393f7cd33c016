//! Another way to pay, while nothing has been paid; also the same once more, where it failed.

use super::{CancelCharge, PayError, PaymentChanged, insert, open, view};
use crate::{cart::methods, once, till::Till};
use kernel::{
    Buyer, Cx,
    idempotency::Key,
    jobs::{NewJob, enqueue_all},
    outbox,
};
use model::{
    Money,
    ids::{OrderId, PaymentId},
    order::GroupState,
    payment::Method,
};
use order::Order;
use payment::Share;
use pricing::apportion;

/// Gives this payment up for a new one by another method, until the same deadline. Nothing is priced again: the total is
/// another by what the other method costs more or less. Again, it is the payment that was made the first time.
pub async fn change_method(
    cx: &Cx,
    buyer: &Buyer,
    id: PaymentId,
    method: Method,
) -> Result<PaymentId, PayError> {
    change_method_once(cx, buyer, None, id, method).await
}

/// The same; again under the same key it changes nothing, whatever has become of it since, and is the payment that is
/// current now.
pub async fn change_method_once(
    cx: &Cx,
    buyer: &Buyer,
    key: Option<&Key>,
    id: PaymentId,
    method: Method,
) -> Result<PaymentId, PayError> {
    let till = cx.part::<Till>().ok_or(PayError::Method)?;
    let mut tx = cx.begin().await?;
    let payment = payment::find(&mut tx, id).await?.ok_or(PayError::NotFound)?;
    let claim = (buyer.uuid(), "payment.change_method", key);
    if once::made_before(cx, &mut tx, claim, &(id, method), id.uuid()).await?.is_some() {
        let current = payment::current_of_group(&mut tx, payment.group).await?;
        tx.roll_back().await?;
        return Ok(current.map_or(id, |current| current.id));
    }
    let group = order::store::lock_group(&mut tx, payment.group).await?;
    let group = group
        .filter(|group| group.belongs_to(&crate::place_order::buyer_of(buyer)))
        .ok_or(PayError::NotFound)?;
    match group.state {
        GroupState::AwaitingPayment => {}
        GroupState::Paid => return Err(PayError::AlreadyPaid),
        GroupState::Expired | GroupState::Cancelled => return Err(PayError::Over),
    }
    let current = payment::current_of_group(&mut tx, group.id).await?.ok_or(PayError::Over)?;
    if current.method == method && current.is_open() {
        tx.commit().await?;
        return Ok(current.id);
    }
    if !current.left().is_zero() {
        return Err(PayError::AlreadyPaid);
    }
    let due = group.due_at.filter(|due| *due > cx.now()).ok_or(PayError::Over)?;
    let others = view::others(&mut tx, &till, buyer, &current).await?;
    if !others.iter().any(|offer| offer.method == method && offer.refused.is_none()) {
        return Err(PayError::Method);
    }
    payment::give_up(&mut tx, current.id, cx.now()).await?;
    let orders = order::store::orders_of(&mut tx, group.id).await?;
    let fees = fees(&orders, method);
    order::store::mark_method(&mut tx, group.id, method, &fees).await?;
    let orders = order::store::orders_of(&mut tx, group.id).await?;
    let shares = orders.iter().map(|order| Share { order: order.id, amount: order.sums.total }).collect();
    let (new, asks) = insert(cx, &mut tx, &till, group.id, method, shares, due).await?;
    let cancel = NewJob::of(&CancelCharge { payment: current.id }).unique(current.id);
    enqueue_all(&mut tx, cx, asks.into_iter().chain([cancel]).collect()).await?;
    outbox::publish(&mut tx, cx, &PaymentChanged { payment: current.id }).await?;
    tx.commit().await?;
    if let Err(error) = open(cx, new).await {
        tracing::warn!("Payment {new} was not opened right away: {error}");
    }
    Ok(new)
}

/// What this way to pay costs, split over the orders as it was when they were placed.
fn fees(orders: &[Order], method: Method) -> Vec<(OrderId, Money)> {
    let without =
        |order: &Order| order.sums.total.amount() - order.sums.fee.amount() - order.sums.insurance.amount();
    let weights: Vec<i64> = orders.iter().map(without).collect();
    let fee = methods::fee(method);
    let of = |(order, part): (&Order, i64)| (order.id, Money::new(part, fee.currency()));
    orders.iter().zip(apportion(fee.amount(), &weights)).map(of).collect()
}
