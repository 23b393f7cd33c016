//! What was counted for a checkout that did not come about.

use model::ids::{FlashSaleId, Uuid, VariantId};
use sqlx::{Connection, PgConnection};
use std::collections::BTreeMap;
use time::OffsetDateTime;

/// How many were given back.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct GivenBack {
    pub vouchers: u64,
    /// Kinds of things, not pieces.
    pub flash: u64,
    /// Of which a sale had no pieces left, and has some again.
    pub again: Vec<VariantId>,
}

/// Gives back all vouchers and pieces of flash sales counted for a checkout. Again, it gives back nothing.
pub async fn give_back(
    db: &mut PgConnection,
    reference: Uuid,
    now: OffsetDateTime,
) -> Result<GivenBack, sqlx::Error> {
    let mut tx = db.begin().await?;
    // In the order in which everybody locks them.
    sqlx::query!(
        "select id from voucher
         where id in (select voucher_id from voucher_use where reference = $1 and state = 'used')
         order by id for no key update",
        reference
    )
    .fetch_all(&mut *tx)
    .await?;
    let vouchers = sqlx::query!(
        "with back as (
           update voucher_use set state = 'given_back', given_back_at = $2
           where reference = $1 and state = 'used'
           returning voucher_id, amount
         )
         update voucher set used = used - 1, spent = spent - back.amount
         from back where voucher.id = back.voucher_id",
        reference,
        now
    )
    .execute(&mut *tx)
    .await?
    .rows_affected();
    let back = return_flash(&mut tx, reference, None, now).await?;
    tx.commit().await?;
    Ok(GivenBack { vouchers, ..back })
}

/// Gives back the pieces of some things in flash sales that were counted for a checkout, of which another part stays.
pub async fn give_back_flash(
    db: &mut PgConnection,
    reference: Uuid,
    of: &[(FlashSaleId, VariantId)],
    now: OffsetDateTime,
) -> Result<GivenBack, sqlx::Error> {
    if of.is_empty() {
        return Ok(GivenBack::default());
    }
    let mut tx = db.begin().await?;
    let back = return_flash(&mut tx, reference, Some(of), now).await?;
    tx.commit().await?;
    Ok(back)
}

/// Gives back so many pieces of things in flash sales that were counted for a checkout, which keeps the rest of them.
pub async fn give_back_flash_pieces(
    db: &mut PgConnection,
    reference: Uuid,
    of: &BTreeMap<(FlashSaleId, VariantId), i32>,
    now: OffsetDateTime,
) -> Result<GivenBack, sqlx::Error> {
    if of.is_empty() {
        return Ok(GivenBack::default());
    }
    let sales: Vec<Uuid> = of.keys().map(|(sale, _)| sale.uuid()).collect();
    let variants: Vec<Uuid> = of.keys().map(|(_, variant)| variant.uuid()).collect();
    let pieces: Vec<i32> = of.values().copied().collect();
    let mut tx = db.begin().await?;
    // In the order in which everybody locks them.
    sqlx::query!(
        "select item.sale_id from flash_item as item
         join unnest($1::uuid[], $2::uuid[]) as t (sale_id, variant_id)
           on t.sale_id = item.sale_id and t.variant_id = item.variant_id
         order by item.sale_id, item.variant_id for no key update of item",
        &sales,
        &variants
    )
    .fetch_all(&mut *tx)
    .await?;
    let done = sqlx::query!(
        r#"with back as (
           update flash_claim as claim
           set quantity = case when t.pieces < claim.quantity then claim.quantity - t.pieces else claim.quantity end,
             state = case when t.pieces < claim.quantity then 'held' else 'given_back' end,
             given_back_at = case when t.pieces < claim.quantity then null else $2::timestamptz end
           from unnest($3::uuid[], $4::uuid[], $5::int[]) as t (sale_id, variant_id, pieces)
           where claim.reference = $1 and claim.state = 'held' and claim.sale_id = t.sale_id
             and claim.variant_id = t.variant_id and t.pieces > 0
           returning claim.sale_id, claim.variant_id,
             case when claim.state = 'held' then t.pieces else claim.quantity end as pieces
         )
         update flash_item as item set sold = sold - back.pieces
         from back where item.sale_id = back.sale_id and item.variant_id = back.variant_id
         returning item.variant_id, item.sold + back.pieces = item.quota as "was_sold_out!""#,
        reference,
        now,
        &sales,
        &variants,
        &pieces
    )
    .fetch_all(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(given(done.into_iter().map(|row| (row.variant_id, row.was_sold_out)).collect()))
}

/// What came back of flash sales: each with whether it was sold out.
fn given(back: Vec<(Uuid, bool)>) -> GivenBack {
    GivenBack {
        vouchers: 0,
        flash: back.len() as u64,
        again: back.into_iter().filter(|(_, was_sold_out)| *was_sold_out).map(|(id, _)| id.into()).collect(),
    }
}

/// All of a checkout, or some.
async fn return_flash(
    db: &mut PgConnection,
    reference: Uuid,
    of: Option<&[(FlashSaleId, VariantId)]>,
    now: OffsetDateTime,
) -> Result<GivenBack, sqlx::Error> {
    let sales: Option<Vec<Uuid>> = of.map(|of| of.iter().map(|(sale, _)| sale.uuid()).collect());
    let variants: Option<Vec<Uuid>> = of.map(|of| of.iter().map(|(_, variant)| variant.uuid()).collect());
    sqlx::query!(
        "select item.sale_id from flash_item as item
         join flash_claim as claim
           on claim.sale_id = item.sale_id and claim.variant_id = item.variant_id
         where claim.reference = $1 and claim.state = 'held'
           and ($2::uuid[] is null or (claim.sale_id, claim.variant_id) in (
             select sale_id, variant_id from unnest($2::uuid[], $3::uuid[]) as t (sale_id, variant_id)))
         order by item.sale_id, item.variant_id for no key update of item",
        reference,
        sales.as_deref(),
        variants.as_deref()
    )
    .fetch_all(&mut *db)
    .await?;
    let done = sqlx::query!(
        r#"with back as (
           update flash_claim set state = 'given_back', given_back_at = $2
           where reference = $1 and state = 'held'
             and ($3::uuid[] is null or (sale_id, variant_id) in (
               select t.sale_id, t.variant_id from unnest($3::uuid[], $4::uuid[]) as t (sale_id, variant_id)))
           returning sale_id, variant_id, quantity
         )
         update flash_item as item set sold = sold - back.quantity
         from back where item.sale_id = back.sale_id and item.variant_id = back.variant_id
         returning item.variant_id, item.sold + back.quantity = item.quota as "was_sold_out!""#,
        reference,
        now,
        sales.as_deref(),
        variants.as_deref()
    )
    .fetch_all(db)
    .await?;
    Ok(given(done.into_iter().map(|row| (row.variant_id, row.was_sold_out)).collect()))
}

/// What was counted for these checkouts is another buyer's from now on: they turned out to be the same person.
pub async fn adopt(db: &mut PgConnection, references: &[Uuid], buyer_key: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("update voucher_use set buyer_key = $2 where reference = any($1)", references, buyer_key)
        .execute(&mut *db)
        .await?;
    sqlx::query!("update flash_claim set buyer_key = $2 where reference = any($1)", references, buyer_key)
        .execute(db)
        .await?;
    Ok(())
}
