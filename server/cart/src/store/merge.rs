//! A guest's cart goes into their account's at sign-in.

use super::{lines, touch};
use crate::{
    MergeError, Merged, News,
    limits::{MOST_CODES, MOST_LINES},
};
use model::ids::CartId;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What the guest has just chosen wins: of the same variant with the same note their line stands, quantity and all, and
/// lines with other notes stay apart. The rest moves over, the oldest first, as far as there is room. Codes, choices
/// for shops and the way to pay come along; contact and address stay behind, since the account has its own. The guest's
/// cart is gone afterwards.
pub async fn merge(
    db: &mut PgConnection,
    guest: CartId,
    into: CartId,
    now: OffsetDateTime,
) -> Result<Merged, MergeError> {
    lock_both(db, guest, into).await?;
    overrule(db, guest, into).await?;
    move_lines(db, guest, into).await?;
    let left_out = lines(db, guest).await?;
    move_choices(db, guest, into).await?;
    sqlx::query!("delete from cart where id = $1", guest.uuid()).execute(&mut *db).await?;
    touch(db, into, now).await?;
    Ok(Merged { left_out })
}

/// Keeps for its shopper what a merger could not keep as it was, beside what they have not seen yet.
pub async fn note_news(db: &mut PgConnection, cart: CartId, news: News) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update cart set left_out = left_out + $2, reduced = reduced + $3 where id = $1",
        cart.uuid(),
        news.left_out,
        news.reduced
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Its shopper knows.
pub async fn see_news(db: &mut PgConnection, cart: CartId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update cart set left_out = 0, reduced = 0 where id = $1 and (left_out > 0 or reduced > 0)",
        cart.uuid()
    )
    .execute(db)
    .await?;
    Ok(())
}

/// In the order of their ids, so that two sign-ins at once wait for each other instead of blocking each other.
async fn lock_both(db: &mut PgConnection, guest: CartId, into: CartId) -> Result<(), MergeError> {
    let both = sqlx::query!(
        "select id, account_id, currency from cart where id = any($1) order by id for update",
        &[guest.uuid(), into.uuid()]
    )
    .fetch_all(db)
    .await?;
    let of = |cart: CartId| both.iter().find(|row| row.id == cart.uuid()).ok_or(MergeError::NoSuchCart);
    let (guest, into) = (of(guest)?, of(into)?);
    if guest.account_id.is_some() || into.account_id.is_none() {
        return Err(MergeError::NoSuchCart);
    }
    if guest.currency != into.currency {
        return Err(MergeError::TwoCurrencies);
    }
    Ok(())
}

/// Writes the guest's lines over the same ones of the account.
async fn overrule(db: &mut PgConnection, guest: CartId, into: CartId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update cart_line theirs
         set quantity = g.quantity, ticked = g.ticked, saved_for_later = g.saved_for_later,
           price_seen = g.price_seen
         from cart_line g
         where g.cart_id = $1 and theirs.cart_id = $2
           and theirs.variant_id = g.variant_id and theirs.note = g.note",
        guest.uuid(),
        into.uuid()
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "delete from cart_line g using cart_line theirs
         where g.cart_id = $1 and theirs.cart_id = $2
           and theirs.variant_id = g.variant_id and theirs.note = g.note",
        guest.uuid(),
        into.uuid()
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn move_lines(db: &mut PgConnection, guest: CartId, into: CartId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update cart_line set cart_id = $2
         where id in (
           select id from cart_line where cart_id = $1 order by added_at, id
           limit greatest($3 - (select count(*) from cart_line where cart_id = $2), 0))",
        guest.uuid(),
        into.uuid(),
        MOST_LINES
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn move_choices(db: &mut PgConnection, guest: CartId, into: CartId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into cart_voucher (cart_id, code, added_at)
         select $2, code, added_at from cart_voucher g
         where cart_id = $1 and not exists (select from cart_voucher where cart_id = $2 and code = g.code)
         order by added_at, code
         limit greatest($3 - (select count(*) from cart_voucher where cart_id = $2), 0)",
        guest.uuid(),
        into.uuid(),
        MOST_CODES
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into cart_shop (cart_id, shop_id, courier, service, insured, note, pickup_point)
         select $2, shop_id, courier, service, insured, note, pickup_point from cart_shop where cart_id = $1
         on conflict (cart_id, shop_id) do update
           set courier = excluded.courier, service = excluded.service, insured = excluded.insured,
             note = excluded.note, pickup_point = excluded.pickup_point",
        guest.uuid(),
        into.uuid()
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update cart set method = coalesce(g.method, cart.method) from cart g where cart.id = $2 and g.id = $1",
        guest.uuid(),
        into.uuid()
    )
    .execute(db)
    .await?;
    Ok(())
}
