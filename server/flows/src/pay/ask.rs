//! Asking providers what became of payments, since messages get lost.

use super::{HearError, balance, hear};
use crate::till::Till;
use kernel::{
    Cx,
    jobs::{Job, JobError, NewJob},
};
use model::ids::PaymentId;
use payment::{Payment, ProviderError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use time::Duration;

/// A payment is asked for from so long before its deadline on.
const BEFORE: Duration = Duration::minutes(20);
/// A refund of which nothing was heard for so long is asked for.
const SILENCE: Duration = Duration::hours(3);
/// So many at once.
const BATCH: i64 = 500;

/// Why it is not known what became of a payment.
#[derive(Debug, thiserror::Error)]
pub(super) enum AskError {
    /// It may say so later.
    #[error("the provider does not say: {0}")]
    Later(ProviderError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Asks the provider for all that happened to a payment, and hears it as if it had told. Nothing where there is nobody to
/// ask, or where it does not know of it.
pub(super) async fn ask(cx: &Cx, payment: &Payment) -> Result<(), AskError> {
    let (Some(till), Some(reference)) = (cx.part::<Till>(), &payment.provider_ref) else { return Ok(()) };
    if payment.provider == balance::PROVIDER {
        return Ok(());
    }
    let Some(provider) = till.named(&payment.provider) else { return Ok(()) };
    let events = match provider.status(reference, cx.now()).await {
        Ok(events) => events,
        Err(error) if error.passes() => return Err(AskError::Later(error)),
        Err(error) => {
            tracing::warn!(payment.id = %payment.id, "What became of payment {} is not said: {error}", payment.id);
            return Ok(());
        }
    };
    match hear(cx, &payment.provider, events).await {
        Ok(()) => Ok(()),
        Err(HearError::Database(error)) => Err(error.into()),
        Err(error) => {
            tracing::warn!(payment.id = %payment.id, "What is said of payment {} is not understood: {error}", payment.id);
            Ok(())
        }
    }
}

/// Asks for one payment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AskPayment {
    pub payment: PaymentId,
}

impl Job for AskPayment {
    const NAME: &'static str = "payment.ask";

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let payment = payment::find(&mut *cx.db().acquire().await?, self.payment).await?;
        let Some(payment) = payment else { return Err(JobError::discard("the payment is gone")) };
        match ask(cx, &payment).await {
            Ok(()) => Ok(()),
            // It is asked for again soon.
            Err(AskError::Later(error)) => {
                tracing::warn!(payment.id = %payment.id, "What became of payment {} is not known: {error}", payment.id);
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// Asks for the payments whose time is nearly over and for those whose refunds nothing was heard of for long. Run by the
/// clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AskProviders {}

impl Job for AskProviders {
    const NAME: &'static str = "payment.ask_providers";

    async fn run(self, cx: &Cx) -> Result<(), JobError> {
        let now = cx.now();
        let mut tx = cx.begin().await?;
        let due = payment::list_open_due(&mut tx, now + BEFORE, BATCH).await?;
        let waiting = payment::list_with_waiting_refunds(&mut tx, now - SILENCE, BATCH).await?;
        let all: BTreeSet<PaymentId> = due.into_iter().chain(waiting).collect();
        for payment in all {
            NewJob::of(&AskPayment { payment }).unique(payment).enqueue(&mut tx, cx).await?;
        }
        Ok(tx.commit().await?)
    }
}
