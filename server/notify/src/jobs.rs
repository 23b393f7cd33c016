//! Sending, and tidying up afterwards.

use crate::{
    Address, Channel, Letter, Message, Post, Topic, Unsubscribe,
    mime::Envelope,
    smtp::Outcome,
    store::{self, Claim, End},
};
use kernel::{
    Cx,
    jobs::{Job, JobError, Priority},
};
use model::ids::DeliveryId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::Duration;

/// Refusals for now after which a delivery has failed. They come later and later, over about half a day.
pub(crate) const MOST_ATTEMPTS: i32 = 9;
/// A hand-over without an answer for so long will have none: longer than any of our timeouts.
const UNANSWERED: Duration = Duration::minutes(3);
/// For how long messages are kept.
const KEPT: Duration = Duration::days(90);
const BATCH: i64 = 1_000;

/// Sends what someone is waiting for.
#[derive(Serialize, Deserialize)]
pub struct SendNow {
    pub delivery: DeliveryId,
}

impl Job for SendNow {
    const NAME: &'static str = "notify.send_now";
    const PRIORITY: Priority = Priority::High;
    const MAX_ATTEMPTS: u16 = 20;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        send(cx, self.delivery).await
    }
}

/// Sends what can wait.
#[derive(Serialize, Deserialize)]
pub struct SendBulk {
    pub delivery: DeliveryId,
}

impl Job for SendBulk {
    const NAME: &'static str = "notify.send_bulk";
    const PRIORITY: Priority = Priority::Low;
    const MAX_ATTEMPTS: u16 = 20;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        send(cx, self.delivery).await
    }
}

async fn send(cx: &Cx, id: DeliveryId) -> Result<(), JobError> {
    let post = cx.part::<Post>().ok_or_else(|| JobError::fatal("there is no post office"))?;
    let mut db = cx.db().acquire().await?;
    let claim = store::claim(&mut db, id, &post.message_id(id)).await?;
    drop(db);
    match claim {
        Some(claim) => attempt(cx, &post, &claim).await,
        None => look(cx, id).await,
    }
}

/// There was nothing to claim: it is done, or in the hands of the other side.
async fn look(cx: &Cx, id: DeliveryId) -> Result<(), JobError> {
    let mut db = cx.db().acquire().await?;
    let Some(standing) = store::find_state(&mut db, id).await? else {
        return Err(JobError::discard("the message has been deleted"));
    };
    let Some(handed_at) = standing.handed_at.filter(|_| standing.state == crate::State::Sending) else {
        return Ok(());
    };
    if handed_at + UNANSWERED > cx.now() {
        return Err(JobError::retry("another worker has handed it over and awaits the answer"));
    }
    let answer = "no answer was written down: the worker stopped in the middle";
    store::mark_ended(&mut db, id, standing.attempt, End::Unknown, Some(answer), None, cx.now()).await?;
    tracing::error!(delivery.id = %id, "Whether message {id} was sent is not known; an operator decides");
    Ok(())
}

async fn attempt(cx: &Cx, post: &Post, claim: &Claim) -> Result<(), JobError> {
    let message: Message = match serde_json::from_value(claim.message.clone()) {
        Ok(message) => message,
        Err(error) => return end(cx, claim, End::Failed, &format!("cannot be read: {error}"), None).await,
    };
    let plain = serde_json::to_value(message.without_secrets())?;
    if claim.good_until <= cx.now() {
        return end(cx, claim, End::Failed, "it would come too late", Some(&plain)).await;
    }
    let (Some(channel), Some(topic)) = (Channel::from_name(&claim.channel), Topic::from_name(&claim.topic))
    else {
        return end(cx, claim, End::Failed, "its channel or topic is not known", None).await;
    };
    let Ok(address) = Address::of(channel, &claim.address) else {
        return end(cx, claim, End::Failed, "its address is not one", Some(&plain)).await;
    };
    let way_out = match claim.account.filter(|_| topic.is_optional()) {
        None => None,
        Some(account) => {
            let mut db = cx.db().acquire().await?;
            if !store::is_wanted(&mut db, account, topic, channel).await? {
                drop(db);
                return end(cx, claim, End::Suppressed, "not wanted", Some(&plain)).await;
            }
            Some(Unsubscribe { account, topic, channel })
        }
    };
    let letter = Letter::of(&message, claim.lang, claim.name.as_deref());
    let outcome = match &address {
        Address::Email(to) => {
            let Some(smtp) = &post.smtp else { return end(cx, claim, End::Captured, "", None).await };
            let (id, message_id, at) = (claim.id, claim.message_id.as_str(), claim.created_at);
            let envelope = Envelope { id, message_id, to, at, topic, unsubscribe: way_out };
            let mail = post.compose(&letter, &envelope)?;
            match smtp.prepare(&post.from().email, to.inner()).await {
                Err(outcome) => outcome,
                Ok(ready) if hand_over(cx, claim).await? => ready.transmit(&mail.bytes()).await,
                Ok(ready) => {
                    ready.abandon();
                    return Ok(());
                }
            }
        }
        Address::Phone(to) => {
            let Some(gateway) = &post.gateway else { return end(cx, claim, End::Captured, "", None).await };
            if !hand_over(cx, claim).await? {
                return Ok(());
            }
            gateway.send(claim.id, to, &letter.sms(post.site())).await
        }
    };
    conclude(cx, claim, outcome, &plain).await
}

async fn hand_over(cx: &Cx, claim: &Claim) -> Result<bool, sqlx::Error> {
    store::hand_over(&mut *cx.db().acquire().await?, claim.id, claim.attempt, cx.now()).await
}

async fn conclude(cx: &Cx, claim: &Claim, outcome: Outcome, plain: &Value) -> Result<(), JobError> {
    match outcome {
        Outcome::Sent(answer) => end(cx, claim, End::Sent, &answer, Some(plain)).await,
        Outcome::Never(answer) => {
            tracing::warn!(delivery.id = %claim.id, "Message {} was refused for good", claim.id);
            end(cx, claim, End::Failed, &answer, None).await
        }
        Outcome::Later(answer) if claim.attempt >= MOST_ATTEMPTS => {
            tracing::warn!(delivery.id = %claim.id, "Message {} was refused too often", claim.id);
            end(cx, claim, End::Failed, &answer, None).await
        }
        Outcome::Later(answer) => {
            store::put_back(&mut *cx.db().acquire().await?, claim.id, claim.attempt, &answer).await?;
            Err(JobError::retry(answer))
        }
        Outcome::Unknown(answer) => {
            tracing::error!(delivery.id = %claim.id, "Whether message {} was sent is not known; an operator decides", claim.id);
            end(cx, claim, End::Unknown, &answer, None).await
        }
    }
}

async fn end(cx: &Cx, claim: &Claim, end: End, answer: &str, plain: Option<&Value>) -> Result<(), JobError> {
    let answer = (!answer.is_empty()).then_some(answer);
    let mut db = cx.db().acquire().await?;
    store::mark_ended(&mut db, claim.id, claim.attempt, end, answer, plain, cx.now()).await?;
    tracing::debug!(delivery.id = %claim.id, topic = claim.topic, channel = claim.channel, "Message ended: {end:?}");
    Ok(())
}

/// Marks what has no answer, blanks the secrets of what is too late, and deletes what is old. Run by the clock.
#[derive(Serialize, Deserialize)]
pub struct Tidy {}

impl Job for Tidy {
    const NAME: &'static str = "notify.tidy";
    const PRIORITY: Priority = Priority::Low;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let now = cx.now();
        let mut db = cx.db().acquire().await?;
        let lost = store::mark_unanswered(&mut db, now - UNANSWERED * 2, now).await?;
        if lost > 0 {
            tracing::error!("Whether {lost} messages were sent is not known; an operator decides");
        }
        for (id, message) in store::list_stale(&mut db, now, BATCH).await? {
            // What cannot be read any more is of no use to anyone either.
            let plain = serde_json::from_value::<Message>(message).map(|message| message.without_secrets());
            let plain = plain.and_then(serde_json::to_value).unwrap_or(Value::Null);
            store::mark_blanked(&mut db, id, &plain).await?;
        }
        while store::delete_old(&mut db, now - KEPT, BATCH).await? {}
        Ok(())
    }
}
