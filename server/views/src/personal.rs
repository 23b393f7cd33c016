//! What one visitor sees: where they have been, and what may please them. Visitors are random keys of a cookie.

use crate::cards::{CardRow, card_query};
use model::{
    ids::{ProductId, Uuid},
    views::ProductCard,
};
use sqlx::PgConnection;

/// The products they looked at, the latest first, without the one they are looking at. One query.
pub async fn recently_seen(
    db: &mut PgConnection,
    visitor: Uuid,
    but: Option<ProductId>,
    limit: u16,
) -> Result<Vec<ProductCard>, sqlx::Error> {
    let rows = card_query!(
        "select '', row_number() over (order by max(at) desc), product_id
         from (select product_id, at from product_view_event where visitor = $1 order by at desc limit 100) as latest
         where product_id is distinct from $2
         group by product_id order by max(at) desc limit $3",
        visitor,
        but.map(Uuid::from),
        i64::from(limit)
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(CardRow::card).collect()
}

/// Best sellers of the categories they looked at most lately, without what they have seen; empty for someone who has
/// not looked at anything yet. One query.
pub async fn for_you(
    db: &mut PgConnection,
    visitor: Uuid,
    limit: u16,
) -> Result<Vec<ProductCard>, sqlx::Error> {
    let rows = card_query!(
        "with latest as (
           select distinct product_id from (
             select product_id from product_view_event where visitor = $1 order by at desc limit 50) as viewed
         ), liked as (
           select product.category_id, count(*) as n from latest join product on product.id = latest.product_id
           group by product.category_id order by n desc, product.category_id limit 4
         )
         select '', row_number() over (order by best.place, liked.n desc, best.id), best.id
         from liked cross join lateral (
           select product.id, row_number() over (order by product.sold_count desc, product.id desc) as place
           from product
           where product.category_id = liked.category_id and product.state = 'active'
             and product.id not in (select product_id from latest)
           order by product.sold_count desc, product.id desc limit $2
         ) as best
         order by best.place, liked.n desc, best.id limit $2",
        visitor,
        i64::from(limit)
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(CardRow::card).collect()
}
