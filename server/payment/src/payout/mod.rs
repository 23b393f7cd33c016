//! Money that shops take out.
//!
//! A shop names bank accounts and asks for some of its balance to be sent to one of them. That is a **withdrawal**:
//! `requested → approved → sent → settled`, or `failed` on the way, after which the money is the shop's again. Each move is
//! one guarded statement that also writes its timeline. Who pays out is outside: [`Payouts`] speaks to one of them, and no
//! transaction is open while it does; asking twice for one withdrawal sends the money once.
//!
//! Numbers of accounts are shown by their last four digits, and stand in no log.

mod account;
pub mod events;
mod provider;
mod simulator;
pub mod store;

pub use account::{NotAnAccount, Number, PayoutAccount, Withdrawal};
pub use provider::{Outcome, Payouts, Transfer, TransferNews, Transferred};
pub use simulator::SimulatedPayouts;
