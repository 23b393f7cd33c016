//! Deadlines of shops and buyers. Each is a job that is due with it and looks again; what a job should have done and did
//! not, as for orders from before there were such jobs, is caught up with.

use super::{FulfilError, SettleOrder, leave_out::leave_out_the_rest, locked};
use crate::cancel;
use kernel::{
    Cx, Tx,
    jobs::{Job, JobError, NewJob, enqueue_all},
};
use model::{
    ids::OrderId,
    order::{Actor, CancelReason, OrderState},
};
use order::Order;
use serde::{Deserialize, Serialize};

const BATCH: i64 = 500;

/// The shops of these orders may begin, so their time runs.
pub(crate) async fn begin(cx: &Cx, tx: &mut Tx, orders: &[Order]) -> Result<(), sqlx::Error> {
    let clocks = orders
        .iter()
        .filter_map(|order| {
            Some(NewJob::of(&Overdue { order: order.id }).unique(order.id).at(order.accept_by?))
        })
        .collect();
    enqueue_all(tx, cx, clocks).await
}

/// A shop should have accepted by now, or handed over: what it has not is cancelled, or left out where some of it is on its way, and
/// the money goes back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Overdue {
    pub order: OrderId,
}

impl Job for Overdue {
    const NAME: &'static str = "order.overdue";

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let mut tx = cx.begin().await?;
        let Some(order) = order::store::find_order(&mut tx, self.order).await? else {
            return Err(JobError::discard("the order is gone"));
        };
        let order = locked(&mut tx, &order).await?;
        let due = match order.state {
            OrderState::Paid => order.accept_by,
            OrderState::Accepted | OrderState::Packed => order.ship_by,
            _ => None,
        };
        let Some(due) = due else { return Ok(()) };
        if due > cx.now() {
            NewJob::of(&self).unique(self.order).at(due).enqueue(&mut tx, cx).await?;
            return Ok(tx.commit().await?);
        }
        let parcels = shipping::store::shipments_of(&mut tx, order.id).await?;
        let late = if parcels.iter().any(|parcel| parcel.left_at.is_some()) {
            leave_out_the_rest(cx, &mut tx, &order, Actor::Clock, CancelReason::NotAccepted).await
        } else {
            let cancelled =
                cancel::paid(cx, &mut tx, order.id, Actor::Clock, CancelReason::NotAccepted).await;
            cancelled.map_err(|error| FulfilError::of_cancelling(error, order.state))
        };
        match late {
            Ok(()) => {}
            Err(FulfilError::Database(error)) => return Err(error.into()),
            Err(error) => return Err(JobError::fatal(error.to_string())),
        }
        tx.commit().await?;
        tracing::info!(order.id = %order.id, "Order {} was not handled in time", order.id);
        Ok(())
    }
}

/// Looks for deadlines that have passed and nobody has worked off.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CatchUp {}

impl Job for CatchUp {
    const NAME: &'static str = "order.catch_up";

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let mut tx = cx.begin().await?;
        let mut late = order::store::overdue_for_shop(&mut tx, cx.now(), BATCH).await?;
        late.sort_unstable_by_key(ToString::to_string);
        for order in late {
            NewJob::of(&Overdue { order }).unique(order).enqueue(&mut tx, cx).await?;
        }
        let mut quiet = order::store::due_for_settlement(&mut tx, cx.now(), BATCH).await?;
        quiet.sort_unstable_by_key(ToString::to_string);
        for order in quiet {
            NewJob::of(&SettleOrder { order }).unique(order).enqueue(&mut tx, cx).await?;
        }
        Ok(tx.commit().await?)
    }
}
