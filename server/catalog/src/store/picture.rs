//! A product's photographs, in the order of its gallery.

use model::{
    Slug,
    ids::{MediaId, ProductId, ShopId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// In one gallery.
pub const MOST_PICTURES: i64 = 20;

/// What became of a picture that was put into a gallery.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PutPicture {
    /// It is the last one now.
    New,
    /// It was there, and is described anew.
    Changed,
    Same,
    /// There are [`MOST_PICTURES`] already.
    Full,
    /// There is no such product.
    NoProduct,
}

/// The product at this address, whatever its state, and its shop.
pub async fn find_by_slug(
    db: &mut PgConnection,
    slug: &Slug,
) -> Result<Option<(ProductId, ShopId)>, sqlx::Error> {
    let row = sqlx::query!("select id, shop_id from product where slug = $1", slug.as_str());
    Ok(row.fetch_optional(db).await?.map(|row| (row.id.into(), row.shop_id.into())))
}

/// Puts a picture at the end of a product's gallery, once. Without `alt` a picture that is there keeps its own.
pub async fn put_picture(
    db: &mut PgConnection,
    product: ProductId,
    media: MediaId,
    alt: Option<&str>,
    now: OffsetDateTime,
) -> Result<PutPicture, sqlx::Error> {
    // Two at a time would take the same place.
    let locked = sqlx::query_scalar!("select id from product where id = $1 for update", product.uuid());
    if locked.fetch_optional(&mut *db).await?.is_none() {
        return Ok(PutPicture::NoProduct);
    }
    let there = sqlx::query!(
        r#"select count(*) as "n!", coalesce(max(sort) + 1, 0)::smallint as "next!",
             max(alt) filter (where media_id = $2) as alt
           from product_picture where product_id = $1"#,
        product.uuid(),
        media.uuid()
    );
    let there = there.fetch_one(&mut *db).await?;
    let put = match (&there.alt, alt) {
        (Some(old), Some(new)) if old != new => PutPicture::Changed,
        (Some(_), _) => return Ok(PutPicture::Same),
        (None, _) if there.n >= MOST_PICTURES => return Ok(PutPicture::Full),
        (None, _) => PutPicture::New,
    };
    sqlx::query!(
        "insert into product_picture (product_id, media_id, sort, alt) values ($1, $2, $3, $4)
         on conflict (product_id, media_id) do update set alt = excluded.alt",
        product.uuid(),
        media.uuid(),
        there.next,
        alt.unwrap_or_default()
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("update product set updated_at = $2 where id = $1", product.uuid(), now).execute(db).await?;
    Ok(put)
}

/// Shows a picture of the gallery for one variant; false where the product has no such variant.
pub async fn set_variant_picture(
    db: &mut PgConnection,
    product: ProductId,
    sku: &str,
    media: MediaId,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let set = sqlx::query!(
        "update variant set media_id = $3, updated_at = $4 where product_id = $1 and sku = $2 and retired_at is null",
        product.uuid(),
        sku,
        media.uuid(),
        now
    );
    Ok(set.execute(db).await?.rows_affected() == 1)
}
