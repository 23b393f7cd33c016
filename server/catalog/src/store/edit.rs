//! Writing a product as its seller has changed it: what has to be known before, and all of it in one go.

use super::{product::insert_attributes, state::stage, variant};
use crate::{
    Product,
    edit::{AttributeKind, AttributeRule, Edit, Known},
};
use model::{
    ids::{CategoryId, ProductId, ShopId, Uuid, VariantId},
    shop::ProductInput,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A shop's product, kept from others who would change it until the transaction ends. Those who order it are not kept
/// waiting.
pub async fn find_own(
    db: &mut PgConnection,
    shop: ShopId,
    id: ProductId,
) -> Result<Option<Product>, sqlx::Error> {
    let row = sqlx::query!(
        "select state, state_reason, published_at, version from product where id = $1 and shop_id = $2
         for no key update",
        id.uuid(),
        shop.uuid()
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let stage = stage(id, &row.state, row.state_reason.as_deref(), row.published_at)?;
    Ok(Some(Product { id, stage, version: row.version }))
}

/// What the edit is judged by.
pub async fn get_known(
    db: &mut PgConnection,
    id: ProductId,
    input: &ProductInput,
) -> Result<Known, sqlx::Error> {
    let category = match input.category.parse::<CategoryId>() {
        Ok(category) => takes_goods(db, category, Some(id)).await?.then_some(category),
        Err(_) => None,
    };
    let attributes = match category {
        Some(category) => list_rules(db, category).await?,
        None => Vec::new(),
    };
    let variants = sqlx::query_scalar!(
        "select id from variant where product_id = $1 and retired_at is null order by position, sku",
        id.uuid()
    );
    let variants = variants.fetch_all(&mut *db).await?.into_iter().map(VariantId::new).collect();
    Ok(Known { category, attributes, gallery: super::list_gallery(db, id).await?, variants })
}

/// Whether an operator sent it back or took it down, and none has put it on sale since.
pub async fn was_rejected(db: &mut PgConnection, product: ProductId) -> Result<bool, sqlx::Error> {
    let last = sqlx::query_scalar!(
        "select to_state from product_transition where product_id = $1 and to_state in ('active', 'rejected')
         order by at desc, id desc limit 1",
        product.uuid()
    );
    Ok(last.fetch_optional(db).await?.as_deref() == Some("rejected"))
}

/// Whether goods can be put there: at the bottom of the tree, or where this product is already.
pub async fn takes_goods(
    db: &mut PgConnection,
    category: CategoryId,
    product: Option<ProductId>,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select (exists (select from category where id = $1)
             and not exists (select from category where parent_id = $1))
             or exists (select from product where id = $2 and category_id = $1) as "takes!""#,
        category.uuid(),
        product.map(ProductId::uuid)
    )
    .fetch_one(db)
    .await
}

async fn list_rules(db: &mut PgConnection, category: CategoryId) -> Result<Vec<AttributeRule>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"with recursive up (id, parent_id) as (
             select id, parent_id from category where id = $1
             union all
             select category.id, category.parent_id from up join category on category.id = up.parent_id
           )
           select a.id, a.kind,
             array(select c ->> 'key' from jsonb_array_elements(a.choices) as c) as "choices!: Vec<String>"
           from up join category_attribute as a on a.category_id = up.id"#,
        category.uuid()
    )
    .fetch_all(db)
    .await?;
    let rules = rows
        .into_iter()
        .map(|row| AttributeRule { id: row.id, kind: AttributeKind::of(&row.kind, row.choices) });
    Ok(rules.collect())
}

/// Writes all of it, and gives the variants in the order of the edit. `id` makes the ids of new ones. What is not in the
/// edit any more is retired.
pub async fn write(
    db: &mut PgConnection,
    (shop, product): (ShopId, ProductId),
    edit: &Edit,
    id: impl Fn() -> Uuid,
    now: OffsetDateTime,
) -> Result<Vec<VariantId>, sqlx::Error> {
    let variants = variant::write(db, (shop, product), &edit.variants, id, now).await?;
    put_options(db, product, edit).await?;
    put_tiers(db, product, edit).await?;
    sqlx::query!("delete from product_attribute where product_id = $1", product.uuid())
        .execute(&mut *db)
        .await?;
    insert_attributes(db, std::iter::once((product, edit.attributes.as_slice()))).await?;
    put_head(db, product, edit, now).await?;
    Ok(variants)
}

/// With the summary of its variants.
async fn put_head(
    db: &mut PgConnection,
    product: ProductId,
    edit: &Edit,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update product
         set name = $2, category_id = $3, description = $4, brand = $5, condition = $6, weight_g = $7, length_mm = $8,
           width_mm = $9, height_mm = $10, min_qty = $11, max_qty = $12, preorder_days = $13, video_url = $14,
           price_min = cheapest.price, list_price = cheapest.list_price, price_max = cheapest.dearest,
           in_stock = cheapest.any_there, updated_at = $15, version = version + 1
         from (select price, list_price, max(price) over () as dearest, bool_or(on_hand > 0) over () as any_there
               from variant where product_id = $1 and retired_at is null
               order by price, position, sku limit 1) as cheapest
         where product.id = $1",
        product.uuid(),
        edit.name.as_str(),
        edit.category.uuid(),
        edit.description,
        edit.brand,
        edit.condition.as_str(),
        edit.weight.get(),
        edit.dimensions.map(|size| size.length_mm),
        edit.dimensions.map(|size| size.width_mm),
        edit.dimensions.map(|size| size.height_mm),
        edit.qty.min(),
        edit.qty.max(),
        edit.preorder_days,
        edit.video_url,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn put_options(db: &mut PgConnection, product: ProductId, edit: &Edit) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from product_option where product_id = $1", product.uuid())
        .execute(&mut *db)
        .await?;
    for (position, option) in (0i16..).zip(&edit.options) {
        sqlx::query!(
            r#"insert into product_option (product_id, position, key, name, "values") values ($1, $2, $3, $4, $5)"#,
            product.uuid(),
            position,
            option.key,
            option.name,
            &option.values
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

async fn put_tiers(db: &mut PgConnection, product: ProductId, edit: &Edit) -> Result<(), sqlx::Error> {
    let (from, prices): (Vec<i32>, Vec<i64>) =
        edit.tiers.steps().iter().map(|(from, price)| (*from, price.get())).unzip();
    sqlx::query!("delete from price_tier where product_id = $1", product.uuid()).execute(&mut *db).await?;
    sqlx::query!(
        "insert into price_tier (product_id, min_qty, price)
         select $1, min_qty, price from unnest($2::int[], $3::bigint[]) as t (min_qty, price)",
        product.uuid(),
        &from,
        &prices
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether it was ever saved whole, so that it has a price.
pub async fn is_whole(db: &mut PgConnection, product: ProductId) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from product where id = $1 and price_min is not null) as "whole!""#,
        product.uuid()
    )
    .fetch_one(db)
    .await
}
