//! `/backoffice/withdrawals`: large withdrawals that wait for somebody to look at them.

mod page;
mod rpc;

pub use page::WithdrawalsDesk;
