//! A person's addresses: added, changed, removed, and one of them the default.

use crate::profile::masked;
use access::audit::{Entry, Subject, record};
use identity::address::{DistrictFacts, NewAddress, store};
use kernel::{
    Cx, Member, Tx,
    idempotency::{self, Claim, Key},
};
use model::{
    AppError, Code, Contact, FieldError, address::AddressInput, audit::Action, ids::AddressId,
    typed::Problems,
};
use region::Book;
use serde_json::json;

#[derive(Debug, thiserror::Error)]
pub enum AddAddressError {
    #[error("what was typed is not an address")]
    Invalid(Problems),
    #[error("there are as many addresses as anyone may have")]
    TooMany,
    #[error("the idempotency key was used for something else")]
    KeyReused,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<AddAddressError> for AppError {
    fn from(error: AddAddressError) -> Self {
        match error {
            AddAddressError::Invalid(problems) => problems.into(),
            AddAddressError::TooMany => Self::field("addresses", FieldError::OutOfRange),
            AddAddressError::KeyReused => Self::field("idempotency_key", FieldError::Taken),
            AddAddressError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum ChangeAddressError {
    #[error("what was typed is not an address")]
    Invalid(Problems),
    #[error("there is no such address")]
    NotFound,
    #[error("it has been changed meanwhile")]
    Stale,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<ChangeAddressError> for AppError {
    fn from(error: ChangeAddressError) -> Self {
        match error {
            ChangeAddressError::Invalid(problems) => problems.into(),
            ChangeAddressError::NotFound => Self::not_found(),
            ChangeAddressError::Stale => Self::new(Code::Conflict),
            ChangeAddressError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// Checks what was typed against the country's districts.
pub fn parse(input: &AddressInput) -> Result<NewAddress, Problems> {
    let district = Book::get().district(input.district.trim());
    let facts =
        district.map(|entry| DistrictFacts { postcodes: entry.postcodes.clone(), position: entry.position });
    NewAddress::parse(input, facts.as_ref())
}

/// Adds an address; with `make_default` it becomes the default, as the first one always does. Under a key, asking
/// again answers with the address made the first time.
pub async fn add(
    cx: &Cx,
    member: &Member,
    input: &AddressInput,
    make_default: bool,
    key: Option<&Key>,
) -> Result<AddressId, AddAddressError> {
    let new = parse(input).map_err(AddAddressError::Invalid)?;
    let (owner, id) = (member.account, cx.id::<AddressId>());
    let mut tx = cx.begin().await?;
    if let Some(key) = key {
        let claim = (owner.uuid(), "address.add", key);
        match idempotency::claim(&mut tx, cx, claim, &(input, make_default), id.uuid()).await? {
            Claim::First => {}
            Claim::Again(made) => return Ok(made.into()),
            Claim::Other => return Err(AddAddressError::KeyReused),
        }
    }
    store::lock(&mut tx, owner).await?;
    if !store::insert(&mut tx, owner, id, &new, cx.now()).await? {
        return Err(AddAddressError::TooMany);
    }
    if make_default {
        store::mark_default(&mut tx, owner, id, cx.now()).await?;
    }
    note(&mut tx, cx, member, id, "added", (None, Some(&new))).await?;
    tx.commit().await?;
    Ok(id)
}

/// Writes an address anew, if it is still of the version the edit began with.
pub async fn change(
    cx: &Cx,
    member: &Member,
    (id, version): (AddressId, i32),
    input: &AddressInput,
    make_default: bool,
) -> Result<(), ChangeAddressError> {
    let owner = member.account;
    let mut tx = cx.begin().await?;
    // Whose it is comes before what is wrong with it.
    let Some(old) = store::find(&mut tx, owner, id).await? else {
        return Err(ChangeAddressError::NotFound);
    };
    let new = parse(input).map_err(ChangeAddressError::Invalid)?;
    store::lock(&mut tx, owner).await?;
    if !store::update(&mut tx, owner, (id, version), &new, cx.now()).await? {
        return Err(ChangeAddressError::Stale);
    }
    if make_default {
        store::mark_default(&mut tx, owner, id, cx.now()).await?;
    }
    note(&mut tx, cx, member, id, "changed", (Some(&old.address), Some(&new))).await?;
    Ok(tx.commit().await?)
}

/// Makes an address the default.
pub async fn choose_default(cx: &Cx, member: &Member, id: AddressId) -> Result<(), ChangeAddressError> {
    let mut tx = cx.begin().await?;
    store::lock(&mut tx, member.account).await?;
    if !store::mark_default(&mut tx, member.account, id, cx.now()).await? {
        return Err(ChangeAddressError::NotFound);
    }
    note(&mut tx, cx, member, id, "made default", (None, None)).await?;
    Ok(tx.commit().await?)
}

/// Removes an address; where it was the default, the oldest of the others takes its place.
pub async fn remove(cx: &Cx, member: &Member, id: AddressId) -> Result<(), ChangeAddressError> {
    let mut tx = cx.begin().await?;
    store::lock(&mut tx, member.account).await?;
    let old = store::find(&mut tx, member.account, id).await?.ok_or(ChangeAddressError::NotFound)?;
    if !store::delete(&mut tx, member.account, id, cx.now()).await? {
        return Err(ChangeAddressError::NotFound);
    }
    note(&mut tx, cx, member, id, "removed", (Some(&old.address), None)).await?;
    Ok(tx.commit().await?)
}

/// A line in the audit log: which address, and of what stands in it enough to see what changed.
async fn note(
    tx: &mut Tx,
    cx: &Cx,
    member: &Member,
    id: AddressId,
    change: &'static str,
    (before, after): (Option<&NewAddress>, Option<&NewAddress>),
) -> Result<(), sqlx::Error> {
    let facts = |it: &NewAddress| {
        json!({"recipient": masked(&it.recipient), "phone": Contact::Phone(it.phone.clone()).masked(),
            "district": it.district, "street": masked(&it.street)})
    };
    let mut entry = Entry::of(Action::AddressChanged, Subject::Account(member.account));
    if let Some(before) = before {
        entry = entry.before(facts(before));
    }
    let mut now = json!({"address": id, "change": change});
    if let Some(after) = after {
        now["to"] = facts(after);
    }
    record(tx, cx, &entry.after(now)).await.map(drop)
}
