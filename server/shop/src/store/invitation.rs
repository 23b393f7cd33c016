//! All SQL about invitations.

use super::staff::role_of;
use crate::invitation::{KEEP, LASTS, NewInvitation, OpenInvitation};
use model::ids::{AccountId, InvitationId, ShopId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Asks somebody, in place of an invitation they have already.
pub async fn put(db: &mut PgConnection, new: &NewInvitation, now: OffsetDateTime) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update shop_invitation set ended_at = $3 where shop_id = $1 and email = $2 and ended_at is null",
        new.shop.uuid(),
        new.email.as_str(),
        now
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into shop_invitation (id, shop_id, email, role, token_hash, invited_by, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        new.id.uuid(),
        new.shop.uuid(),
        new.email.as_str(),
        new.role.as_str(),
        &new.link,
        new.by.uuid(),
        now,
        now + LASTS
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The invitation this link is of, if it holds; locked until the transaction ends.
pub async fn find_for_change(
    db: &mut PgConnection,
    link: &[u8],
    now: OffsetDateTime,
) -> Result<Option<OpenInvitation>, sqlx::Error> {
    let row = sqlx::query!(
        "select id, shop_id, email, role, invited_by, expires_at from shop_invitation
         where token_hash = $1 and ended_at is null and expires_at > $2 for update",
        link,
        now
    )
    .fetch_optional(db)
    .await?;
    let read = row.map(|row| {
        Ok(OpenInvitation {
            id: row.id.into(),
            shop: row.shop_id.into(),
            email: row.email,
            role: role_of(&row.role)?,
            by: row.invited_by.into(),
            expires_at: row.expires_at,
        })
    });
    read.transpose()
}

pub async fn mark_accepted(
    db: &mut PgConnection,
    id: InvitationId,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update shop_invitation set ended_at = $3, accepted_by = $2 where id = $1 and ended_at is null",
        id.uuid(),
        by.uuid(),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes one back; false where the shop has none such that is open.
pub async fn withdraw(
    db: &mut PgConnection,
    shop: ShopId,
    id: InvitationId,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update shop_invitation set ended_at = $3 where id = $1 and shop_id = $2 and ended_at is null",
        id.uuid(),
        shop.uuid(),
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How many work in a shop or are asked to, and whether somebody with this address is one who works there.
pub async fn crowd(
    db: &mut PgConnection,
    shop: ShopId,
    email: &str,
    now: OffsetDateTime,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select (select count(*) from shop_staff where shop_id = $1)
             + (select count(*) from shop_invitation
                where shop_id = $1 and email <> $2 and ended_at is null and expires_at > $3) as "n!""#,
        shop.uuid(),
        email,
        now
    )
    .fetch_one(db)
    .await
}

/// Forgets those that have been over for long.
pub async fn delete_old(db: &mut PgConnection, now: OffsetDateTime) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from shop_invitation where least(coalesce(ended_at, expires_at), expires_at) < $1",
        now - KEEP
    )
    .execute(db)
    .await?;
    Ok(())
}
