use super::read::find_by_key;
use crate::{Account, JournalKind, NewJournal, PostError, Posted};
use model::Money;
use sqlx::{Connection, PgConnection};
use std::collections::{HashMap, HashSet};

/// Writes a journal and changes the balances that are kept, or nothing at all: what is refused leaves the caller's
/// transaction as it was.
///
/// An escrow and a member's coins are never overdrawn, a seller's balance neither by a withdrawal nor by a payment from it.
/// Accounts are made and locked in one order, so journals that touch the same ones wait for each other and do not deadlock.
pub async fn post(db: &mut PgConnection, new: &NewJournal) -> Result<Posted, PostError> {
    let net = new.net()?;
    let may_fall_short =
        net.iter().any(|(account, amount)| amount.amount() < 0 && is_guarded(new.kind, account));
    if db.is_in_transaction() && !may_fall_short {
        // There is nothing to take back then.
        return write(db, new, net).await;
    }
    let mut tx = db.begin().await?;
    let posted = write(&mut tx, new, net).await;
    match posted {
        Ok(_) => tx.commit().await?,
        Err(_) => tx.rollback().await?,
    }
    posted
}

async fn write(
    db: &mut PgConnection,
    new: &NewJournal,
    net: Vec<(Account, Money)>,
) -> Result<Posted, PostError> {
    if !insert_journal(db, new).await? {
        let there = find_by_key(db, &new.key).await?;
        let mut wrote = there.map(|it| ((it.kind, it.reference), it.entries)).ok_or(PostError::KeyTaken)?;
        wrote.1.sort_by(|one, other| {
            (&one.0, one.1.currency().code()).cmp(&(&other.0, other.1.currency().code()))
        });
        let same = wrote == ((new.kind, new.reference), net);
        return if same { Ok(Posted::Already) } else { Err(PostError::KeyTaken) };
    }
    let accounts = accounts(db, &net).await?;
    let amounts: Vec<i64> = net.iter().map(|(_, amount)| amount.amount()).collect();
    if let Some(short) = change_balances(db, new.kind, &net, &accounts, &amounts).await? {
        return Err(PostError::Insufficient { account: short });
    }
    sqlx::query!(
        "insert into ledger_entry (journal_id, account_id, amount)
         select $1, account, amount from unnest($2::bigint[], $3::bigint[]) as t (account, amount)",
        new.id.uuid(),
        &accounts.iter().map(|account| account.id).collect::<Vec<_>>(),
        &amounts
    )
    .execute(db)
    .await?;
    Ok(Posted::New)
}

/// Whether it may not be overdrawn by this.
fn is_guarded(kind: JournalKind, account: &Account) -> bool {
    match account {
        Account::Escrow(_) | Account::Coins(_) => true,
        // What a shop takes out or pays with; what is refunded of its orders it may owe.
        _ => account.is_kept() && matches!(kind, JournalKind::Withdrawn | JournalKind::Received),
    }
}

/// Whether it is the first of its key; a twin whose transaction is open is waited for.
async fn insert_journal(db: &mut PgConnection, new: &NewJournal) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into ledger_journal (id, kind, reference, key, at) values ($1, $2, $3, $4, $5)
         on conflict on constraint ledger_journal_key_unique do nothing",
        new.id.uuid(),
        new.kind.as_str(),
        new.reference,
        new.key,
        new.at
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

struct Row {
    id: i64,
    /// By this transaction, so that nobody else has it.
    made: bool,
}

/// The rows of these accounts, in this order; those that are not there yet are made.
async fn accounts(db: &mut PgConnection, net: &[(Account, Money)]) -> Result<Vec<Row>, sqlx::Error> {
    let mut own = HashSet::new();
    let mut found = find_accounts(db, net).await?;
    let missing: Vec<_> = net.iter().filter(|it| !found.contains_key(&key(it))).cloned().collect();
    if !missing.is_empty() {
        let (kinds, owners, currencies) = columns(&missing);
        let kept: Vec<Option<i64>> =
            missing.iter().map(|(account, _)| account.is_kept().then_some(0)).collect();
        let made = sqlx::query!(
            "insert into ledger_account (kind, owner, currency, balance)
             select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[])
             on conflict on constraint ledger_account_unique do nothing
             returning id, kind, owner, currency",
            &kinds,
            &owners,
            &currencies,
            &kept as &[Option<i64>]
        )
        .fetch_all(&mut *db)
        .await?;
        let all_made = made.len() == missing.len();
        own.extend(made.iter().map(|row| row.id));
        found.extend(made.into_iter().map(|row| ((row.kind, row.owner, row.currency), row.id)));
        // Somebody else has made some of them meanwhile.
        if !all_made {
            found = find_accounts(db, net).await?;
        }
    }
    let row = |it| found.get(&key(it)).map(|id| Row { id: *id, made: own.contains(id) });
    net.iter().map(|it| row(it).ok_or(sqlx::Error::RowNotFound)).collect()
}

type Key = (String, String, String);

fn key((account, amount): &(Account, Money)) -> Key {
    let owner = account.owner().unwrap_or_default().into_owned();
    (account.kind().to_owned(), owner, amount.currency().code().to_owned())
}

fn columns(net: &[(Account, Money)]) -> (Vec<String>, Vec<String>, Vec<String>) {
    let (mut kinds, mut owners, mut currencies) = (vec![], vec![], vec![]);
    for (kind, owner, currency) in net.iter().map(key) {
        kinds.push(kind);
        owners.push(owner);
        currencies.push(currency);
    }
    (kinds, owners, currencies)
}

async fn find_accounts(
    db: &mut PgConnection,
    net: &[(Account, Money)],
) -> Result<HashMap<Key, i64>, sqlx::Error> {
    let (kinds, owners, currencies) = columns(net);
    let rows = sqlx::query!(
        "select account.id, account.kind, account.owner, account.currency
         from unnest((select $1::text[])::text[], (select $2::text[])::text[],
           (select $3::text[])::text[]) as t (kind, owner, currency)
         join ledger_account as account
           on account.kind = t.kind and account.owner = t.owner and account.currency = t.currency",
        &kinds,
        &owners,
        &currencies
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| ((row.kind, row.owner, row.currency), row.id)).collect())
}

/// Changes the balances that are kept, each only if it stays above its floor; the first that would not.
async fn change_balances(
    db: &mut PgConnection,
    kind: JournalKind,
    net: &[(Account, Money)],
    accounts: &[Row],
    amounts: &[i64],
) -> Result<Option<Account>, sqlx::Error> {
    let kept: Vec<usize> = (0..net.len()).filter(|i| net[*i].0.is_kept()).collect();
    if kept.is_empty() {
        return Ok(None);
    }
    let ids: Vec<i64> = kept.iter().map(|i| accounts[*i].id).collect();
    let changes: Vec<i64> = kept.iter().map(|i| amounts[*i]).collect();
    let guarded: Vec<bool> = kept.iter().map(|i| is_guarded(kind, &net[*i].0)).collect();
    if kept.iter().any(|i| !accounts[*i].made) {
        sqlx::query!("select id from ledger_account where id = any((select $1::bigint[])::bigint[]) order by id for no key update", &ids)
            .fetch_all(&mut *db)
            .await?;
    }
    let changed = sqlx::query_scalar!(
        "update ledger_account as account set balance = account.balance + t.change
         from unnest($1::bigint[], $2::bigint[], $3::bool[]) as t (id, change, guarded)
         where account.id = t.id and (not t.guarded or t.change >= 0 or account.balance + t.change >= 0)
         returning account.id",
        &ids,
        &changes,
        &guarded
    )
    .fetch_all(db)
    .await?;
    let short = kept.into_iter().find(|i| !changed.contains(&accounts[*i].id));
    Ok(short.map(|i| net[i].0.clone()))
}
