//! The provider's people who are nobody's here yet: whose they turn out to be, or an account of their own.

use super::{
    ProviderError, SignedIn, Stay, Token,
    hurdle::{client_turn, client_was_right},
    provider::link,
    register::open_bare,
    sign_in::enter,
};
use identity::{
    account::{self, ContactError},
    challenge, provider,
};
use kernel::Cx;
use model::{Contact, LocalPath};

/// Who the provider says a visitor is, who is nobody's here yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GuestShown {
    pub shown: String,
    /// The address an account can be opened with: the provider has verified it, and nobody here has it.
    pub email: Option<String>,
}

/// None where nobody is kept under that token.
pub async fn guest(cx: &Cx, token: &str) -> Result<Option<GuestShown>, sqlx::Error> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    let mut db = cx.db().acquire().await?;
    let Some((_, guest)) = provider::store::find_guest(&mut db, token.digest(), cx.now()).await? else {
        return Ok(None);
    };
    let email = match guest.person.email {
        Some(email) => {
            let owner = account::store::find_owner(&mut db, &Contact::Email(email.clone())).await?;
            owner.is_none().then(|| email.as_str().to_owned())
        }
        None => None,
    };
    Ok(Some(GuestShown { shown: guest.person.shown, email }))
}

/// Links the guest of this token to the account that has just been signed in to: that is the proof.
pub async fn link_guest(cx: &Cx, entered: &SignedIn, token: &str) -> Result<(), ProviderError> {
    let token = Token::parse(token).ok_or(ProviderError::Spent)?;
    let mut tx = cx.begin().await?;
    let guest = provider::store::find_guest(&mut tx, token.digest(), cx.now()).await?;
    let (challenge, guest) = guest.ok_or(ProviderError::Spent)?;
    if !challenge::store::spend(&mut tx, challenge, cx.now()).await? {
        return Err(ProviderError::Spent);
    }
    link(cx, &mut tx, entered.account, &guest.person).await?;
    Ok(tx.commit().await?)
}

/// Opens an account for the guest of this token, with the address the provider has verified. An address that is
/// somebody's here opens nothing: its owner signs in and links.
pub async fn open_with_guest(
    cx: &Cx,
    token: &str,
    device: Option<&Token>,
) -> Result<(SignedIn, LocalPath), ProviderError> {
    let token = Token::parse(token).ok_or(ProviderError::Spent)?;
    client_turn(cx).await?;
    let mut tx = cx.begin().await?;
    let guest = provider::store::find_guest(&mut tx, token.digest(), cx.now()).await?;
    let (challenge, guest) = guest.ok_or(ProviderError::Spent)?;
    let email = guest.person.email.clone().ok_or(ProviderError::Refused)?;
    if !challenge::store::spend(&mut tx, challenge, cx.now()).await? {
        return Err(ProviderError::Spent);
    }
    let opened = open_bare(cx, &mut tx, &Contact::Email(email), cx.lang()).await;
    let account = opened.map_err(|error| match error {
        ContactError::Taken => ProviderError::Taken,
        ContactError::Database(error) => error.into(),
    })?;
    if !provider::store::link(&mut tx, account, &guest.person, cx.now()).await? {
        return Err(ProviderError::Taken);
    }
    client_was_right(cx, &mut tx).await?;
    let stay = if guest.remember { Stay::Long } else { Stay::Short };
    let entered = enter(cx, &mut tx, account, stay, device).await?;
    tx.commit().await?;
    Ok((entered, guest.next))
}
