//! What has to be known of goods to price, pack and show them in a cart or checkout. One query however many there are.

use crate::cards::{currency, slug, stored, tier, unsigned};
use model::{
    Money, Slug,
    geo::Position,
    ids::{CategoryId, MediaId, ProductId, ShopId, Uuid, VariantId},
    views::{Picture, Tier},
};
use sqlx::{PgConnection, types::Json};
use std::collections::HashMap;
use time::OffsetDateTime;

/// A variant with its product and shop, as they are now.
#[derive(Clone, PartialEq, Debug)]
pub struct Good {
    pub variant: VariantId,
    pub product: ProductId,
    pub shop: GoodShop,
    pub slug: Slug,
    pub sku: String,
    pub name: String,
    /// What was chosen: `Hitam, XL`; empty for the only variant.
    pub label: String,
    pub picture: Picture,
    pub media: Option<MediaId>,
    /// Its own and all above.
    pub categories: Vec<CategoryId>,
    pub price: Money,
    /// Struck through beside it.
    pub list_price: Option<Money>,
    /// From so many pieces on each costs so much; ascending.
    pub tiers: Vec<(i32, Money)>,
    pub min_qty: i32,
    pub max_qty: Option<i32>,
    /// Of one piece, packed.
    pub weight_g: i32,
    /// Length, width and height of one piece, packed, in millimetres.
    pub size_mm: Option<[i32; 3]>,
    pub preorder_days: Option<i16>,
    /// It is offered, its product is on sale and its shop is open.
    pub on_sale: bool,
    /// A flash sale or a schedule names it, now or at another time: what it costs has to be asked of them.
    pub scheduled: bool,
}

impl Good {
    /// Whether so many of its product, in all its variants, may be bought at once.
    pub fn sells(&self, pieces: i64) -> bool {
        pieces >= i64::from(self.min_qty) && self.max_qty.is_none_or(|most| pieces <= i64::from(most))
    }
}

#[derive(Clone, PartialEq, Debug)]
pub struct GoodShop {
    pub id: ShopId,
    pub slug: Slug,
    pub name: String,
    pub tier: Tier,
    pub joined_at: OffsetDateTime,
    pub city: String,
    pub city_code: String,
    /// Of its city.
    pub position: Option<Position>,
    /// Those it sends with; all where it does not say.
    pub couriers: Option<Vec<String>>,
}

/// By variant; whatever is not there any more is left out.
pub async fn goods(
    db: &mut PgConnection,
    variants: &[VariantId],
) -> Result<HashMap<VariantId, Good>, sqlx::Error> {
    if variants.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<Uuid> = variants.iter().map(|id| id.uuid()).collect();
    let rows = sqlx::query!(
        r#"select variant.id, variant.sku, variant.choices, variant.price, variant.list_price,
             coalesce(variant.weight_g, product.weight_g) as "weight_g!",
             product.id as product_id, product.slug, product.name, product.currency, product.min_qty, product.max_qty,
             product.length_mm, product.width_mm, product.height_mm, product.preorder_days, product.art_motif,
             product.art_seed, product.state, variant.retired_at, variant.retired_label, path.ids as "categories!: Vec<Uuid>",
             shop.id as shop_id, shop.slug as shop_slug, shop.name as shop_name, shop.tier, shop.joined_at as shop_joined_at, shop.state as shop_state,
             shop.city_code, shop.couriers, city.short_name as city, city.latitude as "latitude?", city.longitude as "longitude?",
             options.named as "options?: Json<Vec<Vec<String>>>", tiers.steps as "tiers?: Json<Vec<(i32, i64)>>",
             photo.id as "media_id?", photo.widths as "media_widths?", photo.width as "media_width?",
             photo.height as "media_height?", photo.placeholder,
             exists (select from flash_item where variant_id = variant.id)
               or exists (select from scheduled_price where variant_id = variant.id) as "scheduled!"
           from variant
           join product on product.id = variant.product_id
           join shop on shop.id = product.shop_id
           join region as city on city.code = shop.city_code
           join lateral (
             with recursive up as (
               select id, parent_id from category where id = product.category_id
               union all
               select category.id, category.parent_id from category join up on category.id = up.parent_id
             ) select array_agg(id) as ids from up
           ) as path on true
           left join lateral (
             select jsonb_agg(to_jsonb("values") order by position) as named
             from product_option where product_id = product.id
           ) as options on true
           left join lateral (
             select jsonb_agg(jsonb_build_array(min_qty, price) order by min_qty) as steps
             from price_tier where product_id = product.id
           ) as tiers on true
           left join lateral (
             select media.id, media.widths, media.width, media.height, media.placeholder
             from product_picture as picture join media on media.id = picture.media_id and media.state = 'ready'
             where picture.product_id = product.id
             order by picture.media_id is distinct from variant.media_id, picture.sort limit 1
           ) as photo on true
           where variant.id = any((select $1::uuid[])::uuid[])"#,
        &ids
    )
    .fetch_all(db)
    .await?;
    let mut goods = HashMap::with_capacity(rows.len());
    for row in rows {
        let currency = currency(&row.currency)?;
        let money = |amount| Money::new(amount, currency);
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
        let position = row.latitude.zip(row.longitude).map(|(lat, long)| Position::new(lat, long));
        let size = (row.length_mm, row.width_mm, row.height_mm);
        let variant = VariantId::new(row.id);
        goods.insert(
            variant,
            Good {
                variant,
                product: row.product_id.into(),
                shop: GoodShop {
                    id: row.shop_id.into(),
                    slug: slug(row.shop_slug)?,
                    name: row.shop_name,
                    tier: tier(&row.tier)?,
                    joined_at: row.shop_joined_at,
                    city: row.city,
                    city_code: row.city_code,
                    position,
                    couriers: row.couriers,
                },
                slug: slug(row.slug)?,
                sku: row.sku,
                label: row.retired_label.unwrap_or_else(|| label.join(", ")),
                name: row.name,
                media: row.media_id.map(MediaId::new),
                picture,
                categories: row.categories.into_iter().map(CategoryId::new).collect(),
                price: money(row.price),
                list_price: row.list_price.map(money),
                tiers: row
                    .tiers
                    .map(|tiers| tiers.0.into_iter().map(|(from, price)| (from, money(price))).collect())
                    .unwrap_or_default(),
                min_qty: row.min_qty,
                max_qty: row.max_qty,
                weight_g: row.weight_g,
                size_mm: match size {
                    (Some(length), Some(width), Some(height)) => Some([length, width, height]),
                    _ => None,
                },
                preorder_days: row.preorder_days,
                on_sale: row.state == "active" && row.shop_state == "open" && row.retired_at.is_none(),
                scheduled: row.scheduled,
            },
        );
    }
    Ok(goods)
}
