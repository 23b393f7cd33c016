//! What one visitor sees: where they have been, and what may please them. Visitors are random keys of a cookie.

use crate::cards::card_query;
use model::{ids::Uuid, views::Personal};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Cards on a shelf.
const SHELF: i64 = 12;

/// The products they looked at, the latest first; and best sellers of the categories they looked at most lately,
/// without what they have seen. One query; none for someone who is not known.
pub async fn shelves(
    db: &mut PgConnection,
    visitor: Option<Uuid>,
    now: OffsetDateTime,
) -> Result<Personal, sqlx::Error> {
    let Some(visitor) = visitor else { return Ok(Personal::default()) };
    let rows = card_query!(
        "with latest as (
           select product_id, max(at) as at from (
             select product_id, at from product_view_event where visitor = $2 order by at desc limit 100) as viewed
           group by product_id
         ), liked as (
           select product.category_id, count(*) as n
           from (select product_id from latest order by at desc limit 50) as viewed
           join product on product.id = viewed.product_id
           group by product.category_id order by n desc, product.category_id limit 4
         )
         (select 'seen', row_number() over (order by at desc), product_id from latest order by at desc limit $3)
         union all
         (select 'for_you', row_number() over (order by best.place, liked.n desc, best.id), best.id
          from liked cross join lateral (
            select product.id, row_number() over (order by product.sold_count desc, product.id desc) as place
            from product
            where product.category_id = liked.category_id and product.state = 'active'
              and product.id not in (select product_id from latest)
            order by product.sold_count desc, product.id desc limit $3
          ) as best
          order by best.place, liked.n desc, best.id limit $3)",
        now,
        visitor,
        SHELF
    )
    .fetch_all(db)
    .await?;
    let mut personal = Personal::default();
    for row in rows {
        let shelf = if row.list == "seen" { &mut personal.recently_seen } else { &mut personal.for_you };
        shelf.push(row.card()?);
    }
    Ok(personal)
}
