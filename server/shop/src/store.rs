//! All SQL about shops.

use crate::{NewShop, Totals};
use model::ids::{ShopId, Uuid};
use sqlx::PgConnection;
use std::collections::HashMap;
use time::OffsetDateTime;

/// Opens the shops whose slug nobody has yet, and returns the id that each given slug has now.
pub async fn insert_missing(
    db: &mut PgConnection,
    shops: &[NewShop],
    now: OffsetDateTime,
) -> Result<HashMap<String, ShopId>, sqlx::Error> {
    let ids: Vec<Uuid> = shops.iter().map(|s| s.id.uuid()).collect();
    let slugs: Vec<String> = shops.iter().map(|s| s.slug.to_string()).collect();
    let names: Vec<String> = shops.iter().map(|s| s.name.to_string()).collect();
    let descriptions: Vec<String> = shops.iter().map(|s| s.description.clone()).collect();
    let cities: Vec<String> = shops.iter().map(|s| s.city_code.clone()).collect();
    let tiers: Vec<String> = shops.iter().map(|s| s.tier.as_str().to_owned()).collect();
    let joined: Vec<OffsetDateTime> = shops.iter().map(|s| s.joined_at).collect();
    sqlx::query!(
        "insert into shop (id, slug, name, description, city_code, tier, joined_at, created_at, updated_at)
         select id, slug, name, description, city_code, tier, joined_at, $8, $8
         from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
           as t (id, slug, name, description, city_code, tier, joined_at)
         on conflict on constraint shop_slug_unique do nothing",
        &ids,
        &slugs,
        &names,
        &descriptions,
        &cities,
        &tiers,
        &joined,
        now
    )
    .execute(&mut *db)
    .await?;
    find_ids(db, &slugs).await
}

/// The ids of those slugs that are taken.
pub async fn find_ids(
    db: &mut PgConnection,
    slugs: &[String],
) -> Result<HashMap<String, ShopId>, sqlx::Error> {
    let rows = sqlx::query!("select slug, id from shop where slug = any($1)", slugs).fetch_all(db).await?;
    Ok(rows.into_iter().map(|row| (row.slug, row.id.into())).collect())
}

/// Writes what the shops' products add up to; shops that add up to the same as before are left alone.
/// Returns those that changed.
pub async fn put_totals(
    db: &mut PgConnection,
    totals: &[Totals],
    now: OffsetDateTime,
) -> Result<Vec<ShopId>, sqlx::Error> {
    let ids: Vec<Uuid> = totals.iter().map(|t| t.shop.uuid()).collect();
    let products: Vec<i32> = totals.iter().map(|t| t.products).collect();
    let sold: Vec<i64> = totals.iter().map(|t| t.sold).collect();
    let counts: Vec<i64> = totals.iter().map(|t| t.rating_count).collect();
    let sums: Vec<i64> = totals.iter().map(|t| t.rating_sum).collect();
    let changed = sqlx::query_scalar!(
        "update shop
         set product_count = t.products, sold_count = t.sold, rating_count = t.rating_count,
             rating_sum = t.rating_sum, updated_at = $6, version = version + 1
         from unnest($1::uuid[], $2::int[], $3::bigint[], $4::bigint[], $5::bigint[])
           as t (id, products, sold, rating_count, rating_sum)
         where shop.id = t.id
           and (shop.product_count, shop.sold_count, shop.rating_count, shop.rating_sum)
             is distinct from (t.products, t.sold, t.rating_count, t.rating_sum)
         returning shop.id",
        &ids,
        &products,
        &sold,
        &counts,
        &sums,
        now
    )
    .fetch_all(db)
    .await?;
    Ok(changed.into_iter().map(ShopId::from).collect())
}
