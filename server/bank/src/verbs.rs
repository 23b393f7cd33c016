//! What can be done with a charge. Each verb locks it, changes its sums in one statement and writes what happened in
//! the caller's transaction, where the job that tells of it is queued as well.

use crate::{
    CancelError, Charge, ChargeBackError, ChargeId, ChargeState, DeliverWebhook, Event, EventKind,
    ExpireCharge, NewCharge, OpenError, PayError, PayLate, Refund, RefundError, RefundState, SettleRefund,
    charge::{self, RefundId},
    store::{self, Key},
};
use kernel::{Cx, jobs::enqueue};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// So long after the deadline a late payment comes.
pub const LATE: Duration = Duration::MINUTE;

/// The charge of a payment, and whether it is new. Asked for again, it is the same.
pub async fn open(db: &mut PgConnection, cx: &Cx, new: &NewCharge) -> Result<(Charge, bool), OpenError> {
    let id: ChargeId = cx.id();
    let number = new.number(cx.ids());
    let qr = new.qr_payload(&number);
    let made = store::insert_charge(db, id, new, (&number, qr.as_deref()), cx.now()).await?;
    let fresh = made.is_some();
    let charge = match made {
        Some(charge) => charge,
        None => {
            store::find_charge(db, Key::Payment(new.payment.uuid())).await?.ok_or(sqlx::Error::RowNotFound)?
        }
    };
    if (charge.amount, charge.method) != (new.amount, new.method) {
        return Err(OpenError::Conflict);
    }
    if fresh {
        enqueue(db, cx, &ExpireCharge { charge: charge.id }).unique(charge.id).at(charge.due_at).await?;
    }
    Ok((charge, fresh))
}

/// What somebody does on the page of a charge.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pay {
    /// What is wanted.
    All,
    /// All of it, two times.
    Twice,
    /// Half of what is wanted.
    Less,
    /// All, but only after the deadline; at once where that has passed.
    Late,
    /// An attempt that does not go through.
    Fail,
}

/// Does it, if the charge is still of the version that was shown.
pub async fn pay(
    db: &mut PgConnection,
    cx: &Cx,
    id: ChargeId,
    version: i32,
    how: Pay,
) -> Result<(), PayError> {
    let charge = store::lock_charge(db, id).await?.ok_or(PayError::NoSuchCharge)?;
    if charge.version != version {
        return Err(PayError::Changed);
    }
    match how {
        Pay::All => take(db, cx, &charge, charge.wanted()).await,
        Pay::Twice => {
            take(db, cx, &charge, charge.wanted()).await?;
            take(db, cx, &charge, charge.amount.amount()).await
        }
        Pay::Less => match charge.wanted() / 2 {
            0 => Err(PayError::TooSmall),
            half => take(db, cx, &charge, half).await,
        },
        Pay::Late if charge.due_at <= cx.now() => take(db, cx, &charge, charge.wanted()).await,
        Pay::Late if charge.state == ChargeState::Cancelled => Err(PayError::Closed),
        Pay::Late => {
            enqueue(db, cx, &PayLate { charge: id }).unique(id).at(charge.due_at + LATE).await?;
            Ok(())
        }
        Pay::Fail => {
            if !store::mark_failed(db, id).await? {
                return Err(PayError::Closed);
            }
            let reference = charge::reference(cx.ids());
            announce(db, cx, &charge, EventKind::Failed, charge.wanted(), reference).await?;
            Ok(())
        }
    }
}

/// What was promised on the page comes in.
pub(crate) async fn pay_late(db: &mut PgConnection, cx: &Cx, id: ChargeId) -> Result<(), PayError> {
    let charge = store::lock_charge(db, id).await?.ok_or(PayError::NoSuchCharge)?;
    take(db, cx, &charge, charge.wanted()).await
}

async fn take(db: &mut PgConnection, cx: &Cx, charge: &Charge, amount: i64) -> Result<(), PayError> {
    if !store::mark_paid(db, charge.id, amount).await? {
        return Err(PayError::Closed);
    }
    let reference = charge::reference(cx.ids());
    announce(db, cx, charge, EventKind::Paid, amount, reference).await?;
    Ok(())
}

/// The deadline has passed. Nothing happens to what was paid or cancelled.
pub(crate) async fn expire(db: &mut PgConnection, cx: &Cx, id: ChargeId) -> Result<(), sqlx::Error> {
    let Some(charge) = store::lock_charge(db, id).await? else { return Ok(()) };
    if store::mark_expired(db, id, cx.now()).await? {
        announce(db, cx, &charge, EventKind::Expired, 0, id.to_string()).await?;
    }
    Ok(())
}

/// No money is taken for it any more. Cancelling twice is cancelling.
pub async fn cancel(db: &mut PgConnection, id: ChargeId) -> Result<Charge, CancelError> {
    store::lock_charge(db, id).await?.ok_or(CancelError::NoSuchCharge)?;
    if !store::mark_cancelled(db, id).await? {
        return Err(CancelError::Paid);
    }
    store::find_charge(db, Key::Id(id)).await?.ok_or(CancelError::NoSuchCharge)
}

/// Sends money back; how it ended follows. The same key is the same refund.
pub async fn refund(
    db: &mut PgConnection,
    cx: &Cx,
    id: ChargeId,
    key: &str,
    amount: i64,
) -> Result<Refund, RefundError> {
    if amount < 1 || key.is_empty() || key.chars().count() > 100 {
        return Err(RefundError::Invalid);
    }
    let charge = store::lock_charge(db, id).await?.ok_or(RefundError::NoSuchCharge)?;
    match store::find_refund(db, id, key).await? {
        Some(there) if there.amount == amount => return Ok(there),
        Some(_) => return Err(RefundError::KeyReused),
        None => {}
    }
    if !store::take_refund(db, id, amount).await? {
        return Err(RefundError::TooMuch { left: charge.left() });
    }
    let refund = Refund { id: cx.id(), charge: id, key: key.to_owned(), amount, state: RefundState::Sent };
    store::insert_refund(db, &refund, cx.now()).await?;
    enqueue(db, cx, &SettleRefund { refund: refund.id }).unique(refund.id).await?;
    Ok(refund)
}

/// A refund arrives, or, where its charge was told to refuse them, comes back.
pub(crate) async fn settle(db: &mut PgConnection, cx: &Cx, id: RefundId) -> Result<(), sqlx::Error> {
    let Some(charge) = store::charge_of_refund(db, id).await? else { return Ok(()) };
    let Some(charge) = store::lock_charge(db, charge).await? else { return Ok(()) };
    let (state, kind) = if charge.refuses_refunds {
        (RefundState::Failed, EventKind::RefundFailed)
    } else {
        (RefundState::Settled, EventKind::RefundSettled)
    };
    let Some(refund) = store::end_refund(db, id, state).await? else { return Ok(()) };
    if state == RefundState::Failed {
        store::take_refund(db, charge.id, -refund.amount).await?;
    }
    announce(db, cx, &charge, kind, refund.amount, refund.key).await
}

/// The payer's bank takes the latest payment back that it has not yet taken back, or what is left of it.
pub async fn charge_back(
    db: &mut PgConnection,
    cx: &Cx,
    id: ChargeId,
    version: i32,
) -> Result<(), ChargeBackError> {
    let charge = store::lock_charge(db, id).await?.ok_or(ChargeBackError::NoSuchCharge)?;
    if charge.version != version {
        return Err(ChargeBackError::Changed);
    }
    let events = store::list_events(db, id).await?;
    let taken = |paid: &Event| {
        events.iter().any(|it| it.kind == EventKind::ChargedBack && it.reference == paid.reference)
    };
    let paid = events.iter().rev().find(|it| it.kind == EventKind::Paid && !taken(it));
    let paid = paid.ok_or(ChargeBackError::Nothing)?;
    let amount = paid.amount.min(charge.left());
    if amount < 1 || !store::take_back(db, id, amount).await? {
        return Err(ChargeBackError::Nothing);
    }
    announce(db, cx, &charge, EventKind::ChargedBack, amount, paid.reference.clone()).await?;
    Ok(())
}

/// Writes what happened, and queues telling of it.
async fn announce(
    db: &mut PgConnection,
    cx: &Cx,
    charge: &Charge,
    kind: EventKind,
    amount: i64,
    reference: String,
) -> Result<(), sqlx::Error> {
    let occurred_at: OffsetDateTime = cx.now();
    let event =
        Event { id: cx.id(), charge: charge.id, kind, amount, reference, occurred_at, delivered_at: None };
    store::insert_event(db, &event).await?;
    enqueue(db, cx, &DeliverWebhook { event: event.id }).unique(event.id).await?;
    Ok(())
}
