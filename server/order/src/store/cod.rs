use crate::limits;
use model::{
    Phone,
    ids::{AccountId, OrderId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Cash on delivery: the courier has the money of this order. With the last of its group that is not cancelled, the
/// group is paid. Whether this was news; not for an order that is paid otherwise or is cancelled.
pub async fn mark_collected(
    db: &mut PgConnection,
    order: OrderId,
    now: OffsetDateTime,
) -> Result<bool, sqlx::Error> {
    // Under the group's lock, so that of the last two one sees that it is the last.
    let group = sqlx::query_scalar!(
        "select id from order_group
         where id = (select group_id from shop_order where id = $1) and method = 'cod' and state = 'paid'
         for no key update",
        order.uuid()
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(group) = group else { return Ok(false) };
    let done = sqlx::query!(
        "update shop_order set collected_at = $2, version = version + 1
         where id = $1 and collected_at is null and state in ('shipped', 'delivered', 'completed')",
        order.uuid(),
        now
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query!(
        "update order_group set paid_at = $2, version = version + 1
         where id = $1 and paid_at is null and not exists (
           select from shop_order where group_id = $1 and collected_at is null and state <> 'cancelled')",
        group,
        now
    )
    .execute(db)
    .await?;
    Ok(true)
}

/// When the last parcels this buyer should have paid at the door came back instead, the latest first and no more than
/// [`limits::REFUSALS`]. Members are known by their account; guests by the numbers of their parcels, whoever ordered those.
pub async fn refusals(
    db: &mut PgConnection,
    account: Option<AccountId>,
    phones: &[&Phone],
) -> Result<Vec<OffsetDateTime>, sqlx::Error> {
    let most = i64::from(limits::REFUSALS);
    if let Some(account) = account {
        return sqlx::query_scalar!(
            r#"select o.cancelled_at as "at!" from shop_order as o
               join order_group as of on of.id = o.group_id and of.method = 'cod'
               where o.account_id = $1 and o.state = 'cancelled' and o.shipped_at is not null and exists (
                 select from order_transition where order_id = o.id and reason = 'returned_to_sender')
               order by o.cancelled_at desc limit $2"#,
            account.uuid(),
            most
        )
        .fetch_all(db)
        .await;
    }
    let phones: Vec<String> = phones.iter().map(|phone| phone.as_str().to_owned()).collect();
    sqlx::query_scalar!(
        r#"select o.cancelled_at as "at!" from shop_order as o
           join order_group as of on of.id = o.group_id and of.method = 'cod'
           where o.phone = any($1) and o.state = 'cancelled' and o.shipped_at is not null and exists (
             select from order_transition where order_id = o.id and reason = 'returned_to_sender')
           order by o.cancelled_at desc limit $2"#,
        &phones,
        most
    )
    .fetch_all(db)
    .await
}
