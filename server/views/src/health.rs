//! How reliable a shop was found to be, and the orders that counted against it. Two queries.

use crate::{
    ViewError,
    cursor::{Cursor, cut, one_more},
    error::unsound,
    jakarta::{day_of, first_of, start_of},
    orders::{micros, place},
};
use model::{
    Page,
    ids::ShopId,
    views::health::{Fault, FaultRow, Health, Judged, Record, WINDOW_DAYS},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

pub async fn health(
    db: &mut PgConnection,
    shop: ShopId,
    after: Option<&str>,
    limit: u16,
    now: OffsetDateTime,
) -> Result<Health, ViewError> {
    let faults = faults(db, shop, after, limit, now).await?;
    Ok(Health { judged: judged(db, shop).await?, faults })
}

async fn judged(db: &mut PgConnection, shop: ShopId) -> Result<Option<Judged>, sqlx::Error> {
    let row = sqlx::query!(
        "select orders, dropped, late, points, reliable, judged_at from shop_health where shop_id = $1",
        shop.uuid()
    )
    .fetch_optional(db)
    .await?;
    let count = |n: i64| u64::try_from(n).unwrap_or_default();
    Ok(row.map(|row| Judged {
        record: Record { orders: count(row.orders), dropped: count(row.dropped), late: count(row.late) },
        points: u8::try_from(row.points).unwrap_or_default(),
        reliable: row.reliable,
        at: row.judged_at.unix_timestamp(),
    }))
}

/// Those of the days that are looked at, the latest first.
async fn faults(
    db: &mut PgConnection,
    shop: ShopId,
    after: Option<&str>,
    limit: u16,
    now: OffsetDateTime,
) -> Result<Page<FaultRow>, ViewError> {
    let (before, id) = place(after)?;
    let since = start_of(first_of(day_of(now), WINDOW_DAYS));
    let rows = sqlx::query!(
        "select fault.order_id, fault.kind, fault.cleared_at, sold.number
         from shop_fault as fault join shop_order as sold on sold.id = fault.order_id
         where fault.shop_id = $1 and fault.cleared_at >= $2
           and (fault.cleared_at, fault.order_id) < ($3, $4)
         order by fault.cleared_at desc, fault.order_id desc limit $5",
        shop.uuid(),
        since,
        before,
        id,
        one_more(limit)
    )
    .fetch_all(db)
    .await?;
    let (shown, next) = cut(rows, limit, |row| Cursor { key: micros(row.cleared_at), id: row.order_id });
    let items: Result<Vec<_>, sqlx::Error> = shown
        .into_iter()
        .map(|row| {
            Ok(FaultRow {
                order: row.order_id.into(),
                number: row.number,
                fault: Fault::from_name(&row.kind).ok_or_else(|| unsound("a fault", &row.kind))?,
                cleared_at: row.cleared_at.unix_timestamp(),
            })
        })
        .collect();
    Ok(Page { items: items?, next, total: None })
}
