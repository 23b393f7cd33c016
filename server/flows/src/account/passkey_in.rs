//! Asking for a passkey and taking its signature: at the door, after a password, and to prove again who one is.

use super::{
    PasskeyError, SignInError, SignedIn, Stay, Token,
    hurdle::{asking_turn, client_turn, client_was_right},
    sign_in::enter,
    ways::ways,
};
use access::audit::{Entry, Subject, record};
use identity::{
    account,
    challenge::{self, Purpose},
    passkey::{self, Answer, Asked, Question, Refused, Relying},
};
use kernel::{Cx, Member};
use model::{audit::Action, ids::AccountId, views::Ways};
use serde_json::json;
use sqlx::PgConnection;

/// A question for the browser, and the token its answer is sent with, once and within five minutes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offer {
    pub ceremony: Token,
    /// For `navigator.credentials`, as JSON.
    pub options: String,
}

/// What a passkey is asked for.
#[derive(Clone, Copy, Debug)]
pub enum For<'a> {
    SignIn,
    /// After a password; with what the first step gave out.
    SecondStep(&'a str),
    StepUp(&'a Member),
}

/// Puts the question. Whoever is not signed in yet may ask only so often.
pub async fn ask_passkey(cx: &Cx, what: For<'_>) -> Result<Offer, PasskeyError> {
    let relying = Relying::here(cx).ok_or(PasskeyError::NotHere)?;
    if !matches!(what, For::StepUp(_)) {
        asking_turn(cx).await?;
    }
    let mut tx = cx.begin().await?;
    let asked = match what {
        For::SignIn => Asked::SignIn,
        For::SecondStep(shown) => {
            Asked::SecondFactor(on_the_way(cx, &mut tx, shown).await?.ok_or(PasskeyError::Spent)?)
        }
        For::StepUp(member) => Asked::StepUp(member.account, member.session),
    };
    let offer = put(cx, &mut tx, asked, relying.ask()?).await?;
    tx.commit().await?;
    Ok(offer)
}

/// Keeps a question until it is answered.
pub(super) async fn put(
    cx: &Cx,
    db: &mut PgConnection,
    asked: Asked,
    question: Question,
) -> Result<Offer, sqlx::Error> {
    let ceremony = Token::new(cx);
    let Question { options, state } = question;
    passkey::store::insert_question(db, cx.id(), asked, ceremony.digest(), &state, cx.now()).await?;
    Ok(Offer { ceremony, options })
}

/// Whose password was right.
async fn on_the_way(cx: &Cx, db: &mut PgConnection, shown: &str) -> Result<Option<AccountId>, sqlx::Error> {
    let Some(token) = Token::parse(shown) else { return Ok(None) };
    let open = challenge::store::find_by_link(db, Purpose::SecondFactor, token.digest(), cx.now()).await?;
    Ok(open.and_then(|open| open.account))
}

/// What can be shown after the password that was just right; nothing where there is none.
pub async fn ways_on(cx: &Cx, shown: &str) -> Result<Ways, sqlx::Error> {
    let mut db = cx.db().acquire().await?;
    let Some(account) = on_the_way(cx, &mut db, shown).await? else { return Ok(Ways::default()) };
    let ways = ways(cx, &mut db, account).await?;
    let passkey = ways.passkeys > 0 && Relying::here(cx).is_some();
    Ok(Ways { app: ways.app, passkey, ..Ways::default() })
}

/// What became of an answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Answered {
    By(AccountId),
    /// There is no such question any more.
    Spent,
    Refused,
}

/// Takes an answer and notes that the passkey was used. The caller commits, whatever comes: the question is spent.
pub(super) async fn answered(
    cx: &Cx,
    db: &mut PgConnection,
    asked: Asked,
    ceremony: &str,
    answer: &str,
) -> Result<Answered, sqlx::Error> {
    let Some(relying) = Relying::here(cx) else { return Ok(Answered::Refused) };
    let Some(token) = Token::parse(ceremony) else { return Ok(Answered::Spent) };
    let question = passkey::store::take_question(&mut *db, asked, token.digest(), cx.now()).await?;
    let Some(state) = question else { return Ok(Answered::Spent) };
    let Ok(answer) = Answer::read(answer) else { return Ok(Answered::Refused) };
    let Some(kept) = passkey::store::find(&mut *db, &answer.credential()).await? else {
        return Ok(Answered::Refused);
    };
    if kept.account != answer.account() || asked.account().is_some_and(|account| account != kept.account) {
        return Ok(Answered::Refused);
    }
    let refused = match relying.check(&state, &answer, &kept) {
        Ok(used) if passkey::store::mark_used(&mut *db, kept.id, used, cx.now()).await? => {
            return Ok(Answered::By(kept.account));
        }
        Ok(_) => Refused::Copied,
        Err(refused) => refused,
    };
    if refused == Refused::Copied {
        let line = Entry::of(Action::SignInRefused, Subject::Account(kept.account))
            .after(json!({"passkey": kept.id, "copied": true}));
        record(db, cx, &line).await?;
    }
    Ok(Answered::Refused)
}

/// Signs in with a passkey alone: it has verified its owner, so nothing else is asked for.
pub async fn sign_in_with_passkey(
    cx: &Cx,
    ceremony: &str,
    answer: &str,
    stay: Stay,
    device: Option<&Token>,
) -> Result<SignedIn, SignInError> {
    client_turn(cx).await?;
    let mut tx = cx.begin().await?;
    let account = match answered(cx, &mut tx, Asked::SignIn, ceremony, answer).await? {
        Answered::By(account) => account,
        other => {
            tx.commit().await?;
            return Err(if other == Answered::Spent {
                SignInError::Spent
            } else {
                SignInError::WrongPasskey
            });
        }
    };
    if !account::store::get_door(&mut tx, account).await?.state.may_sign_in() {
        tx.commit().await?;
        return Err(SignInError::Suspended);
    }
    client_was_right(cx, &mut tx).await?;
    let entered = enter(cx, &mut tx, account, stay, device).await?;
    tx.commit().await?;
    Ok(entered)
}
