//! All SQL about deliveries and preferences.
//!
//! Every step of a delivery is one statement that names the state it comes from, and, once claimed, the claim's number:
//! of two workers that think they have the same delivery, the later claim wins and the earlier one's steps do nothing.

mod keeping;
mod preference;

pub(crate) use keeping::*;
pub(crate) use preference::*;

use crate::{Recipient, State, Topic};
use kernel::{OffsetDateTime, RequestId, Uuid};
use model::{
    Lang,
    ids::{AccountId, DeliveryId},
};
use serde_json::Value;
use sqlx::PgConnection;

pub(crate) struct NewDelivery<'a> {
    pub id: DeliveryId,
    pub to: &'a Recipient,
    pub kind: &'static str,
    pub topic: Topic,
    pub message: Value,
    pub subject: String,
    pub good_until: OffsetDateTime,
    pub request: RequestId,
    /// Under which name it is told once.
    pub once: Option<&'a str>,
}

/// Whether it is new: what is told once may be there already.
pub(crate) async fn insert(
    db: &mut PgConnection,
    new: &NewDelivery<'_>,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into delivery (id, account_id, channel, address, name, lang, kind, topic, message, subject, good_until,
           created_at, request, once)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         on conflict (once) where once is not null do nothing",
        new.id.uuid(),
        new.to.account.map(Uuid::from),
        new.to.address.channel().as_str(),
        new.to.address.as_str(),
        new.to.name,
        new.to.lang.tag(),
        new.kind,
        new.topic.as_str(),
        new.message,
        new.subject,
        new.good_until,
        now,
        new.request.uuid(),
        new.once
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A delivery in the hands of one worker.
#[derive(Clone, Debug)]
pub struct Claim {
    pub id: DeliveryId,
    /// The number of this claim.
    pub attempt: i32,
    /// Fixed by the first claim.
    pub message_id: String,
    pub account: Option<AccountId>,
    pub channel: String,
    pub address: String,
    pub name: Option<String>,
    pub lang: Lang,
    pub topic: String,
    pub message: Value,
    pub good_until: OffsetDateTime,
    pub created_at: OffsetDateTime,
}

/// Claims a delivery that waits, or that another worker claimed and has not handed over. `message_id` is kept if it is
/// the first. None where there is nothing to be sent.
pub async fn claim(
    db: &mut PgConnection,
    id: DeliveryId,
    message_id: &str,
) -> Result<Option<Claim>, sqlx::Error> {
    let row = sqlx::query!(
        r#"update delivery set state = 'sending', attempt = attempt + 1, message_id = coalesce(message_id, $2)
         where id = $1 and (state = 'queued' or (state = 'sending' and handed_at is null))
         returning attempt, message_id as "message_id!", account_id, channel, address, name, lang, topic, message,
           good_until, created_at"#,
        id.uuid(),
        message_id
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Claim {
        id,
        attempt: row.attempt,
        message_id: row.message_id,
        account: row.account_id.map(AccountId::new),
        channel: row.channel,
        address: row.address,
        name: row.name,
        lang: Lang::from_tag(&row.lang).unwrap_or_default(),
        topic: row.topic,
        message: row.message,
        good_until: row.good_until,
        created_at: row.created_at,
    }))
}

/// The last step before the content leaves. False where the claim is not the present one any more: then nothing may be
/// sent.
pub async fn hand_over(
    db: &mut PgConnection,
    id: DeliveryId,
    attempt: i32,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update delivery set handed_at = $3
         where id = $1 and attempt = $2 and state = 'sending' and handed_at is null",
        id.uuid(),
        attempt,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How an attempt ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum End {
    Sent,
    Captured,
    Failed,
    Suppressed,
    Unknown,
}

impl End {
    const fn state(self) -> State {
        match self {
            Self::Sent => State::Sent,
            Self::Captured => State::Captured,
            Self::Failed => State::Failed,
            Self::Suppressed => State::Suppressed,
            Self::Unknown => State::Unknown,
        }
    }
}

/// Writes down the end of an attempt. An answer that comes after the delivery was taken for unknown still counts.
/// `plain` is the message without its secrets, for ends after which nobody needs them.
pub(crate) async fn mark_ended(
    db: &mut PgConnection,
    id: DeliveryId,
    attempt: i32,
    end: End,
    answer: Option<&str>,
    plain: Option<&Value>,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update delivery set state = $3, answer = $4, finished_at = $6,
           handed_at = case when $3 in ('sent', 'unknown') then handed_at end,
           message = coalesce($5, message), blanked = blanked or $5 is not null
         where id = $1 and attempt = $2 and state in ('sending', 'unknown')",
        id.uuid(),
        attempt,
        end.state().as_str(),
        answer,
        plain,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Refused for now: to be claimed again.
pub async fn put_back(
    db: &mut PgConnection,
    id: DeliveryId,
    attempt: i32,
    answer: &str,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update delivery set state = 'queued', handed_at = null, finished_at = null, answer = $3
         where id = $1 and attempt = $2 and state in ('sending', 'unknown')",
        id.uuid(),
        attempt,
        answer
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Where a delivery stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Standing {
    pub state: State,
    pub attempt: i32,
    pub handed_at: Option<OffsetDateTime>,
    pub good_until: OffsetDateTime,
    /// Whether its secrets are gone.
    pub blanked: bool,
}

pub async fn find_state(db: &mut PgConnection, id: DeliveryId) -> Result<Option<Standing>, sqlx::Error> {
    let row = sqlx::query!(
        "select state, attempt, handed_at, good_until, blanked from delivery where id = $1",
        id.uuid()
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(Standing {
            state: State::from_name(&row.state).ok_or_else(|| unsound("state", &row.state))?,
            attempt: row.attempt,
            handed_at: row.handed_at,
            good_until: row.good_until,
            blanked: row.blanked,
        })
    })
    .transpose()
}

/// What was handed over before `since` and has no answer becomes unknown; says how many there were.
pub(crate) async fn mark_unanswered(
    db: &mut PgConnection,
    since: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<u64, sqlx::Error> {
    let done = sqlx::query!(
        "update delivery set state = 'unknown', finished_at = $2
         where state = 'sending' and handed_at < $1",
        since,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

pub(crate) async fn mark_queued_again(
    db: &mut PgConnection,
    id: DeliveryId,
    from: State,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update delivery set state = 'queued', attempt = attempt + 1, handed_at = null, finished_at = null
         where id = $1 and state = $2",
        id.uuid(),
        from.as_str()
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn mark_given_up(
    db: &mut PgConnection,
    id: DeliveryId,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update delivery set state = 'failed', finished_at = $2 where id = $1 and state = 'queued'",
        id.uuid(),
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A row that a constraint of the database should have kept out.
fn unsound(what: &str, value: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("{what} is “{value}” in the database").into())
}
