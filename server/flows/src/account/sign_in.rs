//! Signing in: the password, then the second factor where there is one.

use super::{
    Hurdle, Proof, devices,
    hurdle::{client_turn, client_was_right, guard, hurdles, turn},
    prove, refusals,
};
use access::audit::{Actor, Entry as Line, Subject, record};
use identity::{
    Guard, Password, Token,
    account::{self, Door},
    challenge::{self, NewChallenge, Purpose},
    passkey::Asked,
    password::{Busy, Verdict},
    profile,
    session::{self, NewSession, Stay, device_store},
    throttle::{self, Key, Pace},
};
use kernel::Cx;
use model::{
    AppError, Code, Contact, Lang, Theme,
    audit::Action,
    ids::{AccountId, SessionId},
};
use serde_json::json;
use sqlx::PgConnection;

/// What somebody types to be let in.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub contact: String,
    pub password: String,
    pub stay: Stay,
    /// What this browser was given at an earlier sign-in.
    pub device: Option<Token>,
}

/// How far somebody got.
#[derive(Clone, Debug)]
pub enum Entry {
    In(SignedIn),
    /// The password was right; this is shown together with a second factor, within five minutes.
    SecondFactor(Token),
}

/// A session that has begun. Its token is given out here and never again.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub account: AccountId,
    pub session: SessionId,
    pub token: Token,
    pub stay: Stay,
    /// For the browser to keep, where it is a new one.
    pub device: Option<Token>,
    pub lang: Lang,
    /// None for who never chose one.
    pub theme: Option<Theme>,
}

#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// No such account, or another password.
    #[error("no account has this address and password")]
    Wrong,
    #[error("that is not the code of the second factor")]
    WrongFactor,
    /// Begin again with the password.
    #[error("the sign-in took too long, or was guessed at")]
    Spent,
    #[error("that is no passkey of an account")]
    WrongPasskey,
    #[error("the account is locked")]
    Suspended,
    #[error(transparent)]
    Hurdle(#[from] Hurdle),
}
hurdles!(SignInError);

impl From<SignInError> for AppError {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Wrong => Code::WrongCredentials.into(),
            SignInError::WrongFactor => Code::WrongCode.into(),
            SignInError::Spent => Code::Spent.into(),
            SignInError::WrongPasskey => Code::PasskeyRefused.into(),
            SignInError::Suspended => Code::AccountSuspended.into(),
            SignInError::Hurdle(hurdle) => hurdle.into(),
        }
    }
}

/// Tries a password. It takes as long, and answers the same, whether there is such an account or not.
pub async fn sign_in(cx: &Cx, typed: &Credentials) -> Result<Entry, SignInError> {
    let guard = guard(cx)?;
    let contact: Contact = typed.contact.parse().map_err(|_| SignInError::Wrong)?;
    let password = Password::typed(&typed.password).ok_or(SignInError::Wrong)?;
    client_turn(cx).await?;
    let mut db = cx.db().acquire().await?;
    let key = match &typed.device {
        Some(device) if device_store::is_known(&mut db, &contact, device.digest()).await? => {
            Key::password_on_device(&contact, &device.digest())
        }
        _ => Key::password(&contact),
    };
    turn(cx, &mut db, key, Pace::ACCOUNT).await?;
    let door = account::store::find_door(&mut db, &contact).await?;
    // Nobody holds a connection while waiting for the hash.
    drop(db);
    let hash = door.as_ref().and_then(|door| door.password_hash.clone());
    let Ok(verdict) = guard.hasher.verify(password.clone(), hash).await else {
        throttle::store::give_back(&mut *cx.db().acquire().await?, key).await?;
        return Err(Busy.into());
    };
    let Some(door) = door.filter(|_| verdict != Verdict::Wrong) else {
        refusals::note(cx, &contact).await?;
        return Err(SignInError::Wrong);
    };
    // Where the queue is full the password was right all the same; the next sign-in will do.
    let stronger = match verdict {
        Verdict::RightButWeak => guard.hasher.hash(cx.ids(), password).await.ok(),
        _ => None,
    };

    let mut tx = cx.begin().await?;
    throttle::store::clear(&mut tx, key).await?;
    client_was_right(cx, &mut tx).await?;
    if let (Some(was), Some(stronger)) = (&door.password_hash, stronger) {
        account::store::put_stronger_hash(&mut tx, door.account, was, &stronger).await?;
    }
    let entry = admit(cx, &mut tx, &door, typed.stay, typed.device.as_ref()).await;
    if !matches!(entry, Err(SignInError::Hurdle(_))) {
        tx.commit().await?;
    }
    entry
}

/// Lets in whoever has shown that they are the account's, as far as that goes.
pub(super) async fn admit(
    cx: &Cx,
    db: &mut PgConnection,
    door: &Door,
    stay: Stay,
    device: Option<&Token>,
) -> Result<Entry, SignInError> {
    if !door.state.may_sign_in() {
        return Err(SignInError::Suspended);
    }
    if door.second_factor {
        let token = Token::new(cx);
        let (account, link) = (Some(door.account), Some(token.digest()));
        let new = NewChallenge { id: cx.id(), purpose: Purpose::SecondFactor, account, link };
        challenge::store::insert(db, new, cx.now()).await?;
        return Ok(Entry::SecondFactor(token));
    }
    Ok(enter(cx, db, door.account, stay, device).await.map(Entry::In)?)
}

/// Shows the second factor. Five tries a sign-in, and all sign-ins together are counted as well.
pub async fn second_step(
    cx: &Cx,
    challenge: &str,
    proof: &Proof,
    stay: Stay,
    device: Option<&Token>,
) -> Result<SignedIn, SignInError> {
    let guard: std::sync::Arc<Guard> = guard(cx)?;
    let token = Token::parse(challenge).ok_or(SignInError::Spent)?;
    client_turn(cx).await?;
    let mut db = cx.db().acquire().await?;
    let open =
        challenge::store::find_by_link(&mut db, Purpose::SecondFactor, token.digest(), cx.now()).await?;
    let open = open.ok_or(SignInError::Spent)?;
    let account = open.account.ok_or(SignInError::Spent)?;
    turn(cx, &mut db, Key::second_factor(account), Pace::ACCOUNT).await?;
    if !challenge::store::take_guess(&mut db, open.id, cx.now()).await? {
        return Err(SignInError::Spent);
    }
    drop(db);
    let mut tx = cx.begin().await?;
    if !prove::factor_is_right(cx, &guard, &mut tx, Asked::SecondFactor(account), account, proof).await? {
        let line = Line::of(Action::SignInRefused, Subject::Account(account)).by(Actor::Visitor);
        record(&mut tx, cx, &line.after(json!({"second_step": true}))).await?;
        tx.commit().await?;
        return Err(SignInError::WrongFactor);
    }
    if !challenge::store::spend_guessed(&mut tx, open.id, cx.now()).await? {
        return Err(SignInError::Spent);
    }
    if !account::store::get_door(&mut tx, account).await?.state.may_sign_in() {
        return Err(SignInError::Suspended);
    }
    throttle::store::clear(&mut tx, Key::second_factor(account)).await?;
    client_was_right(cx, &mut tx).await?;
    let entered = enter(cx, &mut tx, account, stay, device).await?;
    tx.commit().await?;
    Ok(entered)
}

/// Begins a session, with a token of its own whatever the client brought along.
pub(super) async fn enter(
    cx: &Cx,
    db: &mut PgConnection,
    account: AccountId,
    stay: Stay,
    device: Option<&Token>,
) -> Result<SignedIn, Hurdle> {
    let new = NewSession::begin(cx, account, stay);
    session::store::insert(&mut *db, &new, cx.now()).await?;
    let device = devices::meet(&mut *db, cx, account, device).await?;
    let line = Line::of(Action::SignedIn, Subject::Session(new.id)).by(Actor::Account(account));
    record(&mut *db, cx, &line).await?;
    let profile = profile::store::get(db, account).await?;
    let theme = (profile.version > 0).then_some(profile.theme);
    Ok(SignedIn { account, session: new.id, token: new.token, stay, device, lang: profile.lang, theme })
}
