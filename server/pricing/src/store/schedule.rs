//! Prices that hold for a time.

use super::currency;
use crate::{ScheduleError, ScheduledPrice};
use model::{
    Money,
    ids::{Uuid, VariantId},
};
use sqlx::PgConnection;
use std::collections::HashMap;
use time::OffsetDateTime;

/// Schedules a price. A variant has one at a time.
pub async fn insert_scheduled_price(
    db: &mut PgConnection,
    variant: VariantId,
    new: &ScheduledPrice,
    now: OffsetDateTime,
) -> Result<(), ScheduleError> {
    sqlx::query!(
        "insert into scheduled_price (variant_id, starts_at, ends_at, price, currency, created_at)
         values ($1, $2, $3, $4, $5, $6)",
        variant.uuid(),
        new.starts_at,
        new.ends_at,
        new.price.amount(),
        new.price.currency().code(),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes back a price that is to come, and lets one that holds end now; the price there was, none where it is over or
/// there was none. `starts_at` names it among those of its variant.
pub async fn cancel_scheduled_price(
    db: &mut PgConnection,
    variant: VariantId,
    starts_at: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<Option<ScheduledPrice>, sqlx::Error> {
    let row = sqlx::query!(
        "select starts_at, ends_at, price, currency from scheduled_price
         where variant_id = $1 and starts_at = $2 and ends_at > $3 for update",
        variant.uuid(),
        starts_at,
        now
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    if row.starts_at < now {
        sqlx::query!(
            "update scheduled_price set ends_at = $3 where variant_id = $1 and starts_at = $2",
            variant.uuid(),
            starts_at,
            now
        )
        .execute(db)
        .await?;
    } else {
        sqlx::query!(
            "delete from scheduled_price where variant_id = $1 and starts_at = $2",
            variant.uuid(),
            starts_at
        )
        .execute(db)
        .await?;
    }
    let price = Money::new(row.price, currency(&row.currency));
    Ok(Some(ScheduledPrice { price, starts_at: row.starts_at, ends_at: row.ends_at }))
}

/// Whether exactly this price is scheduled already.
pub async fn is_scheduled(
    db: &mut PgConnection,
    variant: VariantId,
    price: &ScheduledPrice,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (
             select from scheduled_price where variant_id = $1 and starts_at = $2 and ends_at = $3 and price = $4
           ) as "is!""#,
        variant.uuid(),
        price.starts_at,
        price.ends_at,
        price.price.amount()
    )
    .fetch_one(db)
    .await
}

/// What these variants cost for the time being, where they have such a price now.
pub async fn scheduled_prices(
    db: &mut PgConnection,
    variants: &[VariantId],
    now: OffsetDateTime,
) -> Result<HashMap<VariantId, ScheduledPrice>, sqlx::Error> {
    let variants: Vec<Uuid> = variants.iter().map(|variant| variant.uuid()).collect();
    let rows = sqlx::query!(
        "select variant_id, starts_at, ends_at, price, currency from scheduled_price
         where variant_id = any((select $1::uuid[])::uuid[]) and starts_at <= (select $2::timestamptz)
           and ends_at > (select $2::timestamptz)",
        &variants,
        now
    )
    .fetch_all(db)
    .await?;
    let prices = rows.into_iter().map(|row| {
        let price = Money::new(row.price, currency(&row.currency));
        let scheduled = ScheduledPrice { price, starts_at: row.starts_at, ends_at: row.ends_at };
        (row.variant_id.into(), scheduled)
    });
    Ok(prices.collect())
}
