//! Stock of thousands of variants at once, as a feed tells it.

use model::ids::{AccountId, Uuid, VariantId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Sets what is on hand in the main warehouses of the variants' shops, in two statements however many there are, and
/// says which changed, in order. What is promised stays there whatever is told: a stock is never set below it.
/// Variants whose shop has no warehouse are left out; of a variant told twice, the last counts.
pub async fn set_on_hand_many(
    db: &mut PgConnection,
    told: &[(VariantId, i32)],
    actor: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<Vec<VariantId>, sqlx::Error> {
    let variants: Vec<Uuid> = told.iter().map(|(variant, _)| variant.uuid()).collect();
    let on_hand: Vec<i32> = told.iter().map(|(_, on_hand)| *on_hand).collect();
    sqlx::query!(
        "insert into stock (variant_id, warehouse_id, shop_id, backorder, updated_at)
         select variant.id, warehouse.id, warehouse.shop_id, coalesce(stock_policy.backorder_limit, 0), $2
         from variant
         join warehouse on warehouse.shop_id = variant.shop_id and warehouse.position = 0
         left join stock_policy on stock_policy.variant_id = variant.id
         where variant.id = any($1)
         order by variant.id, warehouse.id
         on conflict (variant_id, warehouse_id) do nothing",
        &variants,
        now
    )
    .execute(&mut *db)
    .await?;
    let changed = sqlx::query_scalar!(
        r#"with told as (
             select distinct on (variant_id) variant_id, on_hand
             from unnest($1::uuid[], $2::int[]) with ordinality as t (variant_id, on_hand, n)
             order by variant_id, n desc
           ), before as (
             select stock.variant_id, stock.warehouse_id, stock.on_hand,
               greatest(told.on_hand, stock.reserved - stock.backorder) as target
             from told
             join stock on stock.variant_id = told.variant_id
             join warehouse on warehouse.id = stock.warehouse_id and warehouse.position = 0
             order by stock.variant_id, stock.warehouse_id
             for no key update of stock
           ), changed as (
             update stock set on_hand = before.target, updated_at = $4
             from before
             where stock.variant_id = before.variant_id and stock.warehouse_id = before.warehouse_id
               and before.target <> before.on_hand
             returning stock.variant_id, stock.warehouse_id
           ), noted as (
             insert into stock_movement (variant_id, warehouse_id, kind, on_hand_delta, reserved_delta, actor, at)
             select variant_id, warehouse_id, 'counted', before.target - before.on_hand, 0, $3, $4
             from before join changed using (variant_id, warehouse_id)
           )
           select variant_id as "variant_id!" from changed order by variant_id"#,
        &variants,
        &on_hand,
        actor.map(AccountId::uuid),
        now
    )
    .fetch_all(db)
    .await?;
    Ok(changed.into_iter().map(VariantId::new).collect())
}
