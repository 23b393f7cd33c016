//! What lies where, before it is held.

use super::uuids;
use crate::{
    Shelves, Source, StockPolicy,
    supply::{Shelf, Supply},
};
use model::{
    geo::Position,
    ids::{VariantId, WarehouseId},
};
use sqlx::PgConnection;

/// What lies of these where: how much of each can be bought, and from where it would be sent. Nothing is locked.
pub async fn shelves(db: &mut PgConnection, variants: &[VariantId]) -> Result<Shelves, sqlx::Error> {
    let mut asked = variants.to_vec();
    asked.sort_unstable();
    asked.dedup();
    let rows = sqlx::query!(
        r#"select asked.id as "asked!", part.component_variant as "component?", part.quantity as "per_unit?",
             stock.variant_id as "variant?", stock.warehouse_id as "warehouse?", stock.on_hand as "on_hand?",
             stock.reserved as "reserved?", stock.backorder as "backorder?", warehouse.position as "rank?",
             warehouse.region_code as "region?", warehouse.postcode,
             coalesce(warehouse.latitude, region.latitude, city.latitude) as latitude,
             coalesce(warehouse.longitude, region.longitude, city.longitude) as longitude,
             policy.tracked as "tracked?", policy.threshold as "threshold?", policy.backorder_limit as "limit?"
           from (select id from unnest((select $1::uuid[])::uuid[]) as t (id)) as asked
           left join bundle_component as part on part.bundle_variant = asked.id
           left join (stock join warehouse on warehouse.id = stock.warehouse_id and warehouse.is_active
             join region on region.code = warehouse.region_code
             left join region as city on city.code = left(warehouse.region_code, 5))
             on stock.variant_id = coalesce(part.component_variant, asked.id)
           left join stock_policy as policy on policy.variant_id = coalesce(part.component_variant, asked.id)
           order by asked.id, part.component_variant, stock.warehouse_id"#,
        &uuids(&asked)
    )
    .fetch_all(db)
    .await?;
    let Shelves { mut components, mut supplies, mut places } = Shelves::default();
    for row in rows {
        if let (Some(component), Some(per_unit)) = (row.component, row.per_unit) {
            let parts = components.entry(row.asked.into()).or_default();
            if !parts.iter().any(|(known, _)| *known == component.into()) {
                parts.push((component.into(), per_unit));
            }
        }
        let part: VariantId = row.component.unwrap_or(row.asked).into();
        let supply = supplies.entry(part).or_insert_with(|| Supply {
            policy: policy(row.tracked, row.threshold, row.limit),
            shelves: vec![],
        });
        let (Some(warehouse), Some(region), Some(rank)) = (row.warehouse, row.region, row.rank) else {
            continue;
        };
        let warehouse = WarehouseId::from(warehouse);
        // A component of two bundles is read twice.
        if supply.shelves.iter().any(|shelf| shelf.warehouse == warehouse) {
            continue;
        }
        let position = row.latitude.zip(row.longitude).map(|(north, east)| Position::new(north, east));
        let count = (
            row.on_hand.unwrap_or_default(),
            row.reserved.unwrap_or_default(),
            row.backorder.unwrap_or_default(),
        );
        supply.shelves.push(Shelf::new(warehouse, count, position, rank));
        let source = Source { warehouse, region, position, postcode: row.postcode };
        places.entry(warehouse).or_insert((rank, source));
    }
    Ok(Shelves { components, supplies, places })
}

fn policy(tracked: Option<bool>, threshold: Option<i32>, limit: Option<i32>) -> StockPolicy {
    match (tracked, threshold, limit) {
        (Some(false), ..) => StockPolicy::UNTRACKED,
        (Some(true), Some(threshold), Some(limit)) => {
            StockPolicy::tracked(threshold, limit).unwrap_or_default()
        }
        _ => StockPolicy::default(),
    }
}
