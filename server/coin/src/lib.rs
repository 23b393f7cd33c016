//! Coins: what members earn with completed orders, and take off the price of later ones.
//!
//! One coin is worth one rupiah of goods. Coins come in **lots**, one for each order they were earned with, and hold for a
//! time; those that expire first are spent first. What was spent stands by order and lot, so that an order that comes to
//! nothing gives back the very coins that were paid. No lot holds less than nothing or more than it came with, and no
//! order gets back more than it took: the database refuses both.
//!
//! How many a member owns is an account of the ledger. Whoever changes lots in [`store`] posts the journal in the same
//! transaction; that the lots of a member come to their balance is looked at by the reconciliation. Within a transaction
//! coins are changed after money, lots in the order of their ids.

mod allot;
mod policy;
pub mod store;

pub use allot::{Piece, allot};
pub use policy::{GRACE, Policy};
pub use store::{Expired, Purse, TakeError, Use};
