//! Two-step sign-in with an authenticator app, and the recovery codes for when it is lost.

use super::{
    Hurdle,
    hurdle::{guard, hurdles, turn},
    post, prove,
    ways::lock_ways,
};
use access::audit::{Entry, Subject, record};
use identity::{
    Code, account,
    factor::{self, RECOVERY_CODES, RecoveryCode, Totp},
    throttle::{Key, Pace},
};
use kernel::{Cx, Member, Proved};
use model::{AppError, Code as Fault, audit::Action, ids::AccountId};
use notify::{Message, SecurityChange};
use sqlx::PgConnection;

/// What is shown while an app is being set up.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Enrolment {
    /// For typing: base32 in fours.
    pub secret: String,
    /// For the picture: an `otpauth://` address.
    pub url: String,
}

#[derive(Debug, thiserror::Error)]
pub enum TwoStepError {
    #[error("two-step sign-in is on already")]
    On,
    #[error("two-step sign-in is off")]
    Off,
    #[error("that is not the code the app shows")]
    Wrong,
    #[error(transparent)]
    Hurdle(#[from] Hurdle),
}
hurdles!(TwoStepError);

impl From<TwoStepError> for AppError {
    fn from(error: TwoStepError) -> Self {
        match error {
            TwoStepError::On | TwoStepError::Off => Fault::Conflict.into(),
            TwoStepError::Wrong => Fault::WrongCode.into(),
            TwoStepError::Hurdle(hurdle) => hurdle.into(),
        }
    }
}

/// Whether it is on, and how many recovery codes are left.
pub async fn two_step(cx: &Cx, member: &Member) -> Result<Option<i64>, sqlx::Error> {
    let mut db = cx.db().acquire().await?;
    match factor::store::find(&mut db, member.account).await? {
        Some(kept) if kept.confirmed => {
            factor::store::count_recovery_codes(&mut db, member.account).await.map(Some)
        }
        _ => Ok(None),
    }
}

/// Draws a secret for an app. Nothing is asked for at sign-in until the app has shown one right code.
pub async fn offer_two_step(cx: &Cx, proved: &Proved) -> Result<Enrolment, TwoStepError> {
    let guard = guard(cx)?;
    let account = proved.member().account;
    let totp = Totp::new(cx.ids());
    let sealed = guard.safe.seal(cx.ids(), account.uuid().as_bytes(), totp.as_bytes());
    let mut tx = cx.begin().await?;
    if !factor::store::offer(&mut tx, account, &sealed).await? {
        return Err(TwoStepError::On);
    }
    let enrolment = told(&guard, &mut tx, account, &totp).await?;
    tx.commit().await?;
    Ok(enrolment)
}

/// What was offered and has not been shown to work yet, so that its page can be looked at again.
pub async fn offered_two_step(cx: &Cx, proved: &Proved) -> Result<Option<Enrolment>, TwoStepError> {
    let guard = guard(cx)?;
    let account = proved.member().account;
    let mut db = cx.db().acquire().await?;
    let kept = factor::store::find(&mut db, account).await?.filter(|kept| !kept.confirmed);
    let secret = kept.and_then(|kept| guard.safe.open(account.uuid().as_bytes(), &kept.secret).ok());
    match secret.as_deref().and_then(Totp::from_bytes) {
        Some(totp) => Ok(Some(told(&guard, &mut db, account, &totp).await?)),
        None => Ok(None),
    }
}

async fn told(
    guard: &identity::Guard,
    db: &mut PgConnection,
    account: AccountId,
    totp: &Totp,
) -> Result<Enrolment, sqlx::Error> {
    let reach = account::store::get_reach(db, account).await?;
    let name = reach.contacts.first().map_or("", |contact| contact.as_str());
    Ok(Enrolment { secret: totp.text(), url: totp.url(&guard.host, name) })
}

/// Switches it on with the first right code; returns the recovery codes, which are shown once.
pub async fn confirm_two_step(
    cx: &Cx,
    proved: &Proved,
    code: &str,
) -> Result<Vec<RecoveryCode>, TwoStepError> {
    let guard = guard(cx)?;
    let account = proved.member().account;
    let code = Code::parse(code).ok_or(TwoStepError::Wrong)?;
    let mut db = cx.db().acquire().await?;
    turn(cx, &mut db, Key::second_factor(account), Pace::ACCOUNT).await?;
    drop(db);
    let mut tx = cx.begin().await?;
    let kept = factor::store::find(&mut tx, account).await?.ok_or(TwoStepError::Off)?;
    if kept.confirmed {
        return Err(TwoStepError::On);
    }
    if !prove::accept(cx, &guard, &mut tx, account, &kept, &code).await? {
        return Err(TwoStepError::Wrong);
    }
    let codes = draw_codes(cx, &guard, &mut tx, account).await?;
    note(cx, &mut tx, account, SecurityChange::TwoStepOn, Action::TwoStepOn).await?;
    tx.commit().await?;
    Ok(codes)
}

/// New recovery codes in place of all there were.
pub async fn new_recovery_codes(cx: &Cx, proved: &Proved) -> Result<Vec<RecoveryCode>, TwoStepError> {
    let guard = guard(cx)?;
    let account = proved.member().account;
    let mut tx = cx.begin().await?;
    if !lock_ways(cx, &mut tx, account).await?.second_factor() {
        return Err(TwoStepError::Off);
    }
    let codes = draw_codes(cx, &guard, &mut tx, account).await?;
    note(cx, &mut tx, account, SecurityChange::RecoveryCodesMade, Action::RecoveryCodesMade).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Switches it off. Where passkeys are left to ask for, the recovery codes stay.
pub async fn remove_two_step(cx: &Cx, proved: &Proved) -> Result<(), TwoStepError> {
    let account = proved.member().account;
    let mut tx = cx.begin().await?;
    let ways = lock_ways(cx, &mut tx, account).await?;
    if !factor::store::delete(&mut tx, account).await? {
        return Err(TwoStepError::Off);
    }
    if ways.passkeys == 0 {
        factor::store::delete_recovery_codes(&mut tx, account).await?;
    }
    note(cx, &mut tx, account, SecurityChange::TwoStepOff, Action::TwoStepOff).await?;
    Ok(tx.commit().await?)
}

pub(super) async fn draw_codes(
    cx: &Cx,
    guard: &identity::Guard,
    db: &mut PgConnection,
    account: AccountId,
) -> Result<Vec<RecoveryCode>, sqlx::Error> {
    let codes: Vec<RecoveryCode> = (0..RECOVERY_CODES).map(|_| RecoveryCode::new(cx.ids())).collect();
    let digests: Vec<_> = codes.iter().map(|code| code.digest(&guard.safe, account)).collect();
    factor::store::put_recovery_codes(db, account, &digests).await?;
    Ok(codes)
}

/// Tells the owner, and the log.
pub(super) async fn note(
    cx: &Cx,
    db: &mut PgConnection,
    account: AccountId,
    change: SecurityChange,
    action: Action,
) -> Result<(), Hurdle> {
    note_as(cx, db, account, change, Entry::of(action, Subject::Account(account))).await
}

/// The same with what the log is to know of it.
pub(super) async fn note_as(
    cx: &Cx,
    db: &mut PgConnection,
    account: AccountId,
    change: SecurityChange,
    entry: Entry,
) -> Result<(), Hurdle> {
    let message = Message::SecurityChanged {
        change,
        at: cx.now(),
        origin: post::origin(cx),
        link: post::link("/account/security"),
    };
    post::tell(&mut *db, cx, account, &message).await?;
    record(db, cx, &entry).await?;
    Ok(())
}
