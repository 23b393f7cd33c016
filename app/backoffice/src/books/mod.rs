//! `/backoffice/books`: whether the ledger, orders, payments and stock fit.

mod page;
mod rpc;

pub use page::BooksDesk;
