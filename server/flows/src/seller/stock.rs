//! What the people of a shop do with its stock by hand: counting, taking in and out with a reason, carrying from one
//! warehouse to another, and saying how it is sold.

use super::AtShop;
use inventory::{
    AdjustError, AdjustReason, MoveError, PolicyError, ReceiveError, StockPolicy, Warehouse, Warnings, store,
};
use kernel::{
    Cx, Tx,
    idempotency::{self, Claim, Key},
};
use model::{
    AppError, Code, FieldError, Permission, Qty,
    ids::{ShopId, Uuid, VariantId, WarehouseId},
    shop::{StockChangeInput, StockMoveInput, StockPolicyInput, StockReason, limits},
    typed::{self, Problems},
};
use serde::Serialize;

#[derive(Debug, thiserror::Error)]
pub enum StockError {
    /// Or it is another shop's, or not their work.
    #[error("the shop has no such goods or warehouse")]
    NotFound,
    #[error("what was typed is not right")]
    Invalid(Problems),
    #[error("more of them are promised to buyers")]
    Promised,
    #[error("the shop has as many warehouses as any may")]
    TooMany,
    /// Somebody was there before, or it is over.
    #[error("it has come too far for that")]
    Conflict,
    #[error("the idempotency key was used for something else")]
    KeyReused,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<StockError> for AppError {
    fn from(error: StockError) -> Self {
        match error {
            StockError::NotFound => Self::not_found(),
            StockError::Invalid(problems) => problems.into(),
            StockError::Promised => Self::field("pieces", FieldError::NotAllowed),
            StockError::TooMany => Self::field("warehouses", FieldError::OutOfRange),
            StockError::Conflict => Code::Conflict.into(),
            StockError::KeyReused => Self::field("idempotency_key", FieldError::Taken),
            StockError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

impl From<AdjustError> for StockError {
    fn from(error: AdjustError) -> Self {
        match error {
            AdjustError::Unknown => Self::NotFound,
            AdjustError::Promised => Self::Promised,
            AdjustError::OutOfRange => wrong("pieces", FieldError::OutOfRange),
            AdjustError::Database(error) => Self::Database(error),
        }
    }
}

impl From<ReceiveError> for StockError {
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::Unknown => Self::NotFound,
            ReceiveError::TooMany => wrong("pieces", FieldError::OutOfRange),
            ReceiveError::Database(error) => Self::Database(error),
        }
    }
}

impl From<MoveError> for StockError {
    fn from(error: MoveError) -> Self {
        match error {
            MoveError::SamePlace => wrong("to", FieldError::NotAllowed),
            MoveError::Unknown => Self::NotFound,
            MoveError::Promised => Self::Promised,
            MoveError::OutOfRange => wrong("pieces", FieldError::OutOfRange),
            MoveError::Database(error) => Self::Database(error),
        }
    }
}

impl From<PolicyError> for StockError {
    fn from(error: PolicyError) -> Self {
        match error {
            PolicyError::Unknown => Self::NotFound,
            PolicyError::Promised => wrong("backorder", FieldError::NotAllowed),
            PolicyError::Database(error) => Self::Database(error),
        }
    }
}

pub(super) fn wrong(field: &'static str, error: FieldError) -> StockError {
    let mut problems = Problems::default();
    problems.note(field, error);
    StockError::Invalid(problems)
}

/// Nobody touches a shop's stock but those whose work that is.
pub(super) fn keeping(at: &AtShop) -> Result<ShopId, StockError> {
    if at.permissions().has(Permission::Stock) { Ok(at.shop()) } else { Err(StockError::NotFound) }
}

/// What somebody says of a stock.
enum Change {
    /// So many are there.
    Counted(i32),
    Received(Qty),
    By(i32, AdjustReason),
}

impl Change {
    fn parse(input: &StockChangeInput) -> Result<Self, StockError> {
        let reason =
            StockReason::from_name(&input.reason).ok_or_else(|| wrong("reason", FieldError::NotAllowed))?;
        let (least, most) = match reason {
            StockReason::Count => (0, limits::PIECES),
            StockReason::Correction => (-limits::PIECES, limits::PIECES),
            _ => (1, limits::PIECES),
        };
        let pieces = typed::required_whole(&input.pieces, least, most).and_then(small);
        let pieces = pieces.map_err(|error| wrong("pieces", error))?;
        Ok(match reason {
            StockReason::Count => Self::Counted(pieces),
            StockReason::Received => Self::Received(quantity(pieces)?),
            StockReason::Found => Self::By(pieces, AdjustReason::Found),
            StockReason::Damaged => Self::By(-pieces, AdjustReason::Damaged),
            StockReason::Lost => Self::By(-pieces, AdjustReason::Lost),
            StockReason::Sample => Self::By(-pieces, AdjustReason::Sample),
            StockReason::Correction => Self::By(pieces, AdjustReason::Correction),
        })
    }
}

pub(super) fn small(n: i64) -> Result<i32, FieldError> {
    i32::try_from(n).map_err(|_| FieldError::OutOfRange)
}

fn quantity(pieces: i32) -> Result<Qty, StockError> {
    Qty::try_from(pieces).map_err(|_| wrong("pieces", FieldError::OutOfRange))
}

/// Counts, takes in or takes out, with the reason. Under a key it happens once.
pub async fn change(
    cx: &Cx,
    at: &AtShop,
    variant: VariantId,
    input: &StockChangeInput,
    key: Option<&Key>,
) -> Result<(), StockError> {
    let shop = keeping(at)?;
    let mut tx = cx.begin().await?;
    let own = store::list_warehouses(&mut tx, shop).await?;
    let warehouse =
        choose(&own, &input.warehouse).ok_or_else(|| wrong("warehouse", FieldError::NotAllowed))?;
    let change = Change::parse(input)?;
    if !first(&mut tx, cx, shop, "stock.change", key, &(variant, input), variant.uuid()).await? {
        return Ok(());
    }
    let (by, now) = (Some(at.member().account), cx.now());
    let news = match change {
        Change::Counted(n) => store::set_on_hand(&mut tx, variant, warehouse, n, by, now).await?,
        Change::Received(quantity) => {
            store::receive(&mut tx, variant, warehouse, quantity, None, by, now).await?;
            true
        }
        Change::By(delta, reason) => {
            store::adjust(&mut tx, variant, warehouse, delta, reason, by, now).await?;
            delta != 0
        }
    };
    if news {
        crate::stock::changed(cx, &mut tx, &[variant]).await?;
    }
    Ok(tx.commit().await?)
}

/// Carries pieces from one of the shop's warehouses to another that is open. Under a key it happens once.
pub async fn carry(
    cx: &Cx,
    at: &AtShop,
    variant: VariantId,
    input: &StockMoveInput,
    key: Option<&Key>,
) -> Result<(), StockError> {
    let shop = keeping(at)?;
    let mut tx = cx.begin().await?;
    let own = store::list_warehouses(&mut tx, shop).await?;
    let mut problems = Problems::default();
    let from = choose(&own, &input.from).ok_or(FieldError::NotAllowed);
    let from = problems.take("from", from);
    let open: Vec<Warehouse> = own.into_iter().filter(|it| it.is_active).collect();
    let to = problems.take("to", choose(&open, &input.to).ok_or(FieldError::NotAllowed));
    let pieces = typed::required_whole(&input.pieces, 1, limits::PIECES).and_then(small);
    let pieces = problems.take("pieces", pieces);
    let (Some(from), Some(to), Some(pieces)) = (from, to, pieces) else {
        return Err(StockError::Invalid(problems));
    };
    let reference = cx.ids().uuid();
    if !first(&mut tx, cx, shop, "stock.carry", key, &(variant, input), reference).await? {
        return Ok(());
    }
    let by = (reference, Some(at.member().account));
    store::move_stock(&mut tx, variant, (from, to), quantity(pieces)?, by, cx.now()).await?;
    crate::stock::changed(cx, &mut tx, &[variant]).await?;
    Ok(tx.commit().await?)
}

/// Says how a variant is sold: how many are kept back, how many are sold beyond what there is, how few are worth a warning
/// or to be ordered again, or that it is not counted at all.
pub async fn sell_by(
    cx: &Cx,
    at: &AtShop,
    variant: VariantId,
    input: &StockPolicyInput,
) -> Result<(), StockError> {
    let shop = keeping(at)?;
    let mut problems = Problems::default();
    let mut pieces = |name, typed: &str| {
        let n = typed::whole_within(typed, 0, limits::PIECES).and_then(|n| n.map(small).transpose());
        problems.take(name, n)
    };
    let low_at = pieces("low_at", &input.low_at);
    let reorder_at = pieces("reorder_at", &input.reorder_at);
    let kept_back = pieces("kept_back", &input.kept_back);
    let backorder = pieces("backorder", &input.backorder);
    let lot = typed::whole_within(&input.reorder_quantity, 1, limits::PIECES);
    let lot = problems.take("reorder_quantity", lot.and_then(|n| n.map(small).transpose()));
    let (Some(low_at), Some(kept_back), Some(backorder)) = (low_at, kept_back, backorder) else {
        return Err(StockError::Invalid(problems));
    };
    let (Some(reorder_at), Some(reorder_quantity)) = (reorder_at, lot) else {
        return Err(StockError::Invalid(problems));
    };
    let warnings = Warnings { low_at, reorder_at, reorder_quantity };
    let policy = if input.uncounted.is_empty() {
        StockPolicy::tracked(kept_back.unwrap_or_default(), backorder.unwrap_or_default())
            .map_err(|_| wrong("kept_back", FieldError::OutOfRange))?
    } else {
        StockPolicy::UNTRACKED
    };
    let mut tx = cx.begin().await?;
    // Which also says whether the variant is the shop's.
    if !store::set_warnings(&mut tx, shop, variant, warnings, cx.now()).await? {
        return Err(StockError::NotFound);
    }
    store::set_policy(&mut tx, variant, policy, cx.now()).await?;
    crate::stock::changed(cx, &mut tx, &[variant]).await?;
    Ok(tx.commit().await?)
}

/// One of these by its id, the main one where none is said.
pub(super) fn choose(own: &[Warehouse], typed: &str) -> Option<WarehouseId> {
    let found = match typed.trim() {
        "" => own.iter().find(|it| it.is_main),
        typed => own.iter().find(|it| it.id.to_string() == typed),
    };
    found.map(|it| it.id)
}

/// Whether this is the first request of its key.
pub(super) async fn first(
    tx: &mut Tx,
    cx: &Cx,
    shop: ShopId,
    operation: &'static str,
    key: Option<&Key>,
    body: &impl Serialize,
    made: Uuid,
) -> Result<bool, StockError> {
    let Some(key) = key else { return Ok(true) };
    match idempotency::claim(tx, cx, (shop.uuid(), operation, key), body, made).await? {
        Claim::First => Ok(true),
        Claim::Again(_) => Ok(false),
        Claim::Other => Err(StockError::KeyReused),
    }
}
