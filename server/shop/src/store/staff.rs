//! All SQL about the people of shops.

use model::{
    Permission, ShopRole, Slug,
    ids::{AccountId, ShopId},
    shop::{ShopState, StaffShop, limits},
};
use sqlx::PgConnection;
use std::fmt;
use time::OffsetDateTime;

/// Lets those who are about to own one more shop come one by one.
pub async fn lock_owner(db: &mut PgConnection, account: AccountId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "select pg_advisory_xact_lock(hashtextextended('shop owner ' || $1::text, 0))",
        account.to_string()
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Makes somebody the owner of a shop that has none; false where they own as many as anyone may. Lock them first.
pub async fn insert_owner(
    db: &mut PgConnection,
    shop: ShopId,
    account: AccountId,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let made = sqlx::query!(
        "insert into shop_staff (shop_id, account_id, role, since)
         select $1, $2, 'owner', $3
         where (select count(*) from shop_staff as own join shop on shop.id = own.shop_id
                where own.account_id = $2 and own.role = 'owner' and shop.state <> 'closed') < $4",
        shop.uuid(),
        account.uuid(),
        now,
        i64::from(limits::MOST_OWNED)
    )
    .execute(db)
    .await?;
    Ok(made.rows_affected() == 1)
}

/// Gives somebody a role, at the console; whoever works there already keeps theirs, and an owner is not replaced.
pub async fn appoint(
    db: &mut PgConnection,
    shop: ShopId,
    account: AccountId,
    role: ShopRole,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let made = sqlx::query!(
        "insert into shop_staff (shop_id, account_id, role, since) values ($1, $2, $3, $4) on conflict do nothing",
        shop.uuid(),
        account.uuid(),
        role.as_str(),
        now
    )
    .execute(db)
    .await?;
    Ok(made.rows_affected() == 1)
}

/// Lets somebody in who was asked; false where they work there already, in whatever role.
pub async fn join(
    db: &mut PgConnection,
    shop: ShopId,
    account: AccountId,
    (role, by): (ShopRole, AccountId),
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let made = sqlx::query!(
        "insert into shop_staff (shop_id, account_id, role, since, given_by) values ($1, $2, $3, $4, $5)
         on conflict (shop_id, account_id) do nothing",
        shop.uuid(),
        account.uuid(),
        role.as_str(),
        now,
        by.uuid()
    )
    .execute(db)
    .await?;
    Ok(made.rows_affected() == 1)
}

/// Gives another role to somebody who is not the owner; the one they had. None where they do not work there.
pub async fn change_role(
    db: &mut PgConnection,
    shop: ShopId,
    account: AccountId,
    (role, by): (ShopRole, AccountId),
) -> Result<Option<ShopRole>, sqlx::Error> {
    let before = sqlx::query_scalar!(
        "update shop_staff as staff set role = $3, given_by = $4
         from (select role from shop_staff where shop_id = $1 and account_id = $2 for update) as before
         where staff.shop_id = $1 and staff.account_id = $2 and before.role <> 'owner'
         returning before.role",
        shop.uuid(),
        account.uuid(),
        role.as_str(),
        by.uuid()
    )
    .fetch_optional(db)
    .await?;
    before.map(|role| role_of(&role)).transpose()
}

/// Takes somebody out who is not the owner; the role they had. None where they do not work there.
pub async fn delete(
    db: &mut PgConnection,
    shop: ShopId,
    account: AccountId,
) -> Result<Option<ShopRole>, sqlx::Error> {
    let role = sqlx::query_scalar!(
        "delete from shop_staff where shop_id = $1 and account_id = $2 and role <> 'owner' returning role",
        shop.uuid(),
        account.uuid()
    )
    .fetch_optional(db)
    .await?;
    role.map(|role| role_of(&role)).transpose()
}

/// What became of a shop that was to be handed over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HandOver {
    Done,
    /// Whoever gives it does not own it any more, or whoever gets it does not work there.
    NotTheirs,
    /// Whoever gets it owns as many as anyone may.
    TooMany,
}

/// Makes one of its people the owner of a shop, and its owner a manager. Lock whoever gets it first.
pub async fn hand_over(
    db: &mut PgConnection,
    shop: ShopId,
    from: AccountId,
    to: AccountId,
) -> Result<HandOver, sqlx::Error> {
    let left = sqlx::query!(
        "update shop_staff set role = 'manager', given_by = $2
         where shop_id = $1 and account_id = $2 and role = 'owner'",
        shop.uuid(),
        from.uuid()
    )
    .execute(&mut *db)
    .await?;
    let took = sqlx::query!(
        "update shop_staff set role = 'owner', given_by = $3 where shop_id = $1 and account_id = $2 and $2 <> $3",
        shop.uuid(),
        to.uuid(),
        from.uuid()
    )
    .execute(&mut *db)
    .await?;
    if left.rows_affected() != 1 || took.rows_affected() != 1 {
        return Ok(HandOver::NotTheirs);
    }
    let owned = count_owned(db, to).await?;
    Ok(if owned > i64::from(limits::MOST_OWNED) { HandOver::TooMany } else { HandOver::Done })
}

/// Takes somebody out of all shops they work in; what they own stays under the account's id.
pub async fn erase(db: &mut PgConnection, account: AccountId) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from shop_staff where account_id = $1 and role <> 'owner'", account.uuid())
        .execute(&mut *db)
        .await?;
    sqlx::query!(
        "update shop_invitation set email = '•', ended_at = coalesce(ended_at, created_at)
         where accepted_by = $1 or email in (select address from account_contact where account_id = $1)",
        account.uuid()
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("update shop_verification set legal_name = '•' where sent_by = $1", account.uuid())
        .execute(db)
        .await?;
    Ok(())
}

/// Whether somebody owns a shop that shoppers buy from, or did until an operator closed it to them.
pub async fn owns_running(db: &mut PgConnection, account: AccountId) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (
             select from shop_staff as own join shop on shop.id = own.shop_id
             where own.account_id = $1 and own.role = 'owner' and shop.state in ('open', 'on_holiday', 'suspended')
           ) as "owns!""#,
        account.uuid()
    )
    .fetch_one(db)
    .await
}

/// How many shops somebody owns that have not closed.
pub async fn count_owned(db: &mut PgConnection, account: AccountId) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from shop_staff as own join shop on shop.id = own.shop_id
           where own.account_id = $1 and own.role = 'owner' and shop.state <> 'closed'"#,
        account.uuid()
    )
    .fetch_one(db)
    .await
}

/// Whether somebody works in a shop.
pub async fn works_in(db: &mut PgConnection, shop: ShopId, account: AccountId) -> Result<bool, sqlx::Error> {
    Ok(find_role(db, shop, account).await?.is_some())
}

/// Whose shop it is; nobody's where it was made at the console.
pub async fn find_owner(db: &mut PgConnection, shop: ShopId) -> Result<Option<AccountId>, sqlx::Error> {
    let owner = sqlx::query_scalar!(
        "select account_id from shop_staff where shop_id = $1 and role = 'owner'",
        shop.uuid()
    )
    .fetch_optional(db)
    .await?;
    Ok(owner.map(AccountId::new))
}

/// Those whose work there this is, the longest first.
pub async fn list_allowed(
    db: &mut PgConnection,
    shop: ShopId,
    permission: Permission,
) -> Result<Vec<AccountId>, sqlx::Error> {
    let people = sqlx::query!(
        "select account_id, role from shop_staff where shop_id = $1 order by since, account_id",
        shop.uuid()
    )
    .fetch_all(db)
    .await?;
    let allowed = people
        .into_iter()
        .filter(|one| ShopRole::from_name(&one.role).is_some_and(|role| role.permissions().has(permission)));
    Ok(allowed.map(|one| one.account_id.into()).collect())
}

/// What somebody is in a shop.
pub(crate) async fn find_role(
    db: &mut PgConnection,
    shop: ShopId,
    account: AccountId,
) -> Result<Option<ShopRole>, sqlx::Error> {
    let role = sqlx::query_scalar!(
        "select role from shop_staff where shop_id = $1 and account_id = $2",
        shop.uuid(),
        account.uuid()
    )
    .fetch_optional(db)
    .await?;
    role.map(|role| role_of(&role)).transpose()
}

/// The shop at this address, if it is one of theirs.
pub(crate) async fn find(
    db: &mut PgConnection,
    slug: &Slug,
    account: AccountId,
) -> Result<Option<StaffShop>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        "select shop.id, shop.slug, shop.name, shop.state, staff.role
         from shop join shop_staff as staff on staff.shop_id = shop.id and staff.account_id = $2
         where shop.slug = $1",
        slug.as_str(),
        account.uuid()
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::shop).transpose()
}

/// The longest theirs first.
pub(crate) async fn list(db: &mut PgConnection, account: AccountId) -> Result<Vec<StaffShop>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        "select shop.id, shop.slug, shop.name, shop.state, staff.role
         from shop_staff as staff join shop on shop.id = staff.shop_id
         where staff.account_id = $1 order by staff.since, shop.id",
        account.uuid()
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::shop).collect()
}

struct Row {
    id: model::ids::Uuid,
    slug: String,
    name: String,
    state: String,
    role: String,
}

impl Row {
    fn shop(self) -> Result<StaffShop, sqlx::Error> {
        Ok(StaffShop {
            id: self.id.into(),
            slug: self.slug.parse().map_err(|_| unsound("a shop's slug", &self.slug))?,
            name: self.name,
            role: role_of(&self.role)?,
            state: ShopState::from_name(&self.state).ok_or_else(|| unsound("a shop's state", &self.state))?,
        })
    }
}

pub(super) fn role_of(name: &str) -> Result<ShopRole, sqlx::Error> {
    ShopRole::from_name(name).ok_or_else(|| unsound("a role in a shop", name))
}

/// A row that a constraint of the database should have kept out.
fn unsound(what: &str, value: impl fmt::Display) -> sqlx::Error {
    sqlx::Error::Decode(format!("{what} is “{value}” in the database").into())
}
