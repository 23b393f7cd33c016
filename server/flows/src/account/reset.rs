//! A forgotten password: a link to the address, once, and every session of the account ends.

use super::{
    Hurdle,
    hurdle::{client_turn, guard, hurdles},
    letters::SendReset,
    post,
};
use access::audit::{Actor, Entry, Subject, record};
use identity::{
    Password, Token, account,
    challenge::{self, Purpose},
    session::{self, device_store},
    throttle::{self, Key},
};
use kernel::{Cx, jobs};
use model::{AppError, Code, Contact, FieldError, audit::Action};
use notify::Message;

#[derive(Debug, thiserror::Error)]
pub enum ResetError {
    #[error("that is no address")]
    NoAddress,
    #[error("the link no longer works")]
    Spent,
    #[error("the password is not a good one")]
    Password(FieldError),
    #[error(transparent)]
    Hurdle(#[from] Hurdle),
}
hurdles!(ResetError);

impl From<ResetError> for AppError {
    fn from(error: ResetError) -> Self {
        match error {
            ResetError::NoAddress => Self::field("contact", FieldError::Malformed),
            ResetError::Spent => Code::Spent.into(),
            ResetError::Password(error) => Self::field("password", error),
            ResetError::Hurdle(hurdle) => hurdle.into(),
        }
    }
}

/// Asks for a link. The answer is the same whether the address has an account or not.
pub async fn request_reset(cx: &Cx, contact: &str) -> Result<(), ResetError> {
    let contact: Contact = contact.parse().map_err(|_| ResetError::NoAddress)?;
    client_turn(cx).await?;
    let mut tx = cx.begin().await?;
    let key = contact.as_str().to_owned();
    jobs::enqueue(&mut tx, cx, &SendReset { contact }).unique(key).await?;
    Ok(tx.commit().await?)
}

/// Sets a new password with the link. Every session ends, every device is a stranger again, and all other links sent
/// for this are worthless.
pub async fn reset(cx: &Cx, token: &str, password: &str) -> Result<(), ResetError> {
    let guard = guard(cx)?;
    let token = Token::parse(token).ok_or(ResetError::Spent)?;
    client_turn(cx).await?;
    let mut db = cx.db().acquire().await?;
    let open = challenge::store::find_by_link(&mut db, Purpose::Reset, token.digest(), cx.now()).await?;
    let open = open.ok_or(ResetError::Spent)?;
    let account = open.account.ok_or(ResetError::Spent)?;
    let contacts = account::store::get_reach(&mut db, account).await?.contacts;
    drop(db);
    let password = Password::chosen(password, &contacts).map_err(ResetError::Password)?;
    let hash = guard.hasher.hash(cx.ids(), password).await?;

    let mut tx = cx.begin().await?;
    if !challenge::store::spend(&mut tx, open.id, cx.now()).await? {
        return Err(ResetError::Spent);
    }
    account::store::put_password(&mut tx, account, &hash, cx.now()).await?;
    challenge::store::close_all(&mut tx, account, Purpose::Reset, cx.now()).await?;
    challenge::store::close_all(&mut tx, account, Purpose::SecondFactor, cx.now()).await?;
    session::store::delete_all(&mut tx, account, None).await?;
    device_store::delete_all(&mut tx, account).await?;
    for contact in &contacts {
        throttle::store::clear(&mut tx, Key::password(contact)).await?;
    }
    let message =
        Message::PasswordChanged { at: cx.now(), origin: post::origin(cx), link: post::link("/forgot") };
    post::tell(&mut tx, cx, account, &message).await?;
    let entry = Entry::of(Action::PasswordReset, Subject::Account(account)).by(Actor::Account(account));
    record(&mut tx, cx, &entry).await?;
    Ok(tx.commit().await?)
}
