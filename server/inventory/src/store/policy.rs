//! How variants are sold, and what bundles consist of.

use super::{refused_by, stock::open_stock, uuids};
use crate::{PolicyError, SetBundleError, StockPolicy, Warnings, supply::Components};
use model::{
    Qty,
    ids::{ShopId, Uuid, VariantId, WarehouseId},
};
use sqlx::PgConnection;
use std::collections::HashMap;
use time::OffsetDateTime;

/// Changes how a variant is sold, under the lock of its stock, so that no hold goes by half of it.
pub async fn set_policy(
    db: &mut PgConnection,
    variant: VariantId,
    policy: StockPolicy,
    now: OffsetDateTime,
) -> Result<(), PolicyError> {
    let main = sqlx::query_scalar!(
        "select warehouse.id from variant join warehouse using (shop_id) where variant.id = $1 and warehouse.position = 0",
        variant.uuid()
    )
    .fetch_optional(&mut *db)
    .await?
    .map(WarehouseId::new)
    .ok_or(PolicyError::Unknown)?;
    open_stock(db, variant, main, now).await?;
    sqlx::query!(
        "select from stock where variant_id = $1 order by warehouse_id for no key update",
        variant.uuid()
    )
    .fetch_all(&mut *db)
    .await?;
    sqlx::query!(
        "insert into stock_policy (variant_id, tracked, threshold, backorder_limit, updated_at)
         values ($1, $2, $3, $4, $5)
         on conflict (variant_id) do update set tracked = excluded.tracked, threshold = excluded.threshold,
           backorder_limit = excluded.backorder_limit, updated_at = excluded.updated_at",
        variant.uuid(),
        policy.is_tracked(),
        policy.threshold(),
        policy.backorder_limit(),
        now
    )
    .execute(&mut *db)
    .await?;
    let limited = sqlx::query!(
        "update stock set backorder = $3, updated_at = $4 where variant_id = $1 and warehouse_id = $2",
        variant.uuid(),
        main.uuid(),
        policy.backorder_limit(),
        now
    )
    .execute(db)
    .await;
    match limited {
        Err(error) if refused_by(&error) == Some("stock_reserved_within") => Err(PolicyError::Promised),
        other => Ok(other.map(|_| ())?),
    }
}

/// Says from how few of a shop's variant on its people are to hear of it. False where the shop has no such variant.
pub async fn set_warnings(
    db: &mut PgConnection,
    shop: ShopId,
    variant: VariantId,
    warnings: Warnings,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let put = sqlx::query!(
        "insert into stock_policy (variant_id, low_at, reorder_at, reorder_quantity, updated_at)
         select id, $3::int, $4::int, $5::int, $6 from variant where id = $1 and shop_id = $2
         on conflict (variant_id) do update set low_at = excluded.low_at, reorder_at = excluded.reorder_at,
           reorder_quantity = excluded.reorder_quantity, updated_at = excluded.updated_at",
        variant.uuid(),
        shop.uuid(),
        warnings.low_at,
        warnings.reorder_at,
        warnings.reorder_quantity,
        now
    )
    .execute(db)
    .await?;
    Ok(put.rows_affected() == 1)
}

/// How these are sold; those of which nothing is said are sold by [`StockPolicy::default`].
pub async fn find_policies(
    db: &mut PgConnection,
    variants: &[VariantId],
) -> Result<HashMap<VariantId, StockPolicy>, sqlx::Error> {
    let rows = sqlx::query!(
        "select variant_id, tracked, threshold, backorder_limit from stock_policy where variant_id = any($1)",
        &uuids(variants)
    )
    .fetch_all(db)
    .await?;
    let policies = rows.into_iter().map(|row| {
        let tracked = StockPolicy::tracked(row.threshold, row.backorder_limit);
        let tracked = tracked.map_err(|error| sqlx::Error::Decode(error.into()))?;
        Ok((row.variant_id.into(), if row.tracked { tracked } else { StockPolicy::UNTRACKED }))
    });
    policies.collect()
}

/// Says what a bundle consists of: so many of each. Of nothing, it is no bundle any more and has its own stock again.
pub async fn set_bundle(
    db: &mut PgConnection,
    bundle: VariantId,
    components: &[(VariantId, Qty)],
) -> Result<(), SetBundleError> {
    sqlx::query!("delete from bundle_component where bundle_variant = $1", bundle.uuid())
        .execute(&mut *db)
        .await?;
    let variants: Vec<Uuid> = components.iter().map(|(variant, _)| variant.uuid()).collect();
    let quantities: Vec<i32> = components.iter().map(|(_, quantity)| quantity.get()).collect();
    let put = sqlx::query!(
        "insert into bundle_component (bundle_variant, component_variant, quantity)
         select $1, component.id, sum(t.quantity)
         from unnest($2::uuid[], $3::int[]) as t (id, quantity)
         join variant as component using (id)
         join variant as bundle on bundle.id = $1 and bundle.shop_id = component.shop_id
         group by component.id
         returning component_variant",
        bundle.uuid(),
        &variants,
        &quantities
    )
    .fetch_all(db)
    .await
    .map_err(|error| match refused_by(&error) {
        Some("bundle_is_flat" | "bundle_not_of_itself") => SetBundleError::Nested,
        Some("bundle_quantity_range") => SetBundleError::Quantity,
        _ => error.into(),
    })?;
    let all = variants.iter().all(|variant| put.iter().any(|row| row.component_variant == *variant));
    if all { Ok(()) } else { Err(SetBundleError::Unknown) }
}

/// What those of these that are bundles consist of.
pub async fn list_components(
    db: &mut PgConnection,
    variants: &[VariantId],
) -> Result<HashMap<VariantId, Vec<(VariantId, i32)>>, sqlx::Error> {
    let rows = sqlx::query!(
        "select bundle_variant, component_variant, quantity from bundle_component
         where bundle_variant = any($1) order by bundle_variant, component_variant",
        &uuids(variants)
    )
    .fetch_all(db)
    .await?;
    let mut components = Components::new();
    for row in rows {
        let part = (row.component_variant.into(), row.quantity);
        components.entry(row.bundle_variant.into()).or_default().push(part);
    }
    Ok(components)
}
