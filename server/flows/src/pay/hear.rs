//! What a provider tells.

use super::{PaymentChanged, give_back, paid_with};
use crate::{books, fulfil::clocks};
use inventory::store as inventory_store;
use kernel::{Cx, OffsetDateTime, Tx, outbox};
use model::{AppError, Code, Money, ids::OrderGroupId, order::GroupState};
use order::{GroupError, events::OrderPaid};
use payment::{Payment, ProviderEvent, RecordError, Recorded, Standing};

#[derive(Debug, thiserror::Error)]
pub enum HearError {
    /// It may come again when we know it.
    #[error("no payment of ours is meant")]
    Unknown,
    #[error("it is in another currency than the payment")]
    Currency,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<HearError> for AppError {
    fn from(error: HearError) -> Self {
        match error {
            HearError::Unknown => Self::not_found(),
            HearError::Currency => Self::new(Code::Malformed),
            HearError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// Writes what happened and does what follows, each event in a transaction of its own.
pub async fn hear(cx: &Cx, provider: &str, events: Vec<ProviderEvent>) -> Result<(), HearError> {
    for event in events {
        let mut tx = cx.begin().await?;
        let payment =
            payment::find_about(&mut tx, provider, &event.about).await?.ok_or(HearError::Unknown)?;
        let Some(group) = order::store::lock_group(&mut tx, payment.group).await? else {
            return Err(HearError::Unknown);
        };
        let name = event.id.clone();
        let recorded = payment::record_of(&mut tx, provider, payment.id, &[event], cx.now()).await;
        let recorded = match recorded {
            Ok(recorded) => recorded,
            Err(RecordError::Unknown) => return Err(HearError::Unknown),
            Err(RecordError::Currency) => return Err(HearError::Currency),
            Err(RecordError::Sql(error)) => return Err(error.into()),
        };
        if let Recorded::New { payment, was_open, before, after } = recorded {
            follow(cx, &mut tx, &group, &payment, was_open, &name, (before, after)).await?;
            outbox::publish(&mut tx, cx, &PaymentChanged { payment: payment.id }).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}

/// `event` names it: what follows from an event follows once.
pub(super) async fn follow(
    cx: &Cx,
    tx: &mut Tx,
    group: &order::Group,
    payment: &Payment,
    was_open: bool,
    event: &str,
    (before, after): (Standing, Standing),
) -> Result<(), sqlx::Error> {
    let money = |amount: i64| Money::new(amount, payment.amount.currency());
    let came_in = after.captured - before.captured;
    if came_in != 0 {
        books::received(cx, tx, payment, event, money(came_in)).await?;
    }
    if after.refunded != before.refunded {
        let went = money(after.refunded - before.refunded);
        books::paid_back(cx, tx, payment, &format!("event:{event}"), went).await?;
    }
    if after.charged_back != before.charged_back {
        tracing::warn!(payment.id = %payment.id, "Money of payment {} was taken back by its bank", payment.id);
        books::charged_back(cx, tx, payment, event, money(after.charged_back - before.charged_back)).await?;
    }
    if came_in <= 0 {
        return Ok(());
    }
    let whole = payment.captured.amount() >= payment.amount.amount();
    if group.state == GroupState::AwaitingPayment && was_open && whole {
        // At the very moment the payment closed: by that it is found again.
        paid(cx, tx, group.id, payment.closed_at.unwrap_or(cx.now())).await?;
        let back = payment::surplus(tx, payment).await?;
        give_back(cx, tx, payment, None, back, &format!("surplus:{event}")).await?;
    } else if group.state == GroupState::AwaitingPayment && was_open {
        // Too little: the rest may follow until the deadline, and if not all of it goes back.
    } else {
        let kept = paid_with(tx, group.id).await?.is_some_and(|paid| paid.id == payment.id);
        let back = if kept { payment::surplus(tx, payment).await? } else { payment.left() };
        give_back(cx, tx, payment, None, back, &format!("late:{event}")).await?;
    }
    Ok(())
}

/// The group is paid: its shops may begin.
async fn paid(cx: &Cx, tx: &mut Tx, group: OrderGroupId, at: OffsetDateTime) -> Result<(), sqlx::Error> {
    order::store::mark_group_paid(tx, group, at).await.map_err(|error| match error {
        GroupError::Database(error) => error,
        error => sqlx::Error::Decode(error.into()),
    })?;
    inventory_store::commit(tx, group.uuid(), at).await?;
    let orders = order::store::orders_of(tx, group).await?;
    books::paid(cx, tx, group, &orders).await?;
    clocks::begin(cx, tx, &orders).await?;
    outbox::publish(tx, cx, &OrderPaid { group }).await?;
    tracing::info!(order_group.id = %group, "Order group {group} paid");
    Ok(())
}
