//! Moving a product from state to state.

use catalog::{Actor, Forbidden, Moved, Product, ProductChanged, ProductGone, Reason, store};
use kernel::{Cx, Tx, outbox};
use model::{
    AppError, Code,
    ids::{ProductId, ShopId},
    views::ProductState,
};

/// A move somebody asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Move {
    Submit,
    Approve,
    Reject(Reason),
    Revise,
    Hide,
    Show,
    Archive,
}

#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    #[error("there is no such product")]
    NotFound,
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<MoveError> for AppError {
    fn from(error: MoveError) -> Self {
        Self::new(match error {
            MoveError::NotFound => Code::NotFound,
            MoveError::Forbidden(_) => Code::Conflict,
            MoveError::Database(_) => Code::Internal,
        })
    }
}

/// Makes the move, writes its line into the timeline and tells of it.
pub async fn make(cx: &Cx, id: ProductId, wanted: Move, actor: Actor) -> Result<ProductState, MoveError> {
    let mut tx = cx.begin().await?;
    let state = step(&mut tx, cx, id, wanted, actor).await?;
    let shops = store::list_shops_of(&mut tx, &[id]).await?;
    crate::totals::refresh(&mut tx, cx, &shops).await?;
    tx.commit().await?;
    Ok(state)
}

/// The same in a transaction of the caller, who adds the shop up anew.
pub(crate) async fn step(
    tx: &mut Tx,
    cx: &Cx,
    id: ProductId,
    wanted: Move,
    actor: Actor,
) -> Result<ProductState, MoveError> {
    let product = store::find_for_change(tx, id).await?.ok_or(MoveError::NotFound)?;
    let (product, moved) = apply(product, wanted, actor, cx)?;
    store::save_move(tx, cx.id(), &product, &moved).await?;
    if moved.to == ProductState::Active {
        outbox::publish(tx, cx, &ProductChanged { product: id }).await?;
    } else if moved.left_the_shelf() {
        outbox::publish(tx, cx, &ProductGone { product: id }).await?;
    }
    Ok(moved.to)
}

/// Puts on sale what waited for the shop to be approved.
pub(crate) async fn approve_waiting(tx: &mut Tx, cx: &Cx, shop: ShopId) -> Result<(), MoveError> {
    for product in store::list_in_review(tx, shop).await? {
        step(tx, cx, product, Move::Approve, Actor::Rule).await?;
    }
    Ok(crate::totals::refresh(tx, cx, &[shop]).await?)
}

fn apply(product: Product, wanted: Move, actor: Actor, cx: &Cx) -> Result<(Product, Moved), Forbidden> {
    let now = cx.now();
    match wanted {
        Move::Submit => product.submit(actor, now),
        Move::Approve => product.approve(actor, now),
        Move::Reject(reason) => product.reject(reason, actor, now),
        Move::Revise => product.revise(actor, now),
        Move::Hide => product.hide(actor, now),
        Move::Show => product.show(actor, now),
        Move::Archive => product.archive(actor, now),
    }
}
