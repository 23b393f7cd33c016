//! Passkeys: adding, naming and removing them, and going without a password.

use super::{
    Hurdle, Offer, RecoveryCode, Token,
    hurdle::{guard, hurdles},
    passkey_in::put,
    two_step::{draw_codes, note},
    ways::lock_ways,
};
use identity::{
    account, factor,
    passkey::{self, Asked, Listed, Name, Refused, Relying},
    session::Device,
};
use kernel::{Cx, Member, Proved};
use model::{AppError, Code, FieldError, audit::Action, ids::PasskeyId};
use notify::SecurityChange;

#[derive(Debug, thiserror::Error)]
pub enum PasskeyError {
    /// The site is reached by a bare address, which passkeys cannot be bound to.
    #[error("there are no passkeys here")]
    NotHere,
    /// Begin again.
    #[error("the question was answered before, or too long ago")]
    Spent,
    #[error("the passkey was refused: {0}")]
    Refused(#[from] Refused),
    #[error("a passkey is called something visible of at most 60 characters")]
    Name,
    /// An account has that one, or as many as it may have.
    #[error("the passkey cannot be added")]
    Taken,
    /// Or somebody else's.
    #[error("there is no such passkey")]
    NotFound,
    #[error("there is no password")]
    NoPassword,
    #[error("it is the last way into the account")]
    LastWay,
    #[error(transparent)]
    Hurdle(#[from] Hurdle),
}
hurdles!(PasskeyError);

impl From<PasskeyError> for AppError {
    fn from(error: PasskeyError) -> Self {
        match error {
            PasskeyError::NotHere | PasskeyError::NotFound => Code::NotFound.into(),
            PasskeyError::Spent => Code::Spent.into(),
            PasskeyError::Refused(Refused::Damaged) => Code::Internal.into(),
            PasskeyError::Refused(_) => Code::PasskeyRefused.into(),
            PasskeyError::Name => Self::field("name", FieldError::Malformed),
            PasskeyError::Taken | PasskeyError::NoPassword => Code::Conflict.into(),
            PasskeyError::LastWay => Code::LastWayIn.into(),
            PasskeyError::Hurdle(hurdle) => hurdle.into(),
        }
    }
}

/// Whether this site can have passkeys at all.
pub fn passkeys_work(cx: &Cx) -> bool {
    Relying::here(cx).is_some()
}

/// The member's own, in the order in which they came.
pub async fn passkeys(cx: &Cx, member: &Member) -> Result<Vec<Listed>, sqlx::Error> {
    passkey::store::list(&mut *cx.db().acquire().await?, member.account).await
}

/// Asks the browser to make a passkey. Nothing changes until it has.
pub async fn offer_passkey(cx: &Cx, proved: &Proved) -> Result<Offer, PasskeyError> {
    let relying = Relying::here(cx).ok_or(PasskeyError::NotHere)?;
    let member = proved.member();
    let mut tx = cx.begin().await?;
    let reach = account::store::get_reach(&mut tx, member.account).await?;
    let known = passkey::store::list_known(&mut tx, member.account).await?;
    let name = reach.contacts.first().map_or("pasar", |contact| contact.as_str());
    let question = relying.ask_for_new(member.account, name, known)?;
    let offer = put(cx, &mut tx, Asked::Add(member.account, member.session), question).await?;
    tx.commit().await?;
    Ok(offer)
}

/// A passkey that was added.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Added {
    pub id: PasskeyId,
    /// For when it is lost; made with the first thing that is asked for after a password, and shown once.
    pub codes: Vec<RecoveryCode>,
}

/// Takes the passkey that the browser made. Without a name it is called after the device this came from.
pub async fn add_passkey(
    cx: &Cx,
    proved: &Proved,
    ceremony: &str,
    answer: &str,
    name: &str,
) -> Result<Added, PasskeyError> {
    let (relying, guard) = (Relying::here(cx).ok_or(PasskeyError::NotHere)?, guard(cx)?);
    let (account, session) = (proved.member().account, proved.member().session);
    let name = if name.trim().is_empty() { device_name(cx) } else { Name::parse(name) };
    let name = name.ok_or(PasskeyError::Name)?;
    let token = Token::parse(ceremony).ok_or(PasskeyError::Spent)?;
    let asked = Asked::Add(account, session);
    let mut db = cx.db().acquire().await?;
    // By itself, so that an answer that is refused is not tried again.
    let state = passkey::store::take_question(&mut db, asked, token.digest(), cx.now()).await?;
    drop(db);
    let new = relying.check_new(&state.ok_or(PasskeyError::Spent)?, answer)?;

    let mut tx = cx.begin().await?;
    let ways = lock_ways(cx, &mut tx, account).await?;
    let id: PasskeyId = cx.id();
    if !passkey::store::insert(&mut tx, id, account, &new, &name, cx.now()).await? {
        return Err(PasskeyError::Taken);
    }
    let codes =
        if ways.second_factor() { Vec::new() } else { draw_codes(cx, &guard, &mut tx, account).await? };
    note(cx, &mut tx, account, SecurityChange::PasskeyAdded, Action::PasskeyAdded).await?;
    tx.commit().await?;
    Ok(Added { id, codes })
}

fn device_name(cx: &Cx) -> Option<Name> {
    let device = cx.client().agent.as_deref().and_then(|agent| Device::of(agent).text());
    Name::parse(device.as_deref().unwrap_or("Passkey"))
}

pub async fn rename_passkey(cx: &Cx, member: &Member, id: PasskeyId, name: &str) -> Result<(), PasskeyError> {
    let name = Name::parse(name).ok_or(PasskeyError::Name)?;
    let mut tx = cx.begin().await?;
    if !passkey::store::rename(&mut tx, member.account, id, &name).await? {
        return Err(PasskeyError::NotFound);
    }
    Ok(tx.commit().await?)
}

/// Takes one away, unless nothing else lets its owner in.
pub async fn remove_passkey(cx: &Cx, proved: &Proved, id: PasskeyId) -> Result<(), PasskeyError> {
    let account = proved.member().account;
    let mut tx = cx.begin().await?;
    let ways = lock_ways(cx, &mut tx, account).await?;
    if !passkey::store::delete(&mut tx, account, id).await? {
        return Err(PasskeyError::NotFound);
    }
    if ways.doors() < 2 {
        return Err(PasskeyError::LastWay);
    }
    if ways.passkeys == 1 && !ways.app {
        factor::store::delete_recovery_codes(&mut tx, account).await?;
    }
    note(cx, &mut tx, account, SecurityChange::PasskeyRemoved, Action::PasskeyRemoved).await?;
    Ok(tx.commit().await?)
}

/// Takes the password away: from then on what else there is lets in, and nothing can be guessed.
pub async fn remove_password(cx: &Cx, proved: &Proved) -> Result<(), PasskeyError> {
    let account = proved.member().account;
    let mut tx = cx.begin().await?;
    let ways = lock_ways(cx, &mut tx, account).await?;
    if !account::store::delete_password(&mut tx, account).await? {
        return Err(PasskeyError::NoPassword);
    }
    if ways.doors() < 2 {
        return Err(PasskeyError::LastWay);
    }
    note(cx, &mut tx, account, SecurityChange::PasswordRemoved, Action::PasswordRemoved).await?;
    Ok(tx.commit().await?)
}
