//! Moving a product from state to state.

use crate::{Forbidden, Moved, Product, Reason, Stage};
use model::{
    ids::{ProductId, ShopId, Uuid},
    views::ProductState,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// The product, locked until the transaction ends.
pub async fn find_for_change(db: &mut PgConnection, id: ProductId) -> Result<Option<Product>, sqlx::Error> {
    let row = sqlx::query!(
        "select state, state_reason, published_at, version from product where id = $1 for update",
        id.uuid()
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let stage = stage(id, &row.state, row.state_reason.as_deref(), row.published_at)?;
    Ok(Some(Product { id, stage, version: row.version }))
}

/// What it is called.
pub async fn get_name(db: &mut PgConnection, id: ProductId) -> Result<String, sqlx::Error> {
    sqlx::query_scalar!("select name from product where id = $1", id.uuid()).fetch_one(db).await
}

/// As it stands in a row.
pub(super) fn stage(
    id: ProductId,
    state: &str,
    reason: Option<&str>,
    published: Option<OffsetDateTime>,
) -> Result<Stage, sqlx::Error> {
    let unreadable = || sqlx::Error::Decode(format!("product {id} is {state} in the database").into());
    Ok(match (ProductState::parse(state).ok_or_else(unreadable)?, published) {
        (ProductState::Draft, _) => Stage::Draft,
        (ProductState::InReview, _) => Stage::InReview,
        (ProductState::Active, Some(published)) => Stage::Active { published },
        (ProductState::Hidden, Some(published)) => Stage::Hidden { published },
        (ProductState::Archived, published) => Stage::Archived { published },
        (ProductState::Rejected, _) => {
            Stage::Rejected { reason: reason.and_then(Reason::new).ok_or_else(unreadable)? }
        }
        (ProductState::Active | ProductState::Hidden, None) => return Err(unreadable()),
    })
}

/// A shop's products that wait to be looked at, the longest first.
pub async fn list_in_review(db: &mut PgConnection, shop: ShopId) -> Result<Vec<ProductId>, sqlx::Error> {
    let ids = sqlx::query_scalar!(
        "select id from product where shop_id = $1 and state = 'in_review' order by updated_at, id",
        shop.uuid()
    );
    Ok(ids.fetch_all(db).await?.into_iter().map(ProductId::new).collect())
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
