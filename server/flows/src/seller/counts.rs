//! Counting what lies in a shop's warehouses, by the people who keep its stock.

use super::{
    AtShop,
    stock::{StockError, choose, keeping, wrong},
    transfers::{tell, typed_lines},
};
use inventory::{NewCount, PostCountError, StartCountError, WriteCountError, store};
use kernel::{
    Cx,
    idempotency::{self, Claim, Key},
};
use model::{
    FieldError,
    ids::StockCountId,
    shop::{CountInput, PiecesInput, limits},
    typed,
};

impl From<StartCountError> for StockError {
    fn from(error: StartCountError) -> Self {
        match error {
            StartCountError::Unknown => wrong("warehouse", FieldError::NotAllowed),
            StartCountError::Running => wrong("warehouse", FieldError::Taken),
            StartCountError::Database(error) => Self::Database(error),
        }
    }
}

impl From<WriteCountError> for StockError {
    fn from(error: WriteCountError) -> Self {
        match error {
            WriteCountError::Unknown => Self::NotFound,
            WriteCountError::Ended => Self::Conflict,
            WriteCountError::OutOfRange => wrong("pieces", FieldError::OutOfRange),
            WriteCountError::Database(error) => Self::Database(error),
        }
    }
}

impl From<PostCountError> for StockError {
    fn from(error: PostCountError) -> Self {
        match error {
            PostCountError::Unknown => Self::NotFound,
            PostCountError::Ended => Self::Conflict,
            PostCountError::Promised(_) => Self::Promised,
            PostCountError::Database(error) => Self::Database(error),
        }
    }
}

/// Begins to count in a warehouse: everything, or what has this in its name or SKU. Under a key, asking again answers with
/// the count begun the first time.
pub async fn start(
    cx: &Cx,
    at: &AtShop,
    input: &CountInput,
    key: Option<&Key>,
) -> Result<StockCountId, StockError> {
    let shop = keeping(at)?;
    let query = typed::line(&input.q, limits::STOCK_QUERY).map_err(|error| wrong("q", error))?;
    let mut tx = cx.begin().await?;
    let own = store::list_warehouses(&mut tx, shop).await?;
    let warehouse =
        choose(&own, &input.warehouse).ok_or_else(|| wrong("warehouse", FieldError::NotAllowed))?;
    let new = NewCount { id: cx.id(), shop, warehouse, query: query.unwrap_or_default() };
    if let Some(key) = key {
        match idempotency::claim(&mut tx, cx, (shop.uuid(), "count.start", key), input, new.id.uuid()).await?
        {
            Claim::First => {}
            Claim::Again(made) => return Ok(made.into()),
            Claim::Other => return Err(StockError::KeyReused),
        }
    }
    store::start_count(&mut tx, &new, Some(at.member().account), cx.now()).await?;
    tx.commit().await?;
    Ok(new.id)
}

/// Writes down what was counted of these; what is empty is not counted, and what is not named is as it was.
pub async fn write(
    cx: &Cx,
    at: &AtShop,
    count: StockCountId,
    lines: &[PiecesInput],
) -> Result<(), StockError> {
    let shop = keeping(at)?;
    let told = typed_lines(lines, 0)?;
    let mut tx = cx.begin().await?;
    store::write_count(&mut tx, shop, count, &told, Some(at.member().account), cx.now()).await?;
    Ok(tx.commit().await?)
}

/// Books the differences and ends the count. Nothing happens where that was done before.
pub async fn post(cx: &Cx, at: &AtShop, count: StockCountId) -> Result<(), StockError> {
    let shop = keeping(at)?;
    let mut tx = cx.begin().await?;
    let changed = store::post_count(&mut tx, shop, count, Some(at.member().account), cx.now()).await?;
    tell(cx, &mut tx, &changed).await?;
    Ok(tx.commit().await?)
}

/// Ends a count of which nothing is booked.
pub async fn discard(cx: &Cx, at: &AtShop, count: StockCountId) -> Result<(), StockError> {
    let shop = keeping(at)?;
    let mut tx = cx.begin().await?;
    store::discard_count(&mut tx, shop, count, Some(at.member().account), cx.now()).await?;
    Ok(tx.commit().await?)
}
