//! All SQL about shops; that about their people is in [`staff`] and [`invitation`], what
//! these decide in [`settings`], and about who these are in
//! [`verification`].

pub mod invitation;
pub mod settings;
pub mod staff;
pub mod verification;

use crate::{NewShop, Totals};
use model::{
    Slug,
    ids::{ShopId, Uuid},
    shop::ShopState,
};
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

/// Opens one shop that is yet to be verified; false where its address is taken, or was a shop's before.
pub async fn open(db: &mut PgConnection, shop: &NewShop) -> Result<bool, sqlx::Error> {
    let opened = sqlx::query!(
        "insert into shop (id, slug, name, description, city_code, tier, state, joined_at, created_at, updated_at)
         select $1, $2, $3, $4, $5, $6, 'in_review', $7, $7, $7
         where not exists (select from shop_former_slug where slug = $2)
         on conflict on constraint shop_slug_unique do nothing",
        shop.id.uuid(),
        shop.slug.as_str(),
        shop.name.as_str(),
        shop.description,
        shop.city_code,
        shop.tier.as_str(),
        shop.joined_at
    )
    .execute(db)
    .await?;
    Ok(opened.rows_affected() == 1)
}

/// Whether a shop has this address, or had it.
pub async fn is_taken(db: &mut PgConnection, slug: &Slug) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from shop where slug = $1)
             or exists (select from shop_former_slug where slug = $1) as "taken!""#,
        slug.as_str()
    )
    .fetch_one(db)
    .await
}

pub async fn get_state(db: &mut PgConnection, shop: ShopId) -> Result<ShopState, sqlx::Error> {
    let state =
        sqlx::query_scalar!("select state from shop where id = $1", shop.uuid()).fetch_one(db).await?;
    ShopState::from_name(&state)
        .ok_or_else(|| sqlx::Error::Decode(format!("shop {shop} is “{state}” in the database").into()))
}

/// Where a shop is, and what it is called.
pub struct Named {
    pub slug: Slug,
    pub name: String,
}

/// The same, locked until the transaction ends.
pub async fn get_named_for_change(db: &mut PgConnection, shop: ShopId) -> Result<Named, sqlx::Error> {
    sqlx::query!("select id from shop where id = $1 for no key update", shop.uuid())
        .fetch_one(&mut *db)
        .await?;
    get_named(db, shop).await
}

pub async fn get_named(db: &mut PgConnection, shop: ShopId) -> Result<Named, sqlx::Error> {
    let row =
        sqlx::query!("select slug, name from shop where id = $1", shop.uuid()).fetch_one(&mut *db).await?;
    let slug = row.slug.parse();
    let slug = slug.map_err(|_| sqlx::Error::Decode(format!("shop {shop} is at “{}”", row.slug).into()))?;
    Ok(Named { slug, name: row.name })
}

pub async fn get_slug(db: &mut PgConnection, shop: ShopId) -> Result<Slug, sqlx::Error> {
    Ok(get_named(db, shop).await?.slug)
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
pub async fn put_totals(
    db: &mut PgConnection,
    totals: &[Totals],
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let ids: Vec<Uuid> = totals.iter().map(|t| t.shop.uuid()).collect();
    let products: Vec<i32> = totals.iter().map(|t| t.products).collect();
    let sold: Vec<i64> = totals.iter().map(|t| t.sold).collect();
    let counts: Vec<i64> = totals.iter().map(|t| t.rating_count).collect();
    let sums: Vec<i64> = totals.iter().map(|t| t.rating_sum).collect();
    sqlx::query!(
        "update shop
         set product_count = t.products, sold_count = t.sold, rating_count = t.rating_count,
             rating_sum = t.rating_sum, updated_at = $6, version = version + 1
         from unnest($1::uuid[], $2::int[], $3::bigint[], $4::bigint[], $5::bigint[])
           as t (id, products, sold, rating_count, rating_sum)
         where shop.id = t.id
           and (shop.product_count, shop.sold_count, shop.rating_count, shop.rating_sum)
             is distinct from (t.products, t.sold, t.rating_count, t.rating_sum)",
        &ids,
        &products,
        &sold,
        &counts,
        &sums,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}
