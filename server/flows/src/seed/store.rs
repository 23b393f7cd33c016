//! What the flash sale of the demonstration is made of.

use model::{
    Currency, Money,
    ids::{ProductId, VariantId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

pub struct Plenty {
    pub variant: VariantId,
    pub sku: String,
    pub price: Money,
}

/// One variant of each product of this source that is on sale, costs at least so much (minor units), has at least so many
/// pieces in stock, and is in no flash sale between these moments.
pub async fn list_plentiful(
    db: &mut PgConnection,
    source: &str,
    price: i64,
    pieces: i32,
    (from, until): (OffsetDateTime, OffsetDateTime),
) -> Result<Vec<Plenty>, sqlx::Error> {
    let rows = sqlx::query!(
        "select distinct on (product.id) variant.id, variant.sku, variant.price
         from import_listing as listing
         join product on product.id = listing.product_id and product.state = 'active' and product.currency = 'IDR'
         join shop on shop.id = product.shop_id and shop.state = 'open'
         join variant on variant.product_id = product.id and variant.price >= $2 and variant.on_hand >= $3
           and variant.retired_at is null
         where listing.source = $1 and not exists (
           select from flash_item join flash_sale on flash_sale.id = flash_item.sale_id
           where flash_item.variant_id = variant.id and flash_sale.starts_at < $5 and flash_sale.ends_at > $4)
         order by product.id, variant.position, variant.sku",
        source,
        price,
        pieces,
        from,
        until
    )
    .fetch_all(db)
    .await?;
    let money = |amount| Money::new(amount, Currency::Idr);
    Ok(rows
        .into_iter()
        .map(|row| Plenty { variant: row.id.into(), sku: row.sku, price: money(row.price) })
        .collect())
}

/// Flash sales there have been until now, whoever opened them.
pub async fn count_sales(db: &mut PgConnection) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(r#"select count(*) as "n!" from flash_sale"#).fetch_one(db).await
}

/// Whether anybody has looked at anything.
pub async fn has_looks(db: &mut PgConnection) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(r#"select exists (select from product_view_event) as "there!""#).fetch_one(db).await
}

/// What is on sale of this source, with its name, always in the same order.
pub async fn list_on_sale(
    db: &mut PgConnection,
    source: &str,
) -> Result<Vec<(ProductId, String)>, sqlx::Error> {
    let rows = sqlx::query!(
        "select product.id, product.name from import_listing as listing
         join product on product.id = listing.product_id and product.state = 'active'
         where listing.source = $1 order by listing.key",
        source
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id.into(), row.name)).collect())
}

/// Whether anybody has ever ordered anything.
pub async fn has_orders(db: &mut PgConnection) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(r#"select exists (select from order_group) as "there!""#).fetch_one(db).await
}

/// Variants of a shop that are on sale in single pieces and of which there are at least so many, always in the same order.
pub async fn list_sellable(
    db: &mut PgConnection,
    shop: &str,
    pieces: i32,
) -> Result<Vec<VariantId>, sqlx::Error> {
    let ids = sqlx::query_scalar!(
        "select variant.id from variant
         join product on product.id = variant.product_id and product.state = 'active' and product.currency = 'IDR'
           and product.min_qty = 1
         join shop on shop.id = product.shop_id and shop.slug = $1
         where variant.on_hand >= $2 and variant.retired_at is null order by variant.sku limit 40",
        shop,
        pieces
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(VariantId::new).collect())
}
