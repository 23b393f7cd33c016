//! The end of an order: delivered, completed, and its money divided.

use super::{FulfilError, locked, told};
use crate::{books, coins, members::CountMember, place_order::buyer_of};
use kernel::{
    Buyer, Cx, Tx,
    jobs::{Job, JobError, NewJob},
};
use model::{
    AppError, Code,
    ids::OrderId,
    order::{Actor, OrderState},
    payment::Method,
};
use order::Order;
use serde::{Deserialize, Serialize};

#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    #[error("there is no such order")]
    NotFound,
    /// It has not been sent, or was cancelled.
    #[error("the order is {now}")]
    Stage { now: OrderState },
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<ReceiveError> for AppError {
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::NotFound => Self::not_found(),
            ReceiveError::Stage { .. } => Self::new(Code::Conflict),
            ReceiveError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

impl From<FulfilError> for ReceiveError {
    fn from(error: FulfilError) -> Self {
        match error {
            FulfilError::Stage { now } => Self::Stage { now },
            FulfilError::Database(error) => Self::Database(error),
            _ => Self::NotFound,
        }
    }
}

/// Its buyer has it and is content: the order is complete. What is paid in cash is complete when the courier has handed
/// that over as well. Saying so again changes nothing.
pub async fn receive(cx: &Cx, buyer: &Buyer, id: OrderId) -> Result<(), ReceiveError> {
    let mut tx = cx.begin().await?;
    let order = order::store::find_order_of(&mut tx, id, &buyer_of(buyer)).await?;
    let mut order = locked(&mut tx, &order.ok_or(ReceiveError::NotFound)?).await?;
    match order.state {
        OrderState::Completed => return Ok(()),
        OrderState::Delivered => {}
        OrderState::Shipped => {
            deliver(cx, &mut tx, &order, Actor::Buyer).await?;
            order = locked(&mut tx, &order).await?;
        }
        now => return Err(ReceiveError::Stage { now }),
    }
    if is_covered(&order) {
        complete(cx, &mut tx, &order, Actor::Buyer).await?;
    }
    tx.commit().await?;
    tracing::info!(order.id = %id, "Order {id} received");
    Ok(())
}

/// Is the money there that is to be divided?
fn is_covered(order: &Order) -> bool {
    order.method != Method::Cod || order.collected_at.is_some()
}

/// The buyer has it: from now on they have so long to object.
pub(super) async fn deliver(cx: &Cx, tx: &mut Tx, order: &Order, actor: Actor) -> Result<(), FulfilError> {
    order::store::deliver(tx, order.id, actor, cx.now()).await?;
    told(cx, tx, order, OrderState::Delivered, actor).await?;
    let settle_by = order::store::find_order(tx, order.id).await?.and_then(|order| order.settle_by);
    let job = NewJob::of(&SettleOrder { order: order.id }).unique(order.id);
    job.at(settle_by.unwrap_or(cx.now())).enqueue(tx, cx).await?;
    Ok(())
}

/// The courier has the money of an order that is paid at the door; nothing for others.
pub(super) async fn collect(cx: &Cx, tx: &mut Tx, id: OrderId) -> Result<(), sqlx::Error> {
    if order::store::mark_collected(tx, id, cx.now()).await? {
        books::collected(cx, tx, id).await?;
    }
    Ok(())
}

/// Ends an order that was delivered, and gives everybody their part of its money, and its buyer coins, once; what they have
/// reached as a member is counted anew. Its group is locked.
pub(crate) async fn complete(cx: &Cx, tx: &mut Tx, order: &Order, actor: Actor) -> Result<(), FulfilError> {
    order::store::complete(tx, order.id, actor, cx.now()).await?;
    books::released(cx, tx, order).await?;
    coins::earn(cx, tx, order).await?;
    if let Some(account) = order.account {
        NewJob::of(&CountMember { account }).unique(account).enqueue(tx, cx).await?;
    }
    told(cx, tx, order, OrderState::Completed, actor).await?;
    Ok(())
}

/// The buyer has not objected in time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SettleOrder {
    pub order: OrderId,
}

impl Job for SettleOrder {
    const NAME: &'static str = "order.settle";

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let mut tx = cx.begin().await?;
        let Some(order) = order::store::find_order(&mut tx, self.order).await? else {
            return Err(JobError::discard("the order is gone"));
        };
        let order = locked(&mut tx, &order).await?;
        let Some(settle_by) = order.settle_by.filter(|_| order.state == OrderState::Delivered) else {
            return Ok(());
        };
        // While it is held, or its cash is on the way, it is looked for again and again.
        if order.settle_held_at.is_some() || !is_covered(&order) {
            return Ok(());
        }
        if settle_by > cx.now() {
            NewJob::of(&self).unique(self.order).at(settle_by).enqueue(&mut tx, cx).await?;
            return Ok(tx.commit().await?);
        }
        complete(cx, &mut tx, &order, Actor::Clock).await?;
        tx.commit().await?;
        tracing::info!(order.id = %order.id, "Order {} completed by the clock", order.id);
        Ok(())
    }
}
