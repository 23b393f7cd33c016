//! Signing in through another site: going there, coming back, and what that leads to.

use super::{
    Entry, Hurdle, SignedIn, Stay, Token,
    hurdle::{asking_turn, client_turn, client_was_right, hurdles},
    sign_in::admit,
    two_step::note,
    ways::lock_ways,
};
use identity::{
    account,
    provider::{self, Expected, Going, Guest, Linked, Person, Provider, Trip, Unanswered},
    session,
};
use kernel::{Cx, Member, Proved};
use model::{AppError, Code, LocalPath, audit::Action, ids::AccountId};
use notify::SecurityChange;
use sqlx::PgConnection;

#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    #[error("nobody signs in here through another site")]
    NotHere,
    #[error("the provider cannot be reached")]
    Away,
    /// Also where its person said no there, or somebody else came back.
    #[error("the provider did not say who that is")]
    Refused,
    /// Begin again.
    #[error("they were expected earlier, or in another browser")]
    Spent,
    /// The provider's person is somebody else's already, or the account has another one of it.
    #[error("the provider's person cannot be linked")]
    Taken,
    #[error("the account is not linked")]
    NotLinked,
    #[error("it is the last way into the account")]
    LastWay,
    #[error("the account is locked")]
    Suspended,
    #[error("nobody is signed in")]
    SignedOut,
    #[error(transparent)]
    Hurdle(#[from] Hurdle),
}
hurdles!(ProviderError);

impl From<Unanswered> for ProviderError {
    fn from(why: Unanswered) -> Self {
        match why {
            Unanswered::Away => Self::Away,
            Unanswered::Unbelievable => Self::Refused,
        }
    }
}

impl From<ProviderError> for AppError {
    fn from(error: ProviderError) -> Self {
        match error {
            ProviderError::NotHere | ProviderError::NotLinked => Code::NotFound.into(),
            ProviderError::Away => Self::new(Code::Unavailable).retry_after(10),
            ProviderError::Refused => Code::ProviderRefused.into(),
            ProviderError::Spent => Code::Spent.into(),
            ProviderError::Taken => Code::Conflict.into(),
            ProviderError::LastWay => Code::LastWayIn.into(),
            ProviderError::Suspended => Code::AccountSuspended.into(),
            ProviderError::SignedOut => Code::Unauthenticated.into(),
            ProviderError::Hurdle(hurdle) => hurdle.into(),
        }
    }
}

/// What people call the provider, where there is one.
pub fn provider_label(cx: &Cx) -> Option<String> {
    Provider::here(cx).map(|provider| provider.label().to_owned())
}

/// What somebody is sent there for.
#[derive(Clone, Copy, Debug)]
pub enum Errand<'a> {
    SignIn,
    Link(&'a Proved),
    StepUp(&'a Member),
}

/// The way there.
#[derive(Clone, Debug)]
pub struct Sent {
    /// An address of the provider.
    pub to: String,
    /// For the browser to carry there and back.
    pub trip: Token,
}

/// Sends somebody to the provider; ten minutes later nobody is expected any more. Whoever is not signed in yet is sent
/// only so often.
pub async fn go_to_provider(
    cx: &Cx,
    errand: Errand<'_>,
    remember: bool,
    next: LocalPath,
) -> Result<Sent, ProviderError> {
    let provider = Provider::here(cx).ok_or(ProviderError::NotHere)?;
    if matches!(errand, Errand::SignIn) {
        asking_turn(cx).await?;
    }
    let going = match errand {
        Errand::SignIn => Going::SignIn,
        Errand::Link(proved) => Going::Link(proved.member().account, proved.member().session),
        Errand::StepUp(member) => Going::StepUp(member.account, member.session),
    };
    let trip = Trip::new(Token::new(cx));
    // Asked before anything is written: nobody is expected back from where they cannot be sent.
    let to = provider.way(&trip, matches!(going, Going::StepUp(..)), cx.now()).await?;
    let mut tx = cx.begin().await?;
    let expected = Expected { going, remember, next };
    provider::store::insert_trip(&mut tx, cx.id(), trip.token().digest(), &expected, cx.now()).await?;
    tx.commit().await?;
    Ok(Sent { to, trip: trip.token().clone() })
}

/// What somebody's return led to.
#[derive(Clone, Debug)]
pub enum Back {
    In(SignedIn),
    /// A second factor is asked for, as after a password.
    SecondFactor(Token),
    /// From now on they can sign in through the provider.
    Linked,
    /// They proved who they are; the session goes on under this token.
    Proved(Token),
    /// Nobody here; this is kept for half an hour for whom they turn out to be.
    Guest(Token),
}

/// And where they go from there.
#[derive(Clone, Debug)]
pub struct Returned {
    pub back: Back,
    pub remember: bool,
    pub next: LocalPath,
}

/// What the provider gave somebody along.
#[derive(Clone, Debug)]
pub struct Given {
    pub state: String,
    /// None where it said no, or its person did.
    pub code: Option<String>,
    /// Who says so (RFC 9207), where that was said.
    pub issuer: Option<String>,
}

/// Takes somebody who comes back from the provider, with what the browser carried (`trip`) and what the provider gave
/// along. Whatever comes of it, nobody comes back twice.
pub async fn back_from_provider(
    cx: &Cx,
    trip: &str,
    given: Given,
    device: Option<&Token>,
) -> Result<Returned, ProviderError> {
    let provider = Provider::here(cx).ok_or(ProviderError::NotHere)?;
    let trip = Trip::new(Token::parse(trip).ok_or(ProviderError::Spent)?);
    if !trip.is_state(&given.state) {
        return Err(ProviderError::Spent);
    }
    client_turn(cx).await?;
    let mut db = cx.db().acquire().await?;
    let expected = provider::store::take_trip(&mut db, trip.token().digest(), cx.now()).await?;
    drop(db);
    let Expected { going, remember, next } = expected.ok_or(ProviderError::Spent)?;
    if given.issuer.is_some_and(|issuer| issuer != provider.issuer()) {
        return Err(ProviderError::Refused);
    }
    let code = given.code.ok_or(ProviderError::Refused)?;
    let again = matches!(going, Going::StepUp(..));
    let person = provider.person(&trip, code, again, cx.now()).await?;

    let mut tx = cx.begin().await?;
    let back = match going {
        Going::SignIn => come_in(cx, &mut tx, person, remember, &next, device).await?,
        Going::Link(account, session) => {
            is_still_here(cx, account, session)?;
            link(cx, &mut tx, account, &person).await?;
            Back::Linked
        }
        Going::StepUp(account, session) => {
            is_still_here(cx, account, session)?;
            if provider::store::find_owner(&mut tx, &person, cx.now()).await? != Some(account) {
                return Err(ProviderError::Refused);
            }
            let token = Token::new(cx);
            if !session::store::mark_proved(&mut tx, session, &token, cx.now()).await? {
                return Err(ProviderError::SignedOut);
            }
            Back::Proved(token)
        }
    };
    client_was_right(cx, &mut tx).await?;
    tx.commit().await?;
    Ok(Returned { back, remember, next })
}

/// Somebody who left signed in comes back in the same session, or not at all.
fn is_still_here(cx: &Cx, account: AccountId, session: model::ids::SessionId) -> Result<(), ProviderError> {
    let member = cx.member().map_err(|_| ProviderError::SignedOut)?;
    let same = member.account == account && member.session == session;
    if same { Ok(()) } else { Err(ProviderError::SignedOut) }
}

async fn come_in(
    cx: &Cx,
    db: &mut PgConnection,
    person: Person,
    remember: bool,
    next: &LocalPath,
    device: Option<&Token>,
) -> Result<Back, ProviderError> {
    let Some(owner) = provider::store::find_owner(&mut *db, &person, cx.now()).await? else {
        let token = Token::new(cx);
        let guest = Guest { person, remember, next: next.clone() };
        provider::store::insert_guest(db, cx.id(), token.digest(), &guest, cx.now()).await?;
        return Ok(Back::Guest(token));
    };
    let door = account::store::get_door(&mut *db, owner).await?;
    let stay = if remember { Stay::Long } else { Stay::Short };
    match admit(cx, db, &door, stay, device).await {
        Ok(Entry::In(entered)) => Ok(Back::In(entered)),
        Ok(Entry::SecondFactor(token)) => Ok(Back::SecondFactor(token)),
        Err(super::SignInError::Hurdle(hurdle)) => Err(hurdle.into()),
        Err(_) => Err(ProviderError::Suspended),
    }
}

pub(super) async fn link(
    cx: &Cx,
    db: &mut PgConnection,
    account: AccountId,
    person: &Person,
) -> Result<(), ProviderError> {
    if !provider::store::link(&mut *db, account, person, cx.now()).await? {
        return Err(ProviderError::Taken);
    }
    Ok(note(cx, db, account, SecurityChange::ProviderLinked, Action::ProviderLinked).await?)
}

/// The member's link to the provider, where there is a provider and they are linked.
pub async fn linked(cx: &Cx, member: &Member) -> Result<Option<Linked>, sqlx::Error> {
    let Some(provider) = Provider::here(cx) else { return Ok(None) };
    let mut db = cx.db().acquire().await?;
    provider::store::find_link(&mut db, member.account, provider.issuer()).await
}

/// Takes the link away, unless nothing else lets its owner in.
pub async fn unlink_provider(cx: &Cx, proved: &Proved) -> Result<(), ProviderError> {
    let provider = Provider::here(cx).ok_or(ProviderError::NotHere)?;
    let account = proved.member().account;
    let mut tx = cx.begin().await?;
    let ways = lock_ways(cx, &mut tx, account).await?;
    if !provider::store::unlink(&mut tx, account, provider.issuer()).await? {
        return Err(ProviderError::NotLinked);
    }
    if ways.doors() < 2 {
        return Err(ProviderError::LastWay);
    }
    note(cx, &mut tx, account, SecurityChange::ProviderUnlinked, Action::ProviderUnlinked).await?;
    Ok(tx.commit().await?)
}
