//! Holding stock for a checkout.

use super::{
    movement::{Cause, Step, shift},
    policy::{find_policies, list_components},
    uuids,
};
use crate::{
    Allocation, HoldError, MovementKind, NewHold,
    supply::{Share, Shelf, Supplies, allot, components_of},
};
use kernel::Ids;
use model::{
    Qty,
    geo::Position,
    ids::{Uuid, VariantId},
};
use sqlx::{Connection as _, PgConnection};
use std::collections::HashSet;
use time::OffsetDateTime;

/// Reserves all that the lines ask for, or nothing and says what is short: then the caller's transaction is as it was
/// before. A line gets all from the nearest warehouse that has it, otherwise from several. Lines of one variant count
/// together. A line can be held for once: a second time is refused whatever became of the first.
pub async fn hold(
    db: &mut PgConnection,
    ids: &dyn Ids,
    new: &NewHold,
    now: OffsetDateTime,
) -> Result<Vec<Allocation>, HoldError> {
    if db.is_in_transaction() {
        return reserve(db, ids, new, now).await;
    }
    let mut tx = db.begin().await?;
    let held = reserve(&mut tx, ids, new, now).await?;
    tx.commit().await?;
    Ok(held)
}

async fn reserve(
    db: &mut PgConnection,
    ids: &dyn Ids,
    new: &NewHold,
    now: OffsetDateTime,
) -> Result<Vec<Allocation>, HoldError> {
    let lines: HashSet<Uuid> = new.lines.iter().map(|line| line.line).collect();
    if lines.len() < new.lines.len() {
        return Err(HoldError::AlreadyHeld);
    }
    let mut asked: Vec<VariantId> = new.lines.iter().map(|line| line.variant).collect();
    asked.sort_unstable();
    asked.dedup();
    let bundles = list_components(db, &asked).await?;
    let mut variants: Vec<VariantId> = asked
        .into_iter()
        .flat_map(|variant| components_of(&bundles, variant))
        .map(|(variant, _)| variant)
        .collect();
    variants.sort_unstable();
    variants.dedup();
    let mut supplies = lock_supplies(db, &variants).await?;
    // Read only now that the stock is locked, since policies change under the same lock.
    for (variant, policy) in find_policies(db, &variants).await? {
        supplies.entry(variant).or_default().policy = policy;
    }
    let shares = allot(&new.lines, &bundles, supplies).map_err(HoldError::SoldOut)?;
    if !insert_reservations(db, ids, new, &shares, now).await? {
        return Err(HoldError::AlreadyHeld);
    }
    let steps: Vec<Step> = shares
        .iter()
        .filter(|share| share.counted)
        .map(|share| Step {
            variant: share.variant.uuid(),
            warehouse: share.warehouse.uuid(),
            on_hand: 0,
            reserved: share.quantity,
            reference: Some(new.reference),
            line: Some(share.line),
        })
        .collect();
    shift(db, Cause::order(MovementKind::Reserved), &steps, now).await?;
    Ok(shares.iter().filter_map(allocation).collect())
}

fn allocation(share: &Share) -> Option<Allocation> {
    let quantity = Qty::try_from(share.quantity).ok()?;
    Some(Allocation { line: share.line, variant: share.variant, warehouse: share.warehouse, quantity })
}

/// Locks what lies of these variants in warehouses that are sold from.
async fn lock_supplies(db: &mut PgConnection, variants: &[VariantId]) -> Result<Supplies, sqlx::Error> {
    let rows = sqlx::query!(
        "select variant_id, warehouse_id, on_hand, reserved, backorder, warehouse.position,
           coalesce(warehouse.latitude, region.latitude) as latitude,
           coalesce(warehouse.longitude, region.longitude) as longitude
         from stock
         join warehouse on warehouse.id = stock.warehouse_id
         join region on region.code = warehouse.region_code
         where variant_id = any((select $1::uuid[])::uuid[]) and warehouse.is_active
         order by variant_id, warehouse_id
         for no key update of stock",
        &uuids(variants)
    )
    .fetch_all(db)
    .await?;
    let mut supplies = Supplies::new();
    for row in rows {
        let place = row.latitude.zip(row.longitude).map(|(north, east)| Position::new(north, east));
        let count = (row.on_hand, row.reserved, row.backorder);
        let shelf = Shelf::new(row.warehouse_id.into(), count, place, row.position);
        supplies.entry(row.variant_id.into()).or_default().shelves.push(shelf);
    }
    Ok(supplies)
}

/// All of them, or none where one of the lines has some already.
async fn insert_reservations(
    db: &mut PgConnection,
    ids: &dyn Ids,
    new: &NewHold,
    shares: &[Share],
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let made: Vec<Uuid> = shares.iter().map(|_| ids.uuid()).collect();
    let lines: Vec<Uuid> = shares.iter().map(|s| s.line).collect();
    let parts: Vec<i16> = shares.iter().map(|s| s.part).collect();
    let variants: Vec<Uuid> = shares.iter().map(|s| s.variant.uuid()).collect();
    let warehouses: Vec<Uuid> = shares.iter().map(|s| s.warehouse.uuid()).collect();
    let per_unit: Vec<i32> = shares.iter().map(|s| s.per_unit).collect();
    let quantities: Vec<i32> = shares.iter().map(|s| s.quantity).collect();
    let counted: Vec<bool> = shares.iter().map(|s| s.counted).collect();
    let done = sqlx::query!(
        "insert into reservation (
           id, reference, line, part, variant_id, warehouse_id, per_unit, quantity, counted, state, deadline,
           created_at, updated_at)
         select id, $9, line, part, variant_id, warehouse_id, per_unit, quantity, counted, 'held', $10, $11, $11
         from unnest(
           $1::uuid[], $2::uuid[], $3::smallint[], $4::uuid[], $5::uuid[], $6::int[], $7::int[], $8::bool[])
           as t (id, line, part, variant_id, warehouse_id, per_unit, quantity, counted)
         where not exists (select from reservation where reservation.line = any($2::uuid[]))
         order by line, part
         on conflict do nothing",
        &made,
        &lines,
        &parts,
        &variants,
        &warehouses,
        &per_unit,
        &quantities,
        &counted,
        new.reference,
        new.until,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == made.len() as u64)
}
