//! Changing a password, or setting the first one.

use super::{
    Hurdle,
    hurdle::{guard, hurdles},
    post,
};
use access::audit::{Entry, Subject, record};
use identity::{
    Password, Token, account,
    challenge::{self, Purpose},
    session,
};
use kernel::{Cx, Proved};
use model::{AppError, Code, FieldError, audit::Action};
use notify::Message;

#[derive(Debug, thiserror::Error)]
pub enum ChangePasswordError {
    #[error("the password is not a good one")]
    Password(FieldError),
    #[error("nobody is signed in")]
    SignedOut,
    #[error(transparent)]
    Hurdle(#[from] Hurdle),
}
hurdles!(ChangePasswordError);

impl From<ChangePasswordError> for AppError {
    fn from(error: ChangePasswordError) -> Self {
        match error {
            ChangePasswordError::Password(error) => Self::field("password", error),
            ChangePasswordError::SignedOut => Code::Unauthenticated.into(),
            ChangePasswordError::Hurdle(hurdle) => hurdle.into(),
        }
    }
}

/// Sets the password. All other sessions end; this one goes on under the returned token.
pub async fn change_password(cx: &Cx, proved: &Proved, password: &str) -> Result<Token, ChangePasswordError> {
    let guard = guard(cx)?;
    let member = proved.member();
    let contacts = account::store::get_reach(&mut *cx.db().acquire().await?, member.account).await?.contacts;
    let password = Password::chosen(password, &contacts).map_err(ChangePasswordError::Password)?;
    let hash = guard.hasher.hash(cx.ids(), password).await?;

    let mut tx = cx.begin().await?;
    account::store::put_password(&mut tx, member.account, &hash, cx.now()).await?;
    session::store::delete_all(&mut tx, member.account, Some(member.session)).await?;
    for purpose in [Purpose::Reset, Purpose::SecondFactor] {
        challenge::store::close_all(&mut tx, member.account, purpose, cx.now()).await?;
    }
    let token = Token::new(cx);
    if !session::store::mark_proved(&mut tx, member.session, &token, cx.now()).await? {
        return Err(ChangePasswordError::SignedOut);
    }
    let message =
        Message::PasswordChanged { at: cx.now(), origin: post::origin(cx), link: post::link("/forgot") };
    post::tell(&mut tx, cx, member.account, &message).await?;
    record(&mut tx, cx, &Entry::of(Action::PasswordChanged, Subject::Account(member.account))).await?;
    tx.commit().await?;
    Ok(token)
}
