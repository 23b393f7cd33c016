//! What somebody has typed about a product and not saved.

use model::{
    ids::{AccountId, ProductId, ShopId},
    shop::ProductInput,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Keeps it in place of what they typed before. `version` is that of the product the edit was made from.
pub async fn put(
    db: &mut PgConnection,
    (shop, product): (ShopId, ProductId),
    by: AccountId,
    version: i32,
    typed: &ProductInput,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let typed = serde_json::to_value(typed).map_err(|error| sqlx::Error::Encode(error.into()))?;
    sqlx::query!(
        "insert into product_edit (product_id, shop_id, account_id, version, typed, updated_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (product_id, account_id) do update
         set shop_id = excluded.shop_id, version = excluded.version, typed = excluded.typed, updated_at = excluded.updated_at",
        product.uuid(),
        shop.uuid(),
        by.uuid(),
        version,
        typed,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether there was any.
pub async fn delete(db: &mut PgConnection, product: ProductId, by: AccountId) -> Result<bool, sqlx::Error> {
    let gone = sqlx::query!(
        "delete from product_edit where product_id = $1 and account_id = $2",
        product.uuid(),
        by.uuid()
    );
    Ok(gone.execute(db).await?.rows_affected() > 0)
}
