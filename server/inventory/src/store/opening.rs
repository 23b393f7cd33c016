//! The first stock of goods that came into the catalogue with a number of pieces.

use super::low::note_low;
use crate::warehouse::MAIN_NAME;
use model::ids::{ProductId, Uuid};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Gives the variants of these products the stock they came with, in their shops' main warehouses, which are opened
/// where there is none. Those that have stock already keep it. Three statements, however many there are.
pub async fn open_stock(
    db: &mut PgConnection,
    products: &[ProductId],
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let products: Vec<Uuid> = products.iter().map(|product| product.uuid()).collect();
    // A shop's main warehouse has an id that follows from the shop's: catalogues made of the same seed are the same.
    sqlx::query!(
        "insert into warehouse (id, shop_id, name, region_code, position, created_at)
         select md5('warehouse:' || shop.id)::uuid, shop.id, $2, shop.city_code, 0, $3
         from shop where id in (select shop_id from product where id = any($1))
         order by shop.id
         on conflict do nothing",
        &products,
        MAIN_NAME,
        now
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "with opened as (
           insert into stock (variant_id, warehouse_id, shop_id, on_hand, updated_at)
           select variant.id, warehouse.id, warehouse.shop_id, variant.on_hand, $2
           from variant join warehouse on warehouse.shop_id = variant.shop_id and warehouse.position = 0
           where variant.product_id = any($1)
             and not exists (select from stock where stock.variant_id = variant.id)
           order by variant.id
           on conflict do nothing
           returning variant_id, warehouse_id, on_hand
         )
         insert into stock_movement (variant_id, warehouse_id, kind, on_hand_delta, reserved_delta, at)
         select variant_id, warehouse_id, 'counted', on_hand, 0, $2 from opened where on_hand > 0",
        &products,
        now
    )
    .execute(&mut *db)
    .await?;
    note_low(db, &products, now).await
}
