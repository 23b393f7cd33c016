//! What operators do with messages, and what people say about getting them.

use access::audit::{Entry, Subject, record};
use kernel::{Cx, Member, Operator};
use model::{
    audit::Action,
    delivery::DeliveryState,
    ids::{AccountId, DeliveryId},
};
pub use notify::Preference;
use notify::{OperatorError, Post, Unsubscribe};
use serde_json::json;
use sqlx::PgConnection;

/// Where the operator of this site is written to; none where it sends no messages.
pub fn operator_address(cx: &Cx) -> Option<String> {
    Some(cx.part::<Post>()?.operator_address())
}

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
    keep(cx, &mut tx, account, Preference { topic, channel, wanted }).await?;
    tx.commit().await
}

/// All that a member can choose, and what they chose.
pub async fn preferences(cx: &Cx, member: &Member) -> Result<Vec<Preference>, sqlx::Error> {
    notify::preferences(&mut *cx.db().acquire().await?, member.account).await
}

/// Switches on what is among `wanted`, each as [`switch`] names it, and all else off.
pub async fn choose(cx: &Cx, member: &Member, wanted: &[String]) -> Result<(), sqlx::Error> {
    let mut tx = cx.begin().await?;
    for choice in notify::preferences(&mut tx, member.account).await? {
        let now = wanted.contains(&switch(choice));
        if now != choice.wanted {
            keep(cx, &mut tx, member.account, Preference { wanted: now, ..choice }).await?;
        }
    }
    tx.commit().await
}

/// The name of a switch in a form.
pub fn switch(choice: Preference) -> String {
    format!("{}.{}", choice.topic, choice.channel)
}

async fn keep(
    cx: &Cx,
    db: &mut PgConnection,
    account: AccountId,
    choice: Preference,
) -> Result<(), sqlx::Error> {
    if notify::set_preference(db, account, choice, cx.now()).await? {
        let Preference { topic, channel, wanted } = choice;
        let facts = |wanted: bool| json!({"topic": topic, "channel": channel, "wanted": wanted});
        let entry = Entry::of(Action::PreferenceChanged, Subject::Account(account));
        record(db, cx, &entry.before(facts(!wanted)).after(facts(wanted))).await?;
    }
    Ok(())
}
