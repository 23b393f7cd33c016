//! A person's addresses with the regions they lie in. One query.

use crate::error::unsound;
use identity::address::{Stored, store};
use model::{
    address::Address,
    ids::{AccountId, AddressId},
};
use region::Book;
use sqlx::PgConnection;

/// The default first, then the oldest.
pub async fn list(db: &mut PgConnection, owner: AccountId) -> Result<Vec<Address>, sqlx::Error> {
    store::list(db, owner).await?.into_iter().map(view).collect()
}

/// One of them; somebody else's is not there.
pub async fn one(
    db: &mut PgConnection,
    owner: AccountId,
    id: AddressId,
) -> Result<Option<Address>, sqlx::Error> {
    store::find(db, owner, id).await?.map(view).transpose()
}

fn view(stored: Stored) -> Result<Address, sqlx::Error> {
    let Stored { id, version, is_default, address } = stored;
    let book = Book::get();
    let district =
        book.district(&address.district).ok_or_else(|| unsound("a district", &address.district))?;
    Ok(Address {
        id,
        version,
        is_default,
        recipient: address.recipient,
        phone: address.phone,
        district: book.view(district),
        postcode: address.postcode,
        street: address.street,
        detail: address.detail,
        label: address.label,
        notes: address.notes,
        pin: address.pin,
    })
}
