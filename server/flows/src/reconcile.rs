//! Proves that the books fit: the ledger in itself, and with orders, payments, coins and stock.

use kernel::{
    Cx, Operator,
    jobs::{Job, JobError, NewJob, Priority},
};
use ledger::{Difference, store::check};
use model::{
    AppError, Duty,
    views::books::{BooksDesk, BooksPage, MisfitKind, MisfitRow},
};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use std::time::Duration;
use views::reconcile::Misfit;

/// What does not fit; nothing is good.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Findings {
    /// Of the ledger in itself.
    pub ledger: Vec<Difference>,
    /// Between the ledger and everything else.
    pub misfits: Vec<Misfit>,
}

impl Findings {
    pub fn is_good(&self) -> bool {
        self.ledger.is_empty() && self.misfits.is_empty()
    }
}

/// As of one moment: what is written meanwhile is not seen by half.
pub async fn reconcile(cx: &Cx) -> Result<Findings, sqlx::Error> {
    let mut tx = cx.begin().await?;
    hold_still(&mut tx).await?;
    let findings = find(&mut tx).await?;
    tx.roll_back().await?;
    Ok(findings)
}

/// What operators see: whether a check is under way, and what the latest has found.
pub async fn desk(cx: &Cx, operator: &Operator) -> Result<BooksDesk, AppError> {
    let database = |error: sqlx::Error| AppError::from(kernel::db::code(&error));
    if operator.duty() != Duty::Money {
        return Err(AppError::not_found());
    }
    let mut db = cx.db().acquire().await.map_err(database)?;
    let checks = check::checks(&mut db).await.map_err(database)?;
    Ok(BooksDesk {
        since: checks.since.map(kernel::OffsetDateTime::unix_timestamp),
        // What an earlier program wrote may be shaped otherwise: then it is as if there were none.
        latest: checks.found.and_then(|found| serde_json::from_str(&found).ok()),
    })
}

/// Has the books checked. While that is under way, asking again changes nothing.
pub async fn ask(cx: &Cx, operator: &Operator) -> Result<(), AppError> {
    let database = |error: sqlx::Error| AppError::from(kernel::db::code(&error));
    if operator.duty() != Duty::Money {
        return Err(AppError::not_found());
    }
    let mut tx = cx.begin().await.map_err(database)?;
    let check = check::begin(&mut tx, cx.id(), cx.now()).await.map_err(database)?;
    NewJob::of(&CheckBooks {}).unique(check).enqueue(&mut tx, cx).await.map_err(database)?;
    tx.commit().await.map_err(database)
}

/// Checks the books and keeps what was found. Run by the clock, too.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CheckBooks {}

impl Job for CheckBooks {
    const NAME: &'static str = "books.check";
    const PRIORITY: Priority = Priority::Low;
    const TIMEOUT: Duration = Duration::from_hours(1);

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let id = check::begin(&mut *cx.db().acquire().await?, cx.id(), cx.now()).await?;
        let found = page(cx).await?;
        let misfits = i32::try_from(found.misfits.len()).unwrap_or(i32::MAX);
        let text = serde_json::to_string(&found).map_err(|error| JobError::discard(error.to_string()))?;
        check::end(&mut *cx.db().acquire().await?, id, misfits, &text, cx.now()).await?;
        if misfits > 0 {
            tracing::error!(misfits, "The books do not fit: {misfits} things, see /backoffice/books");
        }
        Ok(())
    }
}

/// What does not fit, with what lies in each kind of account at that moment.
async fn page(cx: &Cx) -> Result<BooksPage, sqlx::Error> {
    let mut tx = cx.begin().await?;
    hold_still(&mut tx).await?;
    let found = find(&mut tx).await?;
    let rows = views::reconcile::balances(&mut tx).await?;
    tx.roll_back().await?;
    let misfits = found.ledger.into_iter().map(of_ledger).chain(found.misfits.into_iter().map(of_market));
    Ok(BooksPage { at: cx.now().unix_timestamp(), rows, misfits: misfits.collect() })
}

async fn hold_still(db: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query("set transaction isolation level repeatable read, read only").execute(db).await.map(drop)
}

async fn find(db: &mut PgConnection) -> Result<Findings, sqlx::Error> {
    let ledger = ledger::store::reconcile::reconcile(&mut *db).await?.differences;
    Ok(Findings { ledger, misfits: views::reconcile::misfits(db).await? })
}

fn of_ledger(difference: Difference) -> MisfitRow {
    match difference {
        Difference::Journal { journal, sum } => MisfitRow {
            there: Some(sum.amount()),
            due: Some(0),
            ..MisfitRow::about(MisfitKind::Journal, journal.uuid())
        },
        Difference::Empty { journal } => MisfitRow::about(MisfitKind::Empty, journal.uuid()),
        Difference::Balance { account, kept, summed } => MisfitRow {
            kind: MisfitKind::Balance,
            of: account.to_string(),
            there: Some(kept.amount()),
            due: Some(summed.amount()),
        },
    }
}

fn of_market(misfit: Misfit) -> MisfitRow {
    let row = |kind, of, there, due| MisfitRow { kind, of, there: Some(there), due: Some(due) };
    match misfit {
        Misfit::Escrow { order, there, due } => row(MisfitKind::Escrow, order, there, due),
        Misfit::Released { order, there, due } => row(MisfitKind::Released, order, there, due),
        Misfit::Withdrawal { withdrawal, there, due } => {
            row(MisfitKind::Withdrawal, withdrawal.to_string(), there, due)
        }
        Misfit::Provider { provider, there, due } => row(MisfitKind::Provider, provider, there, due),
        Misfit::PaidWithoutOrder { payment } => MisfitRow::about(MisfitKind::PaidWithoutOrder, payment),
        Misfit::OrderWithoutPayment { group } => MisfitRow::about(MisfitKind::OrderWithoutPayment, group),
        Misfit::Coins { account, there, due } => row(MisfitKind::Coins, account.to_string(), there, due),
        Misfit::CoinsOfOrder { order, there, due } => row(MisfitKind::CoinsOfOrder, order, there, due),
        Misfit::CoinsLeft { lot, there, due } => row(MisfitKind::CoinsLeft, lot.to_string(), there, due),
        Misfit::Reserved { variant, there, due } => {
            row(MisfitKind::Reserved, variant.to_string(), there, due)
        }
    }
}
