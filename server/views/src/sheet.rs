//! A shop's goods as they stand in a file: each with all that its seller may say of it. One query for as many as are asked
//! for.

use crate::{
    ViewError,
    cursor::{Cursor, cut, one_more},
    editor::{OptionRow, Said, Step, VariantRow, centimetres, said},
    error::unsound,
};
use model::{
    Lang,
    ids::{CategoryId, MediaId, ProductId, ShopId, Uuid},
    shop::{LOW_STOCK, ProductInput, StallFilter},
    views::ProductState,
};
use sqlx::{PgConnection, types::Json};
use std::collections::HashMap;

/// One product with its variants. Numbers of `input` are written with a full stop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SheetProduct {
    pub id: ProductId,
    pub category: CategoryId,
    pub state: ProductState,
    /// Why it was refused.
    pub reason: Option<String>,
    pub published: bool,
    pub version: i32,
    /// Whether it was ever saved whole.
    pub is_whole: bool,
    pub input: ProductInput,
    pub gallery: Vec<MediaId>,
    /// Pieces of each variant that are promised to buyers and have to be there.
    pub promised: Vec<i32>,
}

struct Row {
    id: Uuid,
    category_id: Uuid,
    name: String,
    description: String,
    brand: Option<String>,
    condition: String,
    state: String,
    state_reason: Option<String>,
    published: bool,
    version: i32,
    is_whole: bool,
    min_qty: i32,
    max_qty: Option<i32>,
    weight_g: i32,
    length_mm: Option<i32>,
    width_mm: Option<i32>,
    height_mm: Option<i32>,
    preorder_days: Option<i16>,
    video_url: Option<String>,
    key: i64,
    gallery: Vec<Uuid>,
    options: Json<Vec<OptionRow>>,
    variants: Json<Vec<VariantRow>>,
    promised: Vec<i32>,
    tiers: Json<Vec<Step>>,
    said: Json<Vec<Said>>,
}

impl Row {
    fn product(self) -> Result<SheetProduct, sqlx::Error> {
        let options = self.options.0;
        let size = |mm| centimetres(mm, Lang::En);
        let input = ProductInput {
            name: self.name,
            category: self.category_id.to_string(),
            description: self.description,
            brand: self.brand.unwrap_or_default(),
            condition: self.condition,
            weight: if self.is_whole { self.weight_g.to_string() } else { String::new() },
            length: size(self.length_mm),
            width: size(self.width_mm),
            height: size(self.height_mm),
            min_qty: self.min_qty.to_string(),
            max_qty: said(self.max_qty),
            preorder_days: said(self.preorder_days),
            video: self.video_url.unwrap_or_default(),
            attributes: self.said.0.into_iter().map(|said| said.input(Lang::En)).collect(),
            tiers: self.tiers.0.into_iter().map(Step::input).collect(),
            variants: self.variants.0.into_iter().map(|variant| variant.input(&options)).collect(),
            options: options.iter().map(OptionRow::input).collect(),
        };
        Ok(SheetProduct {
            id: self.id.into(),
            category: self.category_id.into(),
            state: ProductState::parse(&self.state)
                .ok_or_else(|| unsound("a product's state", &self.state))?,
            reason: self.state_reason,
            published: self.published,
            version: self.version,
            is_whole: self.is_whole,
            input,
            gallery: self.gallery.into_iter().map(MediaId::new).collect(),
            promised: self.promised,
        })
    }
}

/// These of a shop's products, whatever their state.
pub async fn find(
    db: &mut PgConnection,
    shop: ShopId,
    products: &[ProductId],
) -> Result<HashMap<ProductId, SheetProduct>, sqlx::Error> {
    let rows = read(db, shop, Asked::Named(products)).await?;
    rows.into_iter().map(|row| row.product().map(|product| (product.id, product))).collect()
}

/// Some after others, the latest first, and where to go on. Of goods that are archived only where these are asked for.
pub async fn list(
    db: &mut PgConnection,
    shop: ShopId,
    filter: &StallFilter,
    limit: u16,
) -> Result<(Vec<SheetProduct>, Option<String>), ViewError> {
    let after = Cursor::read(filter.after.as_deref())?.unwrap_or(Cursor::HIGHEST);
    let rows = read(db, shop, Asked::After(filter, after, one_more(limit))).await?;
    let (rows, next) = cut(rows, limit, |row| Cursor { key: row.key, id: row.id });
    Ok((rows.into_iter().map(Row::product).collect::<Result<_, _>>()?, next))
}

enum Asked<'a> {
    Named(&'a [ProductId]),
    After(&'a StallFilter, Cursor, i64),
}

/// Which they are is read first, so that what belongs to each is read of those alone.
async fn read(db: &mut PgConnection, shop: ShopId, asked: Asked<'_>) -> Result<Vec<Row>, sqlx::Error> {
    let ids: Vec<Uuid> = match asked {
        Asked::Named(products) => products.iter().map(|product| product.uuid()).collect(),
        Asked::After(filter, after, limit) => {
            let pattern = format!("%{}%", filter.q.trim().replace(['\\', '%', '_'], ""));
            sqlx::query_scalar!(
                r#"select id from product
                   where shop_id = $1
                     and ($2 = '%%' or name ilike $2
                          or exists (select from variant where variant.product_id = product.id and variant.retired_at is null
                             and variant.sku ilike $2))
                     and ($3::text is null and state <> 'archived' or state = $3)
                     and (not $4 or exists (select from variant where variant.product_id = product.id
                          and variant.retired_at is null and variant.on_hand <= $5))
                     and ((extract(epoch from created_at) * 1000000)::bigint, id) < ($6, $7)
                   order by created_at desc, id desc limit $8"#,
                shop.uuid(),
                pattern,
                filter.state.map(ProductState::as_str),
                filter.low,
                LOW_STOCK,
                after.key,
                after.id,
                limit
            )
            .fetch_all(&mut *db)
            .await?
        }
    };
    sqlx::query_as!(
        Row,
        r#"select product.id, product.category_id, product.name, product.description, product.brand, product.condition,
             product.state, product.state_reason, product.published_at is not null as "published!", product.version,
             product.price_min is not null as "is_whole!", product.min_qty, product.max_qty, product.weight_g,
             product.length_mm, product.width_mm, product.height_mm, product.preorder_days, product.video_url,
             (extract(epoch from product.created_at) * 1000000)::bigint as "key!",
             array(select media_id from product_picture where product_id = product.id order by sort) as "gallery!",
             (select coalesce(jsonb_agg(jsonb_build_object('name', name, 'values', "values") order by position), '[]')
              from product_option where product_id = product.id) as "options!: Json<Vec<OptionRow>>",
             (select coalesce(jsonb_agg(jsonb_build_object('id', variant.id, 'sku', variant.sku, 'choices', variant.choices,
                'price', variant.price, 'list_price', variant.list_price, 'on_hand', coalesce(stock.on_hand, 0),
                'weight', variant.weight_g, 'media', variant.media_id) order by variant.position, variant.sku), '[]')
              from variant
              left join warehouse on warehouse.shop_id = variant.shop_id and warehouse.position = 0
              left join stock on stock.variant_id = variant.id and stock.warehouse_id = warehouse.id
              where variant.product_id = product.id and variant.retired_at is null) as "variants!: Json<Vec<VariantRow>>",
             array(select greatest(coalesce(stock.reserved - stock.backorder, 0), 0)
              from variant
              left join warehouse on warehouse.shop_id = variant.shop_id and warehouse.position = 0
              left join stock on stock.variant_id = variant.id and stock.warehouse_id = warehouse.id
              where variant.product_id = product.id and variant.retired_at is null
              order by variant.position, variant.sku) as "promised!",
             (select coalesce(jsonb_agg(jsonb_build_object('from', tier.min_qty, 'price', tier.price)
                order by tier.min_qty), '[]')
              from price_tier as tier where tier.product_id = product.id) as "tiers!: Json<Vec<Step>>",
             (select coalesce(jsonb_agg(jsonb_build_object('id', said.attribute_id, 'text', said.text_value,
                'number', trim_scale(said.number_value)::text, 'choice', said.choice_key, 'flag', said.flag_value)
                order by a.sort, a.key), '[]')
              from product_attribute as said join category_attribute as a on a.id = said.attribute_id
              where said.product_id = product.id) as "said!: Json<Vec<Said>>"
           from product
           where product.id = any($2) and product.shop_id = $1
           order by product.created_at desc, product.id desc"#,
        shop.uuid(),
        &ids
    )
    .fetch_all(db)
    .await
}
