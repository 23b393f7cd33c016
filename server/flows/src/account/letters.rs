//! What is sent after somebody asked for it. The jobs decide what that is, so that the answer to the asking, and its
//! time, say nothing; and they draw the codes, so that no secret lies in the queue.

use super::post::{link, link_with, write_to};
use identity::{
    Code, Guard, Token, account,
    challenge::{self, NewChallenge, Purpose},
    contact_change, registration,
    throttle::{self, Key, Pace, Turn},
};
use kernel::{
    Cx, Tx,
    jobs::{Job, JobError, Priority},
};
use model::{
    Contact, Lang,
    ids::{ChallengeId, ContactChangeId, RegistrationId},
};
use notify::Message;
use serde::{Deserialize, Serialize};

/// Sends a code and link to whoever registered, or a hint to whom the address belongs already.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendConfirmation {
    pub registration: RegistrationId,
}

impl Job for SendConfirmation {
    const NAME: &'static str = "account.send_confirmation";
    const PRIORITY: Priority = Priority::High;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let guard = Guard::of(cx)?;
        let mut tx = cx.begin().await?;
        let Some(registration) = registration::store::find(&mut tx, self.registration).await? else {
            return Err(JobError::discard("the registration is gone"));
        };
        let (to, lang) = (&registration.contact, registration.lang);
        if !may_write(cx, &mut tx, to).await? {
            tx.commit().await?;
            return Err(JobError::discard("too many messages went to that address"));
        }
        match account::store::find_owner(&mut tx, to).await? {
            Some(owner) => {
                let lang = account::store::get_reach(&mut tx, owner).await?.lang;
                let hint = Message::AccountExists { sign_in: link("/sign-in"), reset: link("/forgot") };
                write_to(&mut tx, cx, Some(owner), to, lang, &hint).await?;
            }
            None => send_code(cx, &guard, &mut tx, registration.challenge, to, lang).await?,
        }
        Ok(tx.commit().await?)
    }
}

async fn send_code(
    cx: &Cx,
    guard: &Guard,
    tx: &mut Tx,
    id: ChallengeId,
    to: &Contact,
    lang: Lang,
) -> Result<(), JobError> {
    let (code, token) = (Code::new(cx.ids()), Token::new(cx));
    let digests = (code.digest(&guard.safe, id.uuid()), token.digest());
    if !challenge::store::put_secrets(tx, id, Some(digests.0), Some(digests.1), cx.now()).await? {
        return Err(JobError::discard("it has been confirmed, or it is too late"));
    }
    let (code, minutes) = (notify::Code::new(code.text()), Purpose::Register.minutes());
    let message = match to {
        Contact::Email(_) => Message::VerifyEmail { code, link: link_with("/verify", &token), minutes },
        Contact::Phone(_) => Message::VerifyPhone { code, minutes },
    };
    Ok(write_to(tx, cx, None, to, lang, &message).await?)
}

/// Sends a link by which a forgotten password can be set anew, if the address has an account.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendReset {
    pub contact: Contact,
}

impl Job for SendReset {
    const NAME: &'static str = "account.send_reset";
    const PRIORITY: Priority = Priority::High;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let mut tx = cx.begin().await?;
        let Some(door) = account::store::find_door(&mut tx, &self.contact).await? else {
            return Ok(());
        };
        let allowed = door.state.may_sign_in() && may_write(cx, &mut tx, &self.contact).await?;
        if allowed {
            let token = Token::new(cx);
            let link = Some(token.digest());
            let new =
                NewChallenge { id: cx.id(), purpose: Purpose::Reset, account: Some(door.account), link };
            challenge::store::insert(&mut tx, new, cx.now()).await?;
            let minutes = Purpose::Reset.minutes();
            let message = Message::ResetPassword { link: link_with("/reset", &token), minutes };
            write_to(&mut tx, cx, Some(door.account), &self.contact, door.lang, &message).await?;
        }
        Ok(tx.commit().await?)
    }
}

/// Asks both sides of a change of address whether it is meant.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendContactCodes {
    pub change: ContactChangeId,
}

impl Job for SendContactCodes {
    const NAME: &'static str = "account.send_contact_codes";
    const PRIORITY: Priority = Priority::High;

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let guard = Guard::of(cx)?;
        let mut tx = cx.begin().await?;
        let Some(change) = contact_change::store::find_for_change(&mut tx, self.change).await? else {
            return Err(JobError::discard("the change was called off"));
        };
        let reach = account::store::get_reach(&mut tx, change.account).await?;
        let old = reach.contacts.iter().find(|contact| contact.kind() == change.to.kind());
        let asked = change.old.and(old).into_iter().chain([&change.to]);
        for contact in asked {
            // Neither side's inbox is filled by changes that are asked for again and again.
            if !may_write(cx, &mut tx, contact).await? {
                tx.commit().await?;
                return Err(JobError::discard("too many messages went to that address"));
            }
        }
        let minutes = Purpose::NewContact.minutes();
        if let Some(owner) = account::store::find_owner(&mut tx, &change.to).await? {
            // The change can never be confirmed; whoever asked for it is not told why.
            let lang = account::store::get_reach(&mut tx, owner).await?.lang;
            let hint = Message::AccountExists { sign_in: link("/sign-in"), reset: link("/forgot") };
            write_to(&mut tx, cx, Some(owner), &change.to, lang, &hint).await?;
        } else {
            let (code, token) = secrets(cx, &guard, &mut tx, change.new).await?;
            let message = match &change.to {
                Contact::Email(_) => {
                    Message::EmailChangeNew { code, link: link_with("/confirm-contact", &token), minutes }
                }
                Contact::Phone(_) => Message::VerifyPhone { code, minutes },
            };
            write_to(&mut tx, cx, None, &change.to, reach.lang, &message).await?;
        }
        if let (Some(challenge), Some(old)) = (change.old, old) {
            let (code, confirm) = secrets(cx, &guard, &mut tx, challenge).await?;
            let stop = Token::new(cx);
            contact_change::store::put_stop(&mut tx, change.id, stop.digest()).await?;
            let message = Message::EmailChangeOld {
                new: change.to.masked(),
                code,
                confirm: link_with("/confirm-contact", &confirm),
                stop: link_with("/stop-contact-change", &stop),
                minutes,
            };
            write_to(&mut tx, cx, Some(change.account), old, reach.lang, &message).await?;
        }
        Ok(tx.commit().await?)
    }
}

async fn secrets(
    cx: &Cx,
    guard: &Guard,
    tx: &mut Tx,
    id: ChallengeId,
) -> Result<(notify::Code, Token), sqlx::Error> {
    let (code, token) = (Code::new(cx.ids()), Token::new(cx));
    let digests = (code.digest(&guard.safe, id.uuid()), token.digest());
    challenge::store::put_secrets(tx, id, Some(digests.0), Some(digests.1), cx.now()).await?;
    Ok((notify::Code::new(code.text()), token))
}

/// Nobody's inbox is filled because somebody typed its address again and again.
async fn may_write(cx: &Cx, tx: &mut Tx, to: &Contact) -> Result<bool, sqlx::Error> {
    let turn = throttle::store::take_turn(tx, Key::letters_to(to), Pace::LETTERS, cx.now()).await?;
    Ok(turn == Turn::Go)
}
