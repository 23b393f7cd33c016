//! What there is, and how a shop changes it.

use super::{
    movement::{Cause, Step, shift},
    refused_by, uuids,
};
use crate::{AdjustError, AdjustReason, Availability, MoveError, MovementKind, ReceiveError, StockRow};
use model::{
    Qty,
    ids::{AccountId, Uuid, VariantId, WarehouseId},
};
use sqlx::PgConnection;
use std::collections::HashMap;
use time::OffsetDateTime;

/// What can be bought of each of these now, bundles by their scarcest component. Each asked for is in the answer.
pub async fn available(
    db: &mut PgConnection,
    variants: &[VariantId],
) -> Result<HashMap<VariantId, Availability>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"with part as (
             select asked.id, coalesce(component_variant, asked.id) as variant_id, coalesce(quantity, 1) as quantity
             from (select distinct id from unnest((select $1::uuid[])::uuid[]) as t (id)) as asked
             left join bundle_component on bundle_variant = asked.id
           ), free as (
             select part.id, part.variant_id, part.quantity,
               coalesce(stock_policy.tracked, true) as tracked,
               coalesce(sum(on_hand - reserved + backorder) filter (where warehouse.is_active), 0)::bigint
                 - coalesce(stock_policy.threshold, 0) as pieces
             from part
             left join stock_policy on stock_policy.variant_id = part.variant_id
             left join stock on stock.variant_id = part.variant_id
             left join warehouse on warehouse.id = stock.warehouse_id
             group by part.id, part.variant_id, part.quantity, stock_policy.tracked, stock_policy.threshold
           )
           select id as "id!", bool_or(tracked) as "tracked!",
             least(2147483647, min(case when tracked then greatest(pieces, 0) else 2147483647 end / quantity))::int as "sellable!"
           from free group by id"#,
        &uuids(variants)
    )
    .fetch_all(db)
    .await?;
    let rows = rows.into_iter().map(|row| {
        // Without end, also where a bundle takes several.
        let sellable = if row.tracked { row.sellable } else { i32::MAX };
        (row.id.into(), Availability { tracked: row.tracked, sellable })
    });
    Ok(rows.collect())
}

/// What lies of these where, the main warehouse first.
pub async fn list_stock(db: &mut PgConnection, variants: &[VariantId]) -> Result<Vec<StockRow>, sqlx::Error> {
    let rows = sqlx::query!(
        "select variant_id, warehouse_id, on_hand, reserved, backorder
         from stock join warehouse on warehouse.id = warehouse_id
         where variant_id = any($1) order by variant_id, position",
        &uuids(variants)
    )
    .fetch_all(db)
    .await?;
    let rows = rows.into_iter().map(|row| StockRow {
        variant: row.variant_id.into(),
        warehouse: row.warehouse_id.into(),
        on_hand: row.on_hand,
        reserved: row.reserved,
        backorder: row.backorder,
    });
    Ok(rows.collect())
}

/// Makes sure that there is a row to count in, where variant and warehouse are of one shop. A variant's limit of
/// backorders stands in the row of its main warehouse, also where that is opened later.
pub(super) async fn open_stock(
    db: &mut PgConnection,
    variant: VariantId,
    warehouse: WarehouseId,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into stock (variant_id, warehouse_id, shop_id, backorder, updated_at)
         select variant.id, warehouse.id, warehouse.shop_id,
           case when warehouse.position = 0 then coalesce(stock_policy.backorder_limit, 0) else 0 end, $3
         from variant join warehouse using (shop_id) left join stock_policy on stock_policy.variant_id = variant.id
         where variant.id = $1 and warehouse.id = $2
         on conflict (variant_id, warehouse_id) do nothing",
        variant.uuid(),
        warehouse.uuid(),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The same for several variants in one warehouse.
pub(super) async fn open_stocks(
    db: &mut PgConnection,
    variants: &[VariantId],
    warehouse: WarehouseId,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into stock (variant_id, warehouse_id, shop_id, backorder, updated_at)
         select variant.id, warehouse.id, warehouse.shop_id,
           case when warehouse.position = 0 then coalesce(stock_policy.backorder_limit, 0) else 0 end, $3
         from variant join warehouse using (shop_id) left join stock_policy on stock_policy.variant_id = variant.id
         where variant.id = any($1) and warehouse.id = $2
         order by variant.id
         on conflict (variant_id, warehouse_id) do nothing",
        &uuids(variants),
        warehouse.uuid(),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Goods have come in. `reference` is the delivery, where it is known.
pub async fn receive(
    db: &mut PgConnection,
    variant: VariantId,
    warehouse: WarehouseId,
    quantity: Qty,
    reference: Option<Uuid>,
    actor: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), ReceiveError> {
    open_stock(db, variant, warehouse, now).await?;
    let step = Step { reference, ..on_hand(variant, warehouse, quantity.get()) };
    let cause = Cause { kind: MovementKind::Received, reason: None, actor };
    match shift(db, cause, &[step], now).await {
        Ok(0) => Err(ReceiveError::Unknown),
        Ok(_) => Ok(()),
        Err(error) if is_out_of_range(&error) => Err(ReceiveError::TooMany),
        Err(error) => Err(error.into()),
    }
}

/// Changes what is on hand by a difference. By nothing changes nothing.
pub async fn adjust(
    db: &mut PgConnection,
    variant: VariantId,
    warehouse: WarehouseId,
    delta: i32,
    reason: AdjustReason,
    actor: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), AdjustError> {
    if delta == 0 {
        return Ok(());
    }
    open_stock(db, variant, warehouse, now).await?;
    let cause = Cause { kind: MovementKind::Adjusted, reason: Some(reason), actor };
    let shifted = shift(db, cause, &[on_hand(variant, warehouse, delta)], now).await;
    if shifted.map_err(adjust_error)? == 0 { Err(AdjustError::Unknown) } else { Ok(()) }
}

/// So many were counted. Whether that was news.
pub async fn set_on_hand(
    db: &mut PgConnection,
    variant: VariantId,
    warehouse: WarehouseId,
    counted: i32,
    actor: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<bool, AdjustError> {
    open_stock(db, variant, warehouse, now).await?;
    let before = sqlx::query_scalar!(
        "select on_hand from stock where variant_id = $1 and warehouse_id = $2 for no key update",
        variant.uuid(),
        warehouse.uuid()
    )
    .fetch_optional(&mut *db)
    .await?
    .ok_or(AdjustError::Unknown)?;
    if counted == before {
        return Ok(false);
    }
    let delta = counted.checked_sub(before).ok_or(AdjustError::OutOfRange)?;
    let cause = Cause { kind: MovementKind::Counted, reason: None, actor };
    shift(db, cause, &[on_hand(variant, warehouse, delta)], now).await.map_err(adjust_error)?;
    Ok(true)
}

/// Pieces go from one warehouse to another, as two movements under one reference.
pub async fn move_stock(
    db: &mut PgConnection,
    variant: VariantId,
    (from, to): (WarehouseId, WarehouseId),
    quantity: Qty,
    (reference, actor): (Uuid, Option<AccountId>),
    now: OffsetDateTime,
) -> Result<(), MoveError> {
    if from == to {
        return Err(MoveError::SamePlace);
    }
    open_stock(db, variant, to, now).await?;
    let step = |warehouse, delta| Step { reference: Some(reference), ..on_hand(variant, warehouse, delta) };
    let steps = [step(from, -quantity.get()), step(to, quantity.get())];
    let cause = Cause { kind: MovementKind::Moved, reason: None, actor };
    match shift(db, cause, &steps, now).await {
        Ok(2) => Ok(()),
        Ok(_) => Err(MoveError::Unknown),
        Err(error) => Err(match refused_by(&error) {
            Some("stock_reserved_within") => MoveError::Promised,
            _ if is_out_of_range(&error) => MoveError::OutOfRange,
            _ => error.into(),
        }),
    }
}

fn on_hand(variant: VariantId, warehouse: WarehouseId, delta: i32) -> Step {
    let (variant, warehouse) = (variant.uuid(), warehouse.uuid());
    Step { variant, warehouse, on_hand: delta, reserved: 0, reference: None, line: None }
}

/// Beyond the bounds of the column, or of the integer.
pub(super) fn is_out_of_range(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    refused_by(error) == Some("stock_on_hand_range") || code.as_deref() == Some("22003")
}

fn adjust_error(error: sqlx::Error) -> AdjustError {
    match refused_by(&error) {
        Some("stock_reserved_within") => AdjustError::Promised,
        _ if is_out_of_range(&error) => AdjustError::OutOfRange,
        _ => error.into(),
    }
}
