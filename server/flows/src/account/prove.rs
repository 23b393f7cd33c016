//! Proving again who one is, and what counts as proof.

use super::{
    Hurdle,
    hurdle::{guard, hurdles, turn},
    passkey_in::{self, Answered},
    post,
};
use access::audit::{Entry, Subject, record};
use identity::{
    Code, Guard, Password, Token, account,
    factor::{self, RecoveryCode, Totp},
    passkey::Asked,
    password::Verdict,
    session,
    throttle::{self, Key, Pace},
};
use kernel::{Cx, Member};
use model::{AppError, Code as Fault, audit::Action, ids::AccountId};
use notify::{Message, SecurityChange};
use sqlx::PgConnection;
use std::fmt;

/// What somebody shows. Not printed.
#[derive(Clone)]
pub enum Proof {
    Password(String),
    /// Of the authenticator app, as typed.
    Totp(String),
    /// As typed; it is used up.
    Recovery(String),
    /// The browser's answer to the question that this ceremony put.
    Passkey {
        ceremony: String,
        answer: String,
    },
}

impl fmt::Debug for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Password(_) => "Password(…)",
            Self::Totp(_) => "Totp(…)",
            Self::Recovery(_) => "Recovery(…)",
            Self::Passkey { .. } => "Passkey(…)",
        })
    }
}

#[derive(Debug, thiserror::Error)]
pub enum ProveError {
    #[error("that proves nothing")]
    Wrong,
    /// The session ended meanwhile.
    #[error("nobody is signed in")]
    SignedOut,
    #[error(transparent)]
    Hurdle(#[from] Hurdle),
}
hurdles!(ProveError);

impl From<ProveError> for AppError {
    fn from(error: ProveError) -> Self {
        match error {
            ProveError::Wrong => Fault::WrongCode.into(),
            ProveError::SignedOut => Fault::Unauthenticated.into(),
            ProveError::Hurdle(hurdle) => hurdle.into(),
        }
    }
}

/// Takes a proof from someone who is signed in. From then on, for ten minutes, they may change what guards the account;
/// the session goes on under the returned token, the old one is worthless.
pub async fn prove(cx: &Cx, member: &Member, proof: &Proof) -> Result<Token, ProveError> {
    let guard = guard(cx)?;
    let mut db = cx.db().acquire().await?;
    let key = match proof {
        Proof::Password(_) => Key::step_up(member.account),
        Proof::Totp(_) | Proof::Recovery(_) | Proof::Passkey { .. } => Key::second_factor(member.account),
    };
    turn(cx, &mut db, key, Pace::ACCOUNT).await?;
    let hash = account::store::get_door(&mut db, member.account).await?.password_hash;
    drop(db);
    let known = match proof {
        Proof::Password(typed) => Some(password_is_right(&guard, typed, hash).await?),
        _ => None,
    };
    let mut tx = cx.begin().await?;
    let right = if let Some(right) = known {
        right
    } else {
        let asked = Asked::StepUp(member.account, member.session);
        factor_is_right(cx, &guard, &mut tx, asked, member.account, proof).await?
    };
    if !right {
        tx.commit().await?;
        return Err(ProveError::Wrong);
    }
    throttle::store::clear(&mut tx, key).await?;
    let token = Token::new(cx);
    if !session::store::mark_proved(&mut tx, member.session, &token, cx.now()).await? {
        return Err(ProveError::SignedOut);
    }
    tx.commit().await?;
    Ok(token)
}

async fn password_is_right(guard: &Guard, typed: &str, hash: Option<String>) -> Result<bool, Hurdle> {
    let Some(typed) = Password::typed(typed) else { return Ok(false) };
    Ok(guard.hasher.verify(typed, hash).await? != Verdict::Wrong)
}

/// Whether this is a second factor of the account; a code or question that was used is used up in the same transaction,
/// which is committed either way. A password is none.
pub(super) async fn factor_is_right(
    cx: &Cx,
    guard: &Guard,
    db: &mut PgConnection,
    asked: Asked,
    account: AccountId,
    proof: &Proof,
) -> Result<bool, Hurdle> {
    match proof {
        Proof::Password(_) => Ok(false),
        Proof::Totp(typed) => {
            let Some(code) = Code::parse(typed) else { return Ok(false) };
            match factor::store::find(&mut *db, account).await? {
                Some(kept) if kept.confirmed => accept(cx, guard, db, account, &kept, &code).await,
                _ => Ok(false),
            }
        }
        Proof::Recovery(typed) => {
            let Some(code) = RecoveryCode::parse(typed) else { return Ok(false) };
            let digest = code.digest(&guard.safe, account);
            if !factor::store::use_recovery_code(&mut *db, account, digest, cx.now()).await? {
                return Ok(false);
            }
            let message = Message::SecurityChanged {
                change: SecurityChange::RecoveryCodeUsed,
                at: cx.now(),
                origin: post::origin(cx),
                link: post::link("/account/security"),
            };
            post::tell(&mut *db, cx, account, &message).await?;
            record(db, cx, &Entry::of(Action::RecoveryCodeUsed, Subject::Account(account))).await?;
            Ok(true)
        }
        Proof::Passkey { ceremony, answer } => {
            Ok(passkey_in::answered(cx, db, asked, ceremony, answer).await? == Answered::By(account))
        }
    }
}

/// Takes a code of the app, once.
pub(super) async fn accept(
    cx: &Cx,
    guard: &Guard,
    db: &mut PgConnection,
    account: AccountId,
    kept: &factor::store::Kept,
    code: &Code,
) -> Result<bool, Hurdle> {
    let secret = guard.safe.open(account.uuid().as_bytes(), &kept.secret).ok();
    let totp = secret.as_deref().and_then(Totp::from_bytes);
    match totp.and_then(|totp| totp.accept(code, kept.last_step, cx.now())) {
        Some(step) => Ok(factor::store::accept_step(db, account, step, cx.now()).await?),
        None => Ok(false),
    }
}
