//! Recognising who asks, and ending sessions.

use access::audit::{Entry, Subject, record};
use identity::{
    Token, challenge, passkey,
    session::{self, Kind, Listed, device_store, network_of},
    throttle,
};
use kernel::{
    Cx, Member, Viewer,
    jobs::{Job, JobError},
};
use model::{AppError, Code, audit::Action, ids::SessionId, views::Device};
use serde::{Deserialize, Serialize};
use serde_json::json;
use time::Duration;

/// Whoever a token belongs to: a visitor where it is none of ours, over, or carried otherwise than it was given out.
/// One indexed query; once a minute also a note that the session is in use.
pub async fn recognise(cx: &Cx, kind: Kind, token: &str) -> Result<Viewer, sqlx::Error> {
    let Some(token) = Token::parse(token) else { return Ok(Viewer::Visitor) };
    let mut db = cx.db().acquire().await?;
    let Some(found) = session::store::find_member(&mut db, kind, token.digest(), cx.now()).await? else {
        return Ok(Viewer::Visitor);
    };
    if found.seen_long_ago {
        let network = cx.client().address.map(network_of);
        session::store::mark_seen(&mut db, found.member.session, network.as_deref(), cx.now()).await?;
    }
    Ok(Viewer::Member(found.member))
}

/// Somebody's devices, the last used first.
pub async fn list(cx: &Cx, member: &Member) -> Result<Vec<Listed>, sqlx::Error> {
    session::store::list(&mut *cx.db().acquire().await?, member.account, cx.now()).await
}

/// A device as its owner is shown it.
pub fn shown(device: &Listed, member: &Member) -> Device {
    Device {
        id: device.id,
        name: device.device.text(),
        network: device.network.clone(),
        seen_at: device.last_seen_at.unix_timestamp(),
        is_this: device.id == member.session,
    }
}

#[derive(Debug, thiserror::Error)]
pub enum EndError {
    /// Or somebody else's.
    #[error("there is no such session")]
    NotFound,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<EndError> for AppError {
    fn from(error: EndError) -> Self {
        match error {
            EndError::NotFound => Code::NotFound.into(),
            EndError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// Ends one of the member's own sessions.
pub async fn end(cx: &Cx, member: &Member, id: SessionId) -> Result<(), EndError> {
    let mut tx = cx.begin().await?;
    if !session::store::delete(&mut tx, member.account, id).await? {
        return Err(EndError::NotFound);
    }
    let action = if id == member.session { Action::SignedOut } else { Action::SessionEnded };
    record(&mut tx, cx, &Entry::of(action, Subject::Session(id))).await?;
    Ok(tx.commit().await?)
}

/// Ends the session this request came in. Doing it again changes nothing.
pub async fn sign_out(cx: &Cx, member: &Member) -> Result<(), EndError> {
    match end(cx, member, member.session).await {
        Err(EndError::NotFound) => Ok(()),
        other => other,
    }
}

/// Ends all sessions of the member but this one; returns how many.
pub async fn end_others(cx: &Cx, member: &Member) -> Result<u64, EndError> {
    let mut tx = cx.begin().await?;
    let ended = session::store::delete_all(&mut tx, member.account, Some(member.session)).await?;
    if ended > 0 {
        let entry = Entry::of(Action::OtherSessionsEnded, Subject::Account(member.account));
        record(&mut tx, cx, &entry.after(json!({"ended": ended}))).await?;
    }
    tx.commit().await?;
    Ok(ended)
}

/// Forgets what is over: sessions, challenges, counted tries, devices not seen for a year.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep {}

impl Job for Sweep {
    const NAME: &'static str = "account.sweep";

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let (mut db, now) = (cx.db().acquire().await?, cx.now());
        session::store::delete_expired(&mut db, now).await?;
        passkey::store::delete_unanswered(&mut db, now).await?;
        challenge::store::delete_ended(&mut db, now - Duration::DAY).await?;
        throttle::store::delete_old(&mut db, now - Duration::days(2)).await?;
        device_store::delete_old(&mut db, now - Duration::days(365)).await?;
        Ok(())
    }
}
