use model::ids::ProductId;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Notes that something was put into somebody's cart, and not into whose: it is counted by day and then forgotten.
pub async fn note_addition(
    db: &mut PgConnection,
    product: ProductId,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!("insert into cart_addition (product_id, at) values ($1, $2)", product.uuid(), now)
        .execute(db)
        .await?;
    Ok(())
}
