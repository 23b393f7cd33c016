//! What is about to run out: a row for each such variant, so that nobody adds up a whole shop to count them.

use super::uuids;
use model::{
    ids::{ShopId, Uuid, VariantId},
    shop::LOW_STOCK,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Looks at these again after their stock changed. The shops whose people have something to hear of.
pub async fn mark_low(
    db: &mut PgConnection,
    variants: &[VariantId],
    now: OffsetDateTime,
) -> Result<Vec<ShopId>, sqlx::Error> {
    let shops = sqlx::query_scalar!(
        r#"with there as (
             select variant.id, variant.shop_id, coalesce(policy.low_at, $3) as low_at,
               sum(stock.on_hand - stock.reserved) filter (where warehouse.is_active) as free,
               coalesce(policy.threshold, 0) as kept_back
             from variant
             join stock on stock.variant_id = variant.id
             join warehouse on warehouse.id = stock.warehouse_id
             left join stock_policy as policy on policy.variant_id = variant.id
             where variant.id = any($1) and variant.retired_at is null and coalesce(policy.tracked, true)
             group by variant.id, policy.variant_id
           ), low as (
             select id, shop_id, coalesce(free, 0) - kept_back <= 0 as is_out
             from there where coalesce(free, 0) - kept_back <= low_at
           ), risen as (
             delete from stock_low where variant_id = any($1) and variant_id not in (select id from low)
           ), fallen as (
             insert into stock_low (variant_id, shop_id, is_out, since)
             select id, shop_id, is_out, $2 from low order by id
             on conflict (variant_id) do update set is_out = excluded.is_out where stock_low.is_out <> excluded.is_out
             returning shop_id, is_out, told
           )
           select distinct shop_id as "shop_id!" from fallen where told is null or (is_out and told = 'low') order by 1"#,
        &uuids(variants),
        now,
        LOW_STOCK
    )
    .fetch_all(db)
    .await?;
    Ok(shops.into_iter().map(ShopId::new).collect())
}

/// Goods that come into the catalogue with little: nobody is told of that.
pub(super) async fn note_low(
    db: &mut PgConnection,
    products: &[Uuid],
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into stock_low (variant_id, shop_id, is_out, since, told)
         select id, shop_id, free <= 0, $2, case when free <= 0 then 'out' else 'low' end
         from (
           select variant.id, variant.shop_id, coalesce(policy.low_at, $3) as low_at,
             coalesce(sum(stock.on_hand - stock.reserved) filter (where warehouse.is_active), 0)
               - coalesce(policy.threshold, 0) as free
           from variant
           join stock on stock.variant_id = variant.id
           join warehouse on warehouse.id = stock.warehouse_id
           left join stock_policy as policy on policy.variant_id = variant.id
           where variant.product_id = any($1) and variant.retired_at is null and coalesce(policy.tracked, true)
           group by variant.id, policy.variant_id
         ) as there
         where free <= low_at
         order by id
         on conflict (variant_id) do nothing",
        products,
        now,
        LOW_STOCK
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What of a shop's goods on sale has fallen since its people were told, and whether nothing is left of it. It counts as
/// told from now on.
pub async fn take_untold(db: &mut PgConnection, shop: ShopId) -> Result<Vec<(VariantId, bool)>, sqlx::Error> {
    let told = sqlx::query!(
        "update stock_low set told = case when is_out then 'out' else 'low' end
         from variant join product on product.id = variant.product_id
         where stock_low.shop_id = $1 and (told is null or (is_out and told = 'low'))
           and variant.id = stock_low.variant_id and variant.retired_at is null and product.state = 'active'
         returning variant.id, is_out",
        shop.uuid()
    )
    .fetch_all(db)
    .await?;
    Ok(told.into_iter().map(|row| (row.id.into(), row.is_out)).collect())
}
