//! What people want, and the key that signs their way out.

use super::unsound;
use crate::{Channel, Topic};
use kernel::OffsetDateTime;
use model::ids::AccountId;
use sqlx::PgConnection;

pub(crate) async fn is_wanted(
    db: &mut PgConnection,
    account: AccountId,
    topic: Topic,
    channel: Channel,
) -> Result<bool, sqlx::Error> {
    let wanted = sqlx::query_scalar!(
        "select wanted from notification_preference where account_id = $1 and topic = $2 and channel = $3",
        account.uuid(),
        topic.as_str(),
        channel.as_str()
    )
    .fetch_optional(db)
    .await?;
    Ok(wanted.unwrap_or(true))
}

pub(crate) async fn list_unwanted(
    db: &mut PgConnection,
    account: AccountId,
) -> Result<Vec<(Topic, Channel)>, sqlx::Error> {
    let rows = sqlx::query!(
        "select topic, channel from notification_preference where account_id = $1 and not wanted",
        account.uuid()
    )
    .fetch_all(db)
    .await?;
    let read = |row: &str, channel: &str| Some((Topic::from_name(row)?, Channel::from_name(channel)?));
    Ok(rows.iter().filter_map(|row| read(&row.topic, &row.channel)).collect())
}

/// Keeps a choice and says whether it differs from before.
pub(crate) async fn upsert_preference(
    db: &mut PgConnection,
    account: AccountId,
    topic: Topic,
    channel: Channel,
    wanted: bool,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into notification_preference (account_id, topic, channel, wanted, changed_at)
         values ($1, $2, $3, $4, $5)
         on conflict (account_id, topic, channel) do update set wanted = $4, changed_at = $5
         where notification_preference.wanted <> $4",
        account.uuid(),
        topic.as_str(),
        channel.as_str(),
        wanted,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The key that signs links, made where there is none yet.
pub(crate) async fn get_or_insert_key(
    db: &mut PgConnection,
    fresh: &[u8; 32],
) -> Result<[u8; 32], sqlx::Error> {
    sqlx::query!("insert into notification_key (key) values ($1) on conflict do nothing", fresh)
        .execute(&mut *db)
        .await?;
    let key = sqlx::query_scalar!("select key from notification_key").fetch_one(db).await?;
    key.try_into().map_err(|_| unsound("notification_key.key", "of another length"))
}
