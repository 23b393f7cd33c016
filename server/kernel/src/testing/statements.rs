//! How many statements a piece of work asks of the database.

use sqlx::{ConnectOptions, PgPool, postgres::PgPoolOptions};
use std::{cell::Cell, sync::Once};
use tracing::{Event, Subscriber};
use tracing_subscriber::{Layer, filter::filter_fn, layer::Context, layer::SubscriberExt};

tokio::task_local! {
    static EXECUTED: Cell<usize>;
}

struct Statements;

impl<S: Subscriber> Layer<S> for Statements {
    fn on_event(&self, _: &Event<'_>, _: Context<'_, S>) {
        // Outside of what is counted, somebody else's.
        _ = EXECUTED.try_with(|executed| executed.set(executed.get() + 1));
    }
}

/// A pool over the same database whose statements are logged, which those of a test's own pool are not.
pub async fn logged(db: &PgPool) -> Result<PgPool, sqlx::Error> {
    let options = (*db.connect_options()).clone().log_statements("debug".parse().expect("a level"));
    PgPoolOptions::new().max_connections(2).connect_with(options).await
}

/// What the work answers, and how many statements of a [`logged`] pool it executed itself; what a pool does behind its
/// back does not count.
///
/// There is one subscriber for the whole process. With one for each call, a log line whose place in the code is
/// reached first by another test, which has none, is switched off for all.
pub fn counted<T>(work: impl Future<Output = T>) -> impl Future<Output = (T, usize)> {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| {
        let only = filter_fn(|it| it.target() == "sqlx::query");
        let listener = tracing_subscriber::registry().with(Statements.with_filter(only));
        tracing::subscriber::set_global_default(listener).expect("nobody else listens in this test");
    });
    tracing::callsite::rebuild_interest_cache();
    let work = Box::pin(work);
    EXECUTED.scope(Cell::new(0), async {
        let answer = work.await;
        (answer, EXECUTED.with(Cell::get))
    })
}
