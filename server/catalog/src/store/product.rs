//! Writing products, many at a time: each verb is a handful of statements however many products it is given.

use crate::{Actor, AttributeValue, NewProduct, Revision};
use model::{
    ids::{ProductId, ShopId, Uuid},
    views::{ProductState, Stars},
};
use serde_json::json;
use sqlx::PgConnection;
use std::collections::{HashMap, HashSet};
use time::OffsetDateTime;

/// Puts new products on sale, with everything that belongs to them. `line` makes the ids of their timelines.
pub async fn insert_many(
    db: &mut PgConnection,
    products: &[NewProduct],
    actor: Actor,
    line: impl Fn() -> Uuid,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    insert_heads(db, products, now).await?;
    insert_timelines(db, products, actor, line, now).await?;
    insert_options(db, products).await?;
    insert_variants(db, products, now).await?;
    insert_tiers(db, products).await?;
    insert_attributes(db, products.iter().map(|p| (p.id, p.attributes.as_slice()))).await
}

async fn insert_heads(
    db: &mut PgConnection,
    products: &[NewProduct],
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let column = Column(products);
    sqlx::query!(
        "insert into product (
           id, shop_id, category_id, slug, name, description, brand, condition, state, min_qty, max_qty, weight_g,
           length_mm, width_mm, height_mm, preorder_days, video_url, free_shipping, price_min, price_max, list_price,
           in_stock, sold_count, rating_count, rating_sum, art_motif, art_seed, published_at, created_at, updated_at)
         select
           id, shop_id, category_id, slug, name, description, brand, condition, 'active', min_qty, max_qty, weight_g,
           length_mm, width_mm, height_mm, preorder_days, video_url, free_shipping, price_min, price_max, list_price,
           in_stock, sold_count, rating_count, rating_sum, art_motif, art_seed, published_at, $28, $28
         from unnest(
           $1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
           $9::int[], $10::int[], $11::int[], $12::int[], $13::int[], $14::int[], $15::smallint[], $16::text[],
           $17::boolean[], $18::bigint[], $19::bigint[], $20::bigint[], $21::boolean[], $22::int[], $23::int[],
           $24::bigint[], $25::text[], $26::int[], $27::timestamptz[])
         as t (
           id, shop_id, category_id, slug, name, description, brand, condition, min_qty, max_qty, weight_g,
           length_mm, width_mm, height_mm, preorder_days, video_url, free_shipping, price_min, price_max, list_price,
           in_stock, sold_count, rating_count, rating_sum, art_motif, art_seed, published_at)",
        &column.of(|p| p.id.uuid()),
        &column.of(|p| p.shop.uuid()),
        &column.of(|p| p.category.uuid()),
        &column.of(|p| p.slug.to_string()),
        &column.of(|p| p.name.to_string()),
        &column.of(|p| p.description.clone()),
        &column.of(|p| p.brand.clone()) as &[Option<String>],
        &column.of(|p| p.condition.as_str().to_owned()),
        &column.of(|p| p.qty.min()),
        &column.of(|p| p.qty.max()) as &[Option<i32>],
        &column.of(|p| p.weight.get()),
        &column.of(|p| p.dimensions.map(|d| d.length_mm)) as &[Option<i32>],
        &column.of(|p| p.dimensions.map(|d| d.width_mm)) as &[Option<i32>],
        &column.of(|p| p.dimensions.map(|d| d.height_mm)) as &[Option<i32>],
        &column.of(|p| p.preorder_days) as &[Option<i16>],
        &column.of(|p| p.video_url.clone()) as &[Option<String>],
        &column.of(|p| p.free_shipping),
        &column.of(|p| p.assortment.cheapest().price().get()),
        &column.of(|p| p.assortment.dearest().get()),
        &column.of(|p| p.assortment.cheapest().list().map(crate::Price::get)) as &[Option<i64>],
        &column.of(|p| p.assortment.in_stock()),
        &column.of(|p| p.totals.sold),
        &column.of(|p| p.totals.rating_count),
        &column.of(|p| p.totals.rating_sum),
        &column.of(|p| p.art.motif.clone()),
        &column.of(|p| p.art.seed),
        &column.of(|p| p.published_at),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn insert_timelines(
    db: &mut PgConnection,
    products: &[NewProduct],
    actor: Actor,
    line: impl Fn() -> Uuid,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let column = Column(products);
    sqlx::query!(
        "insert into product_transition (id, product_id, to_state, actor, at)
         select id, product_id, $3, $4, $5 from unnest($1::uuid[], $2::uuid[]) as t (id, product_id)",
        &column.of(|_| line()),
        &column.of(|p| p.id.uuid()),
        ProductState::Active.as_str(),
        actor.to_string(),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Lists within lists have no array form that `unnest` opens as wanted; these few go as JSON.
async fn insert_options(db: &mut PgConnection, products: &[NewProduct]) -> Result<(), sqlx::Error> {
    let rows = products.iter().flat_map(|product| {
        product.assortment.options().iter().enumerate().map(|(position, option)| {
            json!({
                "product_id": product.id, "position": position, "key": option.key, "name": option.name,
                "values": option.values,
            })
        })
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        r#"insert into product_option (product_id, position, key, name, "values")
           select product_id, position, key, name, "values"
           from jsonb_to_recordset($1)
             as t (product_id uuid, position smallint, key text, name text, "values" text[])"#,
        serde_json::Value::Array(rows)
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn insert_variants(
    db: &mut PgConnection,
    products: &[NewProduct],
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let rows =
        products.iter().flat_map(|p| p.assortment.variants().iter().enumerate().map(move |(i, v)| (p, i, v)));
    let rows: Vec<_> = rows.collect();
    let column = Column(&rows);
    sqlx::query!(
        "insert into variant (
           id, product_id, shop_id, position, sku, choices, price, list_price, on_hand, weight_g, created_at, updated_at)
         select id, product_id, shop_id, position, sku, string_to_array(choices, ',')::smallint[], price, list_price,
           on_hand, weight_g, $11, $11
         from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::smallint[], $5::text[], $6::text[], $7::bigint[],
             $8::bigint[], $9::int[], $10::int[])
           as t (id, product_id, shop_id, position, sku, choices, price, list_price, on_hand, weight_g)",
        &column.of(|(_, _, v)| v.id.uuid()),
        &column.of(|(p, _, _)| p.id.uuid()),
        &column.of(|(p, _, _)| p.shop.uuid()),
        &column.of(|(_, i, _)| i16::try_from(*i).unwrap_or(i16::MAX)),
        &column.of(|(_, _, v)| v.sku.clone()),
        &column.of(|(_, _, v)| v.choices.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")),
        &column.of(|(_, _, v)| v.offer.price().get()),
        &column.of(|(_, _, v)| v.offer.list().map(crate::Price::get)) as &[Option<i64>],
        &column.of(|(_, _, v)| i32::from(v.on_hand)),
        &column.of(|(_, _, v)| v.weight.map(crate::Grams::get)) as &[Option<i32>],
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn insert_tiers(db: &mut PgConnection, products: &[NewProduct]) -> Result<(), sqlx::Error> {
    let rows: Vec<_> = products
        .iter()
        .flat_map(|p| p.assortment.tiers().iter().map(|(qty, price)| (p.id, *qty, *price)))
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    let column = Column(&rows);
    sqlx::query!(
        "insert into price_tier (product_id, min_qty, price)
         select product_id, min_qty, price from unnest($1::uuid[], $2::int[], $3::bigint[]) as t (product_id, min_qty, price)",
        &column.of(|(product, _, _)| product.uuid()),
        &column.of(|(_, qty, _)| *qty),
        &column.of(|(_, _, price)| price.get())
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn insert_attributes<'a>(
    db: &mut PgConnection,
    of: impl Iterator<Item = (ProductId, &'a [(Uuid, AttributeValue)])>,
) -> Result<(), sqlx::Error> {
    let rows: Vec<_> = of
        .flat_map(|(product, values)| values.iter().map(move |(id, value)| (product, *id, value)))
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    let column = Column(&rows);
    let pick =
        |choose: fn(&AttributeValue) -> Option<&String>| column.of(|(_, _, value)| choose(value).cloned());
    sqlx::query!(
        "insert into product_attribute (product_id, attribute_id, text_value, number_value, choice_key, flag_value)
         select product_id, attribute_id, text_value, number_value::numeric, choice_key, flag_value
         from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::boolean[])
           as t (product_id, attribute_id, text_value, number_value, choice_key, flag_value)",
        &column.of(|(product, _, _)| product.uuid()),
        &column.of(|(_, id, _)| *id),
        &pick(|v| if let AttributeValue::Text(text) = v { Some(text) } else { None }) as &[Option<String>],
        &pick(|v| if let AttributeValue::Number(number) = v { Some(number) } else { None }) as &[Option<String>],
        &pick(|v| if let AttributeValue::Choice(key) = v { Some(key) } else { None }) as &[Option<String>],
        &column.of(|(_, _, v)| if let AttributeValue::Flag(flag) = v { Some(*flag) } else { None }) as &[Option<bool>]
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes over what a source says anew. The price is that of the product's one variant; where it falls to or below
/// the wholesale prices or rises above a list price, those are the seller's to mend and stay as they are.
pub async fn revise_many(
    db: &mut PgConnection,
    revisions: &[Revision],
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let column = Column(revisions);
    let ids = column.of(|r| r.product.uuid());
    let slugs = column.of(|r| r.slug.to_string());
    let prices = column.of(|r| r.price.get());
    // A former address that is taken up again is no longer a former one.
    sqlx::query!("delete from product_former_slug where slug = any($1)", &slugs).execute(&mut *db).await?;
    sqlx::query!(
        "insert into product_former_slug (slug, product_id, retired_at)
         select product.slug, product.id, $3
         from unnest($1::uuid[], $2::text[]) as t (id, slug) join product on product.id = t.id
         where product.slug <> t.slug
         on conflict (slug) do nothing",
        &ids,
        &slugs,
        now
    )
    .execute(&mut *db)
    .await?;
    // A shop it moves to may have its unit already, of another source.
    sqlx::query!(
        "update variant set sku = left(variant.sku, 55) || '-' || left(md5(variant.id::text), 8)
         from unnest($1::uuid[], $2::uuid[]) as t (id, shop_id)
         where variant.product_id = t.id and variant.shop_id <> t.shop_id and variant.retired_at is null
           and exists (select from variant as other where other.shop_id = t.shop_id and other.sku = variant.sku and other.retired_at is null)",
        &ids,
        &column.of(|r| r.shop.uuid())
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update product
         set shop_id = t.shop_id, category_id = t.category_id, slug = t.slug, name = t.name, brand = t.brand,
             condition = t.condition, price_min = t.price, price_max = t.price,
             list_price = case when list_price > t.price then list_price end,
             sold_count = t.sold, rating_count = t.rating_count, rating_sum = t.rating_sum,
             art_motif = t.art_motif, art_seed = t.art_seed, updated_at = $14, version = version + 1
         from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[],
             $9::int[], $10::int[], $11::bigint[], $12::text[], $13::int[])
           as t (id, shop_id, category_id, slug, name, brand, condition, price, sold, rating_count, rating_sum,
             art_motif, art_seed)
         where product.id = t.id",
        &ids,
        &column.of(|r| r.shop.uuid()),
        &column.of(|r| r.category.uuid()),
        &slugs,
        &column.of(|r| r.name.to_string()),
        &column.of(|r| r.brand.clone()) as &[Option<String>],
        &column.of(|r| r.condition.as_str().to_owned()),
        &prices,
        &column.of(|r| r.totals.sold),
        &column.of(|r| r.totals.rating_count),
        &column.of(|r| r.totals.rating_sum),
        &column.of(|r| r.art.motif.clone()),
        &column.of(|r| r.art.seed),
        now
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update variant
         set price = t.price, list_price = case when list_price > t.price then list_price end, updated_at = $3
         from unnest($1::uuid[], $2::bigint[]) as t (product_id, price)
         where variant.product_id = t.product_id and variant.price <> t.price and variant.retired_at is null",
        &ids,
        &prices,
        now
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("delete from product_attribute where product_id = any($1)", &ids).execute(&mut *db).await?;
    insert_attributes(db, revisions.iter().map(|r| (r.product, r.attributes.as_slice()))).await
}

/// Counts a written review: always among those that can be read here, and among all ratings unless those came
/// with the listing already.
pub async fn count_rating(
    db: &mut PgConnection,
    ratings: &[(ProductId, Stars)],
    already_in_total: bool,
) -> Result<(), sqlx::Error> {
    let column = Column(ratings);
    sqlx::query!(
        "with given as (
           select product_id, count(*)::int as n, sum(stars) as stars,
             count(*) filter (where stars = 1)::int as s1, count(*) filter (where stars = 2)::int as s2,
             count(*) filter (where stars = 3)::int as s3, count(*) filter (where stars = 4)::int as s4,
             count(*) filter (where stars = 5)::int as s5
           from unnest($1::uuid[], $2::smallint[]) as t (product_id, stars)
           group by product_id
         )
         update product
         set stars_1 = stars_1 + s1, stars_2 = stars_2 + s2, stars_3 = stars_3 + s3, stars_4 = stars_4 + s4,
             stars_5 = stars_5 + s5,
             rating_count = rating_count + case when $3 then 0 else n end,
             rating_sum = rating_sum + case when $3 then 0 else stars * 100 end
         from given
         where product.id = given.product_id",
        &column.of(|(product, _)| product.uuid()),
        &column.of(|(_, stars)| i16::from(stars.get())),
        already_in_total
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What the products of a shop add up to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ShopTotals {
    pub shop: ShopId,
    pub products: i32,
    pub sold: i64,
    pub rating_count: i64,
    pub rating_sum: i64,
}

/// Adds up these shops' products; a shop without any adds up to nothing.
pub async fn shop_totals(db: &mut PgConnection, shops: &[ShopId]) -> Result<Vec<ShopTotals>, sqlx::Error> {
    let ids: Vec<Uuid> = shops.iter().map(|s| s.uuid()).collect();
    sqlx::query!(
        r#"select t.id as "id!",
             count(product.id) filter (where product.state = 'active')::int as "products!",
             coalesce(sum(product.sold_count), 0)::bigint as "sold!",
             coalesce(sum(product.rating_count), 0)::bigint as "rating_count!",
             coalesce(sum(product.rating_sum), 0)::bigint as "rating_sum!"
           from unnest($1::uuid[]) as t (id) left join product on product.shop_id = t.id
           group by t.id"#,
        &ids
    )
    .map(|row| ShopTotals {
        shop: row.id.into(),
        products: row.products,
        sold: row.sold,
        rating_count: row.rating_count,
        rating_sum: row.rating_sum,
    })
    .fetch_all(db)
    .await
}

/// Which product has each of these addresses, where one has it.
pub async fn list_slug_owners(
    db: &mut PgConnection,
    slugs: &[String],
) -> Result<HashMap<String, ProductId>, sqlx::Error> {
    let rows = sqlx::query!("select slug, id from product where slug = any($1)", slugs).fetch_all(db).await?;
    Ok(rows.into_iter().map(|row| (row.slug, row.id.into())).collect())
}

/// Those of these stock-keeping units of shops that are taken.
pub async fn list_taken_skus(
    db: &mut PgConnection,
    wanted: &[(ShopId, String)],
) -> Result<HashSet<(ShopId, String)>, sqlx::Error> {
    let column = Column(wanted);
    let rows = sqlx::query!(
        "select variant.shop_id, variant.sku
         from unnest($1::uuid[], $2::text[]) as t (shop_id, sku)
         join variant on variant.shop_id = t.shop_id and variant.sku = t.sku and variant.retired_at is null",
        &column.of(|(shop, _)| shop.uuid()),
        &column.of(|(_, sku)| sku.clone())
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.shop_id.into(), row.sku)).collect())
}

/// The shops these products are in.
pub async fn list_shops_of(
    db: &mut PgConnection,
    products: &[ProductId],
) -> Result<Vec<ShopId>, sqlx::Error> {
    let ids: Vec<Uuid> = products.iter().map(|p| p.uuid()).collect();
    let shops = sqlx::query_scalar!("select distinct shop_id from product where id = any($1)", &ids)
        .fetch_all(db)
        .await?;
    Ok(shops.into_iter().map(ShopId::from).collect())
}

/// Rows turned into columns, as `unnest` wants them.
struct Column<'a, T>(&'a [T]);

impl<T> Column<'_, T> {
    fn of<C>(&self, value: impl Fn(&T) -> C) -> Vec<C> {
        self.0.iter().map(value).collect()
    }
}
