//! A shop's goods, for those who keep them. One query.

use crate::{
    ViewError,
    cards::{currency, slug, stored, unsigned},
    cursor::{Cursor, cut, one_more},
    error::unsound,
};
use model::{
    Money, Page,
    ids::{MediaId, ProductId, ShopId, Uuid, VariantId},
    shop::{LOW_STOCK, StallFilter, StallRow, StallVariant},
    views::{Picture, ProductState},
};
use serde::Deserialize;
use sqlx::{PgConnection, types::Json};

#[derive(Debug, Deserialize)]
struct VariantRow {
    id: Uuid,
    sku: String,
    choices: Vec<usize>,
    price: i64,
    list_price: Option<i64>,
    on_hand: i32,
    reserved: i32,
}

/// Which names and SKUs are looked for.
fn pattern(filter: &StallFilter) -> String {
    format!("%{}%", filter.q.trim().replace(['\\', '%', '_'], ""))
}

/// All that the list shows for this filter, on all its pages, in its order; of each, how many variants are offered.
pub async fn matching(
    db: &mut PgConnection,
    shop: ShopId,
    filter: &StallFilter,
    most: i64,
) -> Result<Vec<(ProductId, i64)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select product.id,
             (select count(*) from variant where product_id = product.id and retired_at is null) as "variants!"
           from product
           where product.shop_id = $1
             and ($2 = '%%' or product.name ilike $2
                  or exists (select from variant where variant.product_id = product.id and variant.retired_at is null
                     and variant.sku ilike $2))
             and ($3::text is null and product.state <> 'archived' or product.state = $3)
             and (not $4 or exists (select from variant where variant.product_id = product.id and variant.retired_at is null
                  and variant.on_hand <= $5))
           order by product.created_at desc, product.id desc limit $6"#,
        shop.uuid(),
        pattern(filter),
        filter.state.map(ProductState::as_str),
        filter.low,
        LOW_STOCK,
        most
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id.into(), row.variants)).collect())
}

/// The same of those of these products that are the shop's.
pub async fn these(
    db: &mut PgConnection,
    shop: ShopId,
    products: &[ProductId],
    most: i64,
) -> Result<Vec<(ProductId, i64)>, sqlx::Error> {
    let ids: Vec<Uuid> = products.iter().map(|product| product.uuid()).collect();
    let rows = sqlx::query!(
        r#"select product.id,
             (select count(*) from variant where product_id = product.id and retired_at is null) as "variants!"
           from product where product.id = any($2) and product.shop_id = $1
           order by product.created_at desc, product.id desc limit $3"#,
        shop.uuid(),
        &ids,
        most
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id.into(), row.variants)).collect())
}

/// The latest first.
pub async fn list(
    db: &mut PgConnection,
    shop: ShopId,
    filter: &StallFilter,
    limit: u16,
) -> Result<Page<StallRow>, ViewError> {
    let after = Cursor::read(filter.after.as_deref())?.unwrap_or(Cursor::HIGHEST);
    let pattern = pattern(filter);
    let rows = sqlx::query!(
        r#"select product.id, product.slug, product.name, product.state, product.state_reason, product.currency,
             product.sold_count, product.art_motif, product.art_seed,
             (extract(epoch from product.created_at) * 1000000)::bigint as "key!",
             photo.id as "media_id?", photo.widths as "media_widths?", photo.width as "media_width?",
             photo.height as "media_height?", photo.placeholder,
             (select jsonb_agg("values" order by position) from product_option where product_id = product.id)
               as "options?: Json<Vec<Vec<String>>>",
             (select coalesce(jsonb_agg(jsonb_build_object('id', variant.id, 'sku', variant.sku, 'choices', variant.choices,
                'price', variant.price, 'list_price', variant.list_price, 'on_hand', coalesce(stock.on_hand, 0),
                'reserved', coalesce(stock.reserved, 0)) order by variant.position, variant.sku), '[]')
              from variant
              left join warehouse on warehouse.shop_id = variant.shop_id and warehouse.position = 0
              left join stock on stock.variant_id = variant.id and stock.warehouse_id = warehouse.id
              where variant.product_id = product.id and variant.retired_at is null) as "variants!: Json<Vec<VariantRow>>"
           from product
           left join lateral (
             select media.id, media.widths, media.width, media.height, media.placeholder
             from product_picture as picture join media on media.id = picture.media_id and media.state = 'ready'
             where picture.product_id = product.id order by picture.sort limit 1
           ) as photo on true
           where product.shop_id = $1
             and ($2 = '%%' or product.name ilike $2
                  or exists (select from variant where variant.product_id = product.id and variant.retired_at is null
                     and variant.sku ilike $2))
             and ($3::text is null and product.state <> 'archived' or product.state = $3)
             and (not $4 or exists (select from variant where variant.product_id = product.id and variant.retired_at is null
                  and variant.on_hand <= $5))
             and ((extract(epoch from product.created_at) * 1000000)::bigint, product.id) < ($6, $7)
           order by product.created_at desc, product.id desc limit $8"#,
        shop.uuid(),
        pattern,
        filter.state.map(ProductState::as_str),
        filter.low,
        LOW_STOCK,
        after.key,
        after.id,
        one_more(limit)
    )
    .fetch_all(db)
    .await?;
    let (rows, next) = cut(rows, limit, |row| Cursor { key: row.key, id: row.id });
    let items = rows.into_iter().map(|row| {
        let currency = currency(&row.currency)?;
        let options = row.options.map(|options| options.0).unwrap_or_default();
        let money = |amount| Money::new(amount, currency);
        let variant = |variant: VariantRow| {
            let chosen = options.iter().zip(&variant.choices);
            let label: Vec<&str> =
                chosen.filter_map(|(values, i)| values.get(*i).map(String::as_str)).collect();
            StallVariant {
                id: VariantId::new(variant.id),
                label: label.join(", "),
                sku: variant.sku,
                price: money(variant.price),
                list_price: variant.list_price.map(money),
                on_hand: variant.on_hand,
                reserved: variant.reserved,
            }
        };
        let picture = match (row.media_id, row.media_widths, row.media_width, row.media_height) {
            (Some(id), Some(widths), Some(width), Some(height)) => {
                stored(MediaId::new(id), &widths, width, height, row.placeholder)
            }
            _ => Picture::drawn(row.art_motif, unsigned(row.art_seed), String::new()),
        };
        Ok(StallRow {
            id: row.id.into(),
            slug: slug(row.slug)?,
            state: ProductState::parse(&row.state).ok_or_else(|| unsound("a product's state", &row.state))?,
            reason: row.state_reason,
            picture,
            name: row.name,
            sold: unsigned(row.sold_count),
            variants: row.variants.0.into_iter().map(variant).collect(),
        })
    });
    Ok(Page { items: items.collect::<Result<_, sqlx::Error>>()?, next, total: None })
}
