//! What a shop sees of its money.

use kernel::{Cx, Operator};
use model::{
    Duty, Page, Permission,
    views::takings::{StatementRow, Takings, WaitingWithdrawal},
};
use shop::staff::AtShop;
use views::ViewError;

/// Rows read at a time, and the most there are of a month.
const PART: u16 = 500;
const MOST: usize = 20_000;

/// What it has, and what is on its way to it and from it.
pub async fn takings(cx: &Cx, at: &AtShop) -> Result<Takings, sqlx::Error> {
    if at.permission() != Permission::Money {
        return Err(sqlx::Error::RowNotFound);
    }
    views::takings::takings(&mut *cx.db().acquire().await?, at.shop()).await
}

/// Every change of it, the latest first.
pub async fn statement(
    cx: &Cx,
    at: &AtShop,
    after: Option<&str>,
    limit: u16,
) -> Result<Page<StatementRow>, ViewError> {
    if at.permission() != Permission::Money {
        return Err(sqlx::Error::RowNotFound.into());
    }
    views::takings::statement(&mut *cx.db().acquire().await?, at.shop(), after, limit).await
}

/// Those within a time (Unix seconds, the second left out), the latest first; at most 20,000 of them.
pub async fn statement_between(
    cx: &Cx,
    at: &AtShop,
    (from, until): (i64, i64),
) -> Result<Vec<StatementRow>, ViewError> {
    let (mut rows, mut after) = (Vec::new(), None::<String>);
    loop {
        let page = statement(cx, at, after.as_deref(), PART).await?;
        let reached = page.items.last().is_none_or(|row| row.at < from);
        rows.extend(page.items.into_iter().filter(|row| (from..until).contains(&row.at)));
        after = page.next;
        if reached || after.is_none() || rows.len() >= MOST {
            rows.truncate(MOST);
            return Ok(rows);
        }
    }
}

/// What operators have to decide on; nothing for those whose duty it is not.
pub async fn waiting(cx: &Cx, operator: &Operator) -> Result<Vec<WaitingWithdrawal>, sqlx::Error> {
    if operator.duty() != Duty::Money {
        return Ok(vec![]);
    }
    views::takings::waiting(&mut *cx.db().acquire().await?).await
}
