//! Lists of products that need no search index, page by page: each category or shop has an index in each order, and a
//! page reads no more rows than it shows, per category at the bottom of the tree.

use crate::{
    ViewError,
    cursor::{Cursor, cut, one_more},
};
use model::{
    ids::{CategoryId, ProductId, ShopId, Uuid},
    views::{ListingSort, ProductCard},
};
use sqlx::PgConnection;
use std::cmp::Reverse;
use time::{Date, Duration, Month, OffsetDateTime, Time};

#[derive(Clone, Copy, Debug)]
pub enum Scope<'a> {
    Categories(&'a [CategoryId]),
    Shop(ShopId),
}

struct Row {
    id: Uuid,
    key: i64,
}

/// The ids of one page and the cursor of the next. One query.
pub async fn ids(
    db: &mut PgConnection,
    scope: Scope<'_>,
    sort: ListingSort,
    after: Option<&str>,
    limit: u16,
) -> Result<(Vec<ProductId>, Option<String>), ViewError> {
    let start = if sort == ListingSort::PriceUp { Cursor::LOWEST } else { Cursor::HIGHEST };
    let after = Cursor::read(after)?.unwrap_or(start);
    let rows = match scope {
        Scope::Categories(categories) => {
            let categories: Vec<Uuid> = categories.iter().map(|c| c.uuid()).collect();
            in_categories(db, &categories, sort, after, one_more(limit)).await?
        }
        Scope::Shop(shop) => in_shop(db, shop.uuid(), sort, after, one_more(limit)).await?,
    };
    let (rows, next) = cut(rows, limit, |row| Cursor { key: row.key, id: row.id });
    Ok((rows.into_iter().map(|row| row.id.into()).collect(), next))
}

/// One list of each category, merged.
macro_rules! merged {
    ($db:expr, $key:tt, $of:tt, $beyond:tt, $order:tt, $merge:tt, $ids:expr, $from:expr, $id:expr, $limit:expr) => {
        sqlx::query_as!(
            Row,
            "select of_one.id as \"id!\", of_one.key as \"key!\"
             from unnest($1::uuid[]) as one (id)
             cross join lateral (
               select product.id, "
                + $key
                + " as key from product
               where "
                + $of
                + " = one.id and state = 'active' and "
                + $beyond
                + "
               order by "
                + $order
                + " limit $4
             ) as of_one
             order by "
                + $merge
                + " limit $4",
            $ids,
            $from,
            $id,
            $limit
        )
        .fetch_all($db)
        .await
    };
}

/// All orders of a list, by the column that says what it is a list of.
macro_rules! sorted {
    ($db:expr, $of:tt, $ids:expr, $sort:expr, $after:expr, $limit:expr) => {
        match $sort {
            ListingSort::Popular => merged!(
                $db,
                "product.sold_count::bigint",
                $of,
                "(product.sold_count, product.id) < ($2::bigint, $3::uuid)",
                "product.sold_count desc, product.id desc",
                "of_one.key desc, of_one.id desc",
                $ids,
                $after.key,
                $after.id,
                $limit
            ),
            ListingSort::Newest => merged!(
                $db,
                "(extract(epoch from product.published_at) * 1000000)::bigint",
                $of,
                "(product.published_at, product.id) < ($2::timestamptz, $3::uuid)",
                "product.published_at desc, product.id desc",
                "of_one.key desc, of_one.id desc",
                $ids,
                instant($after.key),
                $after.id,
                $limit
            ),
            ListingSort::PriceUp => merged!(
                $db,
                "product.price_min",
                $of,
                "(product.price_min, product.id) > ($2::bigint, $3::uuid)",
                "product.price_min, product.id",
                "of_one.key, of_one.id",
                $ids,
                $after.key,
                $after.id,
                $limit
            ),
            ListingSort::PriceDown => merged!(
                $db,
                "product.price_min",
                $of,
                "(product.price_min, product.id) < ($2::bigint, $3::uuid)",
                "product.price_min desc, product.id desc",
                "of_one.key desc, of_one.id desc",
                $ids,
                $after.key,
                $after.id,
                $limit
            ),
        }
    };
}

/// Orders a page that is sorted by price by what its cards say: prices that hold for a time stand in no index of the database,
/// so it is found by the usual ones.
pub(crate) fn by_shown_price(sort: ListingSort, cards: &mut [ProductCard]) {
    match sort {
        ListingSort::PriceUp => cards.sort_by_key(|card| card.price_min.amount()),
        ListingSort::PriceDown => cards.sort_by_key(|card| Reverse(card.price_min.amount())),
        ListingSort::Popular | ListingSort::Newest => {}
    }
}

async fn in_categories(
    db: &mut PgConnection,
    categories: &[Uuid],
    sort: ListingSort,
    after: Cursor,
    limit: i64,
) -> Result<Vec<Row>, sqlx::Error> {
    sorted!(db, "product.category_id", categories, sort, after, limit)
}

async fn in_shop(
    db: &mut PgConnection,
    shop: Uuid,
    sort: ListingSort,
    after: Cursor,
    limit: i64,
) -> Result<Vec<Row>, sqlx::Error> {
    sorted!(db, "product.shop_id", &[shop], sort, after, limit)
}

/// Microseconds since 1970; beyond the calendar of the database, its end.
pub fn instant(micros: i64) -> OffsetDateTime {
    let end = Date::from_calendar_date(9999, Month::December, 31).unwrap_or(Date::MAX);
    let end = OffsetDateTime::new_utc(end, Time::MIDNIGHT);
    OffsetDateTime::UNIX_EPOCH.checked_add(Duration::microseconds(micros)).map_or(end, |at| at.min(end))
}
