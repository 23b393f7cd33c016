//! What is left of a person's orders once the person is erased: sums, goods, states and the city.

use model::ids::AccountId;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Is anything of theirs yet to be paid, sent or settled? Then they cannot be erased yet.
pub async fn has_open_orders(db: &mut PgConnection, account: AccountId) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (
             select from shop_order where account_id = $1 and state not in ('completed', 'cancelled')) as "open!""#,
        account.uuid()
    )
    .fetch_one(db)
    .await
}

/// Takes everything personal out of a person's orders: names, numbers, addresses, notes. The account's id stays, which
/// then names nobody; what it had reached as a member goes. How many groups were changed; none the second time.
pub async fn pseudonymise(
    db: &mut PgConnection,
    account: AccountId,
    now: OffsetDateTime,
) -> Result<u64, sqlx::Error> {
    sqlx::query!("delete from member_standing where account_id = $1", account.uuid())
        .execute(&mut *db)
        .await?;
    let done = sqlx::query!(
        "update order_group set email = null, phone = null, erased_at = $2, version = version + 1
         where account_id = $1 and erased_at is null",
        account.uuid(),
        now
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update order_line set note = null
         where note is not null and order_id in (
           select id from shop_order where account_id = $1 and erased_at is null)",
        account.uuid()
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update shop_order
         set recipient = null, phone = null, postcode = null, street = null, detail = null, address_notes = null,
           latitude = null, longitude = null, note = null, pickup_point = null, region_code = left(region_code, 5),
           erased_at = $2, version = version + 1
         where account_id = $1 and erased_at is null",
        account.uuid(),
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}
