//! A shop's prices that hold for a time, for those who set them.

use crate::{
    ViewError,
    cards::{currency, slug},
    cursor::{Cursor, cut, one_more},
};
use model::{
    Money, Page,
    ids::{ProductId, ShopId, Uuid, VariantId},
    shop::{PriceStanding, TimedPrice},
};
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

/// Of one standing, those that begin last first.
pub async fn list(
    db: &mut PgConnection,
    shop: ShopId,
    standing: PriceStanding,
    after: Option<&str>,
    now: OffsetDateTime,
    limit: u16,
) -> Result<Page<TimedPrice>, ViewError> {
    let before = Cursor::read(after)?.unwrap_or(Cursor::HIGHEST);
    let rows = sqlx::query!(
        r#"select variant.id, variant.sku, variant.choices, variant.price as otherwise, product.slug, product.name,
             product.currency, timed.price, timed.starts_at, timed.ends_at,
             (extract(epoch from timed.starts_at) * 1000000)::bigint as "key!",
             (select jsonb_agg("values" order by position) from product_option where product_id = product.id)
               as "options?: Json<Vec<Vec<String>>>"
           from scheduled_price as timed
           join variant on variant.id = timed.variant_id
           join product on product.id = variant.product_id
           where product.shop_id = $1
             and case when timed.ends_at <= $2 then 'over' when timed.starts_at > $2 then 'coming' else 'running' end = $3
             and ((extract(epoch from timed.starts_at) * 1000000)::bigint, variant.id) < ($4, $5)
           order by timed.starts_at desc, variant.id desc limit $6"#,
        shop.uuid(),
        now,
        standing.as_str(),
        before.key,
        before.id,
        one_more(limit)
    )
    .fetch_all(db)
    .await?;
    let (rows, next) = cut(rows, limit, |row| Cursor { key: row.key, id: row.id });
    let items = rows.into_iter().map(|row| {
        let currency = currency(&row.currency)?;
        let options = row.options.map(|options| options.0).unwrap_or_default();
        let chosen = options.iter().zip(&row.choices);
        let label: Vec<&str> = chosen
            .filter_map(|(values, i)| values.get(usize::try_from(*i).ok()?).map(String::as_str))
            .collect();
        Ok(TimedPrice {
            variant: row.id.into(),
            slug: slug(row.slug)?,
            name: row.name,
            label: label.join(", "),
            sku: row.sku,
            price: Money::new(row.price, currency),
            otherwise: Money::new(row.otherwise, currency),
            from: row.starts_at.unix_timestamp(),
            until: row.ends_at.unix_timestamp(),
            key: row.key,
            standing,
        })
    });
    Ok(Page { items: items.collect::<Result<_, sqlx::Error>>()?, next, total: None })
}

/// The products of these variants, each once.
pub async fn products_of(
    db: &mut PgConnection,
    variants: &[VariantId],
) -> Result<Vec<ProductId>, sqlx::Error> {
    let ids: Vec<Uuid> = variants.iter().map(|variant| variant.uuid()).collect();
    let products = sqlx::query_scalar!("select distinct product_id from variant where id = any($1)", &ids);
    Ok(products.fetch_all(db).await?.into_iter().map(ProductId::from).collect())
}
