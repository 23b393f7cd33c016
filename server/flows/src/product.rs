//! Moving a product from state to state.

use catalog::{Actor, Forbidden, Moved, Product, ProductChanged, ProductGone, Reason, store};
use kernel::{Cx, outbox};
use model::{AppError, Code, ids::ProductId, views::ProductState};

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
    let product = store::find_for_change(&mut tx, id).await?.ok_or(MoveError::NotFound)?;
    let (product, moved) = apply(product, wanted, actor, cx)?;
    store::save_move(&mut tx, cx.id(), &product, &moved).await?;
    if moved.to == ProductState::Active {
        outbox::publish(&mut tx, cx, &ProductChanged { product: id }).await?;
    } else if moved.left_the_shelf() {
        outbox::publish(&mut tx, cx, &ProductGone { product: id }).await?;
    }
    let shops = store::list_shops_of(&mut tx, &[id]).await?;
    crate::totals::refresh(&mut tx, cx, &shops).await?;
    tx.commit().await?;
    Ok(moved.to)
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
