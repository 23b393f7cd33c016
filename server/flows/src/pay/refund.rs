//! Paying back.

use super::{MoneyGoesBack, PaymentChanged, balance};
use crate::{books, till::Till};
use kernel::{
    Cx, Tx,
    jobs::{Job, JobError, NewJob},
    outbox,
};
use model::{
    Money,
    ids::{OrderGroupId, OrderId, PaymentId, RefundId},
};
use payment::{NewRefund, Payment, RefundError, RefundOutcome, RefundRequest, RefundState};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

/// Holds an amount to be paid back and has a job ask the provider for it. Nothing where there is nothing to pay back;
/// under the same key it is the refund that is there already.
pub(crate) async fn give_back(
    cx: &Cx,
    tx: &mut Tx,
    payment: &Payment,
    order: Option<OrderId>,
    amount: Money,
    key: &str,
) -> Result<(), sqlx::Error> {
    if amount.amount() <= 0 {
        return Ok(());
    }
    request(cx, tx, payment, order, amount, key).await.map_err(|error| match error {
        RefundError::Sql(error) => error,
        error => sqlx::Error::Decode(error.into()),
    })
}

/// The same where more may be asked for than there is.
pub(crate) async fn request(
    cx: &Cx,
    tx: &mut Tx,
    payment: &Payment,
    order: Option<OrderId>,
    amount: Money,
    key: &str,
) -> Result<(), RefundError> {
    // 64 bytes are taken by us and by providers.
    let key = format!("{}:{}", payment.id.uuid().simple(), books::short(key, 31));
    let new = NewRefund { id: cx.id(), payment: payment.id, order, amount, key };
    let refund = payment::request_refund(tx, &new, cx.now()).await?;
    NewJob::of(&SendRefund { refund }).unique(refund).enqueue(tx, cx).await?;
    // What an order's cancellation gives back is told with it.
    if order.is_none() {
        let group = payment.group;
        outbox::publish(tx, cx, &MoneyGoesBack { group, refund }).await?;
    }
    Ok(())
}

/// The payment that paid for a group; none for one that was not paid, or is paid in cash.
pub(crate) async fn paid_with(
    tx: &mut PgConnection,
    group: OrderGroupId,
) -> Result<Option<Payment>, sqlx::Error> {
    let paid = order::store::find_group(tx, group).await?.and_then(|group| group.paid_at);
    let Some(paid_at) = paid else { return Ok(None) };
    // The one that closed when the group was paid: others closed before, or their money came after.
    let payments = payment::list_of_group(tx, group).await?;
    Ok(payments
        .into_iter()
        .find(|it| it.closed_at == Some(paid_at) && it.captured.amount() >= it.amount.amount()))
}

pub(super) async fn refunded(tx: &mut PgConnection, payment: PaymentId) -> Result<i64, sqlx::Error> {
    Ok(payment::find(tx, payment).await?.map_or(0, |payment| payment.refunded.amount()))
}

/// Asks the provider to pay back. What it refuses for good is left to an operator: the buyer is still owed it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SendRefund {
    pub refund: RefundId,
}

impl Job for SendRefund {
    const NAME: &'static str = "payment.refund";

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let mut db = cx.db().acquire().await?;
        let Some(refund) = payment::find_refund(&mut db, self.refund).await? else {
            return Err(JobError::discard("the refund is gone"));
        };
        let Some(payment) = payment::find(&mut db, refund.payment).await? else {
            return Err(JobError::discard("the payment is gone"));
        };
        drop(db);
        if matches!(refund.state, RefundState::Settled | RefundState::Failed | RefundState::Sent) {
            return Ok(());
        }
        if payment.provider == balance::PROVIDER {
            return balance::pay_back(cx, &payment, &refund).await.map_err(Into::into);
        }
        let till = cx.part::<Till>().ok_or_else(|| JobError::retry("no provider is set up"))?;
        let Some(provider) = till.named(&payment.provider) else {
            return Err(JobError::fatal("the provider is not set up any more"));
        };
        let Some(provider_ref) = payment.provider_ref.clone() else {
            return Err(JobError::fatal("the provider knows no such payment"));
        };
        let request = RefundRequest {
            payment: payment.id,
            provider_ref,
            amount: refund.amount,
            key: refund.key.clone(),
        };
        let answer = match provider.refund(&request).await {
            Ok(answer) => answer,
            Err(error) if error.passes() => return Err(error.into()),
            Err(error) => return Err(JobError::fatal(error.to_string())),
        };
        let now = cx.now();
        let mut tx = cx.begin().await?;
        order::store::lock_group(&mut tx, payment.group).await?;
        let before = refunded(&mut tx, payment.id).await?;
        match answer.outcome {
            RefundOutcome::Sent => {
                payment::mark_refund_sent(&mut tx, refund.id, answer.provider_ref.as_deref(), now).await?;
            }
            RefundOutcome::Settled => {
                payment::mark_refund_settled(&mut tx, refund.id, now).await?;
            }
            RefundOutcome::Failed => {
                payment::mark_refund_failed(&mut tx, refund.id, now).await?;
            }
        }
        // Nothing where the event came before the answer, and all of it where the answer made sense of an event.
        let went = refunded(&mut tx, payment.id).await? - before;
        let went = Money::new(went, refund.amount.currency());
        books::paid_back(cx, &mut tx, &payment, &format!("answer:{}", refund.id), went).await?;
        outbox::publish(&mut tx, cx, &PaymentChanged { payment: payment.id }).await?;
        tx.commit().await?;
        if answer.outcome == RefundOutcome::Failed {
            return Err(JobError::fatal("the provider does not pay it back"));
        }
        Ok(())
    }
}
