//! Putting products on sale, and taking them off.

use super::{AtShop, EditError, invalid, keeping};
use crate::{
    product::{Move, step},
    seller::products::{StallError, show},
};
use catalog::{Actor, store::edit};
use kernel::Cx;
use model::{FieldError, ids::ProductId, views::ProductState};

/// Asks for a product to be put on sale. The goods of a shop that was approved are, at once; those of a new one wait until
/// it is, and what an operator sent back or took down waits for an operator.
pub async fn submit(cx: &Cx, at: &AtShop, product: ProductId) -> Result<ProductState, EditError> {
    let shop = keeping(at)?;
    let mut tx = cx.begin().await?;
    let own = edit::find_own(&mut tx, shop, product).await?.ok_or(EditError::NotFound)?;
    if own.stage.state() == ProductState::Draft && !edit::is_whole(&mut tx, product).await? {
        return Err(invalid("variants", FieldError::Required));
    }
    let judged = own.stage.state() == ProductState::Rejected || edit::was_rejected(&mut tx, product).await?;
    if own.stage.state() == ProductState::Rejected {
        step(&mut tx, cx, product, Move::Revise, Actor::Seller).await?;
    }
    let mut state = step(&mut tx, cx, product, Move::Submit, Actor::Seller).await?;
    if !judged && shop::store::get_state(&mut tx, shop).await?.is_verified() {
        state = step(&mut tx, cx, product, Move::Approve, Actor::Rule).await?;
    }
    crate::totals::refresh(&mut tx, cx, &[shop]).await?;
    tx.commit().await?;
    Ok(state)
}

/// Shows goods to shoppers, or hides them.
pub async fn set_shown(
    cx: &Cx,
    at: &AtShop,
    product: ProductId,
    shown: bool,
) -> Result<ProductState, EditError> {
    show(cx, at, product, shown).await.map_err(|error| match error {
        StallError::NotFound => EditError::NotFound,
        StallError::Database(error) => error.into(),
        _ => EditError::Forbidden,
    })
}

/// Takes a product off for ever; orders still name it. Asked again, it is still archived.
pub async fn archive(cx: &Cx, at: &AtShop, product: ProductId) -> Result<ProductState, EditError> {
    let shop = keeping(at)?;
    let mut tx = cx.begin().await?;
    let own = edit::find_own(&mut tx, shop, product).await?.ok_or(EditError::NotFound)?;
    match own.stage.state() {
        ProductState::Archived => return Ok(ProductState::Archived),
        ProductState::Active => _ = step(&mut tx, cx, product, Move::Hide, Actor::Seller).await?,
        ProductState::Rejected => _ = step(&mut tx, cx, product, Move::Revise, Actor::Seller).await?,
        _ => {}
    }
    let state = step(&mut tx, cx, product, Move::Archive, Actor::Seller).await?;
    crate::totals::refresh(&mut tx, cx, &[shop]).await?;
    tx.commit().await?;
    Ok(state)
}
