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
    time::{Duration, Instant},
};
use tokio::{sync::Notify, task::JoinHandle};

/// How long to wait before listening again after the connection was lost.
const LISTEN_AGAIN_AFTER: Duration = Duration::from_millis(250);
/// What is rung within this time is told other processes at once.
const GATHER: Duration = Duration::from_millis(50);
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
    /// The one connection that listens, while anybody waits.
    listening: Mutex<Weak<Listening>>,
    /// What other processes are about to be told.
    abroad: AtomicU8,
    /// When events were last given numbers. Locked while they are given some, so that one of this process's readers does it
    /// and the others find it done, instead of all of them waiting in the database.
    pub numbered: tokio::sync::Mutex<Option<Instant>>,
}

impl Bell {
    pub fn new(process: Uuid) -> Self {
        Self {
            process,
            waiting: Mutex::default(),
            listening: Mutex::default(),
            abroad: AtomicU8::default(),
            numbered: tokio::sync::Mutex::default(),
        }
    }

    /// Tells of what was noted, if anything was.
    pub fn ring(self: &Arc<Self>, untold: &Untold, db: &PgPool) {
        let news = untold.take();
        if news == 0 {
            return;
        }
        self.wake(news);
        if self.abroad.fetch_or(news, Ordering::SeqCst) == 0 {
            tokio::spawn(tell(self.clone(), db.clone()));
        }
    }

    /// Wakes who waits in this process.
    fn wake(&self, news: u8) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).retain(|(of, waiting)| {
            let Some(waiting) = waiting.upgrade() else { return false };
            if news & of.bit() != 0 {
                waiting.notify_one();
            }
            true
        });
    }

    fn listening(self: &Arc<Self>, db: &PgPool) -> Arc<Listening> {
        let mut listening = self.listening.lock().unwrap_or_else(PoisonError::into_inner);
        listening.upgrade().unwrap_or_else(|| {
            let new = Arc::new(Listening(tokio::spawn(listen(self.clone(), db.clone()))));
            *listening = Arc::downgrade(&new);
            new
        })
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

/// Hears what other processes tell, until nobody waits any more.
#[derive(Debug)]
struct Listening(JoinHandle<()>);

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Waits for one kind of news. News that arrives while nobody waits is kept for the next
/// [`wait`](Self::wait); several are one.
pub(crate) struct Wake {
    news: News,
    notify: Arc<Notify>,
    _listening: Arc<Listening>,
}

impl Wake {
    pub(crate) fn on(news: News, kernel: &Kernel) -> Self {
        let (notify, bell) = (Arc::new(Notify::new()), kernel.bell());
        let waiting = (news, Arc::downgrade(&notify));
        bell.waiting.lock().unwrap_or_else(PoisonError::into_inner).push(waiting);
        Self { news, notify, _listening: bell.listening(kernel.db()) }
    }

    /// Returns on the next notification, or after `at_most`, and says when that was: what there was news of had been
    /// committed by then.
    pub(crate) async fn wait(&self, at_most: Duration) -> Instant {
        let told = tokio::time::timeout(at_most, self.notify.notified()).await.is_ok();
        let woken = Instant::now();
        if told && self.news == News::Events {
            tokio::time::sleep(MORE_EVENTS).await;
        }
        woken
    }
}

async fn listen(bell: Arc<Bell>, db: PgPool) {
    loop {
        if let Err(error) = listen_until_lost(&bell, &db).await {
            tracing::debug!(%error, "Lost the connection that listens for notifications");
        }
        tokio::time::sleep(LISTEN_AGAIN_AFTER).await;
    }
}

async fn listen_until_lost(bell: &Bell, db: &PgPool) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(db).await?;
    listener.listen_all(News::ALL.map(News::channel)).await?;
    let wake_all = || bell.wake(News::ALL.iter().fold(0, |all, news| all | news.bit()));
    // Something may have happened before we listened.
    wake_all();
    let process = bell.process.to_string();
    loop {
        let Some(heard) = listener.try_recv().await? else {
            // The connection was away, and so was whatever it would have told.
            wake_all();
            continue;
        };
        let news = News::ALL.into_iter().find(|news| news.channel() == heard.channel());
        if let Some(news) = news.filter(|_| heard.payload() != process) {
            bell.wake(news.bit());
        }
    }
}
