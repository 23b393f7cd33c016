use super::{currency, unknown};
use crate::{Account, Entry, Journal, JournalKind};
use model::{
    Currency, Money,
    ids::{JournalId, OrderId, Uuid},
};
use sqlx::PgConnection;
use std::collections::HashMap;

/// What an account stands at; nothing where it was never used. Of accounts whose balance is not kept it is the sum of all
/// their entries, taken from an index: fit for a report, not for every page.
pub async fn balance(
    db: &mut PgConnection,
    account: &Account,
    currency: Currency,
) -> Result<Money, sqlx::Error> {
    let owner = account.owner().unwrap_or_default();
    let amount = sqlx::query_scalar!(
        r#"select coalesce(account.balance, (
             select sum(entry.amount) from ledger_entry as entry where entry.account_id = account.id), 0)::bigint as "amount!"
           from ledger_account as account where kind = $1 and owner = $2 and currency = $3"#,
        account.kind(),
        &*owner,
        currency.code()
    )
    .fetch_optional(db)
    .await?;
    Ok(Money::new(amount.unwrap_or_default(), currency))
}

/// An account's entries, the latest first; from before the entry with this id on.
pub async fn list_entries(
    db: &mut PgConnection,
    account: &Account,
    currency: Currency,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Entry>, sqlx::Error> {
    let owner = account.owner().unwrap_or_default();
    let rows = sqlx::query!(
        "select entry.id, entry.journal_id, entry.amount, journal.kind, journal.reference, journal.at
         from ledger_entry as entry join ledger_journal as journal on journal.id = entry.journal_id
         where entry.account_id = (select id from ledger_account where kind = $1 and owner = $2 and currency = $3)
           and entry.id < $4
         order by entry.id desc limit $5",
        account.kind(),
        &*owner,
        currency.code(),
        before.unwrap_or(i64::MAX),
        limit
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Entry {
                id: row.id,
                journal: row.journal_id.into(),
                kind: JournalKind::from_name(&row.kind).ok_or_else(unknown)?,
                reference: row.reference,
                amount: Money::new(row.amount, currency),
                at: row.at,
            })
        })
        .collect()
}

/// The journals about something, the oldest first.
pub async fn journals_of(db: &mut PgConnection, reference: Uuid) -> Result<Vec<Journal>, sqlx::Error> {
    let ids =
        sqlx::query_scalar!("select id from ledger_journal where reference = $1 order by id", reference)
            .fetch_all(&mut *db)
            .await?;
    list(db, &ids).await
}

pub(super) async fn find_by_key(db: &mut PgConnection, key: &str) -> Result<Option<Journal>, sqlx::Error> {
    let id = sqlx::query_scalar!("select id from ledger_journal where key = $1", key)
        .fetch_optional(&mut *db)
        .await?;
    let Some(id) = id else { return Ok(None) };
    Ok(list(db, &[id]).await?.pop())
}

async fn list(db: &mut PgConnection, ids: &[Uuid]) -> Result<Vec<Journal>, sqlx::Error> {
    let rows = sqlx::query!(
        "select entry.journal_id, entry.amount, account.kind, account.owner, account.currency
         from ledger_entry as entry join ledger_account as account on account.id = entry.account_id
         where entry.journal_id = any($1) order by entry.id",
        ids
    )
    .fetch_all(&mut *db)
    .await?;
    let mut entries: HashMap<Uuid, Vec<(Account, Money)>> = HashMap::new();
    for row in rows {
        let account = Account::read(&row.kind, &row.owner).ok_or_else(unknown)?;
        let amount = Money::new(row.amount, currency(&row.currency)?);
        entries.entry(row.journal_id).or_default().push((account, amount));
    }
    let rows = sqlx::query!(
        "select id, kind, reference, key, at from ledger_journal where id = any($1) order by id",
        ids
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Journal {
                id: JournalId::new(row.id),
                kind: JournalKind::from_name(&row.kind).ok_or_else(unknown)?,
                reference: row.reference,
                key: row.key,
                at: row.at,
                entries: entries.remove(&row.id).unwrap_or_default(),
            })
        })
        .collect()
}

/// What lies in escrow for each order that has something there, in order of its id, from after this one on. For
/// comparing with the orders.
pub async fn escrow_balances(
    db: &mut PgConnection,
    after: Option<OrderId>,
    limit: i64,
) -> Result<Vec<(OrderId, Money)>, sqlx::Error> {
    let after = after.map(|order| order.to_string()).unwrap_or_default();
    let rows = sqlx::query!(
        r#"select owner, currency, balance as "balance!" from ledger_account
           where kind = 'escrow' and balance <> 0 and owner > $1 order by owner limit $2"#,
        after,
        limit
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let order: OrderId = row.owner.parse().map_err(|_| unknown())?;
            Ok((order, Money::new(row.balance, currency(&row.currency)?)))
        })
        .collect()
}
