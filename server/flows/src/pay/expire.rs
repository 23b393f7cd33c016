//! A group that was not paid by its deadline.

use super::{PaymentChanged, ask, give_back};
use crate::{coins, dated, stock};
use kernel::{
    Cx,
    jobs::{Job, JobError, Priority},
    outbox,
};
use model::ids::OrderGroupId;
use order::{GroupError, events::OrderExpired};
use serde::{Deserialize, Serialize};
use time::Duration;

/// So long after the deadline a provider that cannot be reached is waited for: it may have been paid. What comes later
/// goes back in full.
const PATIENCE: Duration = Duration::minutes(15);

/// Gives stock, vouchers and coins back, and what came in of too little.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ExpireGroup {
    pub group: OrderGroupId,
}

impl Job for ExpireGroup {
    const NAME: &'static str = "order.expire";
    const MAX_ATTEMPTS: u16 = 20;
    const PRIORITY: Priority = Priority::High;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let group = self.group;
        last_question(cx, group).await?;
        let now = cx.now();
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
        let back = pricing::store::give_back(&mut tx, group.uuid(), now).await?;
        dated::turned(cx, &mut tx, &back.again).await?;
        coins::give_back_group(cx, &mut tx, group).await?;
        outbox::publish(&mut tx, cx, &OrderExpired { group }).await?;
        tx.commit().await?;
        tracing::info!(order_group.id = %group, "Order group {group} was not paid in time");
        Ok(())
    }
}

/// It may have been paid, and the message lost.
async fn last_question(cx: &Cx, group: OrderGroupId) -> Result<(), JobError> {
    let payment = payment::current_of_group(&mut *cx.db().acquire().await?, group).await?;
    let Some(payment) = payment.filter(|payment| payment.is_open() && payment.due_at <= cx.now()) else {
        return Ok(());
    };
    match ask::ask(cx, &payment).await {
        Ok(()) => Ok(()),
        Err(ask::AskError::Later(error)) if payment.due_at + PATIENCE <= cx.now() => {
            tracing::warn!(payment.id = %payment.id, "Payment {} expires unasked: {error}", payment.id);
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}
