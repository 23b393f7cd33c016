//! A shop with a product in the database.

use crate::baskets::{NOW, shop, variant};
use model::ids::Uuid;
use sqlx::{PgConnection, PgPool, pool::PoolConnection};

/// Shop 1 with a product and its variants 1 to 3.
pub async fn with_shop(pool: &PgPool) -> PoolConnection<sqlx::Postgres> {
    let mut db = pool.acquire().await.unwrap();
    for sql in [
        "insert into region (code, level, name) values ('31', 'province', 'Jakarta')",
        "insert into region (code, parent_code, level, name) values ('31.73', '31', 'city', 'Jakarta Barat')",
    ] {
        sqlx::query(sql).execute(&mut *db).await.unwrap();
    }
    sqlx::query(
        "insert into shop (id, slug, name, city_code, joined_at, created_at, updated_at)
         values ($1, 'toko', 'Toko', '31.73', $2, $2, $2)",
    )
    .bind(shop(1).uuid())
    .bind(NOW)
    .execute(&mut *db)
    .await
    .unwrap();
    sqlx::query(
        "insert into product (id, shop_id, category_id, slug, name, state, weight_g, created_at, updated_at)
         select $1, $2, (select id from category order by id limit 1), 'kaos', 'Kaos', 'draft', 200, $3, $3",
    )
    .bind(Uuid::from_u128(50))
    .bind(shop(1).uuid())
    .bind(NOW)
    .execute(&mut *db)
    .await
    .unwrap();
    for n in 1..=3i16 {
        sqlx::query(
            "insert into variant (id, product_id, shop_id, position, sku, choices, price, created_at, updated_at)
             values ($1, $2, $3, $4, $4::text, array[$4]::smallint[], 100, $5, $5)",
        )
        .bind(variant(u128::try_from(n).unwrap()).uuid())
        .bind(Uuid::from_u128(50))
        .bind(shop(1).uuid())
        .bind(n)
        .bind(NOW)
        .execute(&mut *db)
        .await
        .unwrap();
    }
    db
}

/// A checkout.
pub fn checkout(n: u128) -> Uuid {
    Uuid::from_u128(1000 + n)
}

/// Everything that is counted.
pub async fn counts(db: &mut PgConnection) -> String {
    sqlx::query_scalar(
        "select concat(
           (select jsonb_agg(jsonb_build_array(id, used, spent) order by id) from voucher),
           (select jsonb_agg(to_jsonb(u) order by voucher_id, reference) from voucher_use as u),
           (select jsonb_agg(jsonb_build_array(variant_id, sold) order by sale_id, variant_id) from flash_item),
           (select jsonb_agg(to_jsonb(c) order by sale_id, variant_id, reference) from flash_claim as c))",
    )
    .fetch_one(db)
    .await
    .unwrap()
}
