//! Which lines are bought now, which later, and which not at all.

use super::{line::Row, touch};
use crate::Line;
use model::{
    Money,
    ids::{CartId, CartLineId, ShopId, Uuid},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Ticks lines for checkout, or not; those saved for later stay out. How many are there and not saved.
pub async fn tick(
    db: &mut PgConnection,
    cart: CartId,
    lines: &[CartLineId],
    ticked: bool,
    now: OffsetDateTime,
) -> Result<u64, sqlx::Error> {
    touch(db, cart, now).await?;
    let done = sqlx::query!(
        "update cart_line set ticked = $3 where cart_id = $1 and id = any($2) and not saved_for_later",
        cart.uuid(),
        &uuids(lines),
        ticked
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// The same for all lines of a shop.
pub async fn tick_shop(
    db: &mut PgConnection,
    cart: CartId,
    shop: ShopId,
    ticked: bool,
    now: OffsetDateTime,
) -> Result<u64, sqlx::Error> {
    touch(db, cart, now).await?;
    let done = sqlx::query!(
        "update cart_line set ticked = $3
         from variant
         where cart_id = $1 and variant.id = variant_id and variant.shop_id = $2 and not saved_for_later",
        cart.uuid(),
        shop.uuid(),
        ticked
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// The same for all lines.
pub async fn tick_all(
    db: &mut PgConnection,
    cart: CartId,
    ticked: bool,
    now: OffsetDateTime,
) -> Result<u64, sqlx::Error> {
    touch(db, cart, now).await?;
    let done = sqlx::query!(
        "update cart_line set ticked = $2 where cart_id = $1 and not saved_for_later",
        cart.uuid(),
        ticked
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Puts lines aside, or back among those to be bought, ticked. How many there were.
pub async fn save_for_later(
    db: &mut PgConnection,
    cart: CartId,
    lines: &[CartLineId],
    saved: bool,
    now: OffsetDateTime,
) -> Result<u64, sqlx::Error> {
    touch(db, cart, now).await?;
    let done = sqlx::query!(
        "update cart_line set saved_for_later = $3, ticked = not $3
         where cart_id = $1 and id = any($2) and saved_for_later <> $3",
        cart.uuid(),
        &uuids(lines),
        saved
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Takes lines out, and says what they were, so that it can be undone by [`restore`].
pub async fn remove(
    db: &mut PgConnection,
    cart: CartId,
    lines: &[CartLineId],
    now: OffsetDateTime,
) -> Result<Vec<Line>, sqlx::Error> {
    touch(db, cart, now).await?;
    let rows = sqlx::query_as!(
        Row,
        "delete from cart_line l using cart
         where cart.id = l.cart_id and l.cart_id = $1 and l.id = any($2)
         returning l.id, variant_id, quantity, note, ticked, saved_for_later, price_seen, currency, added_at",
        cart.uuid(),
        &uuids(lines)
    )
    .fetch_all(db)
    .await?;
    let mut removed: Vec<Line> = rows.into_iter().map(Row::line).collect::<Result<_, _>>()?;
    removed.sort_by_key(|line| (line.added_at, line.id));
    Ok(removed)
}

/// Removes lines that were ordered, and what was chosen for shops nothing is left of. How many lines there were: an
/// order of other lines than it counted is not to be placed.
pub async fn take_ordered(
    db: &mut PgConnection,
    cart: CartId,
    lines: &[CartLineId],
    now: OffsetDateTime,
) -> Result<u64, sqlx::Error> {
    touch(db, cart, now).await?;
    let taken = sqlx::query_scalar!(
        r#"with taken as (delete from cart_line where cart_id = $1 and id = any($2) returning id),
           left_behind as (
             delete from cart_shop s where cart_id = $1 and not exists (
               select from cart_line l join variant on variant.id = l.variant_id
               where l.cart_id = $1 and l.id <> all($2) and variant.shop_id = s.shop_id))
           select count(*) as "count!" from taken"#,
        cart.uuid(),
        &uuids(lines)
    )
    .fetch_one(db)
    .await?;
    Ok(taken.unsigned_abs())
}

/// Notes that the shopper has seen these prices of one piece; those in another currency are passed over. How many
/// were noted.
pub async fn accept_prices(
    db: &mut PgConnection,
    cart: CartId,
    prices: &[(CartLineId, Money)],
    now: OffsetDateTime,
) -> Result<u64, sqlx::Error> {
    let Some(currency) = touch(db, cart, now).await? else { return Ok(0) };
    let (ids, amounts): (Vec<Uuid>, Vec<i64>) = prices
        .iter()
        .filter(|(_, price)| price.currency() == currency)
        .map(|(line, price)| (line.uuid(), price.amount()))
        .unzip();
    let done = sqlx::query!(
        "update cart_line set price_seen = seen.price
         from unnest($2::uuid[], $3::bigint[]) as seen (line, price)
         where cart_id = $1 and id = seen.line",
        cart.uuid(),
        &ids,
        &amounts
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

fn uuids(lines: &[CartLineId]) -> Vec<Uuid> {
    lines.iter().map(|line| line.uuid()).collect()
}
