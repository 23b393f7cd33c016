//! Products that are begun.

use super::variant::made_sku;
use crate::{Actor, ProductName};
use model::{
    Slug,
    ids::{CategoryId, ProductId, ShopId, Uuid, VariantId},
    views::ProductState,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Until somebody says what it weighs: a draft cannot be bought.
const WEIGHT_G: i32 = 1;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewDraft {
    pub id: ProductId,
    pub shop: ShopId,
    pub category: CategoryId,
    pub slug: Slug,
    pub name: ProductName,
    /// What is drawn where there is no photograph.
    pub motif: String,
    pub seed: i32,
}

/// `line` is the id of the first line of its timeline.
pub async fn insert_draft(
    db: &mut PgConnection,
    draft: &NewDraft,
    line: Uuid,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into product (
           id, shop_id, category_id, slug, name, state, weight_g, art_motif, art_seed, created_at, updated_at)
         values ($1, $2, $3, $4, $5, 'draft', $6, $7, $8, $9, $9)",
        draft.id.uuid(),
        draft.shop.uuid(),
        draft.category.uuid(),
        draft.slug.as_str(),
        draft.name.as_str(),
        WEIGHT_G,
        draft.motif,
        draft.seed,
        now
    )
    .execute(&mut *db)
    .await?;
    begin_timeline(db, draft.id, line, now).await
}

async fn begin_timeline(
    db: &mut PgConnection,
    product: ProductId,
    line: Uuid,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into product_transition (id, product_id, to_state, actor, at) values ($1, $2, $3, $4, $5)",
        line,
        product.uuid(),
        ProductState::Draft.as_str(),
        Actor::Seller.to_string(),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Begins a draft that says all the shop's other product says, of which there is nothing yet. False where the shop has no
/// such product.
pub async fn copy_draft(
    db: &mut PgConnection,
    (shop, from): (ShopId, ProductId),
    (copy, slug): (ProductId, &Slug),
    id: impl Fn() -> Uuid,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let made = sqlx::query!(
        "insert into product (
           id, shop_id, category_id, slug, name, description, brand, condition, state, min_qty, max_qty, weight_g, length_mm,
           width_mm, height_mm, preorder_days, video_url, currency, price_min, price_max, list_price, art_motif, art_seed,
           created_at, updated_at)
         select $3, shop_id, category_id, $4, name, description, brand, condition, 'draft', min_qty, max_qty, weight_g,
           length_mm, width_mm, height_mm, preorder_days, video_url, currency, price_min, price_max, list_price, art_motif,
           art_seed, $5, $5
         from product where id = $1 and shop_id = $2",
        from.uuid(),
        shop.uuid(),
        copy.uuid(),
        slug.as_str(),
        now
    )
    .execute(&mut *db)
    .await?;
    if made.rows_affected() == 0 {
        return Ok(false);
    }
    begin_timeline(db, copy, id(), now).await?;
    copy_parts(db, from, copy).await?;
    copy_variants(db, from, copy, id, now).await?;
    Ok(true)
}

async fn copy_parts(db: &mut PgConnection, from: ProductId, copy: ProductId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"with options as (
             insert into product_option (product_id, position, key, name, "values")
             select $2, position, key, name, "values" from product_option where product_id = $1
           ), tiers as (
             insert into price_tier (product_id, min_qty, price)
             select $2, min_qty, price from price_tier where product_id = $1
           ), said as (
             insert into product_attribute (product_id, attribute_id, text_value, number_value, choice_key, flag_value)
             select $2, attribute_id, text_value, number_value, choice_key, flag_value
             from product_attribute where product_id = $1
           )
           insert into product_picture (product_id, media_id, sort, alt)
           select $2, media_id, sort, alt from product_picture where product_id = $1"#,
        from.uuid(),
        copy.uuid()
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn copy_variants(
    db: &mut PgConnection,
    from: ProductId,
    copy: ProductId,
    id: impl Fn() -> Uuid,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let there = sqlx::query_scalar!(
        "select id from variant where product_id = $1 and retired_at is null order by position, sku",
        from.uuid()
    );
    let there = there.fetch_all(&mut *db).await?;
    let new: Vec<VariantId> = there.iter().map(|_| VariantId::new(id())).collect();
    sqlx::query!(
        "insert into variant (
           id, product_id, shop_id, position, sku, choices, price, list_price, weight_g, media_id, created_at, updated_at)
         select t.copy, $1, shop_id, position, t.sku, choices, price, list_price, weight_g, media_id, $5, $5
         from unnest($2::uuid[], $3::uuid[], $4::text[]) as t (id, copy, sku) join variant on variant.id = t.id",
        copy.uuid(),
        &there,
        &new.iter().map(|id| id.uuid()).collect::<Vec<_>>(),
        &new.iter().map(|id| made_sku(*id)).collect::<Vec<_>>(),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Where a product that was never on sale will be shown.
pub async fn put_slug(db: &mut PgConnection, product: ProductId, slug: &Slug) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update product set slug = $2 where id = $1 and published_at is null and slug <> $2",
        product.uuid(),
        slug.as_str()
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What a shop's product is called.
pub async fn find_own_name(
    db: &mut PgConnection,
    shop: ShopId,
    product: ProductId,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!(
        "select name from product where id = $1 and shop_id = $2",
        product.uuid(),
        shop.uuid()
    )
    .fetch_optional(db)
    .await
}

pub async fn get_category_slug(db: &mut PgConnection, category: CategoryId) -> Result<String, sqlx::Error> {
    sqlx::query_scalar!("select slug from category where id = $1", category.uuid()).fetch_one(db).await
}
