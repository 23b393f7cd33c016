//! Moving stock and writing down that it moved, which is one statement, so that neither is without the other.

use super::uuids;
use crate::{AdjustReason, Movement, MovementKind, StockChanged};
use model::ids::{AccountId, Uuid, VariantId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A change of what lies of a variant in one warehouse.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub variant: Uuid,
    pub warehouse: Uuid,
    pub on_hand: i32,
    pub reserved: i32,
    pub reference: Option<Uuid>,
    pub line: Option<Uuid>,
}

/// What kind of change it was and whose.
#[derive(Clone, Copy)]
pub(super) struct Cause {
    pub kind: MovementKind,
    pub reason: Option<AdjustReason>,
    pub actor: Option<AccountId>,
}

impl Cause {
    /// It follows from what became of an order.
    pub fn order(kind: MovementKind) -> Self {
        Self { kind, reason: None, actor: None }
    }
}

/// Takes all steps, several about one stock together, locking in order of variant and warehouse. Steps about stock
/// that is not there are left out: says how many were taken.
pub(super) async fn shift(
    db: &mut PgConnection,
    cause: Cause,
    steps: &[Step],
    now: OffsetDateTime,
) -> Result<usize, sqlx::Error> {
    if steps.is_empty() {
        return Ok(0);
    }
    let variants: Vec<Uuid> = steps.iter().map(|s| s.variant).collect();
    let warehouses: Vec<Uuid> = steps.iter().map(|s| s.warehouse).collect();
    let on_hand: Vec<i32> = steps.iter().map(|s| s.on_hand).collect();
    let reserved: Vec<i32> = steps.iter().map(|s| s.reserved).collect();
    let references: Vec<Option<Uuid>> = steps.iter().map(|s| s.reference).collect();
    let lines: Vec<Option<Uuid>> = steps.iter().map(|s| s.line).collect();
    let taken = sqlx::query_scalar!(
        r#"with step as (
             select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::uuid[], $6::uuid[]) with ordinality
               as t (variant_id, warehouse_id, on_hand, reserved, reference, line, n)
           ), total as (
             select variant_id, warehouse_id, sum(on_hand)::int as on_hand, sum(reserved)::int as reserved
             from step group by variant_id, warehouse_id
           ), locked as (
             select stock.variant_id, stock.warehouse_id from stock join total using (variant_id, warehouse_id)
             order by stock.variant_id, stock.warehouse_id
             for no key update of stock
           ), moved as (
             update stock set on_hand = stock.on_hand + total.on_hand, reserved = stock.reserved + total.reserved,
               updated_at = $10
             from locked join total using (variant_id, warehouse_id)
             where stock.variant_id = locked.variant_id and stock.warehouse_id = locked.warehouse_id
             returning stock.variant_id, stock.warehouse_id
           ), noted as (
             insert into stock_movement (
               variant_id, warehouse_id, kind, on_hand_delta, reserved_delta, reference, line, reason, actor, at)
             select variant_id, warehouse_id, $7, step.on_hand, step.reserved, reference, line, $8, $9, $10
             from step join moved using (variant_id, warehouse_id) order by n
             returning 1
           )
           select count(*) as "taken!" from noted"#,
        &variants,
        &warehouses,
        &on_hand,
        &reserved,
        &references as &[Option<Uuid>],
        &lines as &[Option<Uuid>],
        cause.kind.as_str(),
        cause.reason.map(AdjustReason::as_str),
        cause.actor.map(AccountId::uuid),
        now
    )
    .fetch_one(db)
    .await?;
    Ok(usize::try_from(taken).unwrap_or_default())
}

/// What moved of a variant, the latest first; `before` is the id of the last one seen.
pub async fn list_movements(
    db: &mut PgConnection,
    variant: VariantId,
    before: Option<i64>,
    limit: u16,
) -> Result<Vec<Movement>, sqlx::Error> {
    let rows = sqlx::query!(
        "select id, warehouse_id, kind, on_hand_delta, reserved_delta, reference, line, reason, actor, at
         from stock_movement where variant_id = $1 and ($2::bigint is null or id < $2)
         order by id desc limit $3",
        variant.uuid(),
        before,
        i64::from(limit)
    )
    .fetch_all(db)
    .await?;
    let movements = rows.into_iter().map(|row| {
        let kind = MovementKind::from_name(&row.kind)
            .ok_or_else(|| sqlx::Error::Decode(format!("{} is no kind of movement", row.kind).into()))?;
        Ok(Movement {
            id: row.id,
            warehouse: row.warehouse_id.into(),
            kind,
            on_hand_delta: row.on_hand_delta,
            reserved_delta: row.reserved_delta,
            reference: row.reference,
            line: row.line,
            reason: row.reason.as_deref().and_then(AdjustReason::from_name),
            actor: row.actor.map(AccountId::new),
            at: row.at,
        })
    });
    movements.collect()
}

/// The events to publish when the stock of these variants changed: one for each shop, with the bundles they are part
/// of.
pub async fn changes(
    db: &mut PgConnection,
    variants: &[VariantId],
) -> Result<Vec<StockChanged>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select shop_id as "shop_id!", array_agg(id order by id) as "variants!" from variant
           where id in (
             select unnest($1::uuid[])
             union select bundle_variant from bundle_component where component_variant = any($1)
           )
           group by shop_id order by shop_id"#,
        &uuids(variants)
    )
    .fetch_all(db)
    .await?;
    let changes = rows.into_iter().map(|row| StockChanged {
        shop: row.shop_id.into(),
        variants: row.variants.into_iter().map(VariantId::new).collect(),
    });
    Ok(changes.collect())
}
