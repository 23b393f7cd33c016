//! Stock of many variants in one warehouse, changed alike.

use super::{
    movement::{Cause, Step, shift},
    uuids,
};
use crate::{AdjustReason, MovementKind};
use model::ids::{AccountId, Uuid, VariantId, WarehouseId};
use sqlx::PgConnection;
use std::collections::HashMap;
use time::OffsetDateTime;

/// What lies somewhere of a variant.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Lying {
    pub on_hand: i32,
    pub reserved: i32,
    pub backorder: i32,
}

impl Lying {
    /// So many have to stay, since they are promised to buyers.
    #[must_use]
    pub const fn least(self) -> i32 {
        let promised = self.reserved - self.backorder;
        if promised > 0 { promised } else { 0 }
    }
}

/// What lies of these in a warehouse. What never lay there is left out.
pub async fn list_lying(
    db: &mut PgConnection,
    warehouse: WarehouseId,
    variants: &[VariantId],
) -> Result<HashMap<VariantId, Lying>, sqlx::Error> {
    let rows = sqlx::query!(
        "select variant_id, on_hand, reserved, backorder from stock where variant_id = any($2) and warehouse_id = $1",
        warehouse.uuid(),
        &uuids(variants)
    )
    .fetch_all(db)
    .await?;
    let lying = |on_hand, reserved, backorder| Lying { on_hand, reserved, backorder };
    let rows = rows.into_iter();
    Ok(rows.map(|row| (row.variant_id.into(), lying(row.on_hand, row.reserved, row.backorder))).collect())
}

/// Makes sure that there is a row to count in for each of these, and keeps others from changing it until the transaction
/// ends.
pub async fn lock_lying(
    db: &mut PgConnection,
    warehouse: WarehouseId,
    variants: &[VariantId],
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let variants = uuids(variants);
    sqlx::query!(
        "insert into stock (variant_id, warehouse_id, shop_id, backorder, updated_at)
         select variant.id, warehouse.id, warehouse.shop_id,
           case when warehouse.position = 0 then coalesce(stock_policy.backorder_limit, 0) else 0 end, $3
         from variant join warehouse using (shop_id) left join stock_policy on stock_policy.variant_id = variant.id
         where variant.id = any($2) and warehouse.id = $1
         order by variant.id
         on conflict (variant_id, warehouse_id) do nothing",
        warehouse.uuid(),
        &variants,
        now
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "select variant_id from stock where variant_id = any($2) and warehouse_id = $1
         order by variant_id for no key update",
        warehouse.uuid(),
        &variants
    )
    .fetch_all(db)
    .await?;
    Ok(())
}

/// Takes these differences, which somebody counted or, with `corrects`, said as such.
pub async fn shift_lying(
    db: &mut PgConnection,
    warehouse: WarehouseId,
    differences: &[(VariantId, i32)],
    corrects: bool,
    actor: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let warehouse: Uuid = warehouse.uuid();
    let steps: Vec<Step> = differences
        .iter()
        .map(|(variant, on_hand)| Step {
            variant: variant.uuid(),
            warehouse,
            on_hand: *on_hand,
            reserved: 0,
            reference: None,
            line: None,
        })
        .collect();
    let cause = if corrects {
        Cause { kind: MovementKind::Adjusted, reason: Some(AdjustReason::Correction), actor }
    } else {
        Cause { kind: MovementKind::Counted, reason: None, actor }
    };
    shift(db, cause, &steps, now).await.map(drop)
}
