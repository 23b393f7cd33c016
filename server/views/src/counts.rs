//! Counts of what lies in a shop's warehouses, for those who keep its stock.

use crate::{
    ViewError,
    cursor::{Cursor, cut, one_more},
    error::unsound,
    orders::{at_micros, micros},
    stock::{label, pattern},
};
use model::{
    Page,
    ids::{ShopId, StockCountId, Uuid},
    shop::{CountLine, CountRow, CountShow, CountState, StockCount},
};
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

fn state(name: &str) -> Result<CountState, sqlx::Error> {
    CountState::from_name(name).ok_or_else(|| unsound("the state of a count", name))
}

/// The latest first.
pub async fn list(
    db: &mut PgConnection,
    shop: ShopId,
    after: Option<&str>,
    limit: u16,
) -> Result<Page<CountRow>, ViewError> {
    let after = Cursor::read(after)?;
    let before = after.map(|after| at_micros(after.key)).transpose()?;
    let rows = sqlx::query!(
        r#"select count.id, count.warehouse_id, count.query, count.state, count.started_at, count.ended_at,
             warehouse.name, lines.counted as "counted!", lines.different as "different!"
           from stock_count as count join warehouse on warehouse.id = count.warehouse_id
           cross join lateral (
             select count(*) as counted, count(*) filter (where line.counted <> line.expected) as different
             from stock_count_line as line where line.count_id = count.id
           ) as lines
           where count.shop_id = $1
             and ($2::timestamptz is null or (count.started_at, count.id) < ($2, $3))
           order by count.started_at desc, count.id desc limit $4"#,
        shop.uuid(),
        before,
        after.map_or(Uuid::nil(), |after| after.id),
        one_more(limit)
    )
    .fetch_all(db)
    .await?;
    let (rows, next) = cut(rows, limit, |row| Cursor { key: micros(row.started_at), id: row.id });
    let items = rows.into_iter().map(|row| {
        Ok(CountRow {
            id: row.id.into(),
            warehouse: row.warehouse_id.into(),
            place: row.name,
            q: row.query,
            state: state(&row.state)?,
            started_at: row.started_at.unix_timestamp(),
            ended_at: row.ended_at.map(OffsetDateTime::unix_timestamp),
            counted: row.counted,
            different: row.different,
        })
    });
    Ok(Page { items: items.collect::<Result<_, sqlx::Error>>()?, next, total: None })
}

/// One count with a part of its goods, by the order they came into the catalogue; none where the shop has no such count. Of
/// one that is over, what was counted.
pub async fn find(
    db: &mut PgConnection,
    shop: ShopId,
    id: StockCountId,
    (show, q): (CountShow, &str),
    after: Option<&str>,
    limit: u16,
) -> Result<Option<StockCount>, ViewError> {
    let head = sqlx::query!(
        r#"select count.warehouse_id, count.query, count.state, count.started_at, count.ended_at, warehouse.name,
             lines.counted as "counted!", lines.different as "different!", lines.more as "more!", lines.fewer as "fewer!"
           from stock_count as count join warehouse on warehouse.id = count.warehouse_id
           cross join lateral (
             select count(*) as counted, count(*) filter (where line.counted <> line.expected) as different,
               coalesce(sum(greatest(line.counted - line.expected, 0)), 0)::bigint as more,
               coalesce(sum(greatest(line.expected - line.counted, 0)), 0)::bigint as fewer
             from stock_count_line as line where line.count_id = count.id
           ) as lines
           where count.id = $1 and count.shop_id = $2"#,
        id.uuid(),
        shop.uuid()
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(head) = head else { return Ok(None) };
    let row = CountRow {
        id,
        warehouse: head.warehouse_id.into(),
        place: head.name,
        q: head.query,
        state: state(&head.state)?,
        started_at: head.started_at.unix_timestamp(),
        ended_at: head.ended_at.map(OffsetDateTime::unix_timestamp),
        counted: head.counted,
        different: head.different,
    };
    let (more, fewer) = (head.more, head.fewer);
    let (lines, next) = lines(db, shop, &row, (show, q), after, limit).await?;
    Ok(Some(StockCount { row, more, fewer, lines, next }))
}

async fn lines(
    db: &mut PgConnection,
    shop: ShopId,
    count: &CountRow,
    (show, q): (CountShow, &str),
    after: Option<&str>,
    limit: u16,
) -> Result<(Vec<CountLine>, Option<String>), ViewError> {
    let after = Cursor::read(after)?.unwrap_or(Cursor::LOWEST);
    let is_open = count.state == CountState::Open;
    let rows = sqlx::query!(
        r#"select variant.id, variant.sku, variant.choices, product.name, line.counted as "counted?",
             line.expected as "expected?",
             coalesce(line.counted <> line.expected
               and (stock.on_hand + line.counted - line.expected < 0
                 or stock.on_hand + line.counted - line.expected + stock.backorder < stock.reserved), false) as "is_short!",
             (select jsonb_agg("values" order by position) from product_option where product_id = product.id)
               as "options?: Json<Vec<Vec<String>>>"
           from variant join product on product.id = variant.product_id
           left join stock_count_line as line on line.count_id = $2 and line.variant_id = variant.id
           left join stock on stock.variant_id = variant.id and stock.warehouse_id = $3
           where product.shop_id = $1 and variant.id > $4
             and (line.counted is not null or $5 and product.state <> 'archived'
               and (variant.retired_at is null or stock.on_hand > 0)
               and ($6 = '%%' or product.name ilike $6 or variant.sku ilike $6)
               and not exists (select from bundle_component where bundle_variant = variant.id))
             and ($7 = '%%' or product.name ilike $7 or variant.sku ilike $7)
             and case $8 when 'open' then line.counted is null when 'different' then line.counted <> line.expected else true end
           order by variant.id limit $9"#,
        shop.uuid(),
        count.id.uuid(),
        count.warehouse.uuid(),
        after.id,
        is_open,
        pattern(&count.q),
        pattern(q),
        show.as_str(),
        one_more(limit)
    )
    .fetch_all(db)
    .await?;
    let (rows, next) = cut(rows, limit, |row| Cursor { key: 0, id: row.id });
    let lines = rows.into_iter().map(|row| CountLine {
        variant: row.id.into(),
        name: row.name,
        label: label(row.options, &row.choices),
        sku: row.sku,
        counted: row.counted,
        expected: row.expected,
        is_short: is_open && row.is_short,
    });
    Ok((lines.collect(), next))
}
