//! Noting searches without holding anybody up: they wait in memory, at most [`ROOM`] of them, and are written in batches
//! behind the requests. When writing does not keep up, or the process ends within seconds, some are lost; the log is
//! for counting, not for accounts.

use crate::{Wording, store};
use kernel::Kernel;
use model::Lang;
use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};
use time::{OffsetDateTime, Time};
use tokio::sync::mpsc;

/// Searches held in memory before further ones are dropped.
pub(crate) const ROOM: usize = 4_096;
/// Rows written by one statement.
pub(crate) const BATCH: usize = 1_000;
/// How long a batch gathers.
pub(crate) const GATHER: Duration = Duration::from_secs(2);

/// A search as it is counted.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Search {
    pub text: Wording,
    pub lang: &'static str,
    /// Kinds of filters set, such as `city`; never what they were set to.
    pub filters: Vec<&'static str>,
    /// Products that had every word.
    pub results: u32,
    pub took_ms: u32,
}

impl Search {
    pub fn new(text: Wording, lang: Lang, filters: Vec<&'static str>, results: u32, took_ms: u32) -> Self {
        Self { text, lang: lang.tag(), filters, results, took_ms }
    }
}

/// Where searches are noted.
#[derive(Debug)]
pub struct Log {
    send: mpsc::Sender<Search>,
    lost: AtomicU64,
}

/// What was noted and not written yet.
#[derive(Debug)]
pub struct Noted(mpsc::Receiver<Search>);

impl Log {
    pub fn new() -> (Self, Noted) {
        let (send, receive) = mpsc::channel(ROOM);
        (Self { send, lost: AtomicU64::new(0) }, Noted(receive))
    }

    /// Takes a search if there is room; never waits.
    pub fn note(&self, search: Search) {
        if self.send.try_send(search).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Searches there was no room for.
    pub fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }
}

impl Noted {
    /// What is there, at most a batch.
    pub fn take(&mut self) -> Vec<Search> {
        let mut batch = Vec::new();
        while batch.len() < BATCH
            && let Ok(search) = self.0.try_recv()
        {
            batch.push(search);
        }
        batch
    }
}

/// Writes what is noted until the [`Log`] is gone.
pub async fn keep(kernel: Kernel, mut noted: Noted) {
    while let Some(first) = noted.0.recv().await {
        tokio::time::sleep(GATHER).await;
        let mut batch = noted.take();
        batch.push(first);
        if let Err(error) = write(&kernel, batch).await {
            tracing::warn!("Searches could not be noted: {error}");
        }
    }
}

/// Writes a batch, times rounded to the hour, in an order that says nothing of when within it.
pub async fn write(kernel: &Kernel, mut batch: Vec<Search>) -> Result<(), sqlx::Error> {
    batch.sort_unstable();
    let mut db = kernel.db().acquire().await?;
    store::insert_searches(&mut db, hour(kernel.now()), &batch).await
}

pub(crate) fn hour(now: OffsetDateTime) -> OffsetDateTime {
    let whole = Time::from_hms(now.hour(), 0, 0).unwrap_or(Time::MIDNIGHT);
    now.replace_time(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noting_never_waits_and_counts_what_is_lost() {
        let (log, mut noted) = Log::new();
        let search = Search::new(Wording::parse("tas").unwrap(), Lang::Id, Vec::new(), 3, 1);
        for _ in 0..ROOM + 5 {
            log.note(search.clone());
        }
        assert_eq!(log.lost(), 5);
        assert_eq!(noted.take().len(), BATCH);
        log.note(search);
        assert_eq!(log.lost(), 5);
    }
}
