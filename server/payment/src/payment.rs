//! A payment, from the moment somebody chooses how to pay.

use crate::{Instructions, Opened, store};
use model::{
    Money,
    ids::{OrderGroupId, OrderId, PaymentId},
    payment::{Method, PaymentState},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// One attempt to pay an order group. All sums are in the currency of `amount`.
#[derive(Clone, PartialEq, Debug)]
pub struct Payment {
    pub id: PaymentId,
    pub group: OrderGroupId,
    /// [`Provider::name`](crate::Provider::name), or a name of our own for methods that need none.
    pub provider: String,
    pub method: Method,
    /// What is to be paid.
    pub amount: Money,
    pub state: PaymentState,
    /// What the provider calls it; none until it has answered.
    pub provider_ref: Option<String>,
    pub instructions: Option<Instructions>,
    pub due_at: OffsetDateTime,
    pub created_at: OffsetDateTime,
    /// Since when its group does not wait for it any more.
    pub closed_at: Option<OffsetDateTime>,
    /// All that came in.
    pub captured: Money,
    /// What the provider says went back.
    pub refunded: Money,
    pub charged_back: Money,
    /// All refunds of ours that have not failed, settled or not.
    pub refunding: Money,
    /// What the provider paid back without being asked by us.
    pub refunded_elsewhere: Money,
    pub version: i32,
}

impl Payment {
    pub fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }

    /// What may still be paid back, whosever it is.
    pub fn left(&self) -> Money {
        let gone = [self.charged_back, self.refunded_elsewhere, self.refunding];
        let left = gone.iter().fold(self.captured.amount(), |left, gone| left.saturating_sub(gone.amount()));
        Money::new(left.max(0), self.amount.currency())
    }
}

/// What one order of the group pays of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Share {
    pub order: OrderId,
    pub amount: Money,
}

#[derive(Clone, Debug)]
pub struct NewPayment {
    pub id: PaymentId,
    pub group: OrderGroupId,
    pub provider: String,
    pub method: Method,
    pub amount: Money,
    /// One for each order of the group; they add up to `amount`.
    pub shares: Vec<Share>,
    /// Later than `created_at`.
    pub due_at: OffsetDateTime,
    pub created_at: OffsetDateTime,
}

#[derive(thiserror::Error, Debug)]
pub enum InsertError {
    #[error("the group waits for another payment already")]
    AlreadyOpen,
    #[error("the shares do not add up to the payment")]
    Shares,
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
}

/// Makes the payment its group waits for, in the caller's transaction: that the shares add up is looked at when it
/// commits. Of two at once one is refused, and finds the other by
/// [`current_of_group`](crate::current_of_group).
pub async fn insert(db: &mut PgConnection, new: &NewPayment) -> Result<(), InsertError> {
    let sum =
        new.shares.iter().try_fold(Money::zero(new.amount.currency()), |sum, share| sum.plus(share.amount));
    if sum != Ok(new.amount) || new.shares.iter().any(|share| share.amount.amount() < 0) {
        return Err(InsertError::Shares);
    }
    if !store::insert(db, new).await? {
        return Err(InsertError::AlreadyOpen);
    }
    store::insert_shares(db, new.id, &new.shares).await?;
    Ok(())
}

/// Keeps what the provider answered. Also where the payment has closed meanwhile, so that it can be cancelled there.
/// Whether it has closed, and nothing where there is no such payment or the provider calls it something else already.
pub async fn open(
    db: &mut PgConnection,
    id: PaymentId,
    opened: &Opened,
    now: OffsetDateTime,
) -> Result<Option<bool>, sqlx::Error> {
    store::mark_opened(db, id, opened, now).await
}
