//! Goods on their way between warehouses. A transfer's own row is locked first, then warehouses, then stock.

use super::{
    movement::{Cause, Step, shift},
    refused_by,
    stock::{is_out_of_range, open_stocks},
};
use crate::{
    MovementKind,
    error::{DraftTransferError, LoadTransferError, SendTransferError, SettleTransferError},
    transfer::{Load, Locked, NewTransfer, TransferState, TransferStepKind, WriteOffReason},
};
use model::{
    MoneyError, Qty,
    ids::{AccountId, ShopId, StockTransferId, Uuid, VariantId, WarehouseId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Lines of one transfer.
const MOST_LINES: i64 = 200;

/// Begins a transfer that nothing has left for yet.
pub async fn draft_transfer(
    db: &mut PgConnection,
    new: &NewTransfer,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), DraftTransferError> {
    let made = sqlx::query!(
        "insert into stock_transfer (id, shop_id, from_warehouse, to_warehouse, created_by, created_at)
         values ($1, $2, $3, $4, $5, $6)",
        new.id.uuid(),
        new.shop.uuid(),
        new.from.uuid(),
        new.to.uuid(),
        by.map(AccountId::uuid),
        now
    )
    .execute(db)
    .await;
    made.map(|_| ()).map_err(|error| match refused_by(&error) {
        Some("stock_transfer_elsewhere") => DraftTransferError::SamePlace,
        Some("stock_transfer_from_of_shop" | "stock_transfer_to_of_shop") => DraftTransferError::Unknown,
        _ => error.into(),
    })
}

async fn lock(
    db: &mut PgConnection,
    shop: ShopId,
    transfer: StockTransferId,
) -> Result<Option<Locked>, sqlx::Error> {
    let row = sqlx::query!(
        "select from_warehouse, to_warehouse, state from stock_transfer where id = $1 and shop_id = $2 for update",
        transfer.uuid(),
        shop.uuid()
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let state = TransferState::from_name(&row.state)
        .ok_or_else(|| sqlx::Error::Decode(format!("{} is no state of a transfer", row.state).into()))?;
    Ok(Some(Locked { from: row.from_warehouse.into(), to: row.to_warehouse.into(), state }))
}

/// Says how many of these are to go; of nothing, the variant is left out. What is not named stays as it was.
pub async fn load_transfer(
    db: &mut PgConnection,
    shop: ShopId,
    transfer: StockTransferId,
    lines: &[(VariantId, i32)],
) -> Result<(), LoadTransferError> {
    let locked = lock(db, shop, transfer).await?.ok_or(LoadTransferError::Unknown)?;
    if locked.state != TransferState::Draft {
        return Err(LoadTransferError::NotDraft);
    }
    let (out, loaded): (Vec<_>, Vec<_>) = lines.iter().partition(|(_, pieces)| *pieces == 0);
    let out: Vec<Uuid> = out.into_iter().map(|(variant, _)| variant.uuid()).collect();
    sqlx::query!(
        "delete from stock_transfer_line where transfer_id = $1 and variant_id = any($2)",
        transfer.uuid(),
        &out
    )
    .execute(&mut *db)
    .await?;
    let variants: Vec<Uuid> = loaded.iter().map(|(variant, _)| variant.uuid()).collect();
    let pieces: Vec<i32> = loaded.iter().map(|(_, pieces)| *pieces).collect();
    let put = sqlx::query!(
        "insert into stock_transfer_line (transfer_id, variant_id, quantity)
         select $1, variant.id, told.pieces
         from (select distinct on (variant_id) variant_id, pieces
               from unnest($2::uuid[], $3::int[]) with ordinality as t (variant_id, pieces, n)
               order by variant_id, n desc) as told
         join variant on variant.id = told.variant_id and variant.shop_id = $4
         on conflict (transfer_id, variant_id) do update set quantity = excluded.quantity
         returning variant_id",
        transfer.uuid(),
        &variants,
        &pieces,
        shop.uuid()
    )
    .fetch_all(&mut *db)
    .await
    .map_err(|error| match refused_by(&error) {
        Some("stock_transfer_line_quantity_range") => LoadTransferError::OutOfRange,
        _ => error.into(),
    })?;
    if variants.iter().any(|variant| !put.iter().any(|row| row.variant_id == *variant)) {
        return Err(LoadTransferError::Unknown);
    }
    let lines = sqlx::query_scalar!(
        r#"select count(*) as "lines!" from stock_transfer_line where transfer_id = $1"#,
        transfer.uuid()
    )
    .fetch_one(db)
    .await?;
    if lines > MOST_LINES { Err(LoadTransferError::TooMany) } else { Ok(()) }
}

/// Takes what is on the list out of the first warehouse, of what nobody was promised; from now on it is on the way. Says
/// whose stock changed; nothing where it was sent before.
pub async fn send_transfer(
    db: &mut PgConnection,
    shop: ShopId,
    transfer: StockTransferId,
    actor: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<Vec<VariantId>, SendTransferError> {
    let locked = lock(db, shop, transfer).await?.ok_or(SendTransferError::Unknown)?;
    if locked.state != TransferState::Draft {
        return Ok(vec![]);
    }
    if !are_open(db, [locked.from, locked.to]).await? {
        return Err(SendTransferError::Closed);
    }
    let lines = sqlx::query!(
        r#"select line.variant_id, line.quantity, coalesce(stock.on_hand - stock.reserved, 0) as "free!"
           from stock_transfer_line as line
           left join (
             select variant_id, on_hand, reserved from stock
             where warehouse_id = $2
               and variant_id in (select variant_id from stock_transfer_line where transfer_id = $1)
             order by variant_id for no key update
           ) as stock on stock.variant_id = line.variant_id
           where line.transfer_id = $1 order by line.variant_id"#,
        transfer.uuid(),
        locked.from.uuid()
    )
    .fetch_all(&mut *db)
    .await?;
    if lines.is_empty() {
        return Err(SendTransferError::Empty);
    }
    let short = lines.iter().filter(|line| line.free < line.quantity).map(|line| line.variant_id.into());
    let short: Vec<VariantId> = short.collect();
    if !short.is_empty() {
        return Err(SendTransferError::Short(short));
    }
    let steps: Vec<Step> =
        lines.iter().map(|line| step(transfer, line.variant_id, locked.from, -line.quantity)).collect();
    shift(db, moved(actor), &steps, now).await?;
    sqlx::query!(
        "with sent as (
           update stock_transfer_line set sent = quantity where transfer_id = $1 returning variant_id, quantity
         ), noted as (
           insert into stock_transfer_step (transfer_id, variant_id, kind, pieces, actor, at)
           select $1, variant_id, 'sent', quantity, $2, $3 from sent order by variant_id
         )
         update stock_transfer set state = 'sent', sent_at = $3, on_way = (select sum(quantity) from sent) where id = $1",
        transfer.uuid(),
        actor.map(AccountId::uuid),
        now
    )
    .execute(db)
    .await?;
    Ok(lines.into_iter().map(|line| line.variant_id.into()).collect())
}

/// Whether goods may go between these. Keeps them from being closed meanwhile.
async fn are_open(db: &mut PgConnection, warehouses: [WarehouseId; 2]) -> Result<bool, sqlx::Error> {
    let ids: Vec<Uuid> = warehouses.iter().map(|warehouse| warehouse.uuid()).collect();
    let open =
        sqlx::query_scalar!("select is_active from warehouse where id = any($1) order by id for share", &ids)
            .fetch_all(db)
            .await?;
    Ok(open.into_iter().all(|is_active| is_active))
}

/// Pieces have arrived: the second warehouse has them. With the last of what is on the way the transfer is over.
pub async fn receive_transfer(
    db: &mut PgConnection,
    shop: ShopId,
    transfer: StockTransferId,
    arrived: &[Load],
    actor: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<Vec<VariantId>, SettleTransferError> {
    let locked = on_way(db, shop, transfer).await?;
    settle(db, transfer, arrived, (TransferStepKind::Received, None), actor, now).await?;
    bring(db, transfer, locked.to, arrived, actor, now).await
}

/// Pieces will not arrive, for a reason. They left the first warehouse when they were sent, so no stock changes.
pub async fn write_off_transfer(
    db: &mut PgConnection,
    shop: ShopId,
    transfer: StockTransferId,
    gone: &[Load],
    reason: WriteOffReason,
    actor: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), SettleTransferError> {
    on_way(db, shop, transfer).await?;
    settle(db, transfer, gone, (TransferStepKind::WrittenOff, Some(reason)), actor, now).await
}

/// All that is still on the way goes back to where it came from; a list nothing has left for is thrown away. Says whose
/// stock changed; nothing where it was cancelled before.
pub async fn cancel_transfer(
    db: &mut PgConnection,
    shop: ShopId,
    transfer: StockTransferId,
    actor: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<Vec<VariantId>, SettleTransferError> {
    let locked = lock(db, shop, transfer).await?.ok_or(SettleTransferError::Unknown)?;
    match locked.state {
        TransferState::Sent => {}
        TransferState::Cancelled => return Ok(vec![]),
        TransferState::Closed => return Err(SettleTransferError::NotOnWay),
        TransferState::Draft => {
            sqlx::query!("delete from stock_transfer where id = $1", transfer.uuid()).execute(db).await?;
            return Ok(vec![]);
        }
    }
    let rest = sqlx::query!(
        "select variant_id, on_way from stock_transfer_line where transfer_id = $1 and on_way > 0 order by variant_id",
        transfer.uuid()
    )
    .fetch_all(&mut *db)
    .await?;
    let rest = rest.into_iter().map(|row| Ok((row.variant_id.into(), Qty::try_from(row.on_way)?)));
    let rest: Result<Vec<Load>, MoneyError> = rest.collect();
    let rest = rest.map_err(|error| sqlx::Error::Decode(error.into()))?;
    settle(db, transfer, &rest, (TransferStepKind::Returned, None), actor, now).await?;
    bring(db, transfer, locked.from, &rest, actor, now).await
}

async fn on_way(
    db: &mut PgConnection,
    shop: ShopId,
    transfer: StockTransferId,
) -> Result<Locked, SettleTransferError> {
    let locked = lock(db, shop, transfer).await?.ok_or(SettleTransferError::Unknown)?;
    if locked.state == TransferState::Sent { Ok(locked) } else { Err(SettleTransferError::NotOnWay) }
}

/// Takes pieces off the way, each variant named once.
async fn settle(
    db: &mut PgConnection,
    transfer: StockTransferId,
    pieces: &[Load],
    (kind, reason): (TransferStepKind, Option<WriteOffReason>),
    actor: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), SettleTransferError> {
    let variants: Vec<Uuid> = pieces.iter().map(|(variant, _)| variant.uuid()).collect();
    let counts: Vec<i32> = pieces.iter().map(|(_, pieces)| pieces.get()).collect();
    let settled = sqlx::query_scalar!(
        r#"with told as (
             select * from unnest($2::uuid[], $3::int[]) as t (variant_id, pieces)
           ), settled as (
             update stock_transfer_line as line set
               received = received + case when $4 = 'received' then pieces else 0 end,
               returned = returned + case when $4 = 'returned' then pieces else 0 end,
               written_off = written_off + case when $4 = 'written_off' then pieces else 0 end
             from told where line.transfer_id = $1 and line.variant_id = told.variant_id
             returning line.variant_id, told.pieces
           ), noted as (
             insert into stock_transfer_step (transfer_id, variant_id, kind, pieces, reason, actor, at)
             select $1, variant_id, $4, pieces, $5, $6, $7 from settled order by variant_id
           ), total as (
             select coalesce(sum(pieces), 0)::int as pieces, count(*) as lines from settled
           )
           update stock_transfer set on_way = on_way - total.pieces,
             state = case when on_way > total.pieces then state when $4 = 'returned' then 'cancelled' else 'closed' end,
             ended_at = case when on_way > total.pieces then ended_at else $7 end
           from total where id = $1
           returning total.lines as "lines!""#,
        transfer.uuid(),
        &variants,
        &counts,
        kind.as_str(),
        reason.map(WriteOffReason::as_str),
        actor.map(AccountId::uuid),
        now
    )
    .fetch_one(db)
    .await
    .map_err(|error| match refused_by(&error) {
        Some("stock_transfer_line_on_way_not_negative") => SettleTransferError::TooMany,
        _ => error.into(),
    })?;
    if usize::try_from(settled).is_ok_and(|settled| settled == pieces.len()) {
        Ok(())
    } else {
        Err(SettleTransferError::TooMany)
    }
}

/// Adds pieces to what lies in a warehouse.
async fn bring(
    db: &mut PgConnection,
    transfer: StockTransferId,
    to: WarehouseId,
    pieces: &[Load],
    actor: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<Vec<VariantId>, SettleTransferError> {
    let variants: Vec<VariantId> = pieces.iter().map(|(variant, _)| *variant).collect();
    open_stocks(db, &variants, to, now).await?;
    let steps: Vec<Step> =
        pieces.iter().map(|(variant, pieces)| step(transfer, variant.uuid(), to, pieces.get())).collect();
    match shift(db, moved(actor), &steps, now).await {
        Ok(_) => Ok(variants),
        Err(error) if is_out_of_range(&error) => Err(SettleTransferError::Full),
        Err(error) => Err(error.into()),
    }
}

fn moved(actor: Option<AccountId>) -> Cause {
    Cause { kind: MovementKind::Moved, reason: None, actor }
}

fn step(transfer: StockTransferId, variant: Uuid, warehouse: WarehouseId, pieces: i32) -> Step {
    let reference = Some(transfer.uuid());
    Step { variant, warehouse: warehouse.uuid(), on_hand: pieces, reserved: 0, reference, line: None }
}
