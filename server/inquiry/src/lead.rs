//! Which searches led to which goods: noted like searches themselves, from which it knows as little of who they were.

use crate::{
    Wording,
    log::{BATCH, GATHER, ROOM, hour},
    store,
};
use kernel::Kernel;
use model::ids::ProductId;
use tokio::sync::mpsc;

/// Somebody came to this by searching for that.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Lead {
    pub text: Wording,
    pub product: ProductId,
}

/// Where leads are noted; a part of the kernel.
#[derive(Debug)]
pub struct Leads(mpsc::Sender<Lead>);

/// What was noted and not written yet.
#[derive(Debug)]
pub struct NotedLeads(mpsc::Receiver<Lead>);

impl Leads {
    pub fn new() -> (Self, NotedLeads) {
        let (send, receive) = mpsc::channel(ROOM);
        (Self(send), NotedLeads(receive))
    }

    /// Takes it if there is room; never waits.
    pub fn note(&self, lead: Lead) {
        // One that is lost is missing from a count, and from nothing else.
        drop(self.0.try_send(lead));
    }
}

impl NotedLeads {
    /// What is there, at most a batch.
    pub fn take(&mut self) -> Vec<Lead> {
        let mut batch = Vec::new();
        while batch.len() < BATCH
            && let Ok(lead) = self.0.try_recv()
        {
            batch.push(lead);
        }
        batch
    }
}

/// Writes what is noted until the [`Leads`] are gone.
pub async fn keep_leads(kernel: Kernel, mut noted: NotedLeads) {
    while let Some(first) = noted.0.recv().await {
        tokio::time::sleep(GATHER).await;
        let mut batch = noted.take();
        batch.push(first);
        if let Err(error) = write_leads(&kernel, batch).await {
            tracing::warn!("What searches led to could not be noted: {error}");
        }
    }
}

/// Writes a batch, times rounded to the hour, in an order that says nothing of when within it.
pub async fn write_leads(kernel: &Kernel, mut batch: Vec<Lead>) -> Result<(), sqlx::Error> {
    batch.sort_unstable();
    let mut db = kernel.db().acquire().await?;
    store::insert_leads(&mut db, hour(kernel.now()), &batch).await
}
