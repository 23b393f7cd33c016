use model::{
    MoneyError,
    ids::{OrderGroupId, OrderId, OrderLineId, ShopId},
    order::{GroupState, OrderState},
};
use time::OffsetDateTime;

/// Where sums do not fit each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unbalanced {
    Line(OrderLineId),
    /// The goods or their discounts are not the sums of the lines.
    Goods(OrderId),
    /// The commission is not the sum of the fees.
    Commission(OrderId),
    /// The total is not the sum of its parts.
    Order(OrderId),
    /// The total is not the sum of the orders.
    Group,
}

/// Why a group was not placed. All but the last are mistakes of whoever asked: a quote always fits.
#[derive(thiserror::Error, Debug)]
pub enum PlaceError {
    #[error("there is nothing in it")]
    Empty,
    #[error("sums do not add up: {0:?}")]
    DoesNotAddUp(Unbalanced),
    #[error("shop {0} has two orders in it")]
    TwoOrdersOfAShop(ShopId),
    #[error("nobody can be told about it")]
    NoContact,
    #[error("a group has a due time after its placing, unless it is paid on delivery")]
    Due,
    #[error(transparent)]
    Money(#[from] MoneyError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

#[derive(thiserror::Error, Debug)]
pub enum GroupError {
    #[error("there is no such order group")]
    NotFound,
    #[error("the order group is {now}")]
    Changed { now: GroupState },
    #[error("the order group may be paid until {at}")]
    NotDue { at: OffsetDateTime },
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

#[derive(thiserror::Error, Debug)]
pub enum TransitionError {
    #[error("an order does not go from {from} to {to} this way")]
    NotAllowed { from: OrderState, to: OrderState },
    #[error("before it is paid an order stands or falls with its group")]
    WithItsGroup,
    /// Somebody else was first.
    #[error("the order is {now}")]
    Changed { now: OrderState },
    #[error("there is no such order")]
    NotFound,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

#[derive(thiserror::Error, Debug)]
pub enum CancelError {
    /// Too late for this actor.
    #[error("an order that is {from} is not cancelled this way")]
    NotAllowed { from: OrderState },
    #[error("before it is paid an order is cancelled with its group")]
    WithItsGroup { group: OrderGroupId },
    #[error("there is no such order")]
    NotFound,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}
