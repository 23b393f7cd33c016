//! All SQL about reviews.

use crate::{NewReview, Source};
use model::{
    ids::{ProductId, Uuid},
    views::Stars,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Writes those reviews that are not there yet, and says whose they are and what they give.
pub async fn insert_missing(
    db: &mut PgConnection,
    reviews: &[NewReview],
    source: Source,
) -> Result<Vec<(ProductId, Stars)>, sqlx::Error> {
    let ids: Vec<Uuid> = reviews.iter().map(|r| r.id.uuid()).collect();
    let products: Vec<Uuid> = reviews.iter().map(|r| r.product.uuid()).collect();
    let variants: Vec<Option<Uuid>> = reviews.iter().map(|r| r.variant.map(Uuid::from)).collect();
    let authors: Vec<String> = reviews.iter().map(|r| r.author.clone()).collect();
    let stars: Vec<i16> = reviews.iter().map(|r| i16::from(r.stars.get())).collect();
    let bodies: Vec<String> = reviews.iter().map(|r| r.body.as_str().to_owned()).collect();
    let keys: Vec<String> = reviews.iter().map(|r| r.key.clone()).collect();
    let times: Vec<OffsetDateTime> = reviews.iter().map(|r| r.created_at).collect();
    let new = sqlx::query!(
        "insert into review (id, product_id, variant_id, author, stars, body, source, source_key, created_at)
         select id, product_id, variant_id, author, stars, body, $9, key, created_at
         from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::smallint[], $6::text[], $7::text[], $8::timestamptz[])
           as t (id, product_id, variant_id, author, stars, body, key, created_at)
         on conflict on constraint review_once_per_source do nothing
         returning product_id, stars",
        &ids,
        &products,
        &variants as &[Option<Uuid>],
        &authors,
        &stars,
        &bodies,
        &keys,
        &times,
        source.as_str()
    )
    .fetch_all(db)
    .await?;
    let given = new.into_iter().filter_map(|row| {
        let stars = u8::try_from(row.stars).ok().and_then(|n| Stars::try_from(n).ok())?;
        Some((row.product_id.into(), stars))
    });
    Ok(given.collect())
}

/// Which of these keys of the source are there already.
pub async fn list_known(
    db: &mut PgConnection,
    source: Source,
    keys: &[String],
) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select review.source_key as "key!"
           from unnest($2::text[]) as wanted (key)
           join review on review.source = $1 and review.source_key = wanted.key"#,
        source.as_str(),
        keys
    )
    .fetch_all(db)
    .await
}
