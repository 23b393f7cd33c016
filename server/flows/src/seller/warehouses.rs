//! A shop's warehouses, by the people who keep its stock: opened, renamed, moved, closed and opened again.

use super::{
    AtShop,
    settings::{self, SettingsError},
    stock::{StockError, keeping, wrong},
};
use access::audit::{Entry, Subject, record};
use identity::address::NewAddress;
use inventory::{
    CloseWarehouseError, NewWarehouse, OpenWarehouseError, WarehouseAddress, WarehouseName, store,
};
use kernel::{
    Cx, Tx,
    idempotency::{self, Claim, Key},
};
use model::{
    FieldError,
    address::AddressInput,
    audit::Action,
    ids::{ShopId, WarehouseId},
    shop::limits,
    typed,
};
use serde_json::json;

impl From<OpenWarehouseError> for StockError {
    fn from(error: OpenWarehouseError) -> Self {
        match error {
            OpenWarehouseError::UnknownShop => Self::NotFound,
            OpenWarehouseError::UnknownRegion => wrong("district", FieldError::NotAllowed),
            OpenWarehouseError::NameTaken => wrong("name", FieldError::Taken),
            OpenWarehouseError::TooMany => Self::TooMany,
            OpenWarehouseError::Database(error) => Self::Database(error),
        }
    }
}

impl From<CloseWarehouseError> for StockError {
    fn from(error: CloseWarehouseError) -> Self {
        match error {
            CloseWarehouseError::Unknown => Self::NotFound,
            CloseWarehouseError::Main => wrong("main", FieldError::NotAllowed),
            CloseWarehouseError::NotEmpty => wrong("pieces", FieldError::NotAllowed),
            CloseWarehouseError::OnWay => wrong("on_way", FieldError::NotAllowed),
            CloseWarehouseError::Counting => wrong("counting", FieldError::NotAllowed),
            CloseWarehouseError::Database(error) => Self::Database(error),
        }
    }
}

/// Opens a warehouse at this address, whose label says nothing here. Under a key, asking again answers with the one opened
/// the first time.
pub async fn open_warehouse(
    cx: &Cx,
    at: &AtShop,
    name: &str,
    address: &AddressInput,
    key: Option<&Key>,
) -> Result<WarehouseId, StockError> {
    let shop = keeping(at)?;
    let called = named(name);
    let address_of = match crate::address::parse(address) {
        Ok(found) => found,
        Err(mut problems) => {
            if let Err(error) = called {
                problems.note("name", error);
            }
            return Err(StockError::Invalid(problems));
        }
    };
    let called = called.map_err(|error| wrong("name", error))?;
    let new =
        NewWarehouse { id: cx.id(), shop, name: called, region: address_of.district.clone(), pin: None };
    let mut tx = cx.begin().await?;
    if let Some(key) = key {
        let claim = (shop.uuid(), "warehouse.open", key);
        match idempotency::claim(&mut tx, cx, claim, &(name, address), new.id.uuid()).await? {
            Claim::First => {}
            Claim::Again(made) => return Ok(made.into()),
            Claim::Other => return Err(StockError::KeyReused),
        }
    }
    store::open_warehouse(&mut tx, &new, cx.now()).await?;
    let address = address_at(&address_of);
    if !store::put_address_of(&mut tx, shop, new.id, &address).await? {
        return Err(StockError::NotFound);
    }
    note(&mut tx, cx, shop, new.id, "warehouse opened").await?;
    tx.commit().await?;
    Ok(new.id)
}

/// Calls one of the shop's warehouses otherwise.
pub async fn rename_warehouse(
    cx: &Cx,
    at: &AtShop,
    warehouse: WarehouseId,
    name: &str,
) -> Result<(), StockError> {
    let shop = keeping(at)?;
    let name = named(name).map_err(|error| wrong("name", error))?;
    let mut tx = cx.begin().await?;
    if !store::rename_warehouse(&mut tx, shop, warehouse, &name).await? {
        return Err(StockError::NotFound);
    }
    note(&mut tx, cx, shop, warehouse, "warehouse renamed").await?;
    Ok(tx.commit().await?)
}

/// Says that a warehouse is somewhere else now. With the main one the shop itself moves, which is for those who decide about
/// the shop.
pub async fn move_warehouse(
    cx: &Cx,
    at: &AtShop,
    warehouse: WarehouseId,
    address: &AddressInput,
) -> Result<(), StockError> {
    let shop = keeping(at)?;
    let main = store::main_warehouse(&mut *cx.db().acquire().await?, shop).await?;
    if main == Some(warehouse) {
        return settings::move_to(cx, at, address).await.map_err(moved_main);
    }
    let new = crate::address::parse(address).map_err(StockError::Invalid)?;
    let mut tx = cx.begin().await?;
    if !store::put_address_of(&mut tx, shop, warehouse, &address_at(&new)).await? {
        return Err(StockError::NotFound);
    }
    note(&mut tx, cx, shop, warehouse, "warehouse moved").await?;
    Ok(tx.commit().await?)
}

fn moved_main(error: SettingsError) -> StockError {
    match error {
        SettingsError::Invalid(problems) => StockError::Invalid(problems),
        SettingsError::Database(error) => StockError::Database(error),
        _ => StockError::NotFound,
    }
}

/// Ends selling from a warehouse that is empty, with nothing on its way from or to it. It may be said again.
pub async fn close_warehouse(cx: &Cx, at: &AtShop, warehouse: WarehouseId) -> Result<(), StockError> {
    let shop = keeping(at)?;
    let mut tx = cx.begin().await?;
    store::close_warehouse(&mut tx, shop, warehouse).await?;
    note(&mut tx, cx, shop, warehouse, "warehouse closed").await?;
    Ok(tx.commit().await?)
}

/// Sells from a warehouse again, and so what came back there meanwhile.
pub async fn reopen_warehouse(cx: &Cx, at: &AtShop, warehouse: WarehouseId) -> Result<(), StockError> {
    let shop = keeping(at)?;
    let mut tx = cx.begin().await?;
    let there = store::reopen_warehouse(&mut tx, shop, warehouse).await?.ok_or(StockError::NotFound)?;
    if !there.is_empty() {
        crate::stock::changed(cx, &mut tx, &there).await?;
    }
    note(&mut tx, cx, shop, warehouse, "warehouse opened again").await?;
    Ok(tx.commit().await?)
}

fn address_at(new: &NewAddress) -> WarehouseAddress {
    WarehouseAddress {
        region: new.district.clone(),
        contact: new.recipient.clone(),
        phone: new.phone.to_string(),
        street: new.street.clone(),
        postcode: new.postcode.clone(),
    }
}

fn named(typed: &str) -> Result<WarehouseName, FieldError> {
    let name = typed::required_line(typed, 1, limits::WAREHOUSE_NAME)?;
    WarehouseName::try_from(name.as_str()).map_err(|_| FieldError::Malformed)
}

async fn note(
    tx: &mut Tx,
    cx: &Cx,
    shop: ShopId,
    warehouse: WarehouseId,
    what: &str,
) -> Result<(), sqlx::Error> {
    let after = json!({"what": what, "warehouse": warehouse});
    record(tx, cx, &Entry::of(Action::ShopChanged, Subject::Shop(shop)).after(after)).await.map(drop)
}
