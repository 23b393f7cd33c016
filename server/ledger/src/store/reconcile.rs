//! Does all of it still fit? The database refuses whatever does not; this asks it again, all of it.

use super::{currency, unknown};
use crate::Account;
use model::{Money, ids::JournalId};
use sqlx::PgConnection;

/// What does not fit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Difference {
    /// A journal that does not sum to zero.
    Journal { journal: JournalId, sum: Money },
    /// A journal that says nothing.
    Empty { journal: JournalId },
    /// A balance that is not the sum of its entries.
    Balance { account: Account, kept: Money, summed: Money },
}

/// Empty is good.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Report {
    pub differences: Vec<Difference>,
}

impl Report {
    /// Of one kind no more are listed: where there are so many, the first tell enough.
    pub const MOST: i64 = 1000;

    pub fn is_good(&self) -> bool {
        self.differences.is_empty()
    }
}

/// Reads every entry there is: work for the night, in one snapshot if the caller's transaction is repeatable-read.
pub async fn reconcile(db: &mut PgConnection) -> Result<Report, sqlx::Error> {
    let mut differences = vec![];
    let off = sqlx::query!(
        r#"select entry.journal_id, account.currency, sum(entry.amount)::bigint as "sum!"
           from ledger_entry as entry join ledger_account as account on account.id = entry.account_id
           group by entry.journal_id, account.currency having sum(entry.amount) <> 0
           order by entry.journal_id limit $1"#,
        Report::MOST
    )
    .fetch_all(&mut *db)
    .await?;
    for row in off {
        let sum = Money::new(row.sum, currency(&row.currency)?);
        differences.push(Difference::Journal { journal: row.journal_id.into(), sum });
    }
    let empty = sqlx::query_scalar!(
        "select id from ledger_journal as journal
         where not exists (select from ledger_entry where journal_id = journal.id) order by id limit $1",
        Report::MOST
    )
    .fetch_all(&mut *db)
    .await?;
    differences.extend(empty.into_iter().map(|id| Difference::Empty { journal: id.into() }));
    let wrong = sqlx::query!(
        r#"select account.kind, account.owner, account.currency, account.balance as "kept!", coalesce(sums.sum, 0)::bigint as "summed!"
           from ledger_account as account
           left join (select account_id, sum(amount) as sum from ledger_entry group by account_id) as sums
             on sums.account_id = account.id
           where account.balance is not null and account.balance <> coalesce(sums.sum, 0)
           order by account.id limit $1"#,
        Report::MOST
    )
    .fetch_all(db)
    .await?;
    for row in wrong {
        let currency = currency(&row.currency)?;
        let (kept, summed) = (Money::new(row.kept, currency), Money::new(row.summed, currency));
        let account = Account::read(&row.kind, &row.owner).ok_or_else(unknown)?;
        differences.push(Difference::Balance { account, kept, summed });
    }
    Ok(Report { differences })
}
