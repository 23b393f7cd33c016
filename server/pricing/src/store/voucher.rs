//! Vouchers as they are given out and found.

use super::row::{KindColumns, Row, vouchers};
use crate::{InsertVoucherError, NewVoucher, Voucher};
use model::{
    Currency, Money,
    ids::{ShopId, Uuid, VoucherId},
    pricing::{VoucherCode, VoucherState},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What a voucher is in the table's columns, as far as it is not one itself. Amounts are minor units.
pub(super) struct Columns {
    pub shop: Option<Uuid>,
    pub kind: KindColumns,
    pub currency: Currency,
    pub min_spend: Option<i64>,
    pub min_qty: Option<i32>,
    pub products: Vec<Uuid>,
    pub categories: Vec<Uuid>,
    pub shops: Vec<Uuid>,
    pub methods: Vec<String>,
    pub member_tier: Option<&'static str>,
    pub budget: Option<i64>,
}

impl Columns {
    /// Refuses amounts in several currencies.
    pub fn of(new: &NewVoucher) -> Result<Self, InsertVoucherError> {
        let kind = KindColumns::from(new.kind);
        let conditions = &new.conditions;
        let amounts = [kind.amount, kind.cap, conditions.min_spend, new.budget];
        let mut currencies = amounts.into_iter().flatten().map(Money::currency);
        let currency = currencies.next().unwrap_or(Currency::Idr);
        if currencies.any(|other| other != currency) {
            return Err(InsertVoucherError::OutOfRange);
        }
        Ok(Self {
            shop: new.scope.shop().map(Uuid::from),
            kind,
            currency,
            min_spend: conditions.min_spend.map(Money::amount),
            min_qty: conditions.min_qty.map(i32::from),
            products: conditions.products.iter().map(|id| id.uuid()).collect(),
            categories: conditions.categories.iter().map(|id| id.uuid()).collect(),
            shops: conditions.shops.iter().map(|id| id.uuid()).collect(),
            methods: conditions.methods.iter().map(|method| method.as_str().to_owned()).collect(),
            member_tier: conditions.member_tier.map(model::pricing::MemberTier::as_str),
            budget: new.budget.map(Money::amount),
        })
    }
}

/// Gives out a voucher. All its amounts are in one currency.
pub async fn insert_voucher(
    db: &mut PgConnection,
    new: &NewVoucher,
    now: OffsetDateTime,
) -> Result<(), InsertVoucherError> {
    let of = Columns::of(new)?;
    sqlx::query!(
        "insert into voucher (id, shop_id, code, name, kind, currency, amount, rate, cap, buy_qty, get_qty, min_spend,
           min_qty, products, categories, shops, methods, first_order_only, member_tier, funder, starts_at, ends_at,
           quota, budget, per_person, public, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
           $23, $24, $25, $26, $27)",
        new.id.uuid(),
        of.shop,
        new.code.as_ref().map(VoucherCode::as_str),
        new.name,
        of.kind.kind,
        of.currency.code(),
        of.kind.amount.map(Money::amount),
        of.kind.rate,
        of.kind.cap.map(Money::amount),
        of.kind.buy,
        of.kind.get,
        of.min_spend,
        of.min_qty,
        &of.products,
        &of.categories,
        &of.shops,
        &of.methods,
        new.conditions.first_order_only,
        of.member_tier,
        new.funder.as_str(),
        new.from,
        new.until,
        new.quota,
        of.budget,
        new.per_person,
        new.public,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Pauses a voucher of this shop (or of the platform), or lets it go on; whether there is such a one.
pub async fn mark_voucher(
    db: &mut PgConnection,
    owner: Option<ShopId>,
    voucher: VoucherId,
    state: VoucherState,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update voucher set state = $3 where id = $1 and shop_id is not distinct from $2",
        voucher.uuid(),
        owner.map(Uuid::from),
        state.as_str()
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// These vouchers in the order asked for, with what is left of them for a buyer. Those there are none of are left out;
/// whether one may be used now is for [`quote`](crate::quote()) to say.
pub async fn load(
    db: &mut PgConnection,
    ids: &[VoucherId],
    buyer_key: Option<&str>,
) -> Result<Vec<Voucher>, sqlx::Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let rows = vouchers!(
        "unnest($2::uuid[]) with ordinality as wanted (wanted_id, place) join voucher on id = wanted_id order by place",
        buyer_key,
        &ids
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().filter_map(Row::voucher).collect())
}

/// The voucher with this code, whatever its state, and what is left of it for a buyer.
pub async fn find_by_code(
    db: &mut PgConnection,
    code: &VoucherCode,
    buyer_key: Option<&str>,
) -> Result<Option<Voucher>, sqlx::Error> {
    Ok(list_by_codes(db, std::slice::from_ref(code), buyer_key).await?.pop())
}

/// The vouchers with these codes, whatever their state, and what is left of each for a buyer. Those there are none of are
/// left out.
pub async fn list_by_codes(
    db: &mut PgConnection,
    codes: &[VoucherCode],
    buyer_key: Option<&str>,
) -> Result<Vec<Voucher>, sqlx::Error> {
    let codes: Vec<String> = codes.iter().map(|code| code.as_str().to_owned()).collect();
    let rows = vouchers!("voucher where code = any($2) order by id", buyer_key, &codes).fetch_all(db).await?;
    Ok(rows.into_iter().filter_map(Row::voucher).collect())
}

/// How many vouchers a page shows at most.
const SHOWN: i64 = 50;

/// Vouchers anybody may have now, of a shop or of the platform, those that end soonest first. At most 50.
pub async fn list_public(
    db: &mut PgConnection,
    shop: Option<ShopId>,
    now: OffsetDateTime,
) -> Result<Vec<Voucher>, sqlx::Error> {
    let ids = sqlx::query_scalar!(
        "select id from voucher
         where shop_id is not distinct from $1 and public and state = 'active'
           and starts_at <= $2 and (ends_at is null or ends_at > $2)
           and (quota is null or used < quota) and (budget is null or spent < budget)
         order by ends_at, id
         limit $3",
        shop.map(Uuid::from),
        now,
        SHOWN
    )
    .fetch_all(&mut *db)
    .await?;
    let ids: Vec<VoucherId> = ids.into_iter().map(VoucherId::new).collect();
    load(db, &ids, None).await
}

/// What applies without a code now in a basket from these shops, the platform's among it, and what is left of it for a
/// buyer.
pub async fn list_automatic(
    db: &mut PgConnection,
    shops: &[ShopId],
    buyer_key: Option<&str>,
    now: OffsetDateTime,
) -> Result<Vec<Voucher>, sqlx::Error> {
    let shops: Vec<Uuid> = shops.iter().map(|shop| shop.uuid()).collect();
    let rows = vouchers!(
        "voucher
         where code is null and state = 'active' and starts_at <= $2 and (ends_at is null or ends_at > $2)
           and (quota is null or used < quota) and (budget is null or spent < budget)
           and (shop_id is null or shop_id = any($3))
         order by id",
        buyer_key,
        now,
        &shops
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().filter_map(Row::voucher).collect())
}

/// Everything a shop or the platform has given out, newest first, from before a voucher on.
pub async fn list_of_owner(
    db: &mut PgConnection,
    owner: Option<ShopId>,
    before: Option<VoucherId>,
    limit: i64,
) -> Result<Vec<Voucher>, sqlx::Error> {
    let ids = sqlx::query_scalar!(
        "select id from voucher
         where shop_id is not distinct from $1 and ($2::uuid is null or id < $2)
         order by id desc
         limit $3",
        owner.map(Uuid::from),
        before.map(Uuid::from),
        limit
    )
    .fetch_all(&mut *db)
    .await?;
    let ids: Vec<VoucherId> = ids.into_iter().map(VoucherId::new).collect();
    load(db, &ids, None).await
}

/// How much a voucher has been used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Usage {
    pub used: i32,
    /// Minor units.
    pub spent: i64,
}

pub async fn usage(db: &mut PgConnection, voucher: VoucherId) -> Result<Option<Usage>, sqlx::Error> {
    sqlx::query_as!(Usage, "select used, spent from voucher where id = $1", voucher.uuid())
        .fetch_optional(db)
        .await
}
