//! What was chosen for a whole cart or for one shop of it.

use super::{constraint, keys, touch};
use crate::{
    ChooseError, CodeError, Delivery, Destination, Holder, Note, Reach, ShopChoice, VoucherCode, limits,
};
use model::{ids::CartId, payment::Method, shipping::PickupPointId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// How the buyer is reached; whether there is such a cart.
pub async fn set_contact(
    db: &mut PgConnection,
    holder: &Holder,
    reach: &Reach,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let (account, guest) = keys(holder);
    let done = sqlx::query!(
        "update cart set email = $3, phone = $4, updated_at = $5, expires_at = case when expires_at < $6::timestamptz - interval '1 day' then $6 else expires_at end
         where account_id = (select $1::uuid) or guest_token_hash = (select $2::bytea)",
        account,
        guest,
        reach.email.as_ref().map(model::Email::as_str),
        reach.phone.as_ref().map(model::Phone::as_str),
        now,
        now + limits::GUESTS_FOR
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Where it goes: an account's cart to one of its addresses, a guest's to what was typed. `false` where it is the other
/// way round, the address is somebody else's, or there is no such cart.
pub async fn set_address(
    db: &mut PgConnection,
    holder: &Holder,
    destination: &Destination,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let (account, guest) = keys(holder);
    let done = match destination {
        Destination::Kept(address) => {
            sqlx::query!(
                "update cart set address_id = address.id, updated_at = $3
                 from address
                 where cart.account_id = $1 and address.id = $2 and address.account_id = cart.account_id",
                account,
                address.uuid(),
                now
            )
            .execute(db)
            .await?
        }
        Destination::Typed(typed) => {
            let typed = serde_json::to_value(typed).map_err(|error| sqlx::Error::Encode(error.into()))?;
            sqlx::query!(
                "update cart set address = $2, updated_at = $3,
                   expires_at = case when expires_at < $4::timestamptz - interval '1 day' then $4 else expires_at end
                 where guest_token_hash = $1",
                guest,
                typed,
                now,
                now + limits::GUESTS_FOR
            )
            .execute(db)
            .await?
        }
    };
    Ok(done.rows_affected() == 1)
}

/// How it will be paid; whether there is such a cart.
pub async fn set_method(
    db: &mut PgConnection,
    holder: &Holder,
    method: Option<Method>,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let (account, guest) = keys(holder);
    let done = sqlx::query!(
        "update cart set method = $3, updated_at = $4, expires_at = case when expires_at < $5::timestamptz - interval '1 day' then $5 else expires_at end
         where account_id = (select $1::uuid) or guest_token_hash = (select $2::bytea)",
        account,
        guest,
        method.map(Method::as_str),
        now,
        now + limits::GUESTS_FOR
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether coins are spent with what is ordered next; whether there is such a cart of a member's.
pub async fn set_coins(
    db: &mut PgConnection,
    holder: &Holder,
    on: bool,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let Holder::Account(account) = holder else { return Ok(false) };
    let done = sqlx::query!(
        "update cart set use_coins = $2, updated_at = $3 where account_id = $1",
        account.uuid(),
        on,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What was chosen for the parcel of one shop, in place of what was.
pub async fn set_shop_choice(
    db: &mut PgConnection,
    cart: CartId,
    choice: &ShopChoice,
    now: OffsetDateTime,
) -> Result<(), ChooseError> {
    touch(db, cart, now).await?.ok_or(ChooseError::NoSuchCart)?;
    let delivery = choice.delivery.as_ref();
    sqlx::query!(
        "insert into cart_shop (cart_id, shop_id, courier, service, insured, note, pickup_point)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (cart_id, shop_id) do update
           set courier = excluded.courier, service = excluded.service, insured = excluded.insured,
             note = excluded.note, pickup_point = excluded.pickup_point",
        cart.uuid(),
        choice.shop.uuid(),
        delivery.map(|delivery| delivery.courier.as_str()),
        delivery.map(|delivery| delivery.service.as_str()),
        choice.insured,
        choice.note.as_str(),
        delivery.and_then(|delivery| delivery.point).map(PickupPointId::uuid)
    )
    .execute(db)
    .await
    .map_err(|error| match constraint(&error) {
        Some("cart_shop_known") => ChooseError::NoSuchShop,
        Some("cart_shop_courier_form" | "cart_shop_service_form") => ChooseError::NoSuchService,
        _ => error.into(),
    })?;
    Ok(())
}

/// What was chosen for each shop of which something was.
pub async fn shop_choices(db: &mut PgConnection, cart: CartId) -> Result<Vec<ShopChoice>, sqlx::Error> {
    sqlx::query!(
        "select shop_id, courier, service, insured, note, pickup_point from cart_shop
         where cart_id = $1 order by shop_id",
        cart.uuid()
    )
    .map(|row| ShopChoice {
        shop: row.shop_id.into(),
        delivery: row.courier.zip(row.service).map(|(courier, service)| Delivery {
            courier,
            service,
            point: row.pickup_point.map(PickupPointId::new),
        }),
        insured: row.insured,
        note: Note::kept(row.note),
    })
    .fetch_all(db)
    .await
}

/// Notes a voucher's code; one that is there already stays where it is.
pub async fn add_code(
    db: &mut PgConnection,
    cart: CartId,
    code: &VoucherCode,
    now: OffsetDateTime,
) -> Result<(), CodeError> {
    touch(db, cart, now).await?.ok_or(CodeError::NoSuchCart)?;
    let there = sqlx::query_scalar!(
        r#"with added as (
             insert into cart_voucher (cart_id, code, added_at)
             select $1, $2, $3 where (select count(*) from cart_voucher where cart_id = $1) < $4
             on conflict on constraint cart_voucher_once do nothing
             returning code)
           select exists (select from added)
             or exists (select from cart_voucher where cart_id = $1 and code = $2) as "there!""#,
        cart.uuid(),
        code.as_str(),
        now,
        limits::MOST_CODES
    )
    .fetch_one(db)
    .await?;
    if there { Ok(()) } else { Err(CodeError::TooMany) }
}

/// Takes a code out; whether it was there.
pub async fn remove_code(
    db: &mut PgConnection,
    cart: CartId,
    code: &VoucherCode,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    touch(db, cart, now).await?;
    let done =
        sqlx::query!("delete from cart_voucher where cart_id = $1 and code = $2", cart.uuid(), code.as_str())
            .execute(db)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// The codes, in the order in which they were typed.
pub async fn codes(db: &mut PgConnection, cart: CartId) -> Result<Vec<VoucherCode>, sqlx::Error> {
    let rows = sqlx::query_scalar!(
        "select code from cart_voucher where cart_id = $1 order by added_at, code",
        cart.uuid()
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|code| code.parse().map_err(|error: crate::NotACode| sqlx::Error::Decode(error.into())))
        .collect()
}
