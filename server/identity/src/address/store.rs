//! All SQL about addresses.

use super::NewAddress;
use model::{
    Phone,
    address::{Label, limits},
    geo::Position,
    ids::{AccountId, AddressId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// An address as it is kept.
#[derive(Clone, PartialEq, Debug)]
pub struct Stored {
    pub id: AddressId,
    pub version: i32,
    pub is_default: bool,
    pub address: NewAddress,
}

/// Keeps everybody else from changing this person's addresses until the transaction ends.
pub async fn lock(db: &mut PgConnection, owner: AccountId) -> Result<(), sqlx::Error> {
    sqlx::query!("select id from account where id = $1 for no key update", owner.uuid())
        .fetch_one(db)
        .await?;
    Ok(())
}

/// Keeps a new address; `false` where its owner has as many as anyone may. The first is the default. Under [`lock`].
pub async fn insert(
    db: &mut PgConnection,
    owner: AccountId,
    id: AddressId,
    new: &NewAddress,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into address (id, account_id, recipient, phone, district_code, postcode, street, detail, label, notes,
           latitude, longitude, is_default, created_at, updated_at)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, there.n = 0, $13, $13
         from (select count(*) as n from address where account_id = $2) as there
         where there.n < $14",
        id.uuid(),
        owner.uuid(),
        new.recipient,
        new.phone.as_str(),
        new.district,
        new.postcode,
        new.street,
        new.detail,
        new.label.as_str(),
        new.notes,
        new.pin.map(|pin| pin.latitude),
        new.pin.map(|pin| pin.longitude),
        now,
        i64::from(limits::MOST_ADDRESSES)
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes an address anew if it is this person's and still of this version; whether it was.
pub async fn update(
    db: &mut PgConnection,
    owner: AccountId,
    (id, version): (AddressId, i32),
    new: &NewAddress,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update address
         set recipient = $4, phone = $5, district_code = $6, postcode = $7, street = $8, detail = $9, label = $10,
           notes = $11, latitude = $12, longitude = $13, updated_at = $14, version = version + 1
         where id = $1 and account_id = $2 and version = $3",
        id.uuid(),
        owner.uuid(),
        version,
        new.recipient,
        new.phone.as_str(),
        new.district,
        new.postcode,
        new.street,
        new.detail,
        new.label.as_str(),
        new.notes,
        new.pin.map(|pin| pin.latitude),
        new.pin.map(|pin| pin.longitude),
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Makes an address the default in place of the one that was; whether there is such an address. Under [`lock`].
pub async fn mark_default(
    db: &mut PgConnection,
    owner: AccountId,
    id: AddressId,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    if find(db, owner, id).await?.is_none() {
        return Ok(false);
    }
    // Two statements: the index on the one default looks at every row as it is written.
    sqlx::query!(
        "update address set is_default = false, updated_at = $3
         where account_id = $1 and is_default and id <> $2",
        owner.uuid(),
        id.uuid(),
        now
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update address set is_default = true, updated_at = $3
         where account_id = $1 and id = $2 and not is_default",
        owner.uuid(),
        id.uuid(),
        now
    )
    .execute(db)
    .await?;
    Ok(true)
}

/// Removes an address, and makes the oldest of the others the default where this one was. Whether there was such an
/// address. Under [`lock`].
pub async fn delete(
    db: &mut PgConnection,
    owner: AccountId,
    id: AddressId,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let was_default = sqlx::query_scalar!(
        "delete from address where id = $1 and account_id = $2 returning is_default",
        id.uuid(),
        owner.uuid()
    )
    .fetch_optional(&mut *db)
    .await?;
    if was_default == Some(true) {
        sqlx::query!(
            "update address set is_default = true, updated_at = $2
             where id = (select id from address where account_id = $1 order by created_at, id limit 1)",
            owner.uuid(),
            now
        )
        .execute(db)
        .await?;
    }
    Ok(was_default.is_some())
}

/// All of a person's addresses: the default first, then the oldest.
pub async fn list(db: &mut PgConnection, owner: AccountId) -> Result<Vec<Stored>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        "select id, version, is_default, recipient, phone, district_code, postcode, street, detail, label, notes,
           latitude, longitude
         from address where account_id = $1 order by is_default desc, created_at, id",
        owner.uuid()
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::stored).collect()
}

/// One of a person's addresses; somebody else's is not there.
pub async fn find(
    db: &mut PgConnection,
    owner: AccountId,
    id: AddressId,
) -> Result<Option<Stored>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        "select id, version, is_default, recipient, phone, district_code, postcode, street, detail, label, notes,
           latitude, longitude
         from address where account_id = $1 and id = $2",
        owner.uuid(),
        id.uuid()
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::stored).transpose()
}

/// Removes everything, for an account that is erased.
pub async fn erase(db: &mut PgConnection, owner: AccountId) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from address where account_id = $1", owner.uuid()).execute(db).await?;
    Ok(())
}

struct Row {
    id: model::ids::Uuid,
    version: i32,
    is_default: bool,
    recipient: String,
    phone: String,
    district_code: String,
    postcode: String,
    street: String,
    detail: Option<String>,
    label: String,
    notes: Option<String>,
    latitude: Option<f64>,
    longitude: Option<f64>,
}

impl Row {
    fn stored(self) -> Result<Stored, sqlx::Error> {
        let phone: Phone = self.phone.parse().map_err(|_| {
            sqlx::Error::Decode(format!("the phone of address {} is no number", self.id).into())
        })?;
        let pin = self.latitude.zip(self.longitude);
        Ok(Stored {
            id: self.id.into(),
            version: self.version,
            is_default: self.is_default,
            address: NewAddress {
                recipient: self.recipient,
                phone,
                district: self.district_code,
                postcode: self.postcode,
                street: self.street,
                detail: self.detail,
                label: Label::from(self.label),
                notes: self.notes,
                pin: pin.map(|(latitude, longitude)| Position::new(latitude, longitude)),
            },
        })
    }
}
