//! What a shop sees of its money.

use kernel::{Cx, Operator};
use model::{
    Duty, Page, Permission,
    views::takings::{StatementRow, Takings, WaitingWithdrawal},
};
use shop::staff::AtShop;
use views::ViewError;

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

/// What operators have to decide on; nothing for those whose duty it is not.
pub async fn waiting(cx: &Cx, operator: &Operator) -> Result<Vec<WaitingWithdrawal>, sqlx::Error> {
    if operator.duty() != Duty::Money {
        return Ok(vec![]);
    }
    views::takings::waiting(&mut *cx.db().acquire().await?).await
}
