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
    /// Something lies there, or is promised from there.
    #[error("it is not empty")]
    NotEmpty,
    /// From there or to there.
    #[error("goods are on their way")]
    OnWay,
    #[error("somebody counts there")]
    Counting,
    #[error(transparent)]
    Database(#[from] Sql),
}

#[derive(Debug, Error)]
pub enum DraftTransferError {
    #[error("the shop has no such warehouse")]
    Unknown,
    #[error("it would stay where it is")]
    SamePlace,
    #[error(transparent)]
    Database(#[from] Sql),
}

#[derive(Debug, Error)]
pub enum LoadTransferError {
    #[error("the shop has no such transfer, or no such variant")]
    Unknown,
    #[error("it has been sent")]
    NotDraft,
    #[error("so many pieces cannot go at once")]
    OutOfRange,
    #[error("so many variants cannot go at once")]
    TooMany,
    #[error(transparent)]
    Database(#[from] Sql),
}

#[derive(Debug, Error)]
pub enum SendTransferError {
    #[error("the shop has no such transfer")]
    Unknown,
    #[error("nothing is on the list")]
    Empty,
    #[error("one of the warehouses is closed")]
    Closed,
    /// Of these fewer are there than are to go, or the others are promised.
    #[error("{} variants are short", .0.len())]
    Short(Vec<VariantId>),
    #[error(transparent)]
    Database(#[from] Sql),
}

#[derive(Debug, Error)]
pub enum SettleTransferError {
    #[error("the shop has no such transfer")]
    Unknown,
    #[error("nothing of it is on the way")]
    NotOnWay,
    #[error("fewer are on the way")]
    TooMany,
    #[error("more would be on hand than can be counted")]
    Full,
    #[error(transparent)]
    Database(#[from] Sql),
}

#[derive(Debug, Error)]
pub enum StartCountError {
    #[error("the shop has no such warehouse that is open")]
    Unknown,
    #[error("somebody counts there already")]
    Running,
    #[error(transparent)]
    Database(#[from] Sql),
}

#[derive(Debug, Error)]
pub enum WriteCountError {
    #[error("the shop has no such count")]
    Unknown,
    #[error("the count is over")]
    Ended,
    #[error("so many cannot be counted")]
    OutOfRange,
    #[error(transparent)]
    Database(#[from] Sql),
}

#[derive(Debug, Error)]
pub enum PostCountError {
    #[error("the shop has no such count")]
    Unknown,
    #[error("the count was discarded")]
    Ended,
    /// Of these fewer would be left than are promised, or than nothing.
    #[error("{} variants have fewer than are promised", .0.len())]
    Promised(Vec<VariantId>),
    #[error(transparent)]
    Database(#[from] Sql),
}
