//! Where goods lie, how many can be sold, and who has been promised some.
//!
//! A shop keeps its goods in warehouses, the first of which is its main one. Of each variant there lie so many
//! (`on_hand`), of which some are promised (`reserved`). What can be sold is the difference, less what the shop keeps
//! back, plus what it may owe; it never falls below zero, whoever asks at the same moment. A variant that is not
//! tracked can be sold without end, and a bundle has no stock of its own: it takes its components'.
//!
//! Which warehouse sends is a matter of what lies where and how far that is; couriers are asked from there before anything is
//! held ([`Shelves::source`]).
//!
//! A checkout holds what it is about to sell until a deadline ([`store::hold`]). Payment commits the hold
//! ([`store::commit`]); cancellation or the deadline releases it; shipping takes the goods out of the warehouse, and a
//! return puts them back. Every change of stock is a movement, and what is on hand or reserved is the sum of these.
//!
//! Between warehouses goods are on their way ([`store::send_transfer`]): they left the one and have not come into the other,
//! and nobody can buy them. What people counted is kept with what should have been there at that moment, and the difference
//! is booked when they are done ([`store::post_count`]).
//!
//! All verbs that change something want the caller's transaction: their locks last until its end. Stock is locked in
//! order of variant and warehouse, reservations before stock and in order of line, transfers, counts and warehouses before
//! stock as well. So that this holds for a whole
//! transaction, call one of these verbs once in each, with everything it concerns.

mod count;
pub mod error;
pub mod events;
mod hold;
mod reservation;
mod shelves;
mod stock;
pub mod store;
mod supply;
mod transfer;
mod warehouse;

pub use count::{CountState, NewCount};
pub use error::{
    AdjustError, CloseWarehouseError, DraftTransferError, HoldError, LoadTransferError, MoveError,
    OpenWarehouseError, PolicyError, PostCountError, ReceiveError, ReleaseError, ReturnError,
    SendTransferError, SetBundleError, SettleTransferError, ShipError, Short, StartCountError, UnshipError,
    WriteCountError,
};
pub use events::StockChanged;
pub use hold::{Allocation, HoldLine, NewHold, Pieces};
pub use reservation::ReservationState;
pub use shelves::Shelves;
pub use stock::{
    AdjustReason, Availability, Movement, MovementKind, OutOfBounds, StockPolicy, StockRow, Warnings,
};
pub use transfer::{Load, NewTransfer, TransferState, TransferStepKind, WriteOffReason};
pub use warehouse::{MAIN_NAME, NewWarehouse, NotAName, Source, Warehouse, WarehouseAddress, WarehouseName};
