//! What was counted for a checkout that did not come about.

use model::ids::Uuid;
use sqlx::{Connection, PgConnection};
use time::OffsetDateTime;

/// How many were given back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct GivenBack {
    pub vouchers: u64,
    /// Kinds of things, not pieces.
    pub flash: u64,
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
    sqlx::query!(
        "select item.sale_id from flash_item as item
         join flash_claim as claim
           on claim.sale_id = item.sale_id and claim.variant_id = item.variant_id
         where claim.reference = $1 and claim.state = 'held'
         order by item.sale_id, item.variant_id for no key update of item",
        reference
    )
    .fetch_all(&mut *tx)
    .await?;
    let flash = sqlx::query!(
        "with back as (
           update flash_claim set state = 'given_back', given_back_at = $2
           where reference = $1 and state = 'held'
           returning sale_id, variant_id, quantity
         )
         update flash_item as item set sold = sold - back.quantity
         from back where item.sale_id = back.sale_id and item.variant_id = back.variant_id",
        reference,
        now
    )
    .execute(&mut *tx)
    .await?
    .rows_affected();
    tx.commit().await?;
    Ok(GivenBack { vouchers, flash })
}
