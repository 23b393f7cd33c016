//! All SQL about carts: whose they are here, their lines in [`line`] and [`mark`], what was chosen in [`choice`], and how a guest's
//! goes into an account's in [`merge`].

mod choice;
mod contents;
mod line;
mod mark;
mod merge;

pub use choice::{
    add_code, codes, remove_code, set_address, set_coins, set_contact, set_method, set_shop_choice,
    shop_choices,
};
pub use contents::contents;
pub use line::{add, lines, pieces_of, restore, set_note, set_quantity};
pub use mark::{accept_prices, remove, save_for_later, take_ordered, tick, tick_all, tick_shop};
pub use merge::{merge, note_news, see_news};

use crate::{Cart, Destination, Holder, Reach, limits};
use model::{
    Currency,
    ids::{AccountId, CartId, Uuid},
    payment::Method,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// The cart of this holder.
pub async fn find_of(db: &mut PgConnection, holder: &Holder) -> Result<Option<Cart>, sqlx::Error> {
    let (account, guest) = keys(holder);
    let row = sqlx::query_as!(
        Row,
        "select id, account_id, currency, email, phone, address_id, address, method, use_coins, updated_at, expires_at
         from cart where account_id = $1 or guest_token_hash = $2",
        account,
        guest
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::cart).transpose()
}

/// The cart of this holder, made under this id where there is none yet; two tabs get the same one.
pub async fn open(
    db: &mut PgConnection,
    holder: &Holder,
    id: CartId,
    now: OffsetDateTime,
) -> Result<Cart, sqlx::Error> {
    match find_of(db, holder).await? {
        Some(cart) => Ok(cart),
        None => make(db, holder, id, now).await,
    }
}

/// As [`open`], noted as changed now, which keeps every other change of it waiting until the transaction ends.
pub async fn hold(
    db: &mut PgConnection,
    holder: &Holder,
    id: CartId,
    now: OffsetDateTime,
) -> Result<Cart, sqlx::Error> {
    let (account, guest) = keys(holder);
    let row = sqlx::query_as!(
        Row,
        "update cart set updated_at = $3, expires_at = case when expires_at < $4::timestamptz - interval '1 day' then $4 else expires_at end
         where account_id = (select $1::uuid) or guest_token_hash = (select $2::bytea)
         returning id, account_id, currency, email, phone, address_id, address, method, use_coins, updated_at, expires_at",
        account,
        guest,
        now,
        now + limits::GUESTS_FOR
    )
    .fetch_optional(&mut *db)
    .await?;
    match row {
        Some(row) => row.cart(),
        None => make(db, holder, id, now).await,
    }
}

/// A new one under this id, else the one that another tab has made meanwhile.
pub async fn make(
    db: &mut PgConnection,
    holder: &Holder,
    id: CartId,
    now: OffsetDateTime,
) -> Result<Cart, sqlx::Error> {
    let (account, guest) = keys(holder);
    let made = sqlx::query_as!(
        Row,
        "insert into cart (id, account_id, guest_token_hash, currency, created_at, updated_at, expires_at)
         values ($1, $2, $3, $4, $5, $5, $6)
         on conflict do nothing
         returning id, account_id, currency, email, phone, address_id, address, method, use_coins, updated_at, expires_at",
        id.uuid(),
        account,
        guest,
        Currency::default().code(),
        now,
        guest.map(|_| now + limits::GUESTS_FOR)
    )
    .fetch_optional(&mut *db)
    .await?;
    match made {
        Some(row) => row.cart(),
        // Another tab has made it meanwhile.
        None => lock_of(db, holder).await?.ok_or(sqlx::Error::RowNotFound),
    }
}

/// How many things the holder means to buy: lines that are not saved for later, for the number beside the basket.
pub async fn count_of(db: &mut PgConnection, holder: &Holder) -> Result<i64, sqlx::Error> {
    let (account, guest) = keys(holder);
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from cart join cart_line on cart_line.cart_id = cart.id
           where (cart.account_id = $1 or cart.guest_token_hash = $2) and not cart_line.saved_for_later"#,
        account,
        guest
    )
    .fetch_one(db)
    .await
}

/// As [`find_of`], and keeps every other change of this cart waiting until the transaction ends.
pub async fn lock_of(db: &mut PgConnection, holder: &Holder) -> Result<Option<Cart>, sqlx::Error> {
    let (account, guest) = keys(holder);
    let row = sqlx::query_as!(
        Row,
        "select id, account_id, currency, email, phone, address_id, address, method, use_coins, updated_at, expires_at
         from cart where account_id = $1 or guest_token_hash = $2 for no key update",
        account,
        guest
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::cart).transpose()
}

/// Forgets up to `batch` guests' carts that have expired; whether there may be more.
pub async fn forget_guests(
    db: &mut PgConnection,
    now: OffsetDateTime,
    batch: i64,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "delete from cart where id in (
           select id from cart where expires_at <= $1 order by expires_at limit $2 for update skip locked)",
        now,
        batch
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == batch.unsigned_abs())
}

/// Removes everything, for an account that is erased.
pub async fn erase(db: &mut PgConnection, account: AccountId) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from cart where account_id = $1", account.uuid()).execute(db).await?;
    Ok(())
}

/// Notes that a cart was changed, which also locks it, and says its currency; none where there is no such cart.
async fn touch(
    db: &mut PgConnection,
    cart: CartId,
    now: OffsetDateTime,
) -> Result<Option<Currency>, sqlx::Error> {
    let code = sqlx::query_scalar!(
        "update cart set updated_at = $2, expires_at = case when expires_at < $3::timestamptz - interval '1 day' then $3 else expires_at end
         where id = $1
         returning currency",
        cart.uuid(),
        now,
        now + limits::GUESTS_FOR
    )
    .fetch_optional(db)
    .await?;
    code.map(|code| currency(&code)).transpose()
}

fn keys(holder: &Holder) -> (Option<Uuid>, Option<&[u8]>) {
    match holder {
        Holder::Account(account) => (Some(account.uuid()), None),
        Holder::Guest(hash) => (None, Some(hash)),
    }
}

fn currency(code: &str) -> Result<Currency, sqlx::Error> {
    [Currency::Idr, Currency::Usd, Currency::Sgd]
        .into_iter()
        .find(|it| it.code() == code)
        .ok_or_else(|| unreadable("a currency"))
}

fn unreadable(what: &'static str) -> sqlx::Error {
    sqlx::Error::Decode(format!("a cart has {what} this version does not know").into())
}

/// The name of the constraint that refused, if one did.
fn constraint(error: &sqlx::Error) -> Option<&str> {
    error.as_database_error().and_then(|error| error.constraint())
}

struct Row {
    id: Uuid,
    account_id: Option<Uuid>,
    currency: String,
    email: Option<String>,
    phone: Option<String>,
    address_id: Option<Uuid>,
    address: Option<serde_json::Value>,
    method: Option<String>,
    use_coins: bool,
    updated_at: OffsetDateTime,
    expires_at: Option<OffsetDateTime>,
}

impl Row {
    fn cart(self) -> Result<Cart, sqlx::Error> {
        let email = self.email.map(|email| email.parse().map_err(|_| unreadable("an e-mail address")));
        let phone = self.phone.map(|phone| phone.parse().map_err(|_| unreadable("a telephone number")));
        let typed = self.address.map(serde_json::from_value).transpose();
        let typed =
            typed.map_err(|_| unreadable("an address"))?.map(|typed| Destination::Typed(Box::new(typed)));
        Ok(Cart {
            id: self.id.into(),
            account: self.account_id.map(Into::into),
            currency: currency(&self.currency)?,
            reach: Reach { email: email.transpose()?, phone: phone.transpose()? },
            destination: self.address_id.map(|id| Destination::Kept(id.into())).or(typed),
            // A way to pay that is not offered any more is chosen again.
            method: self.method.as_deref().and_then(Method::from_name),
            use_coins: self.use_coins,
            updated_at: self.updated_at,
            expires_at: self.expires_at,
        })
    }
}
