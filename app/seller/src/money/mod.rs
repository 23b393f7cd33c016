//! `/seller/{shop}/money`: what a shop has, where it goes and how it is taken out; `…/statement`: every change of it.

mod accounts;
mod page;
pub mod rpc;
mod statement;
mod withdraw;

pub use page::MoneyPage;
pub use statement::StatementPage;
