//! Counting a use of a voucher.

use crate::UseError;
use model::{
    Money,
    ids::{Uuid, VoucherId},
};
use sqlx::{Connection, PgConnection};
use time::OffsetDateTime;

/// Counts a use of a voucher for a checkout. Once for each reference: a repeated one changes nothing, one after it was
/// given back counts anew. On refusal nothing has changed. The voucher's row stays locked until the transaction ends.
pub async fn use_voucher(
    db: &mut PgConnection,
    voucher: VoucherId,
    reference: Uuid,
    buyer_key: &str,
    amount: Money,
    now: OffsetDateTime,
) -> Result<(), UseError> {
    let mut all_or_nothing = db.begin().await?;
    match count(&mut all_or_nothing, voucher, reference, buyer_key, amount, now).await {
        Ok(()) => Ok(all_or_nothing.commit().await?),
        Err(error) => {
            all_or_nothing.rollback().await?;
            Err(error)
        }
    }
}

/// Several for one checkout, locked in the order of their ids. On refusal, which says whose it is, nothing has changed.
pub async fn use_vouchers(
    db: &mut PgConnection,
    vouchers: &[(VoucherId, Money)],
    reference: Uuid,
    buyer_key: &str,
    now: OffsetDateTime,
) -> Result<(), (VoucherId, UseError)> {
    let mut vouchers = vouchers.to_vec();
    vouchers.sort_by_key(|(voucher, _)| *voucher);
    let Some((first, _)) = vouchers.first().copied() else { return Ok(()) };
    let mut all_or_nothing = db.begin().await.map_err(|error| (first, error.into()))?;
    for (voucher, amount) in vouchers {
        if let Err(error) = count(&mut all_or_nothing, voucher, reference, buyer_key, amount, now).await {
            all_or_nothing.rollback().await.map_err(|error| (voucher, error.into()))?;
            return Err((voucher, error));
        }
    }
    all_or_nothing.commit().await.map_err(|error| (first, error.into()))
}

async fn count(
    db: &mut PgConnection,
    voucher: VoucherId,
    reference: Uuid,
    buyer_key: &str,
    amount: Money,
    now: OffsetDateTime,
) -> Result<(), UseError> {
    let new = sqlx::query!(
        "insert into voucher_use (voucher_id, reference, buyer_key, amount, state, at)
         select id, $2, $3, $4, 'used', $5 from voucher where id = $1
         on conflict (voucher_id, reference) do update
           set buyer_key = $3, amount = $4, state = 'used', at = $5, given_back_at = null
           where voucher_use.state = 'given_back'",
        voucher.uuid(),
        reference,
        buyer_key,
        amount.amount(),
        now
    )
    .execute(&mut *db)
    .await?;
    if new.rows_affected() == 0 {
        let known = sqlx::query_scalar!(
            r#"select exists (select from voucher where id = $1) as "known!""#,
            voucher.uuid()
        );
        return if known.fetch_one(db).await? { Ok(()) } else { Err(UseError::Unknown) };
    }
    let counted = sqlx::query!(
        "update voucher set used = used + 1, spent = spent + $2
         where id = $1 and state = 'active' and starts_at <= $3 and (ends_at is null or ends_at > $3)
           and currency = $4
           and (quota is null or used < quota) and (budget is null or budget - spent >= $2)
         returning per_person",
        voucher.uuid(),
        amount.amount(),
        now,
        amount.currency().code()
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(counted) = counted else { return Err(why_not(db, voucher, amount, now).await?) };
    let Some(most) = counted.per_person else { return Ok(()) };
    // Whoever counts this voucher at the same time waits for its row, which is ours now: their uses are here or come
    // after ours.
    let theirs = sqlx::query_scalar!(
        r#"select count(*) as "theirs!" from voucher_use where voucher_id = $1 and buyer_key = $2 and state = 'used'"#,
        voucher.uuid(),
        buyer_key
    )
    .fetch_one(db)
    .await?;
    if theirs > i64::from(most) { Err(UseError::LimitReached) } else { Ok(()) }
}

async fn why_not(
    db: &mut PgConnection,
    voucher: VoucherId,
    amount: Money,
    now: OffsetDateTime,
) -> Result<UseError, sqlx::Error> {
    let row = sqlx::query!(
        r#"select (state = 'active' and starts_at <= $2 and (ends_at is null or ends_at > $2) and currency = $4) as "on!",
             coalesce(used >= quota, false) as "used_up!", coalesce(budget - spent < $3, false) as "too_little!"
           from voucher where id = $1"#,
        voucher.uuid(),
        now,
        amount.amount(),
        amount.currency().code()
    )
    .fetch_optional(db)
    .await?;
    Ok(match row {
        Some(row) if row.on && row.used_up => UseError::UsedUp,
        Some(row) if row.on && row.too_little => UseError::BudgetSpent,
        // Somebody gave one back since; as of the statement that counts it was used up.
        Some(row) if row.on => UseError::UsedUp,
        _ => UseError::Unknown,
    })
}
