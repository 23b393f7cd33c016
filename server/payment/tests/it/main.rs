//! Payments over a database, and providers that speak as their documentation says.

mod fake;
mod fold;
mod house;
mod midtrans;
mod payments;
mod refunds;
mod simulator;
mod stripe;
mod xendit;
