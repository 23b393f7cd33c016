//! Giving back a part of what was paid for an order that was sent.

use super::locked;
use crate::{books, coins, figures::NoteSales, members::CountMember, pay};
use kernel::{Cx, Tx, jobs::NewJob};
use model::{AppError, Code, FieldError, Money, ids::OrderId, order::OrderState};
use payment::RefundError as ShareError;

#[derive(Debug, thiserror::Error)]
pub enum RefundError {
    #[error("there is no such order")]
    NotFound,
    /// More than is left of what was paid for it.
    #[error("so much was not paid for it")]
    TooMuch,
    /// It was paid in cash, or not at all: nobody can pay it back the way it came.
    #[error("there is no payment to give back")]
    NoPayment,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<RefundError> for AppError {
    fn from(error: RefundError) -> Self {
        match error {
            RefundError::NotFound => Self::not_found(),
            RefundError::TooMuch => Self::field("amount", FieldError::OutOfRange),
            RefundError::NoPayment => Self::new(Code::Conflict),
            RefundError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

/// Gives so much back to the buyer: out of the escrow before the order is complete, afterwards at the shop's expense, whose
/// balance may fall below nothing. Of the coins that paid for it as large a part follows. `key` names what it is for, within the order; under the same key it is given back once.
/// In the caller's transaction, which ends where this refuses.
pub async fn give_back(
    cx: &Cx,
    tx: &mut Tx,
    id: OrderId,
    amount: Money,
    key: &str,
) -> Result<(), RefundError> {
    let order = order::store::find_order(tx, id).await?.ok_or(RefundError::NotFound)?;
    let order = locked(tx, &order).await?;
    if !matches!(order.state, OrderState::Shipped | OrderState::Delivered | OrderState::Completed) {
        return Err(RefundError::NotFound);
    }
    if amount.amount() <= 0 || amount.currency() != order.sums.total.currency() {
        return Err(RefundError::TooMuch);
    }
    let payment = pay::paid_with(tx, order.group).await?.ok_or(RefundError::NoPayment)?;
    pay::request(cx, tx, &payment, Some(id), amount, &format!("part:{id}:{key}")).await.map_err(|error| {
        match error {
            ShareError::Sql(error) => RefundError::Database(error),
            _ => RefundError::TooMuch,
        }
    })?;
    if order.state == OrderState::Completed {
        books::refunded_by_seller(cx, tx, &order, key, amount).await?;
    } else {
        books::part_refunded(cx, tx, &order, key, amount).await?;
    }
    coins::give_back_part(cx, tx, &order).await?;
    // What a day came to is less.
    NewJob::of(&NoteSales { group: order.group }).unique(order.group).enqueue(tx, cx).await?;
    if let Some(account) = order.account.filter(|_| order.state == OrderState::Completed) {
        NewJob::of(&CountMember { account }).unique(account).enqueue(tx, cx).await?;
    }
    Ok(())
}
