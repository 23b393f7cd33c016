//! What people want to hear about.

use crate::{Channel, Topic, store};
use kernel::OffsetDateTime;
use model::ids::AccountId;
use sqlx::PgConnection;

/// One switch of the preferences page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Preference {
    pub topic: Topic,
    pub channel: Channel,
    pub wanted: bool,
}

/// Everything a person can choose, whether they have or not: on where they have not.
pub async fn preferences(db: &mut PgConnection, account: AccountId) -> Result<Vec<Preference>, sqlx::Error> {
    let unwanted = store::list_unwanted(db, account).await?;
    let optional = Topic::ALL.iter().copied().filter(|topic| topic.is_optional());
    let switches = optional.flat_map(|topic| Channel::ALL.iter().map(move |channel| (topic, *channel)));
    Ok(switches
        .map(|(topic, channel)| Preference { topic, channel, wanted: !unwanted.contains(&(topic, channel)) })
        .collect())
}

/// Keeps a choice and says whether it is a change. A topic that cannot be switched off is left alone.
pub async fn set_preference(
    db: &mut PgConnection,
    account: AccountId,
    choice: Preference,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    if !choice.topic.is_optional() {
        return Ok(false);
    }
    store::upsert_preference(db, account, choice.topic, choice.channel, choice.wanted, now).await
}
