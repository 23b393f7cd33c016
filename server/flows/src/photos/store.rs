//! Which pictures are shown nowhere: asked of the tables that name many; the others speak through their foreign keys.

use model::ids::{MediaId, Uuid};
use sqlx::{Connection, PgConnection};
use time::OffsetDateTime;

/// Pictures that no product shows and that were last used before then, by id, from behind `after`.
pub async fn list_unused(
    db: &mut PgConnection,
    before: OffsetDateTime,
    after: Uuid,
    limit: i64,
) -> Result<Vec<MediaId>, sqlx::Error> {
    let unused = sqlx::query_scalar!(
        "select id from media
         where updated_at < $1 and id > $2
           and not exists (select from product_picture as picture where picture.media_id = media.id)
           and not exists (select from variant where variant.media_id = media.id)
           and not exists (select from profile where profile.media_id = media.id)
         order by id limit $3",
        before,
        after,
        limit
    );
    Ok(unused.fetch_all(db).await?.into_iter().map(MediaId::from).collect())
}

/// Deletes a picture; false where it has been used since, or something else names it.
pub async fn delete(db: &mut PgConnection, id: MediaId, before: OffsetDateTime) -> Result<bool, sqlx::Error> {
    let mut attempt = db.begin().await?;
    let deleted = sqlx::query!("delete from media where id = $1 and updated_at < $2", id.uuid(), before);
    match deleted.execute(&mut *attempt).await {
        Ok(done) => {
            attempt.commit().await?;
            Ok(done.rows_affected() == 1)
        }
        Err(error)
            if error
                .as_database_error()
                .is_some_and(sqlx::error::DatabaseError::is_foreign_key_violation) =>
        {
            attempt.rollback().await?;
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

/// Deletes all pictures of an owner. Nothing may name them any more.
pub async fn delete_of(db: &mut PgConnection, owner: Uuid) -> Result<Vec<MediaId>, sqlx::Error> {
    let gone = sqlx::query_scalar!("delete from media where owner_id = $1 returning id", owner);
    Ok(gone.fetch_all(db).await?.into_iter().map(MediaId::from).collect())
}
