//! Whose orders they are, and how their group is paid.

use model::{
    Money,
    ids::{AccountId, OrderGroupId, OrderId, Uuid},
    payment::Method,
};
use sqlx::PgConnection;

/// What a guest ordered is the account's from now on; which groups that were.
pub async fn adopt(
    db: &mut PgConnection,
    token_hash: &[u8; 32],
    account: AccountId,
) -> Result<Vec<OrderGroupId>, sqlx::Error> {
    let groups = sqlx::query_scalar!(
        "update order_group set account_id = $2, guest_token_hash = null, version = version + 1
         where guest_token_hash = $1 returning id",
        &token_hash[..],
        account.uuid()
    )
    .fetch_all(&mut *db)
    .await?;
    if !groups.is_empty() {
        sqlx::query!(
            "update shop_order set account_id = $2 where group_id = any($1)",
            &groups,
            account.uuid()
        )
        .execute(db)
        .await?;
    }
    Ok(groups.into_iter().map(OrderGroupId::new).collect())
}

/// It is to be paid another way, which costs each of its orders so much; nothing else about them changes. Not for cash on
/// delivery.
pub async fn mark_method(
    db: &mut PgConnection,
    group: OrderGroupId,
    method: Method,
    fees: &[(OrderId, Money)],
) -> Result<bool, sqlx::Error> {
    let (orders, fees): (Vec<Uuid>, Vec<i64>) =
        fees.iter().map(|(order, fee)| (order.uuid(), fee.amount())).unzip();
    let done = sqlx::query!(
        "with before as (
           select shop_order.id, t.fee, shop_order.fee as was
           from unnest($3::uuid[], $4::bigint[]) as t (id, fee) join shop_order on shop_order.id = t.id
           where shop_order.group_id = $1 and shop_order.fee <> t.fee
         ), charged as (
           update shop_order set fee = before.fee, total = total - was + before.fee, version = version + 1
           from before where shop_order.id = before.id and state = 'awaiting_payment'
           returning before.fee - was as more
         )
         update order_group set method = $2, version = version + 1,
           total = total + (select coalesce(sum(more), 0)::bigint from charged)
         where id = $1 and state = 'awaiting_payment'",
        group.uuid(),
        method.as_str(),
        &orders,
        &fees
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
