//! [`Kernel`]: what a process has. [`Cx`]: what one request or job has.

use crate::{
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
}

impl Kernel {
    /// A kernel with the real clock and real ids.
    pub fn new(db: PgPool) -> Self {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        Self { db, ids: Arc::new(SystemIds::new(clock.clone())), clock, parts: Arc::default() }
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
        Cx { kernel: self.clone(), request, lang, viewer: Viewer::Visitor, client: Client::default() }
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
        Ok(Tx(self.db().begin().await?))
    }
}

/// An open transaction. It is a `PgConnection` wherever one is wanted: `store::insert(&mut tx, ..)`.
#[must_use = "without a commit nothing is kept"]
pub struct Tx(Transaction<'static, Postgres>);

impl Tx {
    pub async fn commit(self) -> Result<(), sqlx::Error> {
        self.0.commit().await
    }

    pub async fn roll_back(self) -> Result<(), sqlx::Error> {
        self.0.rollback().await
    }
}

impl Deref for Tx {
    type Target = PgConnection;
    fn deref(&self) -> &PgConnection {
        &self.0
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.0
    }
}
