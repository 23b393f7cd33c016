//! Looks at products on their way to the database: noted in memory while pages are made, written together in the
//! background, so that no page waits for it. What is noted is worth little singly: when more comes than can be
//! written, or the database is away, it is lost.

use crate::recommend::{View, record_views};
use sqlx::PgPool;
use std::{
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::sync::mpsc;

/// Looks that may wait to be written.
const MOST_WAITING: usize = 10_000;
/// Looks in one statement.
const AT_ONCE: usize = 1_000;

/// Where looks are noted; a part of the kernel.
#[derive(Debug)]
pub struct Visits {
    send: mpsc::Sender<View>,
    lost: Arc<AtomicU64>,
}

/// What is noted and not yet written.
#[derive(Debug)]
pub struct Unwritten {
    receive: mpsc::Receiver<View>,
    lost: Arc<AtomicU64>,
}

impl Visits {
    /// The two ends: pages note at one, [`Unwritten::write`] empties the other.
    pub fn new() -> (Self, Unwritten) {
        let (send, receive) = mpsc::channel(MOST_WAITING);
        let lost = Arc::<AtomicU64>::default();
        (Self { send, lost: lost.clone() }, Unwritten { receive, lost })
    }

    /// Never waits.
    pub fn note(&self, view: View) {
        if self.send.try_send(view).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Unwritten {
    /// Writes what is noted, as it comes; what comes while a statement runs goes into the next one. When `stop`
    /// resolves, nothing more is taken, what waits is written, and it ends.
    pub async fn write(mut self, db: PgPool, stop: impl Future<Output = ()>) {
        let mut stop = pin!(stop);
        let mut stopping = false;
        let mut views = Vec::new();
        loop {
            tokio::select! {
                () = &mut stop, if !stopping => {
                    self.receive.close();
                    stopping = true;
                }
                n = self.receive.recv_many(&mut views, AT_ONCE) => {
                    if n == 0 {
                        return;
                    }
                    self.save(&db, &views).await;
                    views.clear();
                }
            }
        }
    }

    async fn save(&self, db: &PgPool, views: &[View]) {
        let saved = async { record_views(&mut *db.acquire().await?, views).await };
        if let Err(error) = saved.await {
            tracing::warn!("{} product views could not be written: {error}", views.len());
        }
        let lost = self.lost.swap(0, Ordering::Relaxed);
        if lost > 0 {
            tracing::warn!("{lost} product views were lost: more came than could be written");
        }
    }
}
