//! The order of a product's photographs.

use model::{
    ids::{MediaId, ProductId},
    shop::PictureAct,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// In the order they are shown.
pub async fn list_gallery(db: &mut PgConnection, product: ProductId) -> Result<Vec<MediaId>, sqlx::Error> {
    let media = sqlx::query_scalar!(
        "select media_id from product_picture where product_id = $1 order by sort",
        product.uuid()
    );
    Ok(media.fetch_all(db).await?.into_iter().map(MediaId::new).collect())
}

/// Out of the gallery, and from the variants that show it.
async fn remove_picture(
    db: &mut PgConnection,
    product: ProductId,
    media: MediaId,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let gone = sqlx::query!(
        "delete from product_picture where product_id = $1 and media_id = $2",
        product.uuid(),
        media.uuid()
    );
    if gone.execute(&mut *db).await?.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query!(
        "update variant set media_id = null, updated_at = $3 where product_id = $1 and media_id = $2",
        product.uuid(),
        media.uuid(),
        now
    )
    .execute(&mut *db)
    .await?;
    let left = list_gallery(db, product).await?;
    put_order(db, product, &left, now).await?;
    Ok(true)
}

/// Moves a photograph within the gallery of a product that is locked, or out of it. False where it is not there.
pub async fn shift_picture(
    db: &mut PgConnection,
    product: ProductId,
    media: MediaId,
    to: PictureAct,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let mut order = list_gallery(db, product).await?;
    let Some(here) = order.iter().position(|other| *other == media) else { return Ok(false) };
    let there = match to {
        PictureAct::Earlier => here.saturating_sub(1),
        PictureAct::Later => (here + 1).min(order.len() - 1),
        PictureAct::First => 0,
        PictureAct::Remove => return remove_picture(db, product, media, now).await,
    };
    if there != here {
        order.remove(here);
        order.insert(there, media);
        put_order(db, product, &order, now).await?;
    }
    Ok(true)
}

async fn put_order(
    db: &mut PgConnection,
    product: ProductId,
    order: &[MediaId],
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    // Out of the way first: no two are in one place, not even for a moment.
    sqlx::query!(
        "update product_picture set sort = 99 - place.n from (
           select media_id, row_number() over (order by sort) - 1 as n from product_picture where product_id = $1
         ) as place
         where product_id = $1 and product_picture.media_id = place.media_id",
        product.uuid()
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update product_picture set sort = t.n - 1
         from unnest($2::uuid[]) with ordinality as t (media_id, n)
         where product_id = $1 and product_picture.media_id = t.media_id",
        product.uuid(),
        &order.iter().map(|media| media.uuid()).collect::<Vec<_>>()
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("update product set updated_at = $2 where id = $1", product.uuid(), now).execute(db).await?;
    Ok(())
}
