//! From paid order to goods in hand: a shop accepts or rejects, packs, and hands over; its courier tells the rest.
//!
//! An order may leave in several parcels, each packed, booked and handed over by itself, and pieces of it may be left out;
//! [it goes on](advance) as far as the last of its pieces. Cash is collected by one courier at one time, so an order that is
//! paid at the door goes whole.
//!
//! Whoever moves an order locks its group first, then the order, then the stock of its lines. Each verb may be repeated:
//! an order that has come so far already stays as it is, and the caller is told the same. Couriers are asked after the
//! commit. The [clocks](clocks) work off what nobody did in time, and [`settle`](settle::complete) ends an order and
//! divides its money.

mod accept;
mod advance;
pub mod clocks;
mod collect;
mod fleet;
mod hand_over;
mod leave_out;
mod pack;
mod parcel;
mod refund;
pub mod settle;
mod show;
mod unpack;

pub use accept::{MOST_AT_ONCE, Several, accept, accept_many, reject};
pub use clocks::{CatchUp, Overdue};
pub use collect::collect_otherwise;
pub use fleet::Fleet;
pub use hand_over::{hand_over, hand_over_parcel};
pub use leave_out::leave_out;
pub use pack::{Packing, book_again, pack, pack_as};
pub use parcel::{AskCarriers, BookShipment, CancelShipment, TrackShipment, heard, news};
pub use refund::{RefundError, give_back};
pub use settle::{ReceiveError, SettleOrder, receive};
pub use show::{label, label_of, list, order};
pub use unpack::unpack;

use crate::{cancel::CancelError, once::OnceError};
use kernel::{Cx, Tx, outbox};
use model::{
    AppError, Code, FieldError, Permission,
    ids::OrderId,
    order::{Actor, OrderState},
};
use order::{Order, TransitionError, events::OrderChanged};
use shop::staff::AtShop;

/// Why a shop's order was not moved.
#[derive(Debug, thiserror::Error)]
pub enum FulfilError {
    /// Or it is another shop's.
    #[error("there is no such order")]
    NotFound,
    /// It stands where this cannot be done.
    #[error("the order is {now}")]
    Stage { now: OrderState },
    #[error("that is no reason of a shop's")]
    Reason,
    #[error("a parcel weighs between a gram and a tonne")]
    Weight,
    /// None, or more of a line than wait to be packed.
    #[error("not so many pieces wait to be packed")]
    Pieces,
    #[error("what is paid at the door goes in one parcel")]
    Cash,
    /// The courier does not come then, or not any more.
    #[error("the courier cannot be had that way")]
    Collection,
    /// Fewer pieces are on hand than are to leave.
    #[error("not all of it is on hand")]
    NotOnHand,
    /// Nobody who sends this courier is set up.
    #[error("nobody sends this courier")]
    NoCourier,
    #[error(transparent)]
    Once(#[from] OnceError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<FulfilError> for AppError {
    fn from(error: FulfilError) -> Self {
        match error {
            FulfilError::NotFound => Self::not_found(),
            FulfilError::Stage { .. } => Self::new(Code::Conflict),
            FulfilError::Reason => Self::field("reason", FieldError::NotAllowed),
            FulfilError::Weight => Self::field("weight", FieldError::OutOfRange),
            FulfilError::Pieces => Self::field("pieces", FieldError::OutOfRange),
            FulfilError::Cash => Self::field("pieces", FieldError::NotAllowed),
            FulfilError::Collection => Self::field("collection", FieldError::NotAllowed),
            FulfilError::Once(error) => error.into(),
            FulfilError::NotOnHand => Self::new(Code::SoldOut),
            FulfilError::NoCourier => Self::new(Code::Unavailable),
            FulfilError::Database(error) => kernel::db::code(&error).into(),
        }
    }
}

impl From<TransitionError> for FulfilError {
    fn from(error: TransitionError) -> Self {
        match error {
            TransitionError::Database(error) => Self::Database(error),
            TransitionError::NotFound => Self::NotFound,
            TransitionError::Changed { now } | TransitionError::NotAllowed { from: now, .. } => {
                Self::Stage { now }
            }
            TransitionError::WithItsGroup => Self::Stage { now: OrderState::AwaitingPayment },
        }
    }
}

impl FulfilError {
    /// Why an order that stands there was not cancelled.
    fn of_cancelling(error: CancelError, now: OrderState) -> Self {
        match error {
            CancelError::Database(error) => Self::Database(error),
            CancelError::NotFound => Self::NotFound,
            CancelError::Reason => Self::Reason,
            CancelError::TooLate | CancelError::Once(_) => Self::Stage { now },
        }
    }
}

/// An order of the shop one is let in to for its orders, locked with its group. What is not paid yet is not there.
async fn open(tx: &mut Tx, at: &AtShop, id: OrderId) -> Result<Order, FulfilError> {
    if at.permission() != Permission::Orders {
        return Err(FulfilError::NotFound);
    }
    let theirs = order::store::find_order_of_shop(tx, id, at.shop()).await?.ok_or(FulfilError::NotFound)?;
    let order = locked(tx, &theirs).await?;
    if order.cleared_at.is_none() { Err(FulfilError::NotFound) } else { Ok(order) }
}

/// The same order as it is under its group's lock.
async fn locked(tx: &mut Tx, order: &Order) -> Result<Order, sqlx::Error> {
    order::store::lock_group(tx, order.group).await?;
    order::store::find_order(tx, order.id).await?.ok_or(sqlx::Error::RowNotFound)
}

/// Tells that an order went a step further.
async fn told(cx: &Cx, tx: &mut Tx, order: &Order, to: OrderState, actor: Actor) -> Result<(), sqlx::Error> {
    let event =
        OrderChanged { order: order.id, group: order.group, shop: order.shop, from: order.state, to, actor };
    outbox::publish(tx, cx, &event).await
}
