//! Which pictures are shown nowhere: asked of all tables that name one.

use model::ids::MediaId;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Deletes at most `limit` pictures that nothing names and that were last used before then.
pub async fn delete_unused(
    db: &mut PgConnection,
    before: OffsetDateTime,
    limit: i64,
) -> Result<Vec<MediaId>, sqlx::Error> {
    let gone = sqlx::query_scalar!(
        "delete from media where id in (
           select id from media
           where updated_at < $1
             and not exists (select from product_picture as picture where picture.media_id = media.id)
             and not exists (select from variant where variant.media_id = media.id)
           order by updated_at
           limit $2
           for update skip locked)
         returning id",
        before,
        limit
    );
    Ok(gone.fetch_all(db).await?.into_iter().map(MediaId::from).collect())
}
