//! All SQL of the ledger.

pub mod check;
mod post;
mod read;
pub mod reconcile;

pub use post::post;
pub use read::{balance, escrow_balances, journals_of, list_entries};
pub use reconcile::reconcile;

use model::Currency;

fn currency(code: &str) -> Result<Currency, sqlx::Error> {
    [Currency::Idr, Currency::Usd, Currency::Sgd].into_iter().find(|it| it.code() == code).ok_or_else(unknown)
}

/// A stored name this program does not know.
fn unknown() -> sqlx::Error {
    sqlx::Error::Decode("the ledger has a name in it that is not known here".into())
}
