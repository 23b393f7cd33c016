//! Moving a product from state to state.

use crate::{Forbidden, Moved, Product, Reason, Stage};
use model::{
    ids::{ProductId, Uuid},
    views::ProductState,
};
use sqlx::PgConnection;

/// The product, locked until the transaction ends.
pub async fn find_for_change(db: &mut PgConnection, id: ProductId) -> Result<Option<Product>, sqlx::Error> {
    let row = sqlx::query!(
        "select state, state_reason, published_at, version from product where id = $1 for update",
        id.uuid()
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let unreadable = || sqlx::Error::Decode(format!("product {id} is {} in the database", row.state).into());
    let stage = match (ProductState::parse(&row.state).ok_or_else(unreadable)?, row.published_at) {
        (ProductState::Draft, _) => Stage::Draft,
        (ProductState::InReview, _) => Stage::InReview,
        (ProductState::Active, Some(published)) => Stage::Active { published },
        (ProductState::Hidden, Some(published)) => Stage::Hidden { published },
        (ProductState::Archived, published) => Stage::Archived { published },
        (ProductState::Rejected, _) => {
            let reason = row.state_reason.as_deref().and_then(Reason::new).ok_or_else(unreadable)?;
            Stage::Rejected { reason }
        }
        (ProductState::Active | ProductState::Hidden, None) => return Err(unreadable()),
    };
    Ok(Some(Product { id, stage, version: row.version }))
}

/// Writes the state a product has moved to and the line of its timeline.
pub async fn save_move(
    db: &mut PgConnection,
    id: Uuid,
    product: &Product,
    moved: &Moved,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "with line as (
           insert into product_transition (id, product_id, from_state, to_state, actor, reason, at)
           values ($1, $2, $3, $4, $5, $6, $7)
         )
         update product
         set state = $4, state_reason = $6, published_at = coalesce($8, published_at), updated_at = $7, version = $9
         where id = $2",
        id,
        product.id.uuid(),
        moved.from.as_str(),
        moved.to.as_str(),
        moved.actor.to_string(),
        moved.reason,
        moved.at,
        product.stage.published(),
        product.version
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What a caller hears who asks for a move.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    #[error("there is no such product")]
    NotFound,
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}
