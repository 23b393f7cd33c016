//! What may stand in the way of every verb of this module.

use identity::{
    Guard, NoGuard,
    password::Busy,
    throttle::{self, Key, Pace, Turn},
};
use kernel::{Cx, OffsetDateTime};
use model::{AppError, Code};
use sqlx::PgConnection;
use std::sync::Arc;

/// Not a matter of what was asked, but of when.
#[derive(Debug, thiserror::Error)]
pub enum Hurdle {
    #[error("tried too often; the next try counts in {seconds} s")]
    TooOften { seconds: u32 },
    #[error(transparent)]
    Busy(#[from] Busy),
    #[error(transparent)]
    NoGuard(#[from] NoGuard),
    /// A message could not be written down.
    #[error(transparent)]
    Message(#[from] notify::EnqueueError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<Hurdle> for AppError {
    fn from(hurdle: Hurdle) -> Self {
        match hurdle {
            Hurdle::TooOften { seconds } => Self::new(Code::RateLimited).retry_after(seconds),
            Hurdle::Busy(_) => Self::new(Code::Unavailable).retry_after(2),
            Hurdle::NoGuard(_) | Hurdle::Message(_) => Code::Internal.into(),
            Hurdle::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// Lets `?` carry what stands in the way into the errors of verbs.
macro_rules! hurdles {
    ($($error:ty),+) => {$(
        impl From<sqlx::Error> for $error {
            fn from(error: sqlx::Error) -> Self { Self::Hurdle(error.into()) }
        }
        impl From<identity::password::Busy> for $error {
            fn from(error: identity::password::Busy) -> Self { Self::Hurdle(error.into()) }
        }
        impl From<identity::NoGuard> for $error {
            fn from(error: identity::NoGuard) -> Self { Self::Hurdle(error.into()) }
        }
        impl From<notify::EnqueueError> for $error {
            fn from(error: notify::EnqueueError) -> Self { Self::Hurdle(error.into()) }
        }
    )+};
}
pub(super) use hurdles;

pub(super) fn guard(cx: &Cx) -> Result<Arc<Guard>, NoGuard> {
    Guard::of(cx)
}

/// Counts a try, or says how long to wait.
pub(super) async fn turn(cx: &Cx, db: &mut PgConnection, key: Key, pace: Pace) -> Result<(), Hurdle> {
    match throttle::store::take_turn(db, key, pace, cx.now()).await? {
        Turn::Go => Ok(()),
        Turn::Wait(until) => Err(Hurdle::TooOften { seconds: seconds_until(until, cx.now()) }),
    }
}

/// The same for what one client tries, whatever it is: outside of the caller's transaction, so that a try which is
/// refused stays counted. Commands at the console are no client.
pub(super) async fn client_turn(cx: &Cx) -> Result<(), Hurdle> {
    match cx.client().address {
        Some(address) => turn(cx, &mut *cx.db().acquire().await?, Key::client(address), Pace::CLIENT).await,
        None => Ok(()),
    }
}

/// The same for what a client asks to be kept before it is anybody.
pub(super) async fn asking_turn(cx: &Cx) -> Result<(), Hurdle> {
    match cx.client().address {
        Some(address) => turn(cx, &mut *cx.db().acquire().await?, Key::asked_by(address), Pace::CLIENT).await,
        None => Ok(()),
    }
}

/// Whoever was let in has not been guessing: many people share one address.
pub(super) async fn client_was_right(cx: &Cx, db: &mut PgConnection) -> Result<(), sqlx::Error> {
    match cx.client().address {
        Some(address) => throttle::store::give_back(db, Key::client(address)).await,
        None => Ok(()),
    }
}

fn seconds_until(until: OffsetDateTime, now: OffsetDateTime) -> u32 {
    u32::try_from((until - now).whole_seconds() + 1).unwrap_or(1)
}
