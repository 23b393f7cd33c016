//! A message on its way.

use crate::{
    EnqueueError, Letter, Message, OperatorError, Recipient, SendBulk, SendNow,
    store::{self, NewDelivery},
};
use kernel::{Cx, jobs};
use model::{
    delivery::DeliveryState as State,
    ids::{AccountId, DeliveryId},
    named,
};
use sqlx::PgConnection;

/// Puts a message on its way in the caller's transaction: it leaves after the commit, or not at all.
pub async fn enqueue(
    db: &mut PgConnection,
    cx: &Cx,
    to: &Recipient,
    message: &Message,
) -> Result<DeliveryId, EnqueueError> {
    put(db, cx, to, message, None).await
}

/// As [`enqueue`], but what is told under a name (at most 100 characters) is told once: under the same name, nothing
/// more goes out.
pub async fn enqueue_once(
    db: &mut PgConnection,
    cx: &Cx,
    to: &Recipient,
    message: &Message,
    name: &str,
) -> Result<(), EnqueueError> {
    put(db, cx, to, message, Some(name)).await.map(drop)
}

async fn put(
    db: &mut PgConnection,
    cx: &Cx,
    to: &Recipient,
    message: &Message,
    once: Option<&str>,
) -> Result<DeliveryId, EnqueueError> {
    let topic = message.topic();
    if topic.is_optional() && to.account.is_none() {
        return Err(EnqueueError::NeedsAccount);
    }
    let (id, now): (DeliveryId, _) = (cx.id(), cx.now());
    let new = NewDelivery {
        id,
        to,
        kind: message.kind(),
        topic,
        message: serde_json::to_value(message)?,
        subject: Letter::of(message, to.lang, None).subject,
        good_until: now + message.good_for(),
        request: cx.request(),
        once,
    };
    if store::insert(db, &new, now).await? {
        queue(db, cx, id, message.is_urgent()).await?;
    }
    Ok(id)
}

async fn queue(
    db: &mut PgConnection,
    cx: &Cx,
    delivery: DeliveryId,
    urgent: bool,
) -> Result<(), sqlx::Error> {
    if urgent {
        jobs::enqueue(db, cx, &SendNow { delivery }).unique(delivery).await?;
    } else {
        jobs::enqueue(db, cx, &SendBulk { delivery }).unique(delivery).await?;
    }
    Ok(())
}

/// Sends once more what failed or may not have arrived, as the same mail under the same `Message-ID`. For operators.
pub async fn resend(db: &mut PgConnection, cx: &Cx, id: DeliveryId) -> Result<State, OperatorError> {
    let before = store::find_state(db, id).await?.ok_or(OperatorError::NotFound)?;
    if !before.state.can_resend() {
        return Err(OperatorError::NotNow);
    }
    if before.blanked || before.good_until <= cx.now() {
        return Err(OperatorError::TooLate);
    }
    if !store::mark_queued_again(db, id, before.state).await? {
        return Err(OperatorError::NotNow);
    }
    queue(db, cx, id, true).await?;
    Ok(before.state)
}

/// Stops trying. For operators.
pub async fn give_up(db: &mut PgConnection, cx: &Cx, id: DeliveryId) -> Result<State, OperatorError> {
    if store::mark_given_up(db, id, cx.now()).await? {
        return Ok(State::Queued);
    }
    store::find_state(db, id).await?.ok_or(OperatorError::NotFound)?;
    Err(OperatorError::NotNow)
}

/// Forgets everything about a person who leaves: what was sent to them, and what they chose.
pub async fn forget(db: &mut PgConnection, account: AccountId) -> Result<(), sqlx::Error> {
    store::delete_of_account(db, account).await
}

named!(
    /// What carried a message.
    Carrier {
        Smtp = "smtp",
        Gateway = "gateway",
        Capture = "capture",
    }
);
