//! Putting messages about accounts on their way, in the transaction of what they tell of.

use identity::{
    Token,
    account::{self, Reach},
    session::{Device, network_of},
};
use kernel::Cx;
use model::{Contact, Lang, LocalPath, ids::AccountId};
use notify::{Address, EmailAddress, EnqueueError, Link, Message, Origin, PhoneNumber, Recipient};
use sqlx::PgConnection;

/// To an address, whoever has it.
pub(crate) async fn write_to(
    db: &mut PgConnection,
    cx: &Cx,
    account: Option<AccountId>,
    contact: &Contact,
    lang: Lang,
    message: &Message,
) -> Result<(), EnqueueError> {
    let Some(address) = address(contact) else { return Ok(()) };
    let to = match account {
        Some(account) => Recipient::member(account, address, lang),
        None => Recipient::stranger(address, lang),
    };
    notify::enqueue(db, cx, &to, message).await.map(drop)
}

/// To an account, where it is read first: by e-mail, else by SMS.
pub(crate) async fn tell(
    db: &mut PgConnection,
    cx: &Cx,
    account: AccountId,
    message: &Message,
) -> Result<(), EnqueueError> {
    let Reach { lang, contacts, .. } = account::store::get_reach(&mut *db, account).await?;
    match contacts.first() {
        Some(contact) => write_to(db, cx, Some(account), contact, lang, message).await,
        None => Ok(()),
    }
}

/// What is an address to us is one to whoever sends; if not, there is nobody to write to.
fn address(contact: &Contact) -> Option<Address> {
    match contact {
        Contact::Email(email) => EmailAddress::try_from(email.as_str()).ok().map(Address::Email),
        Contact::Phone(phone) => PhoneNumber::try_from(phone.as_str()).ok().map(Address::Phone),
    }
}

/// A page of this site.
pub(crate) fn link(path: &str) -> Link {
    Link::to(path.parse().unwrap_or_else(|_| LocalPath::home()))
}

/// A page of this site that is shown a token.
pub(crate) fn link_with(path: &str, token: &Token) -> Link {
    link(&format!("{path}?token={}", token.text()))
}

/// Where something was done, as far as its person should recognise it.
pub(super) fn origin(cx: &Cx) -> Origin {
    let client = cx.client();
    Origin {
        device: client.agent.as_deref().and_then(|agent| Device::of(agent).text()),
        place: client.address.map(network_of),
    }
}
