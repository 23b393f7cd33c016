//! Reading and changing many of a shop's goods alike: a handful of statements however many there are. Whoever writes has
//! locked the products ([`super::sheet::lock`]) and read what is there since.

use crate::Offer;
use model::{
    ids::{CategoryId, ProductId, ShopId, Uuid, VariantId},
    views::ProductState,
};
use serde_json::{Value, json};
use sqlx::PgConnection;
use std::collections::HashMap;
use time::OffsetDateTime;

/// What a variant costs, and what its wholesale costs at most.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OfferNow {
    pub price: i64,
    pub list: Option<i64>,
    pub tier: Option<i64>,
}

fn uuids<T: Copy + Into<Uuid>>(ids: &[T]) -> Vec<Uuid> {
    ids.iter().map(|id| (*id).into()).collect()
}

/// Of those of these variants that the shop offers.
pub async fn list_offers(
    db: &mut PgConnection,
    shop: ShopId,
    variants: &[VariantId],
) -> Result<HashMap<VariantId, OfferNow>, sqlx::Error> {
    let rows = sqlx::query!(
        "select variant.id, variant.price, variant.list_price,
           (select max(tier.price) from price_tier as tier where tier.product_id = variant.product_id) as tier
         from variant join product on product.id = variant.product_id
         where variant.id = any($2) and variant.shop_id = $1 and variant.retired_at is null and product.state <> 'archived'",
        shop.uuid(),
        &uuids(variants)
    )
    .fetch_all(db)
    .await?;
    let offer = |price, list, tier| OfferNow { price, list, tier };
    Ok(rows.into_iter().map(|row| (row.id.into(), offer(row.price, row.list_price, row.tier))).collect())
}

/// Gives these variants their prices, and their products the summary of them. The products, in the order of their ids.
pub async fn set_offers(
    db: &mut PgConnection,
    offers: &[(VariantId, Offer)],
    now: OffsetDateTime,
) -> Result<Vec<ProductId>, sqlx::Error> {
    let variants: Vec<Uuid> = offers.iter().map(|(variant, _)| variant.uuid()).collect();
    let prices: Vec<i64> = offers.iter().map(|(_, offer)| offer.price().get()).collect();
    let lists: Vec<Option<i64>> =
        offers.iter().map(|(_, offer)| offer.list().map(crate::Price::get)).collect();
    let mut products = sqlx::query_scalar!(
        "update variant set price = t.price, list_price = t.list_price, updated_at = $4
         from unnest($1::uuid[], $2::bigint[], $3::bigint[]) as t (id, price, list_price)
         where variant.id = t.id
         returning variant.product_id",
        &variants,
        &prices,
        &lists as &[Option<i64>],
        now
    )
    .fetch_all(&mut *db)
    .await?;
    products.sort_unstable();
    products.dedup();
    sqlx::query!(
        "update product
         set price_min = cheapest.price, list_price = cheapest.list_price, price_max = cheapest.dearest,
             updated_at = $2, version = version + 1
         from (select distinct on (product_id) product_id, price, list_price,
                 max(price) over (partition by product_id) as dearest
               from variant where product_id = any($1) and retired_at is null
               order by product_id, price, position, sku) as cheapest
         where product.id = cheapest.product_id",
        &products,
        now
    )
    .execute(db)
    .await?;
    Ok(products.into_iter().map(ProductId::new).collect())
}

/// What many products are changed by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Head {
    pub state: ProductState,
    pub category: CategoryId,
    pub weight: i32,
    /// Whether it was ever saved whole, so that it has a price.
    pub whole: bool,
    /// Whether an operator sent it back or took it down, and none has put it on sale since.
    pub rejected: bool,
}

/// Of those of these products that are the shop's.
pub async fn list_heads(
    db: &mut PgConnection,
    shop: ShopId,
    products: &[ProductId],
) -> Result<HashMap<ProductId, Head>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select id, state, category_id, weight_g, price_min is not null as "whole!",
             coalesce((select to_state = 'rejected' from product_transition
                       where product_id = product.id and to_state in ('active', 'rejected')
                       order by at desc, id desc limit 1), false) as "rejected!"
           from product where id = any($2) and shop_id = $1"#,
        shop.uuid(),
        &uuids(products)
    )
    .fetch_all(db)
    .await?;
    let rows = rows.into_iter().map(|row| {
        let unreadable = || sqlx::Error::Decode(format!("a product is {} in the database", row.state).into());
        let head = Head {
            state: ProductState::parse(&row.state).ok_or_else(unreadable)?,
            category: row.category_id.into(),
            weight: row.weight_g,
            whole: row.whole,
            rejected: row.rejected,
        };
        Ok((row.id.into(), head))
    });
    rows.collect()
}

/// What these products weigh where their variants do not say otherwise, in grams.
pub async fn set_weights(
    db: &mut PgConnection,
    weights: &[(ProductId, i32)],
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let products: Vec<Uuid> = weights.iter().map(|(product, _)| product.uuid()).collect();
    let grams: Vec<i32> = weights.iter().map(|(_, grams)| *grams).collect();
    sqlx::query!(
        "update product set weight_g = t.grams, updated_at = $3, version = version + 1
         from unnest($1::uuid[], $2::int[]) as t (id, grams) where product.id = t.id",
        &products,
        &grams,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Puts these products into their categories. What is said of them that is not asked for there is dropped, and given back
/// for [`say`].
pub async fn set_categories(
    db: &mut PgConnection,
    categories: &[(ProductId, CategoryId)],
    now: OffsetDateTime,
) -> Result<HashMap<ProductId, Value>, sqlx::Error> {
    let products: Vec<Uuid> = categories.iter().map(|(product, _)| product.uuid()).collect();
    let wanted: Vec<Uuid> = categories.iter().map(|(_, category)| category.uuid()).collect();
    sqlx::query!(
        "update product set category_id = t.category_id, updated_at = $3, version = version + 1
         from unnest($1::uuid[], $2::uuid[]) as t (id, category_id) where product.id = t.id",
        &products,
        &wanted,
        now
    )
    .execute(&mut *db)
    .await?;
    let dropped = sqlx::query!(
        r#"with recursive up (product_id, category_id) as (
             select id, category_id from product where id = any($1)
             union all
             select up.product_id, category.parent_id from up join category on category.id = up.category_id
             where category.parent_id is not null
           )
           delete from product_attribute as said
           where said.product_id = any($1)
             and not exists (
               select from up join category_attribute as asked on asked.category_id = up.category_id
               where up.product_id = said.product_id and asked.id = said.attribute_id)
           returning product_id, attribute_id, text_value, number_value::text as number_value, choice_key, flag_value"#,
        &products
    )
    .fetch_all(db)
    .await?;
    let mut said: HashMap<ProductId, Vec<Value>> = HashMap::new();
    for row in dropped {
        said.entry(row.product_id.into()).or_default().push(json!({
            "product_id": row.product_id, "attribute_id": row.attribute_id, "text_value": row.text_value,
            "number_value": row.number_value, "choice_key": row.choice_key, "flag_value": row.flag_value,
        }));
    }
    Ok(said.into_iter().map(|(product, values)| (product, Value::Array(values))).collect())
}

/// Says again what [`set_categories`] dropped, where nothing was said instead since.
pub async fn say(db: &mut PgConnection, dropped: &[Value]) -> Result<(), sqlx::Error> {
    let rows: Vec<Value> = dropped.iter().filter_map(Value::as_array).flatten().cloned().collect();
    if rows.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "insert into product_attribute (product_id, attribute_id, text_value, number_value, choice_key, flag_value)
         select t.product_id, t.attribute_id, t.text_value, t.number_value, t.choice_key, t.flag_value
         from jsonb_to_recordset($1) as t (
           product_id uuid, attribute_id uuid, text_value text, number_value numeric, choice_key text, flag_value boolean)
         join category_attribute as asked on asked.id = t.attribute_id
         on conflict (product_id, attribute_id) do nothing",
        Value::Array(rows)
    )
    .execute(db)
    .await?;
    Ok(())
}
