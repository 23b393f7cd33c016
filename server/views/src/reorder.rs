//! Of what it is time to order more, for those who keep a shop's stock.

use crate::{
    ViewError,
    cursor::{Cursor, cut, one_more},
    forecast::PACE_DAYS,
    jakarta::first_of,
    stock::label,
};
use model::{Page, ids::ShopId, shop::ReorderRow};
use sqlx::{PgConnection, types::Json};
use time::Date;

/// Variants of which no more are there and on the way than the shop orders again at, those furthest below that first.
pub async fn list(
    db: &mut PgConnection,
    shop: ShopId,
    after: Option<&str>,
    limit: u16,
    today: Date,
) -> Result<Page<ReorderRow>, ViewError> {
    let after = Cursor::read(after)?.unwrap_or(Cursor::LOWEST);
    let rows = sqlx::query!(
        r#"with own as (
             select variant.id, variant.sku, variant.choices, variant.product_id, product.name,
               policy.reorder_at, policy.reorder_quantity,
               coalesce((select sum(stock.on_hand - stock.reserved)
                 from stock join warehouse on warehouse.id = stock.warehouse_id
                 where stock.variant_id = variant.id and warehouse.is_active), 0)::bigint
                 - coalesce(policy.threshold, 0) as available,
               coalesce((select sum(line.on_way) from stock_transfer_line as line
                 where line.variant_id = variant.id and line.on_way > 0), 0)::bigint as on_way
             from stock_policy as policy
             join variant on variant.id = policy.variant_id and variant.retired_at is null
             join product on product.id = variant.product_id and product.state <> 'archived'
             where variant.shop_id = $1 and policy.reorder_at is not null and policy.tracked
           ), due as (
             select *, available + on_way - reorder_at as spare from own where available + on_way <= reorder_at
           )
           select due.id as "id!", due.sku as "sku!", due.choices as "choices!", due.name as "name!",
             due.reorder_at as "reorder_at!", due.reorder_quantity as "reorder_quantity?", due.available as "available!",
             due.on_way as "on_way!", due.spare as "spare!",
             coalesce((select sum(pieces) from variant_sales_day as day
               where day.variant_id = due.id and day.shop_id = $1 and day.day between $2 and $3), 0)::bigint as "sold!",
             (select jsonb_agg("values" order by position) from product_option where product_id = due.product_id)
               as "options?: Json<Vec<Vec<String>>>"
           from due where (due.spare, due.id) > ($4, $5)
           order by due.spare, due.id limit $6"#,
        shop.uuid(),
        first_of(today, PACE_DAYS),
        today,
        after.key,
        after.id,
        one_more(limit)
    )
    .fetch_all(db)
    .await?;
    let (rows, next) = cut(rows, limit, |row| Cursor { key: row.spare, id: row.id });
    let items = rows.into_iter().map(|row| ReorderRow {
        variant: row.id.into(),
        name: row.name,
        label: label(row.options, &row.choices),
        sku: row.sku,
        available: row.available,
        on_way: row.on_way,
        reorder_at: row.reorder_at,
        reorder_quantity: row.reorder_quantity,
        sold: row.sold,
    });
    Ok(Page { items: items.collect(), next, total: None })
}
