//! What operators do with messages, and what people say about getting them.

use access::audit::{Entry, Subject, record};
use kernel::{Cx, Operator};
use model::{audit::Action, delivery::DeliveryState, ids::DeliveryId};
use notify::{OperatorError, Preference, Unsubscribe};
use serde_json::json;

/// Sends a message once more. The operator was let in for messages; that they did it is logged.
pub async fn resend(cx: &Cx, _operator: &Operator, id: DeliveryId) -> Result<(), OperatorError> {
    let mut tx = cx.begin().await?;
    let before = notify::resend(&mut tx, cx, id).await?;
    record(&mut tx, cx, &changed(Action::MessageResent, id, before, DeliveryState::Queued)).await?;
    Ok(tx.commit().await?)
}

/// Stops trying to send a message.
pub async fn give_up(cx: &Cx, _operator: &Operator, id: DeliveryId) -> Result<(), OperatorError> {
    let mut tx = cx.begin().await?;
    let before = notify::give_up(&mut tx, cx, id).await?;
    record(&mut tx, cx, &changed(Action::MessageGivenUp, id, before, DeliveryState::Failed)).await?;
    Ok(tx.commit().await?)
}

fn changed(action: Action, id: DeliveryId, before: DeliveryState, after: DeliveryState) -> Entry {
    Entry::of(action, Subject::Delivery(id)).before(json!({"state": before})).after(json!({"state": after}))
}

/// Switches one topic of one account off, or on again, for whoever holds the link a message brought. Doing it again
/// changes nothing.
pub async fn unsubscribe(cx: &Cx, way_out: Unsubscribe, wanted: bool) -> Result<(), sqlx::Error> {
    let Unsubscribe { account, topic, channel } = way_out;
    let mut tx = cx.begin().await?;
    let choice = Preference { topic, channel, wanted };
    if notify::set_preference(&mut tx, account, choice, cx.now()).await? {
        let facts = |wanted: bool| json!({"topic": topic, "channel": channel, "wanted": wanted});
        let entry = Entry::of(Action::PreferenceChanged, Subject::Account(account));
        record(&mut tx, cx, &entry.before(facts(!wanted)).after(facts(wanted))).await?;
    }
    tx.commit().await
}
