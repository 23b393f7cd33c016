//! Paying back: `requested → sent → settled | failed`. A refund that failed gives its hold back; one that its provider
//! reported as settled may fail afterwards, when the buyer's bank returns it.

use crate::{
    Event, EventKind, Payment,
    record::{decide, refold},
    standing::{Act, Step, latest},
    store,
};
use model::{
    Money,
    ids::{OrderId, PaymentId, RefundId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

model::named!(
    /// Where a refund stands.
    RefundState {
        /// Held, and to be asked of the provider.
        Requested = "requested",
        /// The provider has taken it and will tell how it ended.
        Sent = "sent",
        Settled = "settled",
        Failed = "failed",
    }
);

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refund {
    pub id: RefundId,
    pub payment: PaymentId,
    /// None where it gives back what was paid too much or too late.
    pub order: Option<OrderId>,
    pub amount: Money,
    pub state: RefundState,
    pub key: String,
    pub provider_ref: Option<String>,
    pub requested_at: OffsetDateTime,
    pub sent_at: Option<OffsetDateTime>,
    pub ended_at: Option<OffsetDateTime>,
}

#[derive(Clone, Debug)]
pub struct NewRefund {
    pub id: RefundId,
    pub payment: PaymentId,
    /// Whose share it comes from; none for what was paid too much or too late.
    pub order: Option<OrderId>,
    pub amount: Money,
    /// The same key is the same refund, here and at the provider: `return:…`, `cancel:…`. 1 to 64 characters.
    pub key: String,
}

#[derive(thiserror::Error, Debug)]
pub enum RefundError {
    #[error("there is no such payment, or the order has no share of it")]
    NotFound,
    #[error("more than what is left")]
    TooMuch { left: Money },
    #[error("a refund is of more than nothing and in its payment's currency")]
    Amount,
    #[error("another refund has this key")]
    KeyTaken,
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
}

/// Holds an amount of a payment to be paid back. With a key that is known, and the same wish, it is the refund that is
/// there already.
pub async fn request_refund(
    db: &mut PgConnection,
    new: &NewRefund,
    now: OffsetDateTime,
) -> Result<RefundId, RefundError> {
    let payment = store::lock(db, new.payment).await?.ok_or(RefundError::NotFound)?;
    if let Some(known) = store::find_refund_by_key(db, &new.key).await? {
        let same = known.payment == new.payment && known.order == new.order && known.amount == new.amount;
        return if same { Ok(known.id) } else { Err(RefundError::KeyTaken) };
    }
    if new.amount.amount() <= 0 || new.amount.currency() != payment.amount.currency() {
        return Err(RefundError::Amount);
    }
    match store::insert_refund(db, new, now).await {
        Ok(true) => Ok(new.id),
        Ok(false) => Err(RefundError::TooMuch { left: left(db, &payment, new.order).await? }),
        Err(sqlx::Error::Database(error)) if error.constraint() == Some("refund_key_unique") => {
            Err(RefundError::KeyTaken)
        }
        Err(error) => Err(error.into()),
    }
}

/// What may still be paid back of a payment, or of an order's share of it.
async fn left(
    db: &mut PgConnection,
    payment: &Payment,
    order: Option<OrderId>,
) -> Result<Money, RefundError> {
    let Some(order) = order else { return Ok(payment.left()) };
    let share = store::share_left(db, payment.id, order).await?.ok_or(RefundError::NotFound)?;
    Ok(Money::new(share.min(payment.left().amount()), payment.amount.currency()))
}

/// What came in beyond what was to be paid and is not on its way back yet. Orders' own refunds are not of it.
pub async fn surplus(db: &mut PgConnection, payment: &Payment) -> Result<Money, sqlx::Error> {
    let beyond = payment.captured.amount().saturating_sub(payment.amount.amount());
    if beyond <= 0 {
        return Ok(Money::zero(payment.amount.currency()));
    }
    let refunds = store::list_refunds(db, payment.id).await?;
    let back = refunds.iter().filter(|it| it.order.is_none() && it.state != RefundState::Failed);
    let back = back.fold(0i64, |sum, refund| sum.saturating_add(refund.amount.amount()));
    Ok(Money::new((beyond - back).min(payment.left().amount()).max(0), payment.amount.currency()))
}

/// The provider has taken the refund, under a name of its own if it told one. False where it has ended already.
pub async fn mark_refund_sent(
    db: &mut PgConnection,
    id: RefundId,
    provider_ref: Option<&str>,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let Some((_, payment)) = lock_of(db, id).await? else { return Ok(false) };
    let sent = store::mark_refund_sent(db, id, provider_ref, now).await?;
    // What the provider told under its own name before we knew that name counts from now on.
    refold(db, &payment, false, now).await?;
    Ok(sent)
}

/// The money went back. False where there is no such refund, or it failed before.
pub async fn mark_refund_settled(
    db: &mut PgConnection,
    id: RefundId,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    end(db, id, RefundState::Settled, EventKind::Refunded, now).await
}

/// The provider will not pay it back; the hold is given back. False where there is no such refund.
pub async fn mark_refund_failed(
    db: &mut PgConnection,
    id: RefundId,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    end(db, id, RefundState::Failed, EventKind::RefundFailed, now).await
}

async fn end(
    db: &mut PgConnection,
    id: RefundId,
    state: RefundState,
    kind: EventKind,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let Some((refund, payment)) = lock_of(db, id).await? else { return Ok(false) };
    if matches!(refund.state, RefundState::Settled | RefundState::Failed) {
        return Ok(refund.state == state);
    }
    decide(db, &payment, kind, &refund.key, refund.amount.amount(), now).await?;
    refold(db, &payment, false, now).await?;
    Ok(true)
}

async fn lock_of(db: &mut PgConnection, id: RefundId) -> Result<Option<(Refund, Payment)>, sqlx::Error> {
    let Some(refund) = store::find_refund(db, id).await? else { return Ok(None) };
    let Some(payment) = store::lock(db, refund.payment).await? else { return Ok(None) };
    // Read again: it may have changed before the lock was ours.
    Ok(store::find_refund(db, id).await?.map(|refund| (refund, payment)))
}

/// Lets the refunds of a locked payment follow what its events say of them.
pub(crate) async fn follow(
    db: &mut PgConnection,
    payment: PaymentId,
    events: &[Event],
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let latest = latest(events);
    if !latest.keys().any(|(act, _)| *act == Act::Refund) {
        return Ok(());
    }
    for refund in store::list_refunds(db, payment).await? {
        let Some((step, _)) = latest.get(&(Act::Refund, refund.key.as_str())) else { continue };
        match (refund.state, step) {
            (RefundState::Requested, Step::Asked) => {
                store::mark_refund_sent(db, refund.id, None, now).await?;
            }
            (RefundState::Requested | RefundState::Sent, Step::Done) => {
                store::mark_refund_settled(db, refund.id, now).await?;
            }
            (RefundState::Requested | RefundState::Sent | RefundState::Settled, Step::Failed) => {
                store::mark_refund_failed(db, refund.id, now).await?;
            }
            _ => {}
        }
    }
    Ok(())
}
