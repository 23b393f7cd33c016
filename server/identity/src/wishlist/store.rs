//! All SQL about wishlists.

use super::{Looks, ShareToken};
use model::{
    Money,
    ids::{AccountId, ProductId, Uuid, VariantId, WishId, WishlistId},
    wish::{Wishlist, limits},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Keeps everybody else from changing this person's lists until the transaction ends.
pub async fn lock(db: &mut PgConnection, owner: AccountId) -> Result<(), sqlx::Error> {
    sqlx::query!("select id from account where id = $1 for no key update", owner.uuid())
        .fetch_one(db)
        .await?;
    Ok(())
}

/// All of a person's lists: the default first, then the oldest.
pub async fn list(db: &mut PgConnection, owner: AccountId) -> Result<Vec<Wishlist>, sqlx::Error> {
    sqlx::query_as!(
        Row,
        r#"select id, name, is_default, token, version,
             (select count(*)::int from wish where wish.wishlist_id = wishlist.id) as "count!"
           from wishlist where account_id = $1 order by is_default desc, created_at, id"#,
        owner.uuid()
    )
    .map(Row::list)
    .fetch_all(db)
    .await
}

/// One of a person's lists; somebody else's is not there.
pub async fn find(
    db: &mut PgConnection,
    owner: AccountId,
    id: WishlistId,
) -> Result<Option<Wishlist>, sqlx::Error> {
    sqlx::query_as!(
        Row,
        r#"select id, name, is_default, token, version,
             (select count(*)::int from wish where wish.wishlist_id = wishlist.id) as "count!"
           from wishlist where account_id = $1 and id = $2"#,
        owner.uuid(),
        id.uuid()
    )
    .map(Row::list)
    .fetch_optional(db)
    .await
}

/// The list a link opens.
pub async fn find_shared(db: &mut PgConnection, token: &ShareToken) -> Result<Option<Wishlist>, sqlx::Error> {
    sqlx::query_as!(
        Row,
        r#"select id, name, is_default, token, version,
             (select count(*)::int from wish where wish.wishlist_id = wishlist.id) as "count!"
           from wishlist where token = $1"#,
        token.as_str()
    )
    .map(Row::list)
    .fetch_optional(db)
    .await
}

/// The default list, made under this id where there is none yet.
pub async fn ensure_default(
    db: &mut PgConnection,
    owner: AccountId,
    id: WishlistId,
    now: OffsetDateTime,
) -> Result<WishlistId, sqlx::Error> {
    let id = sqlx::query_scalar!(
        "insert into wishlist (id, account_id, is_default, created_at, updated_at) values ($1, $2, true, $3, $3)
         on conflict (account_id) where is_default do update set account_id = excluded.account_id
         returning id",
        id.uuid(),
        owner.uuid(),
        now
    )
    .fetch_one(db)
    .await?;
    Ok(id.into())
}

/// What became of a list that was to be made or named.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Named {
    Done,
    /// There is another of this name.
    Taken,
    /// There is no such list, it is of another version, or there are as many as anyone may have.
    Not,
}

/// Makes a list. Under [`lock`].
pub async fn insert(
    db: &mut PgConnection,
    owner: AccountId,
    id: WishlistId,
    name: &str,
    now: OffsetDateTime,
) -> Result<Named, sqlx::Error> {
    let done = sqlx::query!(
        "insert into wishlist (id, account_id, name, created_at, updated_at)
         select $1, $2, $3, $4, $4 where (select count(*) from wishlist where account_id = $2) < $5",
        id.uuid(),
        owner.uuid(),
        name,
        now,
        i64::from(limits::MOST_LISTS)
    )
    .execute(db)
    .await;
    named(done)
}

/// Renames one of a person's lists if it is still of this version.
pub async fn rename(
    db: &mut PgConnection,
    owner: AccountId,
    (id, version): (WishlistId, i32),
    name: &str,
    now: OffsetDateTime,
) -> Result<Named, sqlx::Error> {
    let done = sqlx::query!(
        "update wishlist set name = $4, updated_at = $5, version = version + 1
         where id = $1 and account_id = $2 and version = $3",
        id.uuid(),
        owner.uuid(),
        version,
        name,
        now
    )
    .execute(db)
    .await;
    named(done)
}

fn named(done: Result<sqlx::postgres::PgQueryResult, sqlx::Error>) -> Result<Named, sqlx::Error> {
    match done {
        Ok(done) if done.rows_affected() == 1 => Ok(Named::Done),
        Ok(_) => Ok(Named::Not),
        Err(sqlx::Error::Database(error)) if error.constraint() == Some("wishlist_name_unique") => {
            Ok(Named::Taken)
        }
        Err(error) => Err(error),
    }
}

/// Removes a list with what is on it, but never the default one. Whether there was such a list.
pub async fn delete(db: &mut PgConnection, owner: AccountId, id: WishlistId) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "delete from wishlist where id = $1 and account_id = $2 and not is_default",
        id.uuid(),
        owner.uuid()
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Opens a list under this token, or closes it. Whether there was such a list.
pub async fn put_token(
    db: &mut PgConnection,
    owner: AccountId,
    id: WishlistId,
    token: Option<&ShareToken>,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update wishlist set token = $3, updated_at = $4 where id = $1 and account_id = $2",
        id.uuid(),
        owner.uuid(),
        token.map(ShareToken::as_str),
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Keeps a thing on a list; the wish there is where it is on it already. None where the list is full. Under [`lock`].
pub async fn insert_wish(
    db: &mut PgConnection,
    list: WishlistId,
    id: WishId,
    looks: &Looks,
    now: OffsetDateTime,
) -> Result<Option<WishId>, sqlx::Error> {
    if let Some(there) = find_wish(db, list, looks.product, looks.variant).await? {
        return Ok(Some(there));
    }
    let done = sqlx::query!(
        "insert into wish (id, wishlist_id, product_id, variant_id, added_at, name_then, price_then, currency,
           in_stock_then, price_told, in_stock_told)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9, $7, $9
         where (select count(*) from wish where wishlist_id = $2) < $10",
        id.uuid(),
        list.uuid(),
        looks.product.uuid(),
        looks.variant.map(VariantId::uuid),
        now,
        looks.name,
        looks.price.amount(),
        looks.price.currency().code(),
        looks.in_stock,
        i64::from(limits::MOST_WISHES)
    )
    .execute(db)
    .await?;
    Ok((done.rows_affected() == 1).then_some(id))
}

async fn find_wish(
    db: &mut PgConnection,
    list: WishlistId,
    product: ProductId,
    variant: Option<VariantId>,
) -> Result<Option<WishId>, sqlx::Error> {
    let id = sqlx::query_scalar!(
        "select id from wish where wishlist_id = $1 and product_id = $2 and variant_id is not distinct from $3",
        list.uuid(),
        product.uuid(),
        variant.map(VariantId::uuid)
    );
    Ok(id.fetch_optional(db).await?.map(WishId::from))
}

/// Takes a thing off a person's list; whether it was on one.
pub async fn delete_wish(db: &mut PgConnection, owner: AccountId, id: WishId) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "delete from wish using wishlist
         where wish.id = $1 and wishlist.id = wish.wishlist_id and wishlist.account_id = $2",
        id.uuid(),
        owner.uuid()
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a product and its variants off all of a person's lists; how many wishes that were.
pub async fn delete_product(
    db: &mut PgConnection,
    owner: AccountId,
    product: ProductId,
) -> Result<u64, sqlx::Error> {
    let done = sqlx::query!(
        "delete from wish using wishlist
         where wish.product_id = $1 and wishlist.id = wish.wishlist_id and wishlist.account_id = $2",
        product.uuid(),
        owner.uuid()
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// What became of a wish that was to be moved.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Put {
    Done,
    Full,
    /// There is no such wish or list of this person.
    Not,
}

/// Moves a wish to another list of its owner; where the same thing is there already, the two become one.
/// Under [`lock`].
pub async fn move_wish(
    db: &mut PgConnection,
    owner: AccountId,
    id: WishId,
    to: WishlistId,
) -> Result<Put, sqlx::Error> {
    let wish = sqlx::query!(
        "select wish.product_id, wish.variant_id, wish.wishlist_id
         from wish join wishlist on wishlist.id = wish.wishlist_id
         where wish.id = $1 and wishlist.account_id = $2",
        id.uuid(),
        owner.uuid()
    )
    .fetch_optional(&mut *db)
    .await?;
    let (Some(wish), Some(list)) = (wish, find(db, owner, to).await?) else { return Ok(Put::Not) };
    if wish.wishlist_id == to.uuid() {
        return Ok(Put::Done);
    }
    let variant = wish.variant_id.map(VariantId::from);
    if find_wish(db, to, wish.product_id.into(), variant).await?.is_some() {
        delete_wish(db, owner, id).await?;
        return Ok(Put::Done);
    }
    if list.count >= limits::MOST_WISHES {
        return Ok(Put::Full);
    }
    sqlx::query!("update wish set wishlist_id = $2 where id = $1", id.uuid(), to.uuid()).execute(db).await?;
    Ok(Put::Done)
}

/// Which of these products are on any of a person's lists.
pub async fn list_wished(
    db: &mut PgConnection,
    owner: AccountId,
    products: &[ProductId],
) -> Result<Vec<ProductId>, sqlx::Error> {
    let products: Vec<Uuid> = products.iter().map(|id| id.uuid()).collect();
    let wished = sqlx::query_scalar!(
        "select distinct wish.product_id from wish join wishlist on wishlist.id = wish.wishlist_id
         where wishlist.account_id = $1 and wish.product_id = any($2)",
        owner.uuid(),
        &products
    )
    .fetch_all(db)
    .await?;
    Ok(wished.into_iter().map(ProductId::from).collect())
}

/// A wish whose owner may be told something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Watched {
    pub wish: WishId,
    pub owner: AccountId,
    pub variant: Option<VariantId>,
    pub told: Money,
    pub in_stock_told: bool,
}

/// Those of these products that anybody wishes for.
pub async fn list_wished_by_anybody(
    db: &mut PgConnection,
    products: &[ProductId],
) -> Result<Vec<ProductId>, sqlx::Error> {
    let ids: Vec<Uuid> = products.iter().map(|product| product.uuid()).collect();
    let wished = sqlx::query_scalar!("select distinct product_id from wish where product_id = any($1)", &ids);
    Ok(wished.fetch_all(db).await?.into_iter().map(ProductId::from).collect())
}

/// Who wishes for this product, in the order of the wishes' ids, from one on.
pub async fn list_watched(
    db: &mut PgConnection,
    product: ProductId,
    after: Option<WishId>,
    limit: i64,
) -> Result<Vec<Watched>, sqlx::Error> {
    let rows = sqlx::query!(
        "select wish.id, wishlist.account_id, wish.variant_id, wish.price_told, wish.currency, wish.in_stock_told
         from wish join wishlist on wishlist.id = wish.wishlist_id
         where wish.product_id = $1 and ($2::uuid is null or wish.id > $2)
         order by wish.id limit $3 for update of wish",
        product.uuid(),
        after.map(WishId::uuid),
        limit
    )
    .fetch_all(db)
    .await?;
    let watched = rows.into_iter().filter_map(|row| {
        Some(Watched {
            wish: row.id.into(),
            owner: row.account_id.into(),
            variant: row.variant_id.map(VariantId::from),
            told: Money::new(row.price_told, currency(&row.currency)?),
            in_stock_told: row.in_stock_told,
        })
    });
    Ok(watched.collect())
}

/// Notes the price and stock as they are now, so that the same news is told once.
pub async fn mark_told(
    db: &mut PgConnection,
    wish: WishId,
    price: Money,
    in_stock: bool,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update wish set price_told = $2, in_stock_told = $3 where id = $1",
        wish.uuid(),
        price.amount(),
        in_stock
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Removes everything, for an account that is erased.
pub async fn erase(db: &mut PgConnection, owner: AccountId) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from wishlist where account_id = $1", owner.uuid()).execute(db).await?;
    Ok(())
}

/// None for a currency the table's own check keeps out.
fn currency(code: &str) -> Option<model::Currency> {
    use model::Currency::{Idr, Sgd, Usd};
    [Idr, Usd, Sgd].into_iter().find(|currency| currency.code() == code)
}

struct Row {
    id: Uuid,
    name: Option<String>,
    is_default: bool,
    token: Option<String>,
    version: i32,
    count: i32,
}

impl Row {
    fn list(self) -> Wishlist {
        Wishlist {
            id: self.id.into(),
            name: self.name.unwrap_or_default(),
            is_default: self.is_default,
            count: self.count.unsigned_abs(),
            token: self.token,
            version: self.version,
        }
    }
}
