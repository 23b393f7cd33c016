//! A shop's warehouses.

use super::refused_by;
use crate::{
    CloseWarehouseError, MAIN_NAME, NewWarehouse, OpenWarehouseError, Warehouse, WarehouseAddress,
    WarehouseName,
};
use model::{
    geo::Position,
    ids::{ShopId, Uuid, VariantId, WarehouseId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Opens a warehouse after those the shop has; the first is its main one.
pub async fn open_warehouse(
    db: &mut PgConnection,
    new: &NewWarehouse,
    now: OffsetDateTime,
) -> Result<(), OpenWarehouseError> {
    loop {
        let opened = sqlx::query!(
            "insert into warehouse (id, shop_id, name, region_code, latitude, longitude, position, created_at)
             select $1, $2, $3, $4, $5, $6, coalesce(max(position) + 1, 0), $7 from warehouse where shop_id = $2
             on conflict on constraint warehouse_position_unique do nothing",
            new.id.uuid(),
            new.shop.uuid(),
            new.name.as_str(),
            new.region,
            new.pin.map(|pin| pin.latitude),
            new.pin.map(|pin| pin.longitude),
            now
        )
        .execute(&mut *db)
        .await;
        match opened {
            // Somebody took the place meanwhile; the next one is free.
            Ok(done) if done.rows_affected() == 0 => {}
            Ok(_) => return Ok(()),
            Err(error) => {
                return Err(match refused_by(&error) {
                    Some("warehouse_shop_id_fkey") => OpenWarehouseError::UnknownShop,
                    Some("warehouse_region_known") => OpenWarehouseError::UnknownRegion,
                    Some("warehouse_name_unique") => OpenWarehouseError::NameTaken,
                    Some("warehouse_position_range") => OpenWarehouseError::TooMany,
                    _ => error.into(),
                });
            }
        }
    }
}

/// Gives a main warehouse in this city to those shops that have none, in one statement; says how many had none.
pub async fn ensure_warehouses(
    db: &mut PgConnection,
    wanted: &[(WarehouseId, ShopId, String)],
    now: OffsetDateTime,
) -> Result<u64, sqlx::Error> {
    let ids: Vec<Uuid> = wanted.iter().map(|(id, ..)| id.uuid()).collect();
    let shops: Vec<Uuid> = wanted.iter().map(|(_, shop, _)| shop.uuid()).collect();
    let cities: Vec<String> = wanted.iter().map(|(.., city)| city.clone()).collect();
    let made = sqlx::query!(
        "insert into warehouse (id, shop_id, name, region_code, position, created_at)
         select id, shop_id, $4, city, 0, $5 from unnest($1::uuid[], $2::uuid[], $3::text[]) as t (id, shop_id, city)
         order by shop_id
         on conflict on constraint warehouse_position_unique do nothing",
        &ids,
        &shops,
        &cities,
        MAIN_NAME,
        now
    )
    .execute(db)
    .await?;
    Ok(made.rows_affected())
}

/// Ends selling from a warehouse that is empty, where nobody counts, and with nothing on its way from or to it. What comes
/// back from buyers later still goes there, and no longer counts until it is opened again.
pub async fn close_warehouse(
    db: &mut PgConnection,
    shop: ShopId,
    warehouse: WarehouseId,
) -> Result<(), CloseWarehouseError> {
    // Whoever sends goods there or begins to count holds a share of this lock.
    let row = sqlx::query!(
        "select is_active, position from warehouse where id = $1 and shop_id = $2 for no key update",
        warehouse.uuid(),
        shop.uuid()
    )
    .fetch_optional(&mut *db)
    .await?
    .ok_or(CloseWarehouseError::Unknown)?;
    if row.position == 0 {
        return Err(CloseWarehouseError::Main);
    }
    if !row.is_active {
        return Ok(());
    }
    let stocks = sqlx::query!(
        "select on_hand, reserved from stock where warehouse_id = $1 order by variant_id for no key update",
        warehouse.uuid()
    )
    .fetch_all(&mut *db)
    .await?;
    if stocks.iter().any(|stock| stock.on_hand > 0 || stock.reserved > 0) {
        return Err(CloseWarehouseError::NotEmpty);
    }
    let busy = sqlx::query!(
        r#"select
             exists (select from stock_transfer where from_warehouse = $1 and state = 'sent')
               or exists (select from stock_transfer where to_warehouse = $1 and state = 'sent') as "on_way!",
             exists (select from stock_count where warehouse_id = $1 and state = 'open') as "counting!""#,
        warehouse.uuid()
    )
    .fetch_one(&mut *db)
    .await?;
    if busy.on_way {
        return Err(CloseWarehouseError::OnWay);
    }
    if busy.counting {
        return Err(CloseWarehouseError::Counting);
    }
    sqlx::query!("update warehouse set is_active = false where id = $1", warehouse.uuid())
        .execute(db)
        .await?;
    Ok(())
}

/// Sells from a warehouse again. The variants that lie there; none where the shop has no such warehouse.
pub async fn reopen_warehouse(
    db: &mut PgConnection,
    shop: ShopId,
    warehouse: WarehouseId,
) -> Result<Option<Vec<VariantId>>, sqlx::Error> {
    let opened = sqlx::query!(
        "update warehouse set is_active = true where id = $1 and shop_id = $2",
        warehouse.uuid(),
        shop.uuid()
    )
    .execute(&mut *db)
    .await?;
    if opened.rows_affected() == 0 {
        return Ok(None);
    }
    let there = sqlx::query_scalar!(
        "select variant_id from stock where warehouse_id = $1 and on_hand > 0 order by variant_id",
        warehouse.uuid()
    )
    .fetch_all(db)
    .await?;
    Ok(Some(there.into_iter().map(VariantId::new).collect()))
}

/// The main one first, then in the order they were opened; closed ones are among them.
pub async fn list_warehouses(db: &mut PgConnection, shop: ShopId) -> Result<Vec<Warehouse>, sqlx::Error> {
    let rows = sqlx::query!(
        "select warehouse.id, warehouse.name, region_code, position, is_active,
           coalesce(warehouse.latitude, region.latitude) as latitude,
           coalesce(warehouse.longitude, region.longitude) as longitude
         from warehouse join region on region.code = region_code where shop_id = $1 order by position",
        shop.uuid()
    )
    .fetch_all(db)
    .await?;
    let warehouses = rows.into_iter().map(|row| Warehouse {
        id: row.id.into(),
        name: row.name,
        region: row.region_code,
        place: row.latitude.zip(row.longitude).map(|(north, east)| Position::new(north, east)),
        is_main: row.position == 0,
        is_active: row.is_active,
    });
    Ok(warehouses.collect())
}

/// Says where a shop's main warehouse is; its pin on the map goes where its district changes. False where it has none.
pub async fn put_address(
    db: &mut PgConnection,
    shop: ShopId,
    at: &WarehouseAddress,
) -> Result<bool, sqlx::Error> {
    let put = sqlx::query!(
        "update warehouse set region_code = $2, contact = $3, phone = $4, street = $5, postcode = $6,
           latitude = case when region_code = $2 then latitude end,
           longitude = case when region_code = $2 then longitude end
         where shop_id = $1 and position = 0",
        shop.uuid(),
        at.region,
        at.contact,
        at.phone,
        at.street,
        at.postcode
    )
    .execute(db)
    .await?;
    Ok(put.rows_affected() == 1)
}

/// Says where one of a shop's warehouses is, as [`put_address`] does of the main one.
pub async fn put_address_of(
    db: &mut PgConnection,
    shop: ShopId,
    warehouse: WarehouseId,
    at: &WarehouseAddress,
) -> Result<bool, sqlx::Error> {
    let put = sqlx::query!(
        "update warehouse set region_code = $3, contact = $4, phone = $5, street = $6, postcode = $7,
           latitude = case when region_code = $3 then latitude end,
           longitude = case when region_code = $3 then longitude end
         where shop_id = $1 and id = $2",
        shop.uuid(),
        warehouse.uuid(),
        at.region,
        at.contact,
        at.phone,
        at.street,
        at.postcode
    )
    .execute(db)
    .await?;
    Ok(put.rows_affected() == 1)
}

/// Calls one of a shop's warehouses otherwise. False where it has no such one.
pub async fn rename_warehouse(
    db: &mut PgConnection,
    shop: ShopId,
    warehouse: WarehouseId,
    name: &WarehouseName,
) -> Result<bool, OpenWarehouseError> {
    let renamed = sqlx::query!(
        "update warehouse set name = $3 where shop_id = $1 and id = $2",
        shop.uuid(),
        warehouse.uuid(),
        name.as_str()
    )
    .execute(db)
    .await;
    match renamed {
        Ok(done) => Ok(done.rows_affected() == 1),
        Err(error) if refused_by(&error) == Some("warehouse_name_unique") => {
            Err(OpenWarehouseError::NameTaken)
        }
        Err(error) => Err(error.into()),
    }
}

/// Where a shop's goods lie unless it says otherwise.
pub async fn main_warehouse(db: &mut PgConnection, shop: ShopId) -> Result<Option<WarehouseId>, sqlx::Error> {
    let id = sqlx::query_scalar!("select id from warehouse where shop_id = $1 and position = 0", shop.uuid());
    Ok(id.fetch_optional(db).await?.map(WarehouseId::new))
}
