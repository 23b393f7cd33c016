//! Why a verb refuses. The caller then rolls back: where it was the database that refused, the transaction is over.
//! A hold alone works behind a savepoint and leaves the transaction as it was.

use model::ids::{Uuid, VariantId};
use sqlx::Error as Sql;
use thiserror::Error;

/// What there is too little of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Short {
    /// As asked for: the bundle, not its component.
    pub variant: VariantId,
    /// By all lines together.
    pub wanted: i32,
    /// How many of it could still be had.
    pub left: i32,
}

#[derive(Debug, Error)]
pub enum HoldError {
    /// Everything that is short, in the order asked for.
    #[error("{} variants are short", .0.len())]
    SoldOut(Vec<Short>),
    /// One of the lines has been held for before.
    #[error("a line is held for already")]
    AlreadyHeld,
    #[error(transparent)]
    Database(#[from] Sql),
}

#[derive(Debug, Error)]
pub enum ReleaseError {
    #[error("line {line} has fewer pieces reserved than are to be released")]
    NotReserved { line: Uuid },
    #[error(transparent)]
    Database(#[from] Sql),
}

#[derive(Debug, Error)]
pub enum ShipError {
    #[error("line {line} has fewer paid pieces reserved than are to be shipped")]
    NotReserved { line: Uuid },
    /// Promised, but not there yet.
    #[error("more would be shipped than is on hand")]
    NotOnHand,
    #[error(transparent)]
    Database(#[from] Sql),
}

#[derive(Debug, Error)]
pub enum UnshipError {
    #[error("nothing of line {line} is on its way")]
    NotShipped { line: Uuid },
    #[error(transparent)]
    Database(#[from] Sql),
}

#[derive(Debug, Error)]
pub enum ReturnError {
    #[error("fewer pieces of line {line} were shipped than are to come back")]
    NotShipped { line: Uuid },
    #[error(transparent)]
    Database(#[from] Sql),
}

#[derive(Debug, Error)]
pub enum ReceiveError {
    #[error("variant and warehouse are not of one shop")]
    Unknown,
    #[error("more would be on hand than can be counted")]
    TooMany,
    #[error(transparent)]
    Database(#[from] Sql),
}

#[derive(Debug, Error)]
pub enum AdjustError {
    #[error("variant and warehouse are not of one shop")]
    Unknown,
    /// Below nothing, or beyond a thousand million.
    #[error("so many cannot be on hand")]
    OutOfRange,
    #[error("more is promised than would be left")]
    Promised,
    #[error(transparent)]
    Database(#[from] Sql),
}

#[derive(Debug, Error)]
pub enum MoveError {
    #[error("it would stay where it is")]
    SamePlace,
    #[error("variant and warehouses are not of one shop, or nothing of it was ever in the first")]
    Unknown,
    #[error("fewer are there, or more than can be counted would be")]
    OutOfRange,
    #[error("more is promised than would be left")]
    Promised,
    #[error(transparent)]
    Database(#[from] Sql),
}

#[derive(Debug, Error)]
pub enum PolicyError {
    #[error("there is no such variant, or its shop has no warehouse")]
    Unknown,
    #[error("more is owed already than the new limit allows")]
    Promised,
    #[error(transparent)]
    Database(#[from] Sql),
}

#[derive(Debug, Error)]
pub enum SetBundleError {
    #[error("bundle and components are not of one shop")]
    Unknown,
    #[error("a bundle is not part of a bundle")]
    Nested,
    #[error("a bundle takes between 1 and 10000 of each component")]
    Quantity,
    #[error(transparent)]
    Database(#[from] Sql),
}

#[derive(Debug, Error)]
pub enum OpenWarehouseError {
    #[error("there is no such shop")]
    UnknownShop,
    #[error("there is no such region")]
    UnknownRegion,
    #[error("the shop has a warehouse of this name")]
    NameTaken,
    #[error("a shop has at most 100 warehouses")]
    TooMany,
    #[error(transparent)]
    Database(#[from] Sql),
}

#[derive(Debug, Error)]
pub enum CloseWarehouseError {
    #[error("the shop has no such warehouse")]
    Unknown,
    #[error("the main warehouse stays open")]
    Main,
    #[error(transparent)]
    Database(#[from] Sql),
}
