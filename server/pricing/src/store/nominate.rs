//! Flash sales that are to come, and what shops would sell in them. Whoever changes one holds the row of its sale, so
//! that one thing happens to it after another.

use super::currency;
use crate::{
    AcceptError, NominateError,
    sale::{Bid, SaleTerms},
};
use model::{
    BasisPoints, Money, Qty,
    ids::{FlashSaleId, ShopId, VariantId},
    views::sales::NominationState,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A sale as it is in its table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HeldSale {
    pub name: String,
    pub starts_at: OffsetDateTime,
    pub ends_at: OffsetDateTime,
    pub least_discount: BasisPoints,
    pub most_per_shop: Option<i32>,
    pub nominate_until: Option<OffsetDateTime>,
    pub is_cancelled: bool,
}

impl HeldSale {
    /// Whether what is in it may still change.
    pub fn is_ahead(&self, now: OffsetDateTime) -> bool {
        !self.is_cancelled && self.starts_at > now
    }

    /// Whether shops still say what they would sell.
    pub fn is_open(&self, now: OffsetDateTime) -> bool {
        self.is_ahead(now) && self.nominate_until.is_some_and(|until| until > now)
    }
}

/// Announces a sale for which shops nominate.
pub async fn insert_sale(
    db: &mut PgConnection,
    id: FlashSaleId,
    terms: &SaleTerms,
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into flash_sale (id, name, starts_at, ends_at, least_discount, most_per_shop, nominate_until, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        id.uuid(),
        terms.name,
        terms.starts_at,
        terms.ends_at,
        i32::from(terms.least_discount.get()),
        terms.most_per_shop,
        terms.nominate_until,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps everybody else from changing a sale and what is asked for in it until the transaction ends.
pub async fn lock_sale(db: &mut PgConnection, id: FlashSaleId) -> Result<Option<HeldSale>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select name, starts_at, ends_at, least_discount, most_per_shop, nominate_until,
             cancelled_at is not null as "is_cancelled!"
           from flash_sale where id = $1 for no key update"#,
        id.uuid()
    )
    .fetch_optional(db)
    .await?;
    let sale = row.map(|row| HeldSale {
        name: row.name,
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        least_discount: u16::try_from(row.least_discount)
            .ok()
            .and_then(|rate| BasisPoints::try_from(rate).ok())
            .unwrap_or_default(),
        most_per_shop: row.most_per_shop,
        nominate_until: row.nominate_until,
        is_cancelled: row.is_cancelled,
    });
    Ok(sale)
}

/// Calls a sale off before it begins; whether it was still to be held.
pub async fn cancel_sale(
    db: &mut PgConnection,
    id: FlashSaleId,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update flash_sale set cancelled_at = $2 where id = $1 and cancelled_at is null and starts_at > $2",
        id.uuid(),
        now
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    // Nothing was sold of it: it had not begun.
    sqlx::query!("delete from flash_item where sale_id = $1", id.uuid()).execute(db).await?;
    Ok(true)
}

/// Notes what a shop would sell in a locked sale, in the place of what it said before; not of what was accepted.
pub async fn nominate(
    db: &mut PgConnection,
    (sale, shop, variant): (FlashSaleId, ShopId, VariantId),
    bid: &Bid,
    now: OffsetDateTime,
) -> Result<(), NominateError> {
    let done = sqlx::query!(
        "insert into flash_nomination (sale_id, variant_id, shop_id, price, currency, quota, per_buyer, state, nominated_at)
         select flash_sale.id, variant.id, variant.shop_id, $4, $5, $6, $7, 'waiting', $8
         from flash_sale, variant
         where flash_sale.id = $1 and flash_sale.cancelled_at is null and flash_sale.nominate_until > $8
           and variant.id = $2 and variant.shop_id = $3
         on conflict (sale_id, variant_id) do update
           set price = $4, currency = $5, quota = $6, per_buyer = $7, state = 'waiting', reason = null,
             nominated_at = $8, decided_at = null, told = true
           where flash_nomination.state <> 'accepted'",
        sale.uuid(),
        variant.uuid(),
        shop.uuid(),
        bid.price.amount(),
        bid.price.currency().code(),
        bid.quota.get(),
        bid.per_buyer.map(Qty::get),
        now
    )
    .execute(db)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(NominateError::Settled) }
}

/// What a shop asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Nomination {
    pub shop: ShopId,
    pub price: Money,
    pub quota: i32,
    pub per_buyer: Option<i32>,
    pub state: NominationState,
    pub reason: Option<String>,
}

pub async fn find_nomination(
    db: &mut PgConnection,
    sale: FlashSaleId,
    variant: VariantId,
) -> Result<Option<Nomination>, sqlx::Error> {
    let row = sqlx::query!(
        "select shop_id, price, currency, quota, per_buyer, state, reason from flash_nomination
         where sale_id = $1 and variant_id = $2",
        sale.uuid(),
        variant.uuid()
    )
    .fetch_optional(db)
    .await?;
    let read = |name: &str| {
        NominationState::from_name(name)
            .ok_or_else(|| sqlx::Error::Decode(format!("a nomination is “{name}” in the database").into()))
    };
    row.map(|row| {
        Ok(Nomination {
            shop: row.shop_id.into(),
            price: Money::new(row.price, currency(&row.currency)),
            quota: row.quota,
            per_buyer: row.per_buyer,
            state: read(&row.state)?,
            reason: row.reason,
        })
    })
    .transpose()
}

/// Takes what a shop asked for back while shops may still nominate; whether there was something to take back.
pub async fn withdraw_nomination(
    db: &mut PgConnection,
    (sale, shop, variant): (FlashSaleId, ShopId, VariantId),
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update flash_nomination as it set state = 'withdrawn', decided_at = null, told = true
         from flash_sale as sale
         where it.sale_id = $1 and it.variant_id = $2 and it.shop_id = $3 and it.state in ('waiting', 'accepted')
           and sale.id = it.sale_id and sale.cancelled_at is null and sale.nominate_until > $4",
        sale.uuid(),
        variant.uuid(),
        shop.uuid(),
        now
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 1 {
        take_out(db, sale, variant).await?;
    }
    Ok(done.rows_affected() == 1)
}

/// Puts what waits into a locked sale that has not begun, behind what is in it; whether it waited. The database refuses what
/// is in another sale for a part of that time, whoever else is accepting it there just now.
pub async fn accept_nomination(
    db: &mut PgConnection,
    (sale, variant): (FlashSaleId, VariantId),
    now: OffsetDateTime,
) -> Result<bool, AcceptError> {
    let done = sqlx::query!(
        "with accepted as (
           update flash_nomination as it set state = 'accepted', decided_at = $3, told = false
           from flash_sale as sale
           where it.sale_id = $1 and it.variant_id = $2 and it.state = 'waiting'
             and sale.id = it.sale_id and sale.cancelled_at is null and sale.starts_at > $3
           returning it.sale_id, it.variant_id, it.price, it.currency, it.quota, it.per_buyer
         )
         insert into flash_item (sale_id, variant_id, price, currency, quota, per_buyer, position)
         select sale_id, variant_id, price, currency, quota, per_buyer,
           (select coalesce(max(position), 0) + 1 from flash_item where sale_id = $1)
         from accepted",
        sale.uuid(),
        variant.uuid(),
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Says no to what waits or was accepted, before the sale begins; whether there was something to say no to.
pub async fn refuse_nomination(
    db: &mut PgConnection,
    (sale, variant): (FlashSaleId, VariantId),
    reason: &str,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update flash_nomination as it set state = 'refused', reason = $3, decided_at = $4, told = false
         from flash_sale as sale
         where it.sale_id = $1 and it.variant_id = $2 and it.state in ('waiting', 'accepted')
           and sale.id = it.sale_id and sale.cancelled_at is null and sale.starts_at > $4",
        sale.uuid(),
        variant.uuid(),
        reason,
        now
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 1 {
        take_out(db, sale, variant).await?;
    }
    Ok(done.rows_affected() == 1)
}

/// What was decided about a shop's nominations in a locked sale, accepted or refused with a reason, since it was last told.
/// Now it is told.
pub async fn take_untold(
    db: &mut PgConnection,
    (sale, shop): (FlashSaleId, ShopId),
) -> Result<Vec<(VariantId, Option<String>)>, sqlx::Error> {
    let rows = sqlx::query!(
        "update flash_nomination set told = true
         where sale_id = $1 and shop_id = $2 and not told and state in ('accepted', 'refused')
         returning variant_id, reason",
        sale.uuid(),
        shop.uuid()
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.variant_id.into(), row.reason)).collect())
}

/// Of a sale that has not begun, so that nothing was sold of it.
async fn take_out(db: &mut PgConnection, sale: FlashSaleId, variant: VariantId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from flash_item where sale_id = $1 and variant_id = $2",
        sale.uuid(),
        variant.uuid()
    )
    .execute(db)
    .await?;
    Ok(())
}
