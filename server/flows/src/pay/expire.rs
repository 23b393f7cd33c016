//! A group that was not paid by its deadline.

use super::{PaymentChanged, give_back};
use crate::{coins, stock};
use kernel::{
    Cx,
    jobs::{Job, JobError, Priority},
    outbox,
};
use model::ids::OrderGroupId;
use order::{GroupError, events::OrderExpired};
use serde::{Deserialize, Serialize};

/// Gives stock, vouchers and coins back, and what came in of too little.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ExpireGroup {
    pub group: OrderGroupId,
}

impl Job for ExpireGroup {
    const NAME: &'static str = "order.expire";
    const PRIORITY: Priority = Priority::High;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let (group, now) = (self.group, cx.now());
        let mut tx = cx.begin().await?;
        if order::store::lock_group(&mut tx, group).await?.is_none() {
            return Err(JobError::discard("the group is gone"));
        }
        match order::store::mark_group_expired(&mut tx, group, now).await {
            Ok(_) => {}
            // Paid or cancelled meanwhile.
            Err(GroupError::Changed { .. } | GroupError::NotFound) => return Ok(()),
            Err(GroupError::NotDue { .. }) => return Err(JobError::retry("it is not due yet")),
            Err(GroupError::Database(error)) => return Err(error.into()),
        }
        if let Some(payment) = payment::current_of_group(&mut tx, group).await? {
            payment::expire(&mut tx, payment.id, now).await?;
            give_back(cx, &mut tx, &payment, None, payment.left(), "expired").await?;
            outbox::publish(&mut tx, cx, &PaymentChanged { payment: payment.id }).await?;
        }
        let variants = inventory::store::release(&mut tx, group.uuid(), None, now).await?;
        stock::changed(cx, &mut tx, &variants).await?;
        pricing::store::give_back(&mut tx, group.uuid(), now).await?;
        coins::give_back_group(cx, &mut tx, group).await?;
        outbox::publish(&mut tx, cx, &OrderExpired { group }).await?;
        tx.commit().await?;
        tracing::info!(order_group.id = %group, "Order group {group} was not paid in time");
        Ok(())
    }
}
