//! The bookkeeping of imports: which runs there are, how far they came, and which listing became which product.

use crate::import::{Counts, Kind, said};
use model::ids::{ProductId, ShopId, Uuid};
use sqlx::PgConnection;
use std::collections::HashMap;
use time::OffsetDateTime;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Run {
    pub id: Uuid,
    pub counts: Counts,
}

/// The unfinished run over this very file, or a new one.
pub async fn open_run(
    db: &mut PgConnection,
    id: Uuid,
    kind: Kind,
    source: &str,
    sha256: &[u8],
    now: OffsetDateTime,
) -> Result<Run, sqlx::Error> {
    let row = sqlx::query!(
        "insert into import_run (id, kind, source, file_sha256, state, started_at, updated_at)
         values ($1, $2, $3, $4, 'running', $5, $5)
         on conflict (kind, source, file_sha256) where state = 'running' do update set updated_at = $5
         returning id, rows_new, rows_changed, rows_same, rows_bad",
        id,
        kind.as_str(),
        source,
        sha256,
        now
    )
    .fetch_one(db)
    .await?;
    let count = |n: i64| u64::try_from(n).unwrap_or_default();
    let counts = Counts {
        new: count(row.rows_new),
        changed: count(row.rows_changed),
        same: count(row.rows_same),
        bad: count(row.rows_bad),
    };
    Ok(Run { id: row.id, counts })
}

/// How far a run has come from the rows it had come past `before`; in the transaction of the rows between, which
/// holds its place until then. False where it is not there any more: somebody else has gone on with it.
pub async fn save_run(
    db: &mut PgConnection,
    id: Uuid,
    before: u64,
    counts: &Counts,
    done: bool,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let saved = sqlx::query!(
        "update import_run
         set rows_read = $2, rows_new = $3, rows_changed = $4, rows_same = $5, rows_bad = $6,
             state = case when $7 then 'done' else state end, updated_at = $8
         where id = $1 and rows_read = $9 and state = 'running'",
        id,
        count(counts.rows()),
        count(counts.new),
        count(counts.changed),
        count(counts.same),
        count(counts.bad),
        done,
        now,
        count(before)
    )
    .execute(db)
    .await?;
    Ok(saved.rows_affected() == 1)
}

/// The products these listings became, with the fingerprint of what was last taken over. Looked up one by one: a plan
/// that was made while there were few would compare each row with each key.
pub async fn find_listings(
    db: &mut PgConnection,
    source: &str,
    keys: &[String],
) -> Result<HashMap<String, (ProductId, Vec<u8>)>, sqlx::Error> {
    let rows = sqlx::query!(
        "select listing.key, product_id, fingerprint
         from unnest($2::text[]) as wanted (key)
         join import_listing as listing on listing.source = $1 and listing.key = wanted.key",
        source,
        keys
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.key, (row.product_id.into(), row.fingerprint))).collect())
}

/// What the catalogue says of these products, in the words of a listing.
pub async fn list_said(
    db: &mut PgConnection,
    products: &[ProductId],
) -> Result<HashMap<ProductId, Vec<(&'static str, String)>>, sqlx::Error> {
    let ids: Vec<Uuid> = products.iter().map(|id| id.uuid()).collect();
    let rows = sqlx::query!(
        r#"select product.id, category.slug as category, product.name, city.short_name as city,
             coalesce(product.price_min, 0) as "price!", product.rating_sum, product.rating_count, product.sold_count
           from product
           join category on category.id = product.category_id
           join shop on shop.id = product.shop_id
           join region as city on city.code = shop.city_code
           where product.id = any($1)"#,
        &ids
    )
    .fetch_all(db)
    .await?;
    let products = rows.into_iter().map(|row| {
        let rating = (row.rating_sum, row.rating_count);
        let columns = said(row.category, row.name, row.city, row.price, rating, row.sold_count);
        (row.id.into(), columns.to_vec())
    });
    Ok(products.collect())
}

/// The shops that sell what came from this source.
pub async fn list_shops(db: &mut PgConnection, source: &str) -> Result<Vec<ShopId>, sqlx::Error> {
    let shops = sqlx::query_scalar!(
        "select distinct product.shop_id
         from import_listing as listing join product on product.id = listing.product_id
         where listing.source = $1",
        source
    )
    .fetch_all(db)
    .await?;
    Ok(shops.into_iter().map(ShopId::from).collect())
}

/// Remembers what was taken over.
pub async fn put_listings(
    db: &mut PgConnection,
    source: &str,
    listings: &[(String, ProductId, Vec<u8>)],
) -> Result<(), sqlx::Error> {
    let keys: Vec<String> = listings.iter().map(|(key, _, _)| key.clone()).collect();
    let products: Vec<Uuid> = listings.iter().map(|(_, product, _)| product.uuid()).collect();
    let fingerprints: Vec<Vec<u8>> = listings.iter().map(|(_, _, fingerprint)| fingerprint.clone()).collect();
    sqlx::query!(
        "insert into import_listing (source, key, product_id, fingerprint)
         select $1, key, product_id, fingerprint
         from unnest($2::text[], $3::uuid[], $4::bytea[]) as t (key, product_id, fingerprint)
         on conflict (source, key) do update set fingerprint = excluded.fingerprint",
        source,
        &keys,
        &products,
        &fingerprints
    )
    .execute(db)
    .await?;
    Ok(())
}
