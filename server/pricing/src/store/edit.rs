//! What may still be changed of a voucher that was given out. Whoever has used one was promised its terms, so these
//! stay; how long it lasts and how often it may be used can go on growing.

use super::voucher::Columns;
use crate::{InsertVoucherError, NewVoucher};
use model::{
    Money,
    ids::{ShopId, Uuid, VoucherId},
    pricing::VoucherCode,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A voucher that is about to be changed, its row locked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Held {
    pub version: i32,
    /// Somebody has used it once, also where that was given back.
    pub is_used: bool,
    pub quota: Option<i32>,
    pub from: OffsetDateTime,
    pub until: Option<OffsetDateTime>,
}

/// Locks a voucher of this shop, or of the platform, against use and change until the transaction ends.
pub async fn lock_voucher(
    db: &mut PgConnection,
    owner: Option<ShopId>,
    voucher: VoucherId,
) -> Result<Option<Held>, sqlx::Error> {
    let row = sqlx::query!(
        "select version, quota, starts_at, ends_at from voucher where id = $1 and shop_id is not distinct from $2 for update",
        voucher.uuid(),
        owner.map(Uuid::from)
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    // A statement of its own: it sees the uses of those the lock was waited for.
    let is_used = sqlx::query_scalar!(
        r#"select exists (select from voucher_use where voucher_id = $1) as "is_used!""#,
        voucher.uuid()
    )
    .fetch_one(db)
    .await?;
    Ok(Some(Held {
        version: row.version,
        is_used,
        quota: row.quota,
        from: row.starts_at,
        until: row.ends_at,
    }))
}

/// Writes the terms of a locked voucher anew; never those of one that was used.
pub async fn rewrite_voucher(db: &mut PgConnection, new: &NewVoucher) -> Result<bool, InsertVoucherError> {
    let of = Columns::of(new)?;
    let done = sqlx::query!(
        "update voucher set code = $3, name = $4, kind = $5, currency = $6, amount = $7, rate = $8, cap = $9,
           buy_qty = $10, get_qty = $11, min_spend = $12, min_qty = $13, products = $14, categories = $15, shops = $16,
           methods = $17, first_order_only = $18, member_tier = $19, starts_at = $20, ends_at = $21, quota = $22,
           budget = $23, per_person = $24, public = $25, version = version + 1
         where id = $1 and shop_id is not distinct from $2
           and not exists (select from voucher_use where voucher_id = voucher.id)",
        new.id.uuid(),
        of.shop,
        new.code.as_ref().map(VoucherCode::as_str),
        new.name,
        of.kind.kind,
        of.currency.code(),
        of.kind.amount.map(Money::amount),
        of.kind.rate,
        of.kind.cap.map(Money::amount),
        of.kind.buy,
        of.kind.get,
        of.min_spend,
        of.min_qty,
        &of.products,
        &of.categories,
        &of.shops,
        &of.methods,
        new.conditions.first_order_only,
        of.member_tier,
        new.from,
        new.until,
        new.quota,
        of.budget,
        new.per_person,
        new.public
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Says anew when a locked voucher ends and how often it may be used; never less often than before.
pub async fn extend_voucher(
    db: &mut PgConnection,
    owner: Option<ShopId>,
    voucher: VoucherId,
    quota: Option<i32>,
    until: Option<OffsetDateTime>,
) -> Result<bool, InsertVoucherError> {
    let done = sqlx::query!(
        "update voucher set quota = $3, ends_at = $4, version = version + 1
         where id = $1 and shop_id is not distinct from $2 and ($3::int is null or quota <= $3)",
        voucher.uuid(),
        owner.map(Uuid::from),
        quota,
        until
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Lets a locked voucher that holds end now; whether it held.
pub async fn end_voucher(
    db: &mut PgConnection,
    owner: Option<ShopId>,
    voucher: VoucherId,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update voucher set ends_at = $3, version = version + 1
         where id = $1 and shop_id is not distinct from $2 and starts_at < $3 and (ends_at is null or ends_at > $3)",
        voucher.uuid(),
        owner.map(Uuid::from),
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
