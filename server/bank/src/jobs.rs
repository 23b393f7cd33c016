//! What the bank does later: telling, expiring, settling, and paying late.

use crate::{
    Bank, ChargeId, PayError,
    charge::{EventId, RefundId},
    deliver,
    sim::NotTaken,
    store::{self, Key},
    verbs,
};
use kernel::{
    Cx,
    jobs::{Job, JobError, Priority},
};
use serde::{Deserialize, Serialize};

/// Tells whoever asked to be paid what happened. Sent again until it is taken, so it may come more than once; the
/// event's id says so.
#[derive(Serialize, Deserialize)]
pub struct DeliverWebhook {
    pub event: EventId,
}

impl Job for DeliverWebhook {
    const NAME: &'static str = "bank.deliver_webhook";
    const PRIORITY: Priority = Priority::High;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let bank = cx.part::<Bank>().ok_or_else(|| JobError::retry("this process has no bank"))?;
        let mut db = cx.db().acquire().await?;
        let Some(event) = store::find_event(&mut db, self.event).await? else {
            return Err(JobError::discard("there is no such event"));
        };
        if event.delivered_at.is_some() {
            return Ok(());
        }
        let Some(charge) = store::find_charge(&mut db, Key::Id(event.charge)).await? else {
            return Err(JobError::discard("there is no such charge"));
        };
        drop(db);
        let body = deliver::document(&charge, &event).to_string();
        let told = bank.teller.tell(&charge.notify_url, body, cx.now()).await;
        let mut db = cx.db().acquire().await?;
        match told {
            Ok(answer) => Ok(store::mark_told(&mut db, event.id, &answer, Some(cx.now())).await?),
            Err(NotTaken(answer)) => {
                store::mark_told(&mut db, event.id, &answer, None).await?;
                Err(JobError::retry(answer))
            }
        }
    }
}

/// The deadline of a charge. Queued when it is opened.
#[derive(Serialize, Deserialize)]
pub struct ExpireCharge {
    pub charge: ChargeId,
}

impl Job for ExpireCharge {
    const NAME: &'static str = "bank.expire_charge";

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let mut tx = cx.begin().await?;
        verbs::expire(&mut tx, cx, self.charge).await?;
        Ok(tx.commit().await?)
    }
}

/// A payment that comes after the deadline.
#[derive(Serialize, Deserialize)]
pub struct PayLate {
    pub charge: ChargeId,
}

impl Job for PayLate {
    const NAME: &'static str = "bank.pay_late";

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let mut tx = cx.begin().await?;
        match verbs::pay_late(&mut tx, cx, self.charge).await {
            Ok(()) => Ok(tx.commit().await?),
            Err(PayError::Database(error)) => Err(error.into()),
            Err(refused) => Err(JobError::discard(refused.to_string())),
        }
    }
}

/// How a refund ended.
#[derive(Serialize, Deserialize)]
pub struct SettleRefund {
    pub refund: RefundId,
}

impl Job for SettleRefund {
    const NAME: &'static str = "bank.settle_refund";

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let mut tx = cx.begin().await?;
        verbs::settle(&mut tx, cx, self.refund).await?;
        Ok(tx.commit().await?)
    }
}
