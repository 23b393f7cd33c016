//! A shop with goods in two warehouses.

use inventory::{
    Allocation, HoldError, HoldLine, NewHold, NewWarehouse, Pieces, StockRow, WarehouseName, store,
};
use kernel::ids::SystemIds;
use model::{
    Qty,
    geo::Position,
    ids::{ShopId, Uuid, VariantId, WarehouseId},
};
use sqlx::{PgConnection, PgPool, Postgres, pool::PoolConnection};
use time::{Duration, OffsetDateTime, macros::datetime};

pub const NOW: OffsetDateTime = datetime!(2026-03-01 08:00 UTC);
pub const SHOP: ShopId = ShopId::new(Uuid::from_u128(1));
/// Has one variant, [`FOREIGN`], and no warehouse.
pub const OTHER_SHOP: ShopId = ShopId::new(Uuid::from_u128(2));
pub const FOREIGN: VariantId = VariantId::new(Uuid::from_u128(299));
pub const JAKARTA: WarehouseId = WarehouseId::new(Uuid::from_u128(11));
pub const SURABAYA: WarehouseId = WarehouseId::new(Uuid::from_u128(12));
pub const NEAR_SURABAYA: Position = Position::new(-7.3, 112.7);

pub fn variant(n: u128) -> VariantId {
    VariantId::new(Uuid::from_u128(200 + n))
}

pub fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

pub fn qty(n: i32) -> Qty {
    Qty::try_from(n).unwrap()
}

/// Variants 1 to 9 of [`SHOP`], of which there are none yet.
pub async fn shop(pool: &PgPool) -> PoolConnection<Postgres> {
    let mut db = pool.acquire().await.unwrap();
    for sql in [
        "insert into region (code, level, name) values ('31', 'province', 'Jakarta'), ('35', 'province', 'Jawa Timur')",
        "insert into region (code, parent_code, level, name, latitude, longitude) values
           ('31.73', '31', 'city', 'Jakarta Barat', -6.17, 106.76), ('35.78', '35', 'city', 'Surabaya', -7.26, 112.75)",
        "insert into shop (id, slug, name, city_code, joined_at, created_at, updated_at)
         select format('00000000-0000-0000-0000-%s', lpad(to_hex(n), 12, '0'))::uuid, 'toko-' || n, 'Toko ' || n, '31.73',
           now(), now(), now() from generate_series(1, 2) as n",
        "insert into product (id, shop_id, category_id, slug, name, state, weight_g, created_at, updated_at)
         select shop.id, shop.id, category.id, shop.slug, 'Kaos', 'draft', 100, now(), now()
         from shop, (select id from category order by id limit 1) as category",
        "insert into variant (id, product_id, shop_id, sku, choices, price, created_at, updated_at)
         select format('00000000-0000-0000-0000-%s', lpad(to_hex(200 + n), 12, '0'))::uuid, shop.id, shop.id, 'SKU-' || n,
           array[n], 1000, now(), now()
         from generate_series(1, 99) as n join shop on shop.slug = case when n < 10 then 'toko-1' else 'toko-2' end
         where n < 10 or n = 99",
    ] {
        sqlx::query(sql).execute(&mut *db).await.unwrap();
    }
    for (id, region, name) in [(JAKARTA, "31.73", "Jakarta"), (SURABAYA, "35.78", "Surabaya")] {
        let name = WarehouseName::try_from(name).unwrap();
        let new = NewWarehouse { id, shop: SHOP, name, region: region.to_owned(), pin: None };
        store::open_warehouse(&mut db, &new, NOW).await.unwrap();
    }
    db
}

pub async fn stocked(db: &mut PgConnection, variant: VariantId, warehouse: WarehouseId, on_hand: i32) {
    store::receive(db, variant, warehouse, qty(on_hand), None, None, NOW).await.unwrap();
}

/// A hold under this reference, of lines given by number, variant and quantity.
pub fn asking(reference: u128, lines: &[(u128, VariantId, i32)]) -> NewHold {
    let lines = lines.iter().map(|(line, variant, quantity)| HoldLine {
        line: id(*line),
        variant: *variant,
        quantity: qty(*quantity),
        near: None,
    });
    NewHold { reference: id(reference), until: NOW + Duration::HOUR, lines: lines.collect() }
}

pub async fn hold(db: &mut PgConnection, new: &NewHold) -> Result<Vec<Allocation>, HoldError> {
    store::hold(db, &SystemIds::default(), new, NOW).await
}

/// Holds and pays for one line.
pub async fn sell(db: &mut PgConnection, line: u128, variant: VariantId, quantity: i32) {
    hold(db, &asking(line, &[(line, variant, quantity)])).await.unwrap();
    assert!(store::commit(db, id(line), NOW).await.unwrap() > 0);
}

pub fn pieces(line: u128, quantity: i32) -> Pieces {
    Pieces { line: id(line), quantity: qty(quantity) }
}

/// What is on hand and reserved, over all warehouses.
pub async fn counts(db: &mut PgConnection, variant: VariantId) -> (i32, i32) {
    let rows = store::list_stock(db, &[variant]).await.unwrap();
    let sum = |of: fn(&StockRow) -> i32| rows.iter().map(of).sum();
    (sum(|row| row.on_hand), sum(|row| row.reserved))
}

pub async fn sellable(db: &mut PgConnection, variant: VariantId) -> i32 {
    store::available(db, &[variant]).await.unwrap()[&variant].sellable
}

/// What is on hand is what moved, and what is reserved is what moved and what reservations say.
pub async fn assert_books_agree(db: &mut PgConnection) {
    let wrong: Vec<String> = sqlx::query_scalar(
        "select format('%s in %s: %s/%s', stock.variant_id, stock.warehouse_id, stock.on_hand, stock.reserved)
         from stock
         left join (
           select variant_id, warehouse_id, sum(on_hand_delta) as on_hand, sum(reserved_delta) as reserved
           from stock_movement group by variant_id, warehouse_id
         ) as moved using (variant_id, warehouse_id)
         left join (
           select variant_id, warehouse_id, sum(quantity - released - shipped) as reserved
           from reservation where counted group by variant_id, warehouse_id
         ) as kept using (variant_id, warehouse_id)
         where stock.on_hand <> coalesce(moved.on_hand, 0) or stock.reserved <> coalesce(moved.reserved, 0)
           or stock.reserved <> coalesce(kept.reserved, 0) or stock.reserved > stock.on_hand + stock.backorder",
    )
    .fetch_all(db)
    .await
    .unwrap();
    assert!(wrong.is_empty(), "{wrong:?}");
}
