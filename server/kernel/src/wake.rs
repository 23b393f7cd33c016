//! Being woken by the database's NOTIFY, with a fallback for when a notification is lost.

use sqlx::{PgPool, postgres::PgListener};
use std::{sync::Arc, time::Duration};
use tokio::{sync::Notify, task::JoinHandle};

/// How long to wait before listening again after the connection was lost.
const LISTEN_AGAIN_AFTER: Duration = Duration::from_millis(250);

/// Listens on one channel in the background. A notification that arrives while nobody waits is kept for the next
/// [`wait`](Self::wait); several are one.
pub(crate) struct Wake {
    notify: Arc<Notify>,
    listening: JoinHandle<()>,
}

impl Wake {
    pub(crate) fn on(channel: &'static str, db: PgPool) -> Self {
        let notify = Arc::new(Notify::new());
        let listening = tokio::spawn(listen(channel, db, notify.clone()));
        Self { notify, listening }
    }

    /// Returns on the next notification, or after `at_most`.
    pub(crate) async fn wait(&self, at_most: Duration) {
        _ = tokio::time::timeout(at_most, self.notify.notified()).await;
    }
}

impl Drop for Wake {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn listen(channel: &'static str, db: PgPool, notify: Arc<Notify>) {
    loop {
        if let Err(error) = listen_until_lost(channel, &db, &notify).await {
            tracing::debug!(%error, channel, "Lost the connection that listens for notifications");
        }
        tokio::time::sleep(LISTEN_AGAIN_AFTER).await;
    }
}

async fn listen_until_lost(channel: &str, db: &PgPool, notify: &Notify) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(db).await?;
    listener.listen(channel).await?;
    loop {
        // Something may have happened before we listened, or while the connection was away.
        notify.notify_one();
        listener.recv().await?;
    }
}
