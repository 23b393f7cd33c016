//! Another e-mail address or number: nothing changes until those concerned have agreed.

use super::{
    Hurdle,
    hurdle::{client_turn, guard, hurdles},
    letters::SendContactCodes,
    two_step::note_as,
};
use access::audit::{Entry, Subject};
use identity::{
    Code, Token,
    account::{self, ContactError},
    challenge::{self, Guess, NewChallenge, Purpose},
    contact_change::{self, ContactChange, Pending},
};
use kernel::{Cx, Member, Proved, Tx, jobs};
use model::{
    AppError, Code as Fault, Contact, ContactKind, FieldError,
    audit::Action,
    ids::{AccountId, ChallengeId, ContactChangeId},
};
use notify::SecurityChange;
use serde_json::json;

#[derive(Debug, thiserror::Error)]
pub enum ChangeContactError {
    #[error("that is no address")]
    NoAddress,
    #[error("that is not the code that was sent")]
    Wrong,
    #[error("the code or link no longer works")]
    Spent,
    #[error(transparent)]
    Hurdle(#[from] Hurdle),
}
hurdles!(ChangeContactError);

impl From<ChangeContactError> for AppError {
    fn from(error: ChangeContactError) -> Self {
        match error {
            ChangeContactError::NoAddress => Self::field("contact", FieldError::Malformed),
            ChangeContactError::Wrong => Fault::WrongCode.into(),
            ChangeContactError::Spent => Fault::Spent.into(),
            ChangeContactError::Hurdle(hurdle) => hurdle.into(),
        }
    }
}

/// Asks for another address in place of the one of that kind, if there is one. A new e-mail address is confirmed at both; a
/// new number at itself, since numbers are lost, and the owner is told by e-mail.
pub async fn start_contact_change(
    cx: &Cx,
    proved: &Proved,
    contact: &str,
) -> Result<ContactChangeId, ChangeContactError> {
    let to: Contact = contact.parse().map_err(|_| ChangeContactError::NoAddress)?;
    let (account, now) = (proved.member().account, cx.now());
    client_turn(cx).await?;
    let mut tx = cx.begin().await?;
    let has_old = to.kind() == ContactKind::Email
        && account::store::find_contact(&mut tx, account, ContactKind::Email).await?.is_some();
    let (new, old): (ChallengeId, Option<ChallengeId>) = (cx.id(), has_old.then(|| cx.id()));
    let challenge = |id, purpose| NewChallenge { id, purpose, account: Some(account), link: None };
    challenge::store::insert(&mut tx, challenge(new, Purpose::NewContact), now).await?;
    if let Some(old) = old {
        challenge::store::insert(&mut tx, challenge(old, Purpose::OldContact), now).await?;
    }
    let change = ContactChange { id: cx.id(), account, to, old, new, stop: None };
    contact_change::store::put(&mut tx, &change, now).await?;
    jobs::enqueue(&mut tx, cx, &SendContactCodes { change: change.id }).unique(change.id).await?;
    tx.commit().await?;
    Ok(change.id)
}

/// The changes that wait for somebody to agree.
pub async fn contact_changes(cx: &Cx, member: &Member) -> Result<Vec<Pending>, sqlx::Error> {
    contact_change::store::list_open(&mut *cx.db().acquire().await?, member.account, cx.now()).await
}

/// Confirms one side with the code that was sent there; true once the address has changed.
pub async fn confirm_contact(
    cx: &Cx,
    member: &Member,
    id: ContactChangeId,
    purpose: Purpose,
    code: &str,
) -> Result<bool, ChangeContactError> {
    let guard = guard(cx)?;
    let code = Code::parse(code).ok_or(ChangeContactError::Wrong)?;
    let mut tx = cx.begin().await?;
    let change = contact_change::store::find_for_change(&mut tx, id).await?;
    let change = change.filter(|change| change.account == member.account).ok_or(ChangeContactError::Spent)?;
    let challenge = match purpose {
        Purpose::OldContact => change.old,
        _ => Some(change.new),
    };
    let challenge = challenge.ok_or(ChangeContactError::Spent)?;
    let digest = code.digest(&guard.safe, challenge.uuid());
    match challenge::store::guess(&mut tx, challenge, purpose, digest, cx.now()).await? {
        Guess::Right(_) => complete(cx, tx, id).await,
        Guess::Wrong => {
            tx.commit().await?;
            Err(ChangeContactError::Wrong)
        }
        Guess::Dead => Err(ChangeContactError::Spent),
    }
}

/// The same with the link that was sent there, which needs nobody to be signed in.
pub async fn confirm_contact_link(cx: &Cx, token: &str) -> Result<bool, ChangeContactError> {
    let token = Token::parse(token).ok_or(ChangeContactError::Spent)?;
    client_turn(cx).await?;
    let mut tx = cx.begin().await?;
    for purpose in [Purpose::NewContact, Purpose::OldContact] {
        let found = challenge::store::find_by_link(&mut tx, purpose, token.digest(), cx.now()).await?;
        let Some(open) = found else { continue };
        let change = contact_change::store::find_by_challenge(&mut tx, open.id).await?;
        let change = change.ok_or(ChangeContactError::Spent)?;
        // Locked first, in the same order as with codes.
        contact_change::store::find_for_change(&mut tx, change).await?;
        if !challenge::store::spend(&mut tx, open.id, cx.now()).await? {
            return Err(ChangeContactError::Spent);
        }
        return complete(cx, tx, change).await;
    }
    Err(ChangeContactError::Spent)
}

async fn complete(cx: &Cx, mut tx: Tx, id: ContactChangeId) -> Result<bool, ChangeContactError> {
    let change = contact_change::store::find_for_change(&mut tx, id).await?;
    let change = change.ok_or(ChangeContactError::Spent)?;
    if !change.is_complete() {
        tx.commit().await?;
        return Ok(false);
    }
    let (told, action) = match change.to.kind() {
        ContactKind::Email => (SecurityChange::EmailChanged, Action::EmailChanged),
        ContactKind::Phone => (SecurityChange::PhoneChanged, Action::PhoneChanged),
    };
    let old = account::store::find_contact(&mut tx, change.account, change.to.kind()).await?;
    let mut entry = Entry::of(action, Subject::Account(change.account));
    if let Some(old) = old {
        entry = entry.before(json!({"address": old.masked()}));
    }
    // To the address that is about to be replaced.
    let entry = entry.after(json!({"address": change.to.masked()}));
    note_as(cx, &mut tx, change.account, told, entry).await?;
    contact_change::store::delete(&mut tx, change.account, change.to.kind()).await?;
    match account::store::put_contact(&mut tx, change.account, &change.to, cx.now()).await {
        Ok(()) => {}
        Err(ContactError::Taken) => return Err(ChangeContactError::Spent),
        Err(ContactError::Database(error)) => return Err(error.into()),
    }
    // Links that went to the old address lead nowhere any more.
    challenge::store::close_all(&mut tx, change.account, Purpose::Reset, cx.now()).await?;
    tx.commit().await?;
    Ok(true)
}

/// Calls a change off with the link that went to the old address.
pub async fn stop_contact_change(cx: &Cx, token: &str) -> Result<AccountId, ChangeContactError> {
    let token = Token::parse(token).ok_or(ChangeContactError::Spent)?;
    let mut db = cx.db().acquire().await?;
    contact_change::store::delete_by_stop(&mut db, token.digest()).await?.ok_or(ChangeContactError::Spent)
}
