//! All SQL about what its people decide about a shop.

use crate::settings::{Holiday, Settings};
use model::{
    ids::{MediaId, ShopId, Uuid},
    shop::{OpenHours, ShopPicture},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Writes them anew, if they are still of the version the edit began with.
pub async fn put(
    db: &mut PgConnection,
    shop: ShopId,
    version: i32,
    new: &Settings,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let days = new.hours.map(|hours| {
        hours.days.iter().enumerate().fold(0i16, |bits, (i, open)| if *open { bits | 1 << i } else { bits })
    });
    let minutes = |of: u16| i16::try_from(of).unwrap_or(i16::MAX);
    let put = sqlx::query!(
        "update shop set name = $3, description = $4, open_days = $5, opens = $6, closes = $7, couriers = $8,
           settings_version = settings_version + 1, version = version + 1, updated_at = $9
         where id = $1 and settings_version = $2",
        shop.uuid(),
        version,
        new.name.as_str(),
        new.description,
        days,
        new.hours.map(|hours| minutes(hours.opens)),
        new.hours.map(|hours| minutes(hours.closes)),
        new.couriers.as_deref(),
        now
    )
    .execute(db)
    .await?;
    Ok(put.rows_affected() == 1)
}

/// When a shop is open, where it says so.
pub async fn open_hours(db: &mut PgConnection, shop: ShopId) -> Result<Option<OpenHours>, sqlx::Error> {
    let row = sqlx::query!("select open_days, opens, closes from shop where id = $1", shop.uuid())
        .fetch_optional(db)
        .await?;
    Ok(row.and_then(|row| {
        let bits = row.open_days?;
        let days = std::array::from_fn(|day| bits & (1 << day) != 0);
        Some(OpenHours { days, opens: row.opens?.unsigned_abs(), closes: row.closes?.unsigned_abs() })
    }))
}

/// Plans a holiday in place of the one there was, or none.
pub async fn put_holiday(
    db: &mut PgConnection,
    shop: ShopId,
    holiday: Option<&Holiday>,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update shop set holiday_from = $2, holiday_until = $3, holiday_message = $4, updated_at = $5,
           settings_version = settings_version + 1, version = version + 1
         where id = $1",
        shop.uuid(),
        holiday.map(|holiday| holiday.from),
        holiday.map(|holiday| holiday.until),
        holiday.and_then(|holiday| holiday.message.as_deref()),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Puts a shop that is open, or was but for its holiday, into the state its holiday has it in now; whether that is another.
pub async fn follow_holiday(
    db: &mut PgConnection,
    shop: ShopId,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let moved = sqlx::query!(
        "update shop set state = meant.state, updated_at = $2, version = version + 1
         from (select case when holiday_from <= $2 and holiday_until > $2 then 'on_holiday' else 'open' end as state
               from shop where id = $1) as meant
         where shop.id = $1 and shop.state in ('open', 'on_holiday') and shop.state <> meant.state",
        shop.uuid(),
        now
    )
    .execute(db)
    .await?;
    Ok(moved.rows_affected() == 1)
}

/// Shows another picture, or none.
pub async fn put_picture(
    db: &mut PgConnection,
    shop: ShopId,
    which: ShopPicture,
    media: Option<MediaId>,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update shop set logo_id = case when $2 = 'logo' then $3 else logo_id end,
           banner_id = case when $2 = 'banner' then $3 else banner_id end,
           settings_version = settings_version + 1, version = version + 1, updated_at = $4
         where id = $1",
        shop.uuid(),
        which.as_str(),
        media.map(Uuid::from),
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Moves a shop to another city.
pub async fn put_city(
    db: &mut PgConnection,
    shop: ShopId,
    city: &str,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update shop set city_code = $2, settings_version = settings_version + 1, version = version + 1, updated_at = $3
         where id = $1",
        shop.uuid(),
        city,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}
