//! [`Kernel`]: what a process has. [`Cx`]: what one request or job has.

use crate::{
    bell::{Bell, News, Untold},
    clock::{Clock, SystemClock, whole_micros},
    ids::{Ids, SystemIds},
    viewer::{Client, Viewer},
};
use model::{
    Lang,
    ids::{RequestId, Uuid},
};
use sqlx::{PgConnection, PgPool, Postgres, Transaction};
use std::{
    any::{Any, TypeId},
    collections::HashMap,
    ops::{Deref, DerefMut},
    sync::Arc,
};
use time::OffsetDateTime;

/// What a process has: the database, a clock, a source of ids, and the parts the composition root put in.
/// Clones share all of it.
#[derive(Clone)]
pub struct Kernel {
    db: PgPool,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
    parts: Arc<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
    bell: Arc<Bell>,
}

impl Kernel {
    /// A kernel with the real clock and real ids.
    pub fn new(db: PgPool) -> Self {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let ids = SystemIds::new(clock.clone());
        let bell = Arc::new(Bell::new(ids.uuid()));
        Self { db, ids: Arc::new(ids), clock, parts: Arc::default(), bell }
    }

    #[must_use]
    pub fn with_clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    #[must_use]
    pub fn with_ids(mut self, ids: impl Ids) -> Self {
        self.ids = Arc::new(ids);
        self
    }

    /// Puts in a part that whoever holds a [`Cx`] finds again by its type, such as the search index.
    /// Clones made before do not see it.
    #[must_use]
    pub fn with_part<T: Send + Sync + 'static>(mut self, part: Arc<T>) -> Self {
        Arc::make_mut(&mut self.parts).insert(TypeId::of::<T>(), part);
        self
    }

    /// The context of a request.
    pub fn cx_for(&self, request: RequestId, lang: Lang) -> Cx {
        let (viewer, client) = (Viewer::Visitor, Client::default());
        Cx { kernel: self.clone(), request, lang, viewer, client, untold: Arc::default() }
    }

    /// The context of work that nobody is waiting for, under a request id of its own.
    pub fn job_cx(&self) -> Cx {
        self.cx_for(RequestId::new(self.ids.uuid()), Lang::default())
    }

    pub fn db(&self) -> &PgPool {
        &self.db
    }

    pub fn now(&self) -> OffsetDateTime {
        whole_micros(self.clock.now())
    }

    pub fn ids(&self) -> &dyn Ids {
        &*self.ids
    }

    pub(crate) fn bell(&self) -> &Arc<Bell> {
        &self.bell
    }

    pub fn part<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        self.parts.get(&TypeId::of::<T>()).cloned().and_then(|part| part.downcast().ok())
    }
}

/// What one request or job has at hand. Cheap to clone.
#[derive(Clone)]
pub struct Cx {
    kernel: Kernel,
    request: RequestId,
    lang: Lang,
    pub(crate) viewer: Viewer,
    pub(crate) client: Client,
    untold: Arc<Untold>,
}

impl Cx {
    pub fn kernel(&self) -> &Kernel {
        &self.kernel
    }

    /// For reads outside a transaction. Writes go through [`begin`](Self::begin).
    pub fn db(&self) -> &PgPool {
        self.kernel.db()
    }

    /// The time now, in UTC and whole microseconds.
    pub fn now(&self) -> OffsetDateTime {
        self.kernel.now()
    }

    pub fn ids(&self) -> &dyn Ids {
        self.kernel.ids()
    }

    /// A new id of the wanted type: `let product: ProductId = cx.id();`.
    pub fn id<T: From<Uuid>>(&self) -> T {
        self.kernel.ids().uuid().into()
    }

    /// The language the answer is read in.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Which request this is, or which one caused this job.
    pub fn request(&self) -> RequestId {
        self.request
    }

    /// A part the composition root put in.
    pub fn part<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        self.kernel.part()
    }

    /// Opens a transaction; dropping it without [`Tx::commit`] undoes everything done in it.
    pub async fn begin(&self) -> Result<Tx, sqlx::Error> {
        let (kernel, untold) = (self.kernel.clone(), self.untold.clone());
        Ok(Tx { inner: self.db().begin().await?, kernel, untold })
    }

    /// Somebody is told of this after the next commit.
    pub(crate) fn note(&self, news: News) {
        self.untold.note(news);
    }
}

/// An open transaction. It is a `PgConnection` wherever one is wanted: `store::insert(&mut tx, ..)`.
#[must_use = "without a commit nothing is kept"]
pub struct Tx {
    inner: Transaction<'static, Postgres>,
    kernel: Kernel,
    untold: Arc<Untold>,
}

impl Tx {
    /// Afterwards whoever waits for events or jobs hears of those that were written.
    pub async fn commit(self) -> Result<(), sqlx::Error> {
        self.inner.commit().await?;
        self.kernel.bell.ring(&self.untold, &self.kernel.db);
        Ok(())
    }

    pub async fn roll_back(self) -> Result<(), sqlx::Error> {
        self.inner.rollback().await
    }
}

impl Deref for Tx {
    type Target = PgConnection;
    fn deref(&self) -> &PgConnection {
        &self.inner
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.inner
    }
}
