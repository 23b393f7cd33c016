//! The variants of one product, written as a table.

use crate::edit::EditedVariant;
use model::ids::{MediaId, ProductId, ShopId, Uuid, VariantId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Retires those that are not in the table, writes those that are there already, and adds the others, with nothing on
/// hand. Their ids, in the order of the table.
pub(super) async fn write(
    db: &mut PgConnection,
    (shop, product): (ShopId, ProductId),
    table: &[EditedVariant],
    id: impl Fn() -> Uuid,
    now: OffsetDateTime,
) -> Result<Vec<VariantId>, sqlx::Error> {
    let kept: Vec<Uuid> = table.iter().filter_map(|variant| variant.id).map(VariantId::uuid).collect();
    retire(db, product, &kept, now).await?;
    // Two that change places would meet on the way.
    sqlx::query!(
        "update variant set sku = variant.id::text, choices = array[-1, t.n]::smallint[]
         from unnest($1::uuid[]) with ordinality as t (id, n) where variant.id = t.id",
        &kept
    )
    .execute(&mut *db)
    .await?;
    let ids: Vec<VariantId> =
        table.iter().map(|variant| variant.id.unwrap_or_else(|| VariantId::new(id()))).collect();
    let rows: Vec<(VariantId, i16, &EditedVariant)> =
        ids.iter().zip(0i16..).zip(table).map(|((id, place), variant)| (*id, place, variant)).collect();
    sqlx::query!(
        "insert into variant (
           id, product_id, shop_id, position, sku, choices, price, list_price, weight_g, media_id, created_at, updated_at)
         select id, $1, $2, position, sku, string_to_array(choices, ',')::smallint[], price, list_price, weight_g, media_id,
           $11, $11
         from unnest($3::uuid[], $4::smallint[], $5::text[], $6::text[], $7::bigint[], $8::bigint[], $9::int[], $10::uuid[])
           as t (id, position, sku, choices, price, list_price, weight_g, media_id)
         on conflict (id) do update
         set position = excluded.position, sku = excluded.sku, choices = excluded.choices, price = excluded.price,
           list_price = excluded.list_price, weight_g = excluded.weight_g, media_id = excluded.media_id,
           updated_at = excluded.updated_at",
        product.uuid(),
        shop.uuid(),
        &rows.iter().map(|(id, ..)| id.uuid()).collect::<Vec<_>>(),
        &rows.iter().map(|(_, place, _)| *place).collect::<Vec<_>>(),
        &rows.iter().map(|(id, _, v)| sku(*id, v)).collect::<Vec<_>>(),
        &rows.iter().map(|(.., v)| choices(v)).collect::<Vec<_>>(),
        &rows.iter().map(|(.., v)| v.offer.price().get()).collect::<Vec<_>>(),
        &rows.iter().map(|(.., v)| v.offer.list().map(crate::Price::get)).collect::<Vec<_>>() as &[Option<i64>],
        &rows.iter().map(|(.., v)| v.weight.map(crate::Grams::get)).collect::<Vec<_>>() as &[Option<i32>],
        &rows.iter().map(|(.., v)| v.picture.map(MediaId::uuid)).collect::<Vec<_>>() as &[Option<Uuid>],
        now
    )
    .execute(db)
    .await?;
    Ok(ids)
}

/// Their label is what it was by the options there were until now.
async fn retire(
    db: &mut PgConnection,
    product: ProductId,
    kept: &[Uuid],
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"update variant
           set retired_at = $3, updated_at = $3, retired_label = coalesce(
             (select string_agg(o."values"[variant.choices[o.position + 1] + 1], ', ' order by o.position)
              from product_option as o where o.product_id = variant.product_id), '')
           where product_id = $1 and retired_at is null and id <> all($2)"#,
        product.uuid(),
        kept,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One that nobody typed follows from the id: `SKU-7C01D2AB44`.
fn sku(id: VariantId, variant: &EditedVariant) -> String {
    variant.sku.clone().unwrap_or_else(|| made_sku(id))
}

pub(super) fn made_sku(id: VariantId) -> String {
    let hex = id.uuid().simple().to_string();
    format!("SKU-{}", hex[hex.len() - 12..].to_uppercase())
}

fn choices(variant: &EditedVariant) -> String {
    variant.choices.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

/// Those of these stock-keeping units that other goods of the shop have.
pub async fn list_skus_elsewhere(
    db: &mut PgConnection,
    shop: ShopId,
    product: ProductId,
    skus: &[String],
) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!(
        "select sku from variant
         where shop_id = $1 and product_id <> $2 and sku = any($3) and retired_at is null",
        shop.uuid(),
        product.uuid(),
        skus
    )
    .fetch_all(db)
    .await
}
