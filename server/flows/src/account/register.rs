//! Registering, and showing that the address is one's own, which is when the account begins.

use super::{
    Hurdle, SignedIn,
    hurdle::{client_turn, client_was_right, guard, hurdles},
    letters::SendConfirmation,
    post, sign_in,
};
use access::audit::{Actor, Entry, Subject, record};
use identity::{
    Code, Password, Token,
    account::{self, ContactError},
    challenge::{self, Guess, NewChallenge, Purpose},
    password::Verdict,
    registration::{self, Registration},
    session::Stay,
};
use kernel::{Cx, jobs};
use model::{
    AppError, Code as Fault, Contact, FieldError, Lang,
    audit::Action,
    ids::{AccountId, RegistrationId},
    person,
};
use notify::Message;
use sqlx::PgConnection;

/// Someone who wants an account, as typed. There is nothing here by which one could ask for a role.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// An e-mail address or a telephone number.
    pub contact: String,
    pub password: String,
}

#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    #[error("what was typed is not right")]
    Invalid { contact: Option<FieldError>, password: Option<FieldError> },
    #[error(transparent)]
    Hurdle(#[from] Hurdle),
}
hurdles!(RegisterError);

impl From<RegisterError> for AppError {
    fn from(error: RegisterError) -> Self {
        match error {
            RegisterError::Invalid { contact, password } => {
                let fields = [("contact", contact), ("password", password)];
                let fields = fields.into_iter().filter_map(|(name, error)| Some((name, error?)));
                fields.fold(Self::new(Fault::Invalid), |all, (name, error)| all.and(name, error))
            }
            RegisterError::Hurdle(hurdle) => hurdle.into(),
        }
    }
}

/// Begins a registration. The answer is the same whether the address has an account or not; a job then sends either
/// what confirms it, or a hint to its owner. The id is for whoever registered, and for nobody else.
pub async fn register(cx: &Cx, person: &NewPerson) -> Result<RegistrationId, RegisterError> {
    let (contact, password) = parse(person)?;
    let guard = guard(cx)?;
    client_turn(cx).await?;
    let password_hash = guard.hasher.hash(cx.ids(), password).await?;

    let mut tx = cx.begin().await?;
    let new = Registration { id: cx.id(), challenge: cx.id(), contact, password_hash, lang: cx.lang() };
    let challenge = NewChallenge { id: new.challenge, purpose: Purpose::Register, account: None, link: None };
    challenge::store::insert(&mut tx, challenge, cx.now()).await?;
    registration::store::insert(&mut tx, &new).await?;
    jobs::enqueue(&mut tx, cx, &SendConfirmation { registration: new.id }).unique(new.id).await?;
    tx.commit().await?;
    Ok(new.id)
}

fn parse(person: &NewPerson) -> Result<(Contact, Password), RegisterError> {
    let contact = match person.contact.trim() {
        "" => Err(FieldError::Required),
        typed => typed.parse::<Contact>().map_err(|_| FieldError::Malformed),
    };
    let known = contact.as_ref().map_or(&[][..], std::slice::from_ref);
    let password = Password::chosen(&person.password, known);
    match (contact, password) {
        (Ok(contact), Ok(password)) => Ok((contact, password)),
        (contact, password) => {
            Err(RegisterError::Invalid { contact: contact.err(), password: password.err() })
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum ConfirmError {
    #[error("that is not the code that was sent")]
    Wrong,
    /// Or never was: the two are not told apart.
    #[error("the code or link no longer works")]
    Spent,
    /// The link was opened elsewhere than where its owner registered, so the password is asked for.
    #[error("the password chosen at registering is needed")]
    PasswordNeeded,
    #[error(transparent)]
    Hurdle(#[from] Hurdle),
}
hurdles!(ConfirmError);

impl From<ConfirmError> for AppError {
    fn from(error: ConfirmError) -> Self {
        match error {
            ConfirmError::Wrong => Fault::WrongCode.into(),
            ConfirmError::Spent => Fault::Spent.into(),
            ConfirmError::PasswordNeeded => Self::field("password", FieldError::Required),
            ConfirmError::Hurdle(hurdle) => hurdle.into(),
        }
    }
}

/// Opens the account with the code that was sent, and signs in.
pub async fn confirm(cx: &Cx, id: RegistrationId, code: &str, stay: Stay) -> Result<SignedIn, ConfirmError> {
    let guard = guard(cx)?;
    client_turn(cx).await?;
    let mut tx = cx.begin().await?;
    let registration = registration::store::find(&mut tx, id).await?.ok_or(ConfirmError::Spent)?;
    let code = Code::parse(code).ok_or(ConfirmError::Wrong)?;
    let digest = code.digest(&guard.safe, registration.challenge.uuid());
    match challenge::store::guess(&mut tx, registration.challenge, Purpose::Register, digest, cx.now())
        .await?
    {
        Guess::Right(_) => open(cx, tx, registration, stay).await,
        // The guess is kept: it was one of five.
        Guess::Wrong => {
            tx.commit().await?;
            Err(ConfirmError::Wrong)
        }
        Guess::Dead => Err(ConfirmError::Spent),
    }
}

/// Opens the account with the link that was sent, and signs in. Whoever opens the link need not be who registered: with
/// somebody else's address and a password of one's own choice one could lie in wait for the owner's click. So the
/// browser shows that it registered (`held`), or its person types the password chosen then.
pub async fn confirm_link(
    cx: &Cx,
    token: &str,
    held: Option<RegistrationId>,
    password: Option<&str>,
    stay: Stay,
) -> Result<SignedIn, ConfirmError> {
    let link = Token::parse(token).ok_or(ConfirmError::Spent)?;
    let guard = guard(cx)?;
    client_turn(cx).await?;
    let mut db = cx.db().acquire().await?;
    let open_challenge =
        challenge::store::find_by_link(&mut db, Purpose::Register, link.digest(), cx.now()).await?;
    let id = open_challenge.ok_or(ConfirmError::Spent)?.id;
    let registration =
        registration::store::find_by_challenge(&mut db, id).await?.ok_or(ConfirmError::Spent)?;
    if held != Some(registration.id) {
        let typed = password.filter(|typed| !typed.is_empty()).ok_or(ConfirmError::PasswordNeeded)?;
        if !challenge::store::take_guess(&mut db, id, cx.now()).await? {
            return Err(ConfirmError::Spent);
        }
        drop(db);
        let right = match Password::typed(typed) {
            Some(typed) => guard.hasher.verify(typed, Some(registration.password_hash.clone())).await?,
            None => Verdict::Wrong,
        };
        if right == Verdict::Wrong {
            return Err(ConfirmError::Wrong);
        }
    }
    let mut tx = cx.begin().await?;
    if !challenge::store::spend_guessed(&mut tx, id, cx.now()).await? {
        return Err(ConfirmError::Spent);
    }
    open(cx, tx, registration, stay).await
}

async fn open(cx: &Cx, mut tx: kernel::Tx, new: Registration, stay: Stay) -> Result<SignedIn, ConfirmError> {
    let account = match open_account(cx, &mut tx, &new.contact, &new.password_hash, new.lang).await {
        Ok(account) => account,
        // Someone was faster with the same address. That says that it has an account, to one who can read its mail.
        Err(ContactError::Taken) => return Err(ConfirmError::Spent),
        Err(ContactError::Database(error)) => return Err(error.into()),
    };
    if let Contact::Email(_) = new.contact {
        let welcome = Message::Welcome { link: post::link("/account") };
        post::write_to(&mut tx, cx, Some(account), &new.contact, new.lang, &welcome).await?;
    }
    client_was_right(cx, &mut tx).await?;
    let entered = sign_in::enter(cx, &mut tx, account, stay, None).await?;
    tx.commit().await?;
    Ok(entered)
}

/// Makes the account of someone whose address is known to be theirs, with what it cannot do without: that they agreed
/// to the terms and to how personal data are handled, which the form says above its button.
pub async fn open_account(
    cx: &Cx,
    db: &mut PgConnection,
    contact: &Contact,
    password_hash: &str,
    lang: Lang,
) -> Result<AccountId, ContactError> {
    let id = open_bare(cx, &mut *db, contact, lang).await?;
    account::store::put_password(db, id, password_hash, cx.now()).await?;
    Ok(id)
}

/// The same without a password, for whoever signs in another way.
pub(super) async fn open_bare(
    cx: &Cx,
    db: &mut PgConnection,
    contact: &Contact,
    lang: Lang,
) -> Result<AccountId, ContactError> {
    let (id, now): (AccountId, _) = (cx.id(), cx.now());
    account::store::insert(&mut *db, id, lang, now).await?;
    account::store::insert_contact(&mut *db, id, contact, now).await?;
    for purpose in person::Purpose::ALL.iter().filter(|purpose| !purpose.is_optional()) {
        identity::consent::store::insert(&mut *db, cx.id(), id, *purpose, true, now).await?;
    }
    let entry = Entry::of(Action::AccountRegistered, Subject::Account(id)).by(Actor::Account(id));
    record(db, cx, &entry).await?;
    Ok(id)
}
