//! The flash sale on the front page.

use crate::cards::{currency, slug, stored, unsigned};
use model::{
    Money,
    ids::{Uuid, VariantId},
    views::{FlashCard, FlashOffer, FlashSale, Picture},
};
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

/// The sale that is on, of several that have something left the one that ends soonest, with what is left of it: at most
/// twelve variants that are in stock and cheaper than otherwise. A sale that was called off, or that no shop took part in,
/// has nothing in it. None where there is nothing to show. One query.
pub async fn current(db: &mut PgConnection, now: OffsetDateTime) -> Result<Option<FlashSale>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select sale.ends_at, variant.id, item.price as flash_price, item.sold, item.quota, variant.sku, variant.choices,
             variant.price, product.slug, product.name, product.currency, product.art_motif, product.art_seed,
             options.named as "options?: Json<Vec<Vec<String>>>", photo.id as "media_id?",
             photo.widths as "media_widths?", photo.width as "media_width?", photo.height as "media_height?",
             photo.placeholder
           from (select id, ends_at from flash_sale
                 where starts_at <= $1 and ends_at > $1 and exists (
                   select from flash_item where sale_id = flash_sale.id and sold < quota)
                 order by ends_at, id limit 1) as sale
           join flash_item as item on item.sale_id = sale.id and item.sold < item.quota
           join variant on variant.id = item.variant_id and variant.on_hand > 0 and item.price < variant.price
             and variant.retired_at is null
           join product on product.id = variant.product_id and product.state = 'active'
           join shop on shop.id = product.shop_id and shop.state = 'open'
           left join lateral (
             select jsonb_agg(to_jsonb("values") order by position) as named
             from product_option where product_id = product.id
           ) as options on true
           left join lateral (
             select media.id, media.widths, media.width, media.height, media.placeholder
             from product_picture as picture join media on media.id = picture.media_id and media.state = 'ready'
             where picture.product_id = product.id
             order by picture.media_id is distinct from variant.media_id, picture.sort limit 1
           ) as photo on true
           order by item.position, item.variant_id
           limit 12"#,
        now
    )
    .fetch_all(db)
    .await?;
    let Some(ends_at) = rows.first().map(|row| row.ends_at) else { return Ok(None) };
    let left = u32::try_from((ends_at - now).whole_seconds()).unwrap_or_default();
    let cards = rows.into_iter().map(|row| {
        let currency = currency(&row.currency)?;
        let options = row.options.map(|options| options.0).unwrap_or_default();
        let chosen = options.iter().zip(&row.choices);
        let label: Vec<&str> = chosen
            .filter_map(|(values, i)| values.get(usize::try_from(*i).ok()?))
            .map(String::as_str)
            .collect();
        let picture = match (row.media_id, row.media_widths, row.media_width, row.media_height) {
            (Some(id), Some(widths), Some(width), Some(height)) => Picture {
                alt: row.name.clone(),
                ..stored(id.into(), &widths, width, height, row.placeholder)
            },
            _ => Picture::drawn(row.art_motif, unsigned(row.art_seed), row.name.clone()),
        };
        Ok(FlashCard {
            slug: slug(row.slug)?,
            sku: row.sku,
            name: row.name,
            label: label.join(", "),
            picture,
            offer: FlashOffer {
                variant: row.id.into(),
                price: Money::new(row.flash_price, currency),
                ends_at: ends_at.unix_timestamp(),
                left,
                sold: row.sold,
                quota: row.quota,
            },
            before: Money::new(row.price, currency),
        })
    });
    Ok(Some(FlashSale { left, cards: cards.collect::<Result<_, sqlx::Error>>()? }))
}

/// How many pieces of these are gone in the sales that are on.
pub async fn sold(
    db: &mut PgConnection,
    variants: &[VariantId],
    now: OffsetDateTime,
) -> Result<Vec<(VariantId, i32)>, sqlx::Error> {
    let ids: Vec<Uuid> = variants.iter().map(|variant| variant.uuid()).collect();
    let rows = sqlx::query!(
        r#"select item.variant_id, max(item.sold) as "sold!"
           from flash_item as item join flash_sale as sale on sale.id = item.sale_id
           where item.variant_id = any((select $1::uuid[])::uuid[])
             and sale.starts_at <= (select $2::timestamptz) and sale.ends_at > (select $2::timestamptz)
           group by item.variant_id"#,
        &ids,
        now
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.variant_id.into(), row.sold)).collect())
}
