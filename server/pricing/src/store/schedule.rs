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
