//! Where goods lie, how many can be sold, and who has been promised some.
//!
//! A shop keeps its goods in warehouses, the first of which is its main one. Of each variant there lie so many
//! (`on_hand`), of which some are promised (`reserved`). What can be sold is the difference, less what the shop keeps
//! back, plus what it may owe; it never falls below zero, whoever asks at the same moment. A variant that is not
//! tracked can be sold without end, and a bundle has no stock of its own: it takes its components'.
//!
//! A checkout holds what it is about to sell until a deadline ([`store::hold`]). Payment commits the hold
//! ([`store::commit`]); cancellation or the deadline releases it; shipping takes the goods out of the warehouse, and a
//! return puts them back. Every change of stock is a movement, and what is on hand or reserved is the sum of these.
//!
//! All verbs that change something want the caller's transaction: their locks last until its end. Stock is locked in
//! order of variant and warehouse, reservations before stock and in order of line. So that this holds for a whole
//! transaction, call one of these verbs once in each, with everything it concerns.

pub mod error;
pub mod events;
mod hold;
mod reservation;
mod stock;
pub mod store;
mod supply;
mod warehouse;

pub use error::{
    AdjustError, CloseWarehouseError, HoldError, MoveError, OpenWarehouseError, PolicyError, ReceiveError,
    ReleaseError, ReturnError, SetBundleError, ShipError, Short, UnshipError,
};
pub use events::StockChanged;
pub use hold::{Allocation, HoldLine, NewHold, Pieces};
pub use reservation::ReservationState;
pub use stock::{AdjustReason, Availability, Movement, MovementKind, OutOfBounds, StockPolicy, StockRow};
pub use warehouse::{MAIN_NAME, NewWarehouse, NotAName, Warehouse, WarehouseAddress, WarehouseName};
