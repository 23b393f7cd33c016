//! The demonstration's people: a shopper, a seller with somebody who packs, and an operator who may do everything.

use super::SeedError;
use crate::account::open_account;
use identity::{
    Guard, Password,
    account::{self, ContactError},
    operator,
};
use kernel::Cx;
use model::{Contact, Lang, OperatorRole};

/// Buys, and has coins for it.
pub(super) const SHOPPER: &str = "shopper@pasar.example";
/// Owns the demonstration's shops.
pub(super) const SELLER: &str = "seller@pasar.example";
/// Packs in the first of them.
pub(super) const PACKER: &str = "packer@pasar.example";

/// Someone to sign in as.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DemoPerson {
    pub email: &'static str,
    /// The same on every start of one installation, and another on each: known passwords would be an open door.
    pub password: String,
    pub role: Option<OperatorRole>,
}

/// Who they are. They need not have been made.
pub fn demo_people(guard: &Guard) -> [DemoPerson; 4] {
    let person = |email, role| DemoPerson { email, password: guard.safe.demo_password(email), role };
    [
        person(SHOPPER, None),
        person(SELLER, None),
        person(PACKER, None),
        person("operator@pasar.example", Some(OperatorRole::Administrator)),
    ]
}

/// Makes those who are not there yet.
pub async fn people(cx: &Cx) -> Result<(), SeedError> {
    let guard = Guard::of(cx).map_err(SeedError::unsound)?;
    for person in demo_people(&guard) {
        let contact: Contact = person.email.parse().map_err(SeedError::unsound)?;
        let password = Password::chosen(&person.password, &[]).map_err(|_| sqlx::Error::RowNotFound)?;
        let hash = guard.hasher.hash(cx.ids(), password).await.map_err(SeedError::unsound)?;
        let mut tx = cx.begin().await?;
        if account::store::find_owner(&mut tx, &contact).await?.is_some() {
            continue;
        }
        let account = match open_account(cx, &mut tx, &contact, &hash, Lang::Id).await {
            Ok(account) => account,
            Err(ContactError::Taken) => continue,
            Err(ContactError::Database(error)) => return Err(error.into()),
        };
        if let Some(role) = person.role {
            operator::store::insert(&mut tx, account, role, None, cx.now()).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Those of them that are there.
pub async fn present_people(cx: &Cx) -> Result<Vec<DemoPerson>, SeedError> {
    let guard = Guard::of(cx).map_err(SeedError::unsound)?;
    let mut db = cx.db().acquire().await?;
    let mut present = Vec::new();
    for person in demo_people(&guard) {
        let contact: Contact = person.email.parse().map_err(SeedError::unsound)?;
        if account::store::find_owner(&mut db, &contact).await?.is_some() {
            present.push(person);
        }
    }
    Ok(present)
}
