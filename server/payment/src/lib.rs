//! Payments: what a shopper pays for an order group, what the providers tell of it, and what is paid back.
//!
//! A [`Payment`] is one attempt to pay a group. At most one of a group is *open*; it closes when it is captured, fails,
//! runs out or is given up, and never opens again. Whatever a provider tells is kept as an event that is never changed,
//! and where a payment stands is what all of its events come to ([`fold`]): in whatever order they arrive and however
//! often, the result is the same. Money may come after a payment has closed, twice, or too little of it; it is counted
//! all the same, and whoever calls [`record`] sees what stood before and after and decides what follows.
//!
//! Each order of the group has a share of the payment, fixed when it is made. A [`refund`] is held against the share
//! and against what came in before it is asked of the provider, in one statement, so that any number of them at once
//! never give back more than was paid; the database refuses what slips through.
//!
//! What shops take out is a withdrawal; [`payout`] has its accounts and states.
//!
//! Providers are outside: [`Provider`] speaks to one of them, [`provider`] has Midtrans, Xendit, Stripe and the
//! simulator that ships with the product. None of them is called while a transaction is open.

mod event;
mod instructions;
mod payment;
pub mod payout;
pub mod provider;
mod record;
pub mod refund;
mod standing;
mod store;

pub use event::{About, Event, EventKind, ProviderEvent};
pub use instructions::{How, Instructions};
pub use payment::{InsertError, NewPayment, Payment, Share, insert, open};
pub use provider::{
    OpenRequest, Opened, Provider, ProviderError, RefundAnswer, RefundOutcome, RefundRequest, Refusal,
    Secret, SetUpError, WebhookError,
};
pub use record::{RecordError, Recorded, expire, give_up, record, record_of};
pub use refund::{
    NewRefund, Refund, RefundError, RefundState, mark_refund_failed, mark_refund_sent, mark_refund_settled,
    request_refund, surplus,
};
pub use standing::{Standing, fold};
pub use store::{
    current_of_group, find, find_about, find_by_ref, find_refund, list_of_group, list_open_due, list_refunds,
    list_shares, list_waiting_refunds, list_with_waiting_refunds,
};
