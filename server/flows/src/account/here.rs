//! The same verbs as browsers use them: what they typed and carry is read here, so that pages need not.

use super::{
    ChangeContactError, ConfirmError, Credentials, Entry, Errand, For, Given, Hurdle, Offer, Proof,
    ProviderError, RecoveryCode, Returned, STEP_UP, Sent, SignInError, SignedIn, Stay, Token, ask_passkey,
    back_from_provider, confirm, confirm_contact, confirm_link, go_to_provider, hurdle::guard, link_guest,
    offer_passkey, open_with_guest, second_step, sign_in, sign_in_with_passkey,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use identity::challenge::Purpose;
use kernel::{Cx, Member};
use model::{
    AppError, LocalPath, Prefs,
    ids::{ContactChangeId, RegistrationId},
    query,
    views::PasskeyUse,
};
use time::Duration;

const fn stay(remember: bool) -> Stay {
    if remember { Stay::Long } else { Stay::Short }
}

impl SignedIn {
    /// For how long a browser keeps it, where it outlasts the browser.
    pub fn keep(&self) -> Option<Duration> {
        (self.stay == Stay::Long).then(|| self.stay.most())
    }

    /// The language and appearance its person chose, which follow them to this browser; `here` is what it has.
    pub fn prefs(&self, here: Prefs) -> Prefs {
        Prefs { lang: self.lang, theme: self.theme.unwrap_or(here.theme) }
    }

    /// What a browser is given: the session's token, and that of the device where it is a new one.
    pub fn tokens(&self) -> (String, Option<String>) {
        (self.token.text(), self.device.as_ref().map(Token::text))
    }
}

impl Proof {
    /// Of a form with a field for each, the one that was filled in; or what a passkey answered to this ceremony.
    pub fn shown(password: String, code: String, recovery: String, passkey: (String, String)) -> Self {
        let (ceremony, answer) = passkey;
        if !answer.is_empty() {
            Self::Passkey { ceremony, answer }
        } else if !code.trim().is_empty() {
            Self::Totp(code)
        } else if !recovery.trim().is_empty() {
            Self::Recovery(recovery)
        } else {
            Self::Password(password)
        }
    }
}

/// How long a registration waits for its code.
pub fn registration_lasts() -> Duration {
    Purpose::Register.lasts()
}

/// How long somebody is expected back from the provider.
pub fn trip_lasts() -> Duration {
    Purpose::Provider.lasts()
}

/// Signs a browser in; `device` is what it was given at an earlier sign-in.
pub async fn sign_in_here(
    cx: &Cx,
    contact: String,
    password: String,
    remember: bool,
    device: Option<String>,
) -> Result<Entry, SignInError> {
    let device = device.as_deref().and_then(Token::parse);
    sign_in(cx, &Credentials { contact, password, stay: stay(remember), device }).await
}

pub async fn second_step_here(
    cx: &Cx,
    challenge: &str,
    proof: Proof,
    remember: bool,
    device: Option<String>,
) -> Result<SignedIn, SignInError> {
    let device = device.as_deref().and_then(Token::parse);
    second_step(cx, challenge, &proof, stay(remember), device.as_ref()).await
}

/// Signs a browser in with the passkey its owner chose.
pub async fn sign_in_with_passkey_here(
    cx: &Cx,
    ceremony: &str,
    answer: &str,
    remember: bool,
    device: Option<String>,
) -> Result<SignedIn, SignInError> {
    let device = device.as_deref().and_then(Token::parse);
    sign_in_with_passkey(cx, ceremony, answer, stay(remember), device.as_ref()).await
}

/// Asks a browser for a passkey; `second_step` is what the first step gave it.
pub async fn ask_passkey_here(
    cx: &Cx,
    what: PasskeyUse,
    second_step: Option<&str>,
) -> Result<Offer, AppError> {
    let offer = match what {
        PasskeyUse::SignIn => ask_passkey(cx, For::SignIn).await,
        PasskeyUse::SecondStep => ask_passkey(cx, For::SecondStep(second_step.unwrap_or_default())).await,
        PasskeyUse::StepUp => ask_passkey(cx, For::StepUp(&cx.member()?)).await,
        PasskeyUse::Add => offer_passkey(cx, &cx.proved(STEP_UP)?).await,
    };
    offer.map_err(AppError::from)
}

/// Sends a browser to the provider, for what its form asks: to link, to prove again who somebody is, or to come in.
pub async fn go_to_provider_here(cx: &Cx, what: &str, remember: bool, next: &str) -> Result<Sent, AppError> {
    let next = next.parse().or_else(|_| "/account".parse()).unwrap_or_else(|_| LocalPath::home());
    let sent = match what {
        "link" => go_to_provider(cx, Errand::Link(&cx.proved(STEP_UP)?), remember, next).await,
        "step_up" => go_to_provider(cx, Errand::StepUp(&cx.member()?), remember, next).await,
        _ => go_to_provider(cx, Errand::SignIn, remember, next).await,
    };
    sent.map_err(AppError::from)
}

/// Takes a browser back from the provider; `device` is what it was given at an earlier sign-in.
pub async fn back_from_provider_here(
    cx: &Cx,
    trip: &str,
    given: Given,
    device: Option<String>,
) -> Result<Returned, ProviderError> {
    let device = device.as_deref().and_then(Token::parse);
    back_from_provider(cx, trip, given, device.as_ref()).await
}

/// Where somebody goes who has just come in: to `next`; or, where they came to be linked with the provider's guest in
/// this browser, to the page that shows whether they are.
pub async fn link_here(
    cx: &Cx,
    entered: &SignedIn,
    link: bool,
    guest: Option<String>,
    next: String,
) -> String {
    if !link {
        return next;
    }
    match link_guest(cx, entered, &guest.unwrap_or_default()).await {
        Ok(()) => "/account/security".to_owned(),
        Err(error) => {
            tracing::info!("A sign-in provider was not linked: {error}");
            query::href("/account/security", [("provider", "taken")])
        }
    }
}

/// Opens an account for the provider's guest in this browser.
pub async fn open_with_guest_here(
    cx: &Cx,
    guest: &str,
    device: Option<String>,
) -> Result<(SignedIn, LocalPath), ProviderError> {
    let device = device.as_deref().and_then(Token::parse);
    open_with_guest(cx, guest, device.as_ref()).await
}

/// Confirms a registration with the link's token, else with the code; `held` shows that this browser registered.
pub async fn confirm_here(
    cx: &Cx,
    held: Option<String>,
    code: &str,
    token: &str,
    password: &str,
) -> Result<SignedIn, ConfirmError> {
    let held: Option<RegistrationId> = held.and_then(|held| held.parse().ok());
    if token.is_empty() {
        confirm(cx, held.ok_or(ConfirmError::Spent)?, code, Stay::Long).await
    } else {
        confirm_link(cx, token, held, Some(password), Stay::Long).await
    }
}

/// Confirms one side of a change of address: that of the old one, or of the new. True once the address has changed.
pub async fn confirm_contact_here(
    cx: &Cx,
    member: &Member,
    change: ContactChangeId,
    old: bool,
    code: &str,
) -> Result<bool, ChangeContactError> {
    let purpose = if old { Purpose::OldContact } else { Purpose::NewContact };
    confirm_contact(cx, member, change, purpose, code).await
}

/// How long recovery codes wait for the page that shows them.
pub const SHOWN_ONCE: Duration = Duration::minutes(2);

/// Recovery codes on their way through the browser to the page that shows them, so that a form without JavaScript can
/// lead there. They are sealed for the session, since only their digests are kept here.
pub fn seal_codes(cx: &Cx, member: &Member, codes: &[RecoveryCode]) -> Result<String, Hurdle> {
    let text: Vec<String> = codes.iter().map(RecoveryCode::text).collect();
    let sealed = guard(cx)?.safe.seal(cx.ids(), member.session.uuid().as_bytes(), text.join(" ").as_bytes());
    Ok(URL_SAFE_NO_PAD.encode(sealed))
}

/// The codes that were sealed for this session; none where they are somebody else's, or altered.
pub fn open_codes(cx: &Cx, member: &Member, sealed: &str) -> Result<Vec<String>, Hurdle> {
    let sealed = URL_SAFE_NO_PAD.decode(sealed).unwrap_or_default();
    let opened = guard(cx)?.safe.open(member.session.uuid().as_bytes(), &sealed).unwrap_or_default();
    let text = String::from_utf8(opened).unwrap_or_default();
    Ok(text.split_whitespace().map(str::to_owned).collect())
}
