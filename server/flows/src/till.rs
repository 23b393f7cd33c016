//! Who takes payments here, where their answers come, and how many are served at once.

use model::payment::{Method, MethodKind};
use payment::Provider;
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};

/// Who places an order holds a connection while they wait for the goods others want as well. If as many were let in as
/// come to a sale, nobody who only looks would get one.
const SERVED: usize = 8;
/// Shorter than the time a request may take, so that whoever waited in vain is told so.
const PATIENCE: Duration = Duration::from_secs(20);

/// The providers that are set up, in the order in which they are asked. A part of the kernel.
pub struct Till {
    providers: Vec<Arc<dyn Provider>>,
    /// The address people type, without a slash at its end.
    site: String,
    counters: Semaphore,
}

/// So many want to order that it is not one's turn in time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("too many are ordering")]
pub struct Crowded;

impl Till {
    pub fn new(site: impl Into<String>, providers: Vec<Arc<dyn Provider>>) -> Self {
        Self { providers, site: site.into(), counters: Semaphore::new(SERVED) }
    }

    /// Serves so many at once.
    #[must_use]
    pub fn serving(self, at_once: usize) -> Self {
        Self { counters: Semaphore::new(at_once.max(1)), ..self }
    }

    /// Waits in line; it is one's turn until what is returned is dropped.
    pub async fn turn(&self) -> Result<SemaphorePermit<'_>, Crowded> {
        match timeout(PATIENCE, self.counters.acquire()).await {
            Ok(Ok(turn)) => Ok(turn),
            Ok(Err(_)) | Err(_) => Err(Crowded),
        }
    }

    /// Who takes payments of this kind: the first that does.
    pub fn of(&self, method: Method) -> Option<&dyn Provider> {
        self.providers.iter().map(|it| &**it).find(|it| it.methods().contains(&method))
    }

    pub fn named(&self, name: &str) -> Option<&dyn Provider> {
        self.providers.iter().map(|it| &**it).find(|it| it.name() == name)
    }

    /// Cash needs nobody but the courier, and the balance of a shop is in our own books.
    pub fn takes(&self, method: Method) -> bool {
        matches!(method.kind(), MethodKind::CashOnDelivery | MethodKind::ShopBalance)
            || self.of(method).is_some()
    }

    /// Where a payer comes back to, and where a provider tells what happened.
    pub fn addresses(&self, payment: model::ids::PaymentId, provider: &str) -> (String, String) {
        let site = &self.site;
        (format!("{site}/pay/{payment}"), format!("{site}/webhooks/payments/{provider}"))
    }
}
