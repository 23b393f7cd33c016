//! What a cart or a payment page asks of vouchers.

use super::row::{Row, vouchers};
use crate::Voucher;
use model::{
    ids::{ShopId, Uuid},
    payment::Method,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// How many vouchers are weighed for a cart at most.
const WEIGHED: i64 = 50;

/// Vouchers anybody may have now, of the platform and of these shops, with what is left of them for a buyer; those that
/// end soonest first. At most 50.
pub async fn list_public_of(
    db: &mut PgConnection,
    shops: &[ShopId],
    buyer_key: Option<&str>,
    now: OffsetDateTime,
) -> Result<Vec<Voucher>, sqlx::Error> {
    let shops: Vec<Uuid> = shops.iter().map(|shop| shop.uuid()).collect();
    let rows = vouchers!(
        "voucher
         where (shop_id is null or shop_id = any($2)) and public and state = 'active'
           and starts_at <= $3 and (ends_at is null or ends_at > $3)
           and (quota is null or used < quota) and (budget is null or spent < budget)
         order by ends_at, id
         limit $4",
        buyer_key,
        &shops,
        now,
        WEIGHED
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().filter_map(Row::voucher).collect())
}

/// For each voucher that was used for a checkout the ways to pay it is for; empty where it is for any.
pub async fn methods_of_uses(
    db: &mut PgConnection,
    reference: Uuid,
) -> Result<Vec<Vec<Method>>, sqlx::Error> {
    let rows = sqlx::query_scalar!(
        "select methods from voucher_use join voucher on voucher.id = voucher_id
         where reference = $1 and voucher_use.state = 'used'",
        reference
    )
    .fetch_all(db)
    .await?;
    let known = |methods: Vec<String>| methods.iter().filter_map(|name| Method::from_name(name)).collect();
    Ok(rows.into_iter().map(known).collect())
}
