//! Waking whoever waits for events and jobs, in this process and in others.
//!
//! A transaction with a `NOTIFY` in it commits while no other such one does, the disk's time included, since PostgreSQL
//! keeps notifications in the order of commits: all that sells would stand in one line. So the bell is rung after the
//! commit ([`Tx::commit`](crate::Tx::commit)): who waits in this process hears at once, other processes hear by a `NOTIFY`
//! that writes nothing, one for all that was rung meanwhile. Where a process dies before it could ring, polling finds what
//! it wrote.

use crate::Kernel;
use model::ids::Uuid;
use sqlx::{PgPool, postgres::PgListener};
use std::{
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicU8, Ordering},
    },
    time::Duration,
};
use tokio::{sync::Notify, task::JoinHandle};

/// How long to wait before listening again after the connection was lost.
const LISTEN_AGAIN_AFTER: Duration = Duration::from_millis(250);
/// What is rung within this time is told other processes at once.
const GATHER: Duration = Duration::from_millis(10);
/// Events are read for many at a time: whoever is woken by one waits so long for more of them.
const MORE_EVENTS: Duration = Duration::from_millis(15);

/// What there is news of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum News {
    Events,
    Jobs,
}

impl News {
    const ALL: [Self; 2] = [Self::Events, Self::Jobs];

    const fn bit(self) -> u8 {
        match self {
            Self::Events => 1,
            Self::Jobs => 2,
        }
    }

    const fn channel(self) -> &'static str {
        match self {
            Self::Events => "outbox",
            Self::Jobs => "job",
        }
    }
}

/// What has been written and not told yet.
#[derive(Debug, Default)]
pub(crate) struct Untold(AtomicU8);

impl Untold {
    pub fn note(&self, news: News) {
        self.0.fetch_or(news.bit(), Ordering::Relaxed);
    }

    fn take(&self) -> u8 {
        self.0.swap(0, Ordering::Relaxed)
    }
}

/// One in each process.
#[derive(Debug)]
pub(crate) struct Bell {
    /// Whose notifications are our own, and have been heard.
    process: Uuid,
    waiting: Mutex<Vec<(News, Weak<Notify>)>>,
    /// What other processes are about to be told.
    abroad: AtomicU8,
}

impl Bell {
    pub fn new(process: Uuid) -> Self {
        Self { process, waiting: Mutex::default(), abroad: AtomicU8::default() }
    }

    /// Tells of what was noted, if anything was.
    pub fn ring(self: &Arc<Self>, untold: &Untold, db: &PgPool) {
        let news = untold.take();
        if news == 0 {
            return;
        }
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).retain(|(of, waiting)| {
            let Some(waiting) = waiting.upgrade() else { return false };
            if news & of.bit() != 0 {
                waiting.notify_one();
            }
            true
        });
        if self.abroad.fetch_or(news, Ordering::SeqCst) == 0 {
            tokio::spawn(tell(self.clone(), db.clone()));
        }
    }
}

async fn tell(bell: Arc<Bell>, db: PgPool) {
    tokio::time::sleep(GATHER).await;
    let news = bell.abroad.swap(0, Ordering::SeqCst);
    for of in News::ALL.into_iter().filter(|of| news & of.bit() != 0) {
        // A uuid, so it needs no quoting; and `NOTIFY` takes no parameters.
        let notify = format!("notify {}, '{}'", of.channel(), bell.process);
        if let Err(error) = sqlx::query(sqlx::AssertSqlSafe(notify)).execute(&db).await {
            tracing::debug!(%error, "Other processes were not told; they will look by themselves");
        }
    }
}

/// Listens for one kind of news in the background. News that arrives while nobody waits is kept for the next
/// [`wait`](Self::wait); several are one.
pub(crate) struct Wake {
    news: News,
    notify: Arc<Notify>,
    listening: JoinHandle<()>,
}

impl Wake {
    pub(crate) fn on(news: News, kernel: &Kernel) -> Self {
        let (notify, bell) = (Arc::new(Notify::new()), kernel.bell());
        let waiting = (news, Arc::downgrade(&notify));
        bell.waiting.lock().unwrap_or_else(PoisonError::into_inner).push(waiting);
        let listening = tokio::spawn(listen(news, bell.process, kernel.db().clone(), notify.clone()));
        Self { news, notify, listening }
    }

    /// Returns on the next notification, or after `at_most`.
    pub(crate) async fn wait(&self, at_most: Duration) {
        let woken = tokio::time::timeout(at_most, self.notify.notified()).await.is_ok();
        if woken && self.news == News::Events {
            tokio::time::sleep(MORE_EVENTS).await;
        }
    }
}

impl Drop for Wake {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn listen(news: News, process: Uuid, db: PgPool, notify: Arc<Notify>) {
    loop {
        if let Err(error) = listen_until_lost(news, process, &db, &notify).await {
            let channel = news.channel();
            tracing::debug!(%error, channel, "Lost the connection that listens for notifications");
        }
        tokio::time::sleep(LISTEN_AGAIN_AFTER).await;
    }
}

async fn listen_until_lost(
    news: News,
    process: Uuid,
    db: &PgPool,
    notify: &Notify,
) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(db).await?;
    listener.listen(news.channel()).await?;
    // Something may have happened before we listened, or while the connection was away.
    notify.notify_one();
    loop {
        if listener.recv().await?.payload() != process.to_string() {
            notify.notify_one();
        }
    }
}
