//! All SQL about who is behind shops.

use crate::verification::{ContentType, KEEP, KEEP_UNSENT, NewDocument, NewVerification, SendError, Verdict};
use model::ids::{AccountId, DocumentId, ShopId, Uuid, VerificationId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Notes files before they are written, so that none lies anywhere without being known.
pub async fn insert_document(
    db: &mut PgConnection,
    new: &NewDocument,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into shop_document (id, shop_id, kind, content_type, bytes, received_at) values ($1, $2, $3, $4, $5, $6)",
        new.id.uuid(),
        new.shop.uuid(),
        new.kind.as_str(),
        new.content_type.as_str(),
        i64::try_from(new.bytes).unwrap_or(i64::MAX),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Puts a shop into the queue with what was received for it.
pub async fn send(
    db: &mut PgConnection,
    new: &NewVerification,
    documents: &[DocumentId],
    now: OffsetDateTime,
) -> Result<(), SendError> {
    let asked = sqlx::query!(
        "update shop set state = 'in_review', updated_at = $2, version = version + 1
         where id = $1 and state in ('in_review', 'rejected')",
        new.shop.uuid(),
        now
    )
    .execute(&mut *db)
    .await?;
    if asked.rows_affected() == 0 {
        return Err(SendError::Verified);
    }
    let put = sqlx::query!(
        "insert into shop_verification (id, shop_id, kind, legal_name, sent_by, sent_at)
         values ($1, $2, $3, $4, $5, $6) on conflict (shop_id) where decided_at is null do nothing",
        new.id.uuid(),
        new.shop.uuid(),
        new.kind.as_str(),
        new.legal_name.as_str(),
        new.sent_by.uuid(),
        now
    )
    .execute(&mut *db)
    .await?;
    if put.rows_affected() == 0 {
        return Err(SendError::Waiting);
    }
    let ids: Vec<Uuid> = documents.iter().map(|id| id.uuid()).collect();
    sqlx::query!(
        "update shop_document set verification_id = $1
         where id = any($2) and shop_id = $3 and verification_id is null and deleted_at is null",
        new.id.uuid(),
        &ids,
        new.shop.uuid()
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Writes what an operator decided, once; the shop it is about. None where there is nothing to be decided any more.
pub async fn decide(
    db: &mut PgConnection,
    id: VerificationId,
    verdict: &Verdict,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<Option<ShopId>, sqlx::Error> {
    let reason = match verdict {
        Verdict::Approved => None,
        Verdict::Rejected(reason) => Some(reason.as_str()),
    };
    let shop = sqlx::query_scalar!(
        "update shop_verification set decided_at = $2, decided_by = $3, approved = $4, reason = $5
         where id = $1 and decided_at is null returning shop_id",
        id.uuid(),
        now,
        by.uuid(),
        reason.is_none(),
        reason
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(shop) = shop else { return Ok(None) };
    sqlx::query!(
        "update shop set state = case when $3 then 'open' else 'rejected' end,
           joined_at = case when $3 then $2 else joined_at end, updated_at = $2, version = version + 1
         where id = $1 and state = 'in_review'",
        shop,
        now,
        reason.is_none()
    )
    .execute(db)
    .await?;
    Ok(Some(shop.into()))
}

/// A document that was sent and is still kept: whose shop's, and what it is.
pub async fn find_document(
    db: &mut PgConnection,
    id: DocumentId,
) -> Result<Option<(ShopId, ContentType)>, sqlx::Error> {
    let row = sqlx::query!(
        "select shop_id, content_type from shop_document
         where id = $1 and verification_id is not null and deleted_at is null",
        id.uuid()
    )
    .fetch_optional(db)
    .await?;
    Ok(row.and_then(|row| Some((row.shop_id.into(), ContentType::from_name(&row.content_type)?))))
}

/// Documents whose time is over, at most so many.
pub async fn list_overdue(
    db: &mut PgConnection,
    now: OffsetDateTime,
    limit: i64,
) -> Result<Vec<DocumentId>, sqlx::Error> {
    let ids = sqlx::query_scalar!(
        r#"select id as "id!" from (
             select document.id from shop_document as document
             join shop_verification as verification on verification.id = document.verification_id
             where document.deleted_at is null and verification.decided_at <= $1
             union all
             select id from shop_document
             where verification_id is null and deleted_at is null and received_at <= $2
           ) as overdue limit $3"#,
        now - KEEP,
        now - KEEP_UNSENT,
        limit
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(DocumentId::new).collect())
}

/// Documents somebody sent that are still kept.
pub async fn list_sent_by(db: &mut PgConnection, account: AccountId) -> Result<Vec<DocumentId>, sqlx::Error> {
    let ids = sqlx::query_scalar!(
        "select document.id from shop_document as document
         join shop_verification as sent on sent.id = document.verification_id
         where sent.sent_by = $1 and document.deleted_at is null",
        account.uuid()
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(DocumentId::new).collect())
}

/// Notes that the files are gone.
pub async fn mark_deleted(
    db: &mut PgConnection,
    documents: &[DocumentId],
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let ids: Vec<Uuid> = documents.iter().map(|id| id.uuid()).collect();
    sqlx::query!(
        "update shop_document set deleted_at = $2 where id = any($1) and deleted_at is null",
        &ids,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}
