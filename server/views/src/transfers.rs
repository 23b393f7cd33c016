//! Goods on their way between a shop's warehouses, for those who keep its stock.

use crate::{
    ViewError,
    cursor::{Cursor, cut, one_more},
    error::unsound,
    orders::{at_micros, micros},
    stock::{label, pattern},
};
use model::{
    Contact, Page,
    ids::{ShopId, StockTransferId, Uuid, WarehouseId},
    shop::{
        StockTransfer, TransferLine, TransferOffer, TransferRow, TransferState, TransferStep,
        TransferStepKind, WriteOffReason,
    },
};
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

/// The latest first.
pub async fn list(
    db: &mut PgConnection,
    shop: ShopId,
    after: Option<&str>,
    limit: u16,
) -> Result<Page<TransferRow>, ViewError> {
    let after = Cursor::read(after)?;
    let before = after.map(|after| at_micros(after.key)).transpose()?;
    let rows = sqlx::query!(
        r#"select transfer.id, transfer.state, transfer.created_at, transfer.sent_at, transfer.on_way,
             source.name as "from!", target.name as "to!",
             coalesce((select sum(quantity) from stock_transfer_line where transfer_id = transfer.id), 0)::bigint as "pieces!"
           from stock_transfer as transfer
           join warehouse as source on source.id = transfer.from_warehouse
           join warehouse as target on target.id = transfer.to_warehouse
           where transfer.shop_id = $1
             and ($2::timestamptz is null or (transfer.created_at, transfer.id) < ($2, $3))
           order by transfer.created_at desc, transfer.id desc limit $4"#,
        shop.uuid(),
        before,
        after.map_or(Uuid::nil(), |after| after.id),
        one_more(limit)
    )
    .fetch_all(db)
    .await?;
    let (rows, next) = cut(rows, limit, |row| Cursor { key: micros(row.created_at), id: row.id });
    let items = rows.into_iter().map(|row| {
        Ok(TransferRow {
            id: row.id.into(),
            from: row.from,
            to: row.to,
            state: state(&row.state)?,
            created_at: row.created_at.unix_timestamp(),
            sent_at: row.sent_at.map(OffsetDateTime::unix_timestamp),
            pieces: row.pieces,
            on_way: row.on_way.into(),
        })
    });
    Ok(Page { items: items.collect::<Result<_, sqlx::Error>>()?, next, total: None })
}

fn state(name: &str) -> Result<TransferState, sqlx::Error> {
    TransferState::from_name(name).ok_or_else(|| unsound("the state of a transfer", name))
}

/// One transfer with what became of it; none where the shop has no such one.
pub async fn find(
    db: &mut PgConnection,
    shop: ShopId,
    id: StockTransferId,
) -> Result<Option<StockTransfer>, sqlx::Error> {
    let head = sqlx::query!(
        r#"select transfer.state, transfer.created_at, transfer.sent_at, transfer.on_way, from_warehouse, to_warehouse,
             source.name as "source!", target.name as "target!"
           from stock_transfer as transfer
           join warehouse as source on source.id = transfer.from_warehouse
           join warehouse as target on target.id = transfer.to_warehouse
           where transfer.id = $1 and transfer.shop_id = $2"#,
        id.uuid(),
        shop.uuid()
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(head) = head else { return Ok(None) };
    let from = WarehouseId::new(head.from_warehouse);
    let lines = lines(db, id, from).await?;
    let row = TransferRow {
        id,
        from: head.source,
        to: head.target,
        state: state(&head.state)?,
        created_at: head.created_at.unix_timestamp(),
        sent_at: head.sent_at.map(OffsetDateTime::unix_timestamp),
        pieces: lines.iter().map(|line| i64::from(line.quantity)).sum(),
        on_way: head.on_way.into(),
    };
    let steps = steps(db, id).await?;
    Ok(Some(StockTransfer { row, from, to: head.to_warehouse.into(), lines, steps }))
}

async fn lines(
    db: &mut PgConnection,
    id: StockTransferId,
    from: WarehouseId,
) -> Result<Vec<TransferLine>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select line.variant_id, line.quantity, line.received, line.returned, line.written_off, line.on_way,
             variant.sku, variant.choices, product.name,
             coalesce((select greatest(on_hand - reserved, 0) from stock
                       where stock.variant_id = line.variant_id and stock.warehouse_id = $2), 0) as "free!",
             (select jsonb_agg("values" order by position) from product_option where product_id = product.id)
               as "options?: Json<Vec<Vec<String>>>"
           from stock_transfer_line as line
           join variant on variant.id = line.variant_id
           join product on product.id = variant.product_id
           where line.transfer_id = $1 order by product.name, variant.id"#,
        id.uuid(),
        from.uuid()
    )
    .fetch_all(db)
    .await?;
    let lines = rows.into_iter().map(|row| TransferLine {
        variant: row.variant_id.into(),
        name: row.name,
        label: label(row.options, &row.choices),
        sku: row.sku,
        quantity: row.quantity,
        received: row.received,
        returned: row.returned,
        written_off: row.written_off,
        on_way: row.on_way,
        free: row.free,
    });
    Ok(lines.collect())
}

async fn steps(db: &mut PgConnection, id: StockTransferId) -> Result<Vec<TransferStep>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select step.at, step.kind, step.pieces, step.reason, variant.sku, product.name, profile.name as "who?",
             (select address from account_contact as contact where contact.account_id = step.actor
              order by kind limit 1) as contact
           from stock_transfer_step as step
           join variant on variant.id = step.variant_id
           join product on product.id = variant.product_id
           left join profile on profile.account_id = step.actor
           where step.transfer_id = $1 order by step.id desc limit 100"#,
        id.uuid()
    )
    .fetch_all(db)
    .await?;
    let steps = rows.into_iter().map(|row| {
        let contact = row.contact.and_then(|address| address.parse::<Contact>().ok());
        Ok(TransferStep {
            at: row.at.unix_timestamp(),
            kind: TransferStepKind::from_name(&row.kind)
                .ok_or_else(|| unsound("what became of goods on their way", &row.kind))?,
            name: row.name,
            sku: row.sku,
            pieces: row.pieces,
            reason: row.reason.as_deref().and_then(WriteOffReason::from_name),
            who: row.who.or_else(|| contact.map(|contact| contact.masked())),
        })
    });
    steps.collect()
}

/// What could go from a warehouse and is not on the list yet, by name.
pub async fn offers(
    db: &mut PgConnection,
    transfer: &StockTransfer,
    q: &str,
    limit: u16,
) -> Result<Vec<TransferOffer>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select variant.id, variant.sku, variant.choices, product.name, (stock.on_hand - stock.reserved) as "free!",
             (select jsonb_agg("values" order by position) from product_option where product_id = product.id)
               as "options?: Json<Vec<Vec<String>>>"
           from stock
           join variant on variant.id = stock.variant_id
           join product on product.id = variant.product_id
           where stock.warehouse_id = $1 and stock.on_hand > stock.reserved
             and ($2 = '%%' or product.name ilike $2 or variant.sku ilike $2)
             and not exists (select from stock_transfer_line as line where line.transfer_id = $3 and line.variant_id = variant.id)
           order by product.name, variant.id limit $4"#,
        transfer.from.uuid(),
        pattern(q),
        transfer.row.id.uuid(),
        i64::from(limit)
    )
    .fetch_all(db)
    .await?;
    let offers = rows.into_iter().map(|row| TransferOffer {
        variant: row.id.into(),
        name: row.name,
        label: label(row.options, &row.choices),
        sku: row.sku,
        free: row.free,
    });
    Ok(offers.collect())
}
