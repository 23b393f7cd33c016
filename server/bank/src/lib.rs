//! A small bank, so that a fresh machine can be paid: the simulator among the payment providers.
//!
//! It stands beneath `/sim/bank` in the same binary and yet outside the market: it shares no table with it and is
//! spoken to over HTTP like any other provider. A program that holds the key asks for a *charge* ([`charge`]) by the
//! JSON API; whoever pays opens the charge's page and chooses what happens: they pay, pay twice, too little or late,
//! the payment fails, or is charged back. Each of these is an event, written with the sums it changes, and every event
//! is told to whoever asked to be paid by a signed webhook ([`DeliverWebhook`]), again and again until it is taken.
//!
//! It also sends money: a program asks for a *transfer* ([`transfer`]), which arrives a moment later, or comes back where
//! the account is one nobody has.
//!
//! No money moves. Cards are made up: the page takes only the numbers it names, and keeps none.

mod api;
mod card;
pub mod charge;
mod deliver;
mod error;
mod jobs;
mod page;
mod settings;
pub mod sim;
pub mod store;
pub mod transfer;
pub mod verbs;

pub use charge::{Charge, ChargeId, ChargeState, Event, EventKind, NewCharge, Refund, RefundState};
pub use error::{CancelError, ChargeBackError, OpenError, PayError, RefundError};
pub use jobs::{DeliverWebhook, ExpireCharge, PayLate, SettleRefund};
pub use settings::{Bank, BankSettings};
pub use sim::{Secret, SetUpError};
pub use transfer::{EndTransfer, NewTransfer, Transfer, TransferId, TransferState};

use axum::{
    Router,
    routing::{get, post},
};
use kernel::Kernel;
use std::sync::Arc;

/// What the handlers share.
#[derive(Clone)]
pub(crate) struct Counter {
    pub kernel: Kernel,
    pub bank: Arc<Bank>,
}

/// The bank's API and pages, at `/sim/bank`. The same [`Bank`] has to be a part of the kernel whose workers run its
/// jobs.
pub fn router(kernel: &Kernel, bank: Arc<Bank>) -> Router {
    Router::new()
        .route("/sim/bank", get(page::latest))
        .route("/sim/bank/pay/{charge}", get(page::show).post(page::act))
        .route("/sim/bank/transfers", get(page::transfers))
        .route("/sim/bank/api/transfers", post(api::transfer))
        .route("/sim/bank/api/charges", post(api::open))
        .route("/sim/bank/api/charges/{charge}", get(api::show))
        .route("/sim/bank/api/charges/{charge}/cancel", post(api::cancel))
        .route("/sim/bank/api/charges/{charge}/refunds", post(api::refund))
        .with_state(Counter { kernel: kernel.clone(), bank })
}

/// Every kind of job the bank has.
pub fn with_jobs(registry: kernel::jobs::Registry) -> kernel::jobs::Registry {
    registry
        .job::<DeliverWebhook>()
        .job::<ExpireCharge>()
        .job::<PayLate>()
        .job::<SettleRefund>()
        .job::<EndTransfer>()
}
