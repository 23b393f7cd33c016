//! `/checkout`: the one page on which everything about an order is decided. Each choice is a form of its own, sent as
//! soon as it is made; without JavaScript by a button beside it.

mod address;
mod coins;
mod contact;
mod methods;
mod page;
mod place;
pub mod rpc;
mod sending;
mod shop;
mod vouchers;

pub use methods::MethodChoices;
pub use page::CheckoutPage;
