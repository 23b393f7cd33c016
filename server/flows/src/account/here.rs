//! The same verbs as browsers use them: what they typed and carry is read here, so that pages need not.

use super::{
    ChangeContactError, ConfirmError, Credentials, Entry, Hurdle, Proof, RecoveryCode, SignInError, SignedIn,
    Stay, Token, confirm, confirm_contact, confirm_link, hurdle::guard, second_step, sign_in,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use identity::challenge::Purpose;
use kernel::{Cx, Member};
use model::ids::{ContactChangeId, RegistrationId};
use time::Duration;

const fn stay(remember: bool) -> Stay {
    if remember { Stay::Long } else { Stay::Short }
}

impl SignedIn {
    /// For how long a browser keeps it, where it outlasts the browser.
    pub fn keep(&self) -> Option<Duration> {
        (self.stay == Stay::Long).then(|| self.stay.most())
    }

    /// What a browser is given: the session's token, and that of the device where it is a new one.
    pub fn tokens(&self) -> (String, Option<String>) {
        (self.token.text(), self.device.as_ref().map(Token::text))
    }
}

impl Proof {
    /// Of a form with a field for each, the one that was filled in.
    pub fn typed(password: String, code: String, recovery: String) -> Self {
        if !code.trim().is_empty() {
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
    code: String,
    recovery: String,
    remember: bool,
    device: Option<String>,
) -> Result<SignedIn, SignInError> {
    let (proof, device) =
        (Proof::typed(String::new(), code, recovery), device.as_deref().and_then(Token::parse));
    second_step(cx, challenge, &proof, stay(remember), device.as_ref()).await
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
