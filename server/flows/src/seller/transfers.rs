//! Goods on their way from one of a shop's warehouses to another, by the people who keep its stock. Each verb may be
//! repeated; what adds to stock or writes off happens once under a key.

use super::{
    AtShop,
    stock::{StockError, choose, first, keeping, small, wrong},
};
use inventory::{
    DraftTransferError, Load, LoadTransferError, NewTransfer, SendTransferError, SettleTransferError,
    Warehouse, WriteOffReason, store,
};
use kernel::{
    Cx,
    idempotency::{self, Claim, Key},
};
use model::{
    FieldError, Qty,
    ids::{StockTransferId, VariantId},
    shop::{PiecesInput, TransferInput, WriteOffInput, limits},
    typed::{self, Problems},
};
use std::collections::BTreeMap;

impl From<DraftTransferError> for StockError {
    fn from(error: DraftTransferError) -> Self {
        match error {
            DraftTransferError::Unknown => Self::NotFound,
            DraftTransferError::SamePlace => wrong("to", FieldError::NotAllowed),
            DraftTransferError::Database(error) => Self::Database(error),
        }
    }
}

impl From<LoadTransferError> for StockError {
    fn from(error: LoadTransferError) -> Self {
        match error {
            LoadTransferError::Unknown => Self::NotFound,
            LoadTransferError::NotDraft => Self::Conflict,
            LoadTransferError::OutOfRange => wrong("pieces", FieldError::OutOfRange),
            LoadTransferError::TooMany => wrong("lines", FieldError::TooLong),
            LoadTransferError::Database(error) => Self::Database(error),
        }
    }
}

impl From<SendTransferError> for StockError {
    fn from(error: SendTransferError) -> Self {
        match error {
            SendTransferError::Unknown => Self::NotFound,
            SendTransferError::Empty => wrong("lines", FieldError::Required),
            SendTransferError::Closed => wrong("to", FieldError::NotAllowed),
            SendTransferError::Short(_) => Self::Promised,
            SendTransferError::Database(error) => Self::Database(error),
        }
    }
}

impl From<SettleTransferError> for StockError {
    fn from(error: SettleTransferError) -> Self {
        match error {
            SettleTransferError::Unknown => Self::NotFound,
            SettleTransferError::NotOnWay => Self::Conflict,
            SettleTransferError::TooMany => wrong("pieces", FieldError::OutOfRange),
            SettleTransferError::Full => wrong("to", FieldError::OutOfRange),
            SettleTransferError::Database(error) => Self::Database(error),
        }
    }
}

/// So many of which; what is empty is left out, and the same one twice is added up.
fn loads(lines: &[PiecesInput]) -> Result<Vec<Load>, StockError> {
    let mut told: BTreeMap<VariantId, i32> = BTreeMap::new();
    for (variant, pieces) in typed_lines(lines, 1)? {
        if let Some(pieces) = pieces {
            let sum = told.entry(variant).or_default();
            *sum = sum.saturating_add(pieces);
        }
    }
    if told.is_empty() {
        return Err(wrong("lines", FieldError::Required));
    }
    let loads = told.into_iter().map(|(variant, pieces)| {
        let pieces = Qty::try_from(pieces).map_err(|_| wrong("pieces", FieldError::OutOfRange))?;
        Ok((variant, pieces))
    });
    loads.collect()
}

/// Lines of a form, as far as they can be read.
pub(super) fn typed_lines(
    lines: &[PiecesInput],
    least: i64,
) -> Result<Vec<(VariantId, Option<i32>)>, StockError> {
    if lines.len() > limits::TRANSFER_LINES as usize {
        return Err(wrong("lines", FieldError::TooLong));
    }
    let mut problems = Problems::default();
    let mut read = Vec::with_capacity(lines.len());
    for line in lines {
        let variant = line.variant.parse().map_err(|_| StockError::NotFound)?;
        let pieces = typed::whole_within(&line.pieces, least, limits::PIECES)
            .and_then(|pieces| pieces.map(small).transpose());
        if let Some(pieces) = problems.take("pieces", pieces) {
            read.push((variant, pieces));
        }
    }
    if problems.is_empty() { Ok(read) } else { Err(StockError::Invalid(problems.at_most(1))) }
}

/// Begins a list of what is to go from one warehouse to another that is open. Under a key, asking again answers with the one
/// begun the first time.
pub async fn draft(
    cx: &Cx,
    at: &AtShop,
    input: &TransferInput,
    key: Option<&Key>,
) -> Result<StockTransferId, StockError> {
    let shop = keeping(at)?;
    let mut tx = cx.begin().await?;
    let own = store::list_warehouses(&mut tx, shop).await?;
    let open: Vec<Warehouse> = own.into_iter().filter(|it| it.is_active).collect();
    let mut problems = Problems::default();
    let from = problems.take("from", choose(&open, &input.from).ok_or(FieldError::NotAllowed));
    let to = problems.take("to", choose(&open, &input.to).ok_or(FieldError::NotAllowed));
    let (Some(from), Some(to)) = (from, to) else { return Err(StockError::Invalid(problems)) };
    let new = NewTransfer { id: cx.id(), shop, from, to };
    if let Some(key) = key {
        let claim = (shop.uuid(), "transfer.draft", key);
        match idempotency::claim(&mut tx, cx, claim, input, new.id.uuid()).await? {
            Claim::First => {}
            Claim::Again(made) => return Ok(made.into()),
            Claim::Other => return Err(StockError::KeyReused),
        }
    }
    store::draft_transfer(&mut tx, &new, Some(at.member().account), cx.now()).await?;
    tx.commit().await?;
    Ok(new.id)
}

/// Says how many of these are to go; of nothing or none, they stay. What is not named is as it was.
pub async fn load(
    cx: &Cx,
    at: &AtShop,
    transfer: StockTransferId,
    lines: &[PiecesInput],
) -> Result<(), StockError> {
    let shop = keeping(at)?;
    let lines = typed_lines(lines, 0)?;
    let lines: Vec<(VariantId, i32)> =
        lines.into_iter().map(|(variant, pieces)| (variant, pieces.unwrap_or_default())).collect();
    let mut tx = cx.begin().await?;
    store::load_transfer(&mut tx, shop, transfer, &lines).await?;
    Ok(tx.commit().await?)
}

/// What is on the list leaves. Nothing happens where it has left before.
pub async fn send(cx: &Cx, at: &AtShop, transfer: StockTransferId) -> Result<(), StockError> {
    let shop = keeping(at)?;
    let mut tx = cx.begin().await?;
    let left = store::send_transfer(&mut tx, shop, transfer, Some(at.member().account), cx.now()).await?;
    tell(cx, &mut tx, &left).await?;
    Ok(tx.commit().await?)
}

/// Pieces have arrived. Under a key it happens once.
pub async fn receive(
    cx: &Cx,
    at: &AtShop,
    transfer: StockTransferId,
    lines: &[PiecesInput],
    key: Option<&Key>,
) -> Result<(), StockError> {
    let shop = keeping(at)?;
    let arrived = loads(lines)?;
    let mut tx = cx.begin().await?;
    if !first(&mut tx, cx, shop, "transfer.receive", key, &(transfer, lines), transfer.uuid()).await? {
        return Ok(());
    }
    let by = Some(at.member().account);
    let there = store::receive_transfer(&mut tx, shop, transfer, &arrived, by, cx.now()).await?;
    tell(cx, &mut tx, &there).await?;
    Ok(tx.commit().await?)
}

/// Pieces will not arrive, for a reason. Under a key it happens once.
pub async fn write_off(
    cx: &Cx,
    at: &AtShop,
    transfer: StockTransferId,
    input: &WriteOffInput,
    key: Option<&Key>,
) -> Result<(), StockError> {
    let shop = keeping(at)?;
    let reason =
        WriteOffReason::from_name(&input.reason).ok_or_else(|| wrong("reason", FieldError::NotAllowed))?;
    let gone = loads(&input.lines)?;
    let mut tx = cx.begin().await?;
    if !first(&mut tx, cx, shop, "transfer.write_off", key, &(transfer, input), transfer.uuid()).await? {
        return Ok(());
    }
    let by = Some(at.member().account);
    store::write_off_transfer(&mut tx, shop, transfer, &gone, reason, by, cx.now()).await?;
    Ok(tx.commit().await?)
}

/// What is still on the way goes back; a list nothing has left for is thrown away.
pub async fn cancel(cx: &Cx, at: &AtShop, transfer: StockTransferId) -> Result<(), StockError> {
    let shop = keeping(at)?;
    let mut tx = cx.begin().await?;
    let back = store::cancel_transfer(&mut tx, shop, transfer, Some(at.member().account), cx.now()).await?;
    tell(cx, &mut tx, &back).await?;
    Ok(tx.commit().await?)
}

pub(super) async fn tell(cx: &Cx, tx: &mut kernel::Tx, changed: &[VariantId]) -> Result<(), sqlx::Error> {
    if changed.is_empty() { Ok(()) } else { crate::stock::changed(cx, tx, changed).await }
}
