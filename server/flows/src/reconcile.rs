//! Proves that the books fit: the ledger in itself, and with orders, payments, coins and stock.

use kernel::Cx;
use ledger::Difference;
use model::views::books::{BooksPage, MisfitKind, MisfitRow};
use sqlx::PgConnection;
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

/// The same for operators, with what lies in each kind of account at that moment.
pub async fn page(cx: &Cx) -> Result<BooksPage, sqlx::Error> {
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
