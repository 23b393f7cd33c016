//! Whose orders they are, and how their group is paid.

use model::{
    ids::{AccountId, OrderGroupId},
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

/// It is to be paid another way, at the same total. Not for cash on delivery.
pub async fn mark_method(
    db: &mut PgConnection,
    group: OrderGroupId,
    method: Method,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update order_group set method = $2, version = version + 1 where id = $1 and state = 'awaiting_payment'",
        group.uuid(),
        method.as_str()
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
