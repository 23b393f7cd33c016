//! Flash sales: few pieces at a low price for a short time.

use super::currency;
use crate::{FlashError, FlashPrice, InsertFlashError};
use model::{
    Money, Qty,
    ids::{FlashSaleId, Uuid, VariantId},
};
use sqlx::{Connection, PgConnection};
use std::collections::HashMap;
use time::OffsetDateTime;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FlashSale {
    pub id: FlashSaleId,
    pub name: String,
    pub starts_at: OffsetDateTime,
    /// It ends just before.
    pub ends_at: OffsetDateTime,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FlashItem {
    pub variant: VariantId,
    pub price: Money,
    pub quota: i32,
    pub sold: i32,
    pub per_buyer: Option<i32>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewFlashSale {
    pub id: FlashSaleId,
    /// 1 to 80 characters.
    pub name: String,
    pub starts_at: OffsetDateTime,
    pub ends_at: OffsetDateTime,
    /// In the order in which they are shown.
    pub items: Vec<NewFlashItem>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NewFlashItem {
    pub variant: VariantId,
    pub price: Money,
    pub quota: Qty,
    pub per_buyer: Option<Qty>,
}

/// Announces a sale with all that is in it.
pub async fn insert_flash_sale(
    db: &mut PgConnection,
    new: &NewFlashSale,
    now: OffsetDateTime,
) -> Result<(), InsertFlashError> {
    let mut tx = db.begin().await?;
    sqlx::query!(
        "insert into flash_sale (id, name, starts_at, ends_at, created_at) values ($1, $2, $3, $4, $5)",
        new.id.uuid(),
        new.name,
        new.starts_at,
        new.ends_at,
        now
    )
    .execute(&mut *tx)
    .await?;
    let items = &new.items;
    let variants: Vec<Uuid> = items.iter().map(|item| item.variant.uuid()).collect();
    let prices: Vec<i64> = items.iter().map(|item| item.price.amount()).collect();
    let currencies: Vec<String> = items.iter().map(|item| item.price.currency().code().to_owned()).collect();
    let quotas: Vec<i32> = items.iter().map(|item| item.quota.get()).collect();
    let per_buyer: Vec<Option<i32>> = items.iter().map(|item| item.per_buyer.map(Qty::get)).collect();
    sqlx::query!(
        "insert into flash_item (sale_id, variant_id, price, currency, quota, per_buyer, position)
         select $1, variant_id, price, currency, quota, per_buyer, position
         from unnest($2::uuid[], $3::bigint[], $4::text[], $5::int[], $6::int[]) with ordinality
           as t (variant_id, price, currency, quota, per_buyer, position)",
        new.id.uuid(),
        &variants,
        &prices,
        &currencies,
        &quotas,
        &per_buyer as &[Option<i32>]
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(())
}

/// The sales that are on now, those that end soonest first.
pub async fn current_sales(
    db: &mut PgConnection,
    now: OffsetDateTime,
) -> Result<Vec<FlashSale>, sqlx::Error> {
    sqlx::query_as!(
        FlashSale,
        "select id, name, starts_at, ends_at from flash_sale
         where starts_at <= $1 and ends_at > $1 and cancelled_at is null order by ends_at, id",
        now
    )
    .fetch_all(db)
    .await
}

/// What is in a sale, in the order in which it is shown.
pub async fn list_flash(db: &mut PgConnection, sale: FlashSaleId) -> Result<Vec<FlashItem>, sqlx::Error> {
    let rows = sqlx::query!(
        "select variant_id, price, currency, quota, sold, per_buyer from flash_item
         where sale_id = $1 order by position, variant_id",
        sale.uuid()
    )
    .fetch_all(db)
    .await?;
    let items = rows.into_iter().map(|row| FlashItem {
        variant: row.variant_id.into(),
        price: Money::new(row.price, currency(&row.currency)),
        quota: row.quota,
        sold: row.sold,
        per_buyer: row.per_buyer,
    });
    Ok(items.collect())
}

/// Prices of these variants in sales that are on now: each is in one at a time. Where one was in two before that was so,
/// it is the lower price of those that are not sold out.
pub async fn flash_prices(
    db: &mut PgConnection,
    variants: &[VariantId],
    buyer_key: Option<&str>,
    now: OffsetDateTime,
) -> Result<HashMap<VariantId, FlashPrice>, sqlx::Error> {
    let variants: Vec<Uuid> = variants.iter().map(|variant| variant.uuid()).collect();
    let rows = sqlx::query!(
        r#"select distinct on (item.variant_id) item.variant_id, item.sale_id, item.price, item.currency, item.quota,
             item.sold, item.per_buyer, sale.ends_at,
             (select coalesce(sum(quantity), 0) from flash_claim as claim
              where claim.sale_id = item.sale_id and claim.variant_id = item.variant_id
                and claim.buyer_key = $2 and claim.state = 'held') as "bought!"
           from flash_item as item
           join flash_sale as sale on sale.id = item.sale_id
           where item.variant_id = any((select $1::uuid[])::uuid[]) and sale.starts_at <= (select $3::timestamptz)
             and sale.ends_at > (select $3::timestamptz)
           order by item.variant_id, item.sold >= item.quota, item.price, item.sale_id"#,
        &variants,
        buyer_key,
        now
    )
    .fetch_all(db)
    .await?;
    let prices = rows.into_iter().map(|row| {
        let price = FlashPrice {
            sale: row.sale_id.into(),
            price: Money::new(row.price, currency(&row.currency)),
            quota: row.quota,
            sold: row.sold,
            per_buyer: row.per_buyer,
            bought: i32::try_from(row.bought).unwrap_or(i32::MAX),
            ends_at: row.ends_at,
        };
        (row.variant_id.into(), price)
    });
    Ok(prices.collect())
}

/// Takes pieces at a sale's price for a checkout: all it has of the variant, at once. Once for each reference: a repeated
/// one changes nothing. On refusal nothing has changed. Several are to be taken in the order of their ids. Whether these
/// were the last: from then on it costs what it usually does.
pub async fn claim_flash(
    db: &mut PgConnection,
    sale: FlashSaleId,
    variant: VariantId,
    reference: Uuid,
    buyer_key: &str,
    quantity: Qty,
    now: OffsetDateTime,
) -> Result<bool, FlashError> {
    let mut all_or_nothing = db.begin().await?;
    match claim(&mut all_or_nothing, (sale, variant), reference, buyer_key, quantity, now).await {
        Ok(last) => {
            all_or_nothing.commit().await?;
            Ok(last)
        }
        Err(error) => {
            all_or_nothing.rollback().await?;
            Err(error)
        }
    }
}

async fn claim(
    db: &mut PgConnection,
    (sale, variant): (FlashSaleId, VariantId),
    reference: Uuid,
    buyer_key: &str,
    quantity: Qty,
    now: OffsetDateTime,
) -> Result<bool, FlashError> {
    let new = sqlx::query!(
        "insert into flash_claim (sale_id, variant_id, reference, buyer_key, quantity, state, at)
         select sale_id, variant_id, $3, $4, $5, 'held', $6 from flash_item where sale_id = $1 and variant_id = $2
         on conflict (sale_id, variant_id, reference) do update
           set buyer_key = $4, quantity = $5, state = 'held', at = $6, given_back_at = null
           where flash_claim.state = 'given_back'",
        sale.uuid(),
        variant.uuid(),
        reference,
        buyer_key,
        quantity.get(),
        now
    )
    .execute(&mut *db)
    .await?;
    if new.rows_affected() == 0 {
        return if find(db, sale, variant, now).await?.is_some() { Ok(false) } else { Err(FlashError::Over) };
    }
    let taken = sqlx::query!(
        r#"update flash_item as item set sold = sold + $3
           from flash_sale as sale
           where item.sale_id = $1 and item.variant_id = $2 and sale.id = item.sale_id
             and sale.starts_at <= $4 and sale.ends_at > $4 and item.quota - item.sold >= $3
           returning item.per_buyer, item.sold = item.quota as "last!""#,
        sale.uuid(),
        variant.uuid(),
        quantity.get(),
        now
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(taken) = taken else {
        return Err(match find(db, sale, variant, now).await? {
            Some((true, left)) => FlashError::SoldOut { left },
            _ => FlashError::Over,
        });
    };
    let Some(most) = taken.per_buyer else { return Ok(taken.last) };
    // Whoever takes of it at the same time waits for its row, which is ours now.
    let theirs = sqlx::query_scalar!(
        r#"select coalesce(sum(quantity), 0) as "theirs!" from flash_claim
           where sale_id = $1 and variant_id = $2 and buyer_key = $3 and state = 'held'"#,
        sale.uuid(),
        variant.uuid(),
        buyer_key
    )
    .fetch_one(db)
    .await?;
    if theirs <= i64::from(most) {
        return Ok(taken.last);
    }
    let before = theirs - i64::from(quantity.get());
    // Both are quantities.
    let left = i32::try_from((i64::from(most) - before).max(0)).unwrap_or_default();
    Err(FlashError::LimitReached { left })
}

/// Whether a sale is on, and how many pieces it has left; none where it never had this.
async fn find(
    db: &mut PgConnection,
    sale: FlashSaleId,
    variant: VariantId,
    now: OffsetDateTime,
) -> Result<Option<(bool, i32)>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select (sale.starts_at <= $3 and sale.ends_at > $3) as "on!", item.quota - item.sold as "left!"
           from flash_item as item join flash_sale as sale on sale.id = item.sale_id
           where item.sale_id = $1 and item.variant_id = $2"#,
        sale.uuid(),
        variant.uuid(),
        now
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.on, row.left)))
}
