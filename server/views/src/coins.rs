//! A member's coins.

use crate::{
    ViewError,
    cursor::{Cursor, cut, one_more},
    error::unsound,
};
use model::{
    Page,
    ids::{AccountId, Uuid},
    views::coin::{CoinExpiry, CoinKind, CoinPurse, CoinRow},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What can be spent now.
pub async fn balance(
    db: &mut PgConnection,
    account: AccountId,
    now: OffsetDateTime,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select coalesce(sum(remaining), 0)::bigint as "sum!" from coin_lot
           where account_id = $1 and expires_at > $2 and remaining > 0"#,
        account.uuid(),
        now
    )
    .fetch_one(db)
    .await
}

/// What a member has, which of it expires next, and the rules of today.
pub async fn purse(
    db: &mut PgConnection,
    account: AccountId,
    now: OffsetDateTime,
) -> Result<CoinPurse, sqlx::Error> {
    let next = sqlx::query!(
        "select remaining, expires_at from coin_lot
         where account_id = $1 and expires_at > $2 and remaining > 0 order by expires_at, id limit 3",
        account.uuid(),
        now
    )
    .fetch_all(&mut *db)
    .await?;
    let row =
        sqlx::query!("select earn_rate, earn_most, spend_share from coin_policy").fetch_one(&mut *db).await?;
    let points = |rate: i32| u16::try_from(rate).unwrap_or_default();
    Ok(CoinPurse {
        balance: balance(db, account, now).await?,
        expiring: next
            .into_iter()
            .map(|lot| CoinExpiry { amount: lot.remaining, at: lot.expires_at.unix_timestamp() })
            .collect(),
        earn_rate: points(row.earn_rate),
        earn_most: row.earn_most,
        spend_share: points(row.spend_share),
    })
}

/// How it came about, the latest first.
pub async fn history(
    db: &mut PgConnection,
    account: AccountId,
    after: Option<&str>,
    limit: u16,
) -> Result<Page<CoinRow>, ViewError> {
    let before = Cursor::read(after)?.map_or(i64::MAX, |after| after.key);
    let rows = sqlx::query!(
        r#"select entry.id, entry.amount, journal.kind, journal.at, bought.id as "order_id?", bought.number as "number?"
           from ledger_entry as entry
           join ledger_journal as journal on journal.id = entry.journal_id
           left join shop_order as bought on bought.id = journal.reference
           where entry.account_id = (
               select id from ledger_account where kind = 'coins' and owner = $1 and currency = 'IDR')
             and entry.id < $2
           order by entry.id desc limit $3"#,
        account.to_string(),
        before,
        one_more(limit)
    )
    .fetch_all(db)
    .await?;
    let (shown, next) = cut(rows, limit, |row| Cursor { key: row.id, id: Uuid::nil() });
    let items = shown.into_iter().map(|row| {
        let kind = row.kind.strip_prefix("coins_").and_then(CoinKind::from_name);
        Ok(CoinRow {
            at: row.at.unix_timestamp(),
            kind: kind.ok_or_else(|| unsound("a change of coins", &row.kind))?,
            amount: row.amount,
            order: row.order_id.map(Into::into).zip(row.number),
        })
    });
    Ok(Page { items: items.collect::<Result<_, sqlx::Error>>()?, next, total: None })
}
