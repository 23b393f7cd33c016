//! The database: given by a URL, or kept by the server itself in its data folder.

pub mod embedded;
mod migrate;

pub use embedded::{Embedded, EmbeddedError};
pub use migrate::{MIGRATOR, Migrated, migrate};

use model::Code;
use sqlx::{
    Connection as _, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{path::PathBuf, str::FromStr, time::Duration};

/// The oldest PostgreSQL that has all we use.
pub const OLDEST_MAJOR: i32 = 14;

#[derive(Clone, Debug)]
pub struct DbSettings {
    /// Where the database is; if not said, the server keeps one of its own.
    pub url: Option<String>,
    /// The server's data folder.
    pub data: PathBuf,
    /// Where the programs of PostgreSQL are, for a database of our own; if not said, they are looked for.
    pub pg_bin: Option<PathBuf>,
    /// Connections this process keeps at most.
    pub connections: u32,
}

impl DbSettings {
    pub const CONNECTIONS: u32 = 24;
}

#[derive(thiserror::Error, Debug)]
pub enum DbError {
    #[error(transparent)]
    Embedded(#[from] EmbeddedError),
    #[error("the database URL cannot be read: {0}")]
    Url(#[source] sqlx::Error),
    #[error("the database does not answer: {0}")]
    Unreachable(#[source] sqlx::Error),
    #[error("the database is PostgreSQL {found}; version {OLDEST_MAJOR} or later is needed")]
    TooOld { found: i32 },
    #[error(
        "the database was set up by a newer version of this program (its schema has change {version}, which this \
         version does not know); start the newer version, or restore a copy of the database from before it"
    )]
    SchemaIsNewer { version: i64 },
    #[error(
        "change {version} of the database's schema is not the one this program knows: the file was edited after it \
         had been applied"
    )]
    SchemaDiffers { version: i64 },
    #[error("the database's schema could not be brought up to date: {0}")]
    Migration(#[source] sqlx::migrate::MigrateError),
    #[error("the database failed: {0}")]
    Sql(#[from] sqlx::Error),
}

/// Whether the database is away for the moment or something is wrong with what we asked of it.
pub fn code(error: &sqlx::Error) -> Code {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => {
            Code::Unavailable
        }
        // Classes 08 (connection), 40 (undone for the sake of others, as in a deadlock), 53 (resources), 57P (shutting
        // down, starting up), and 55P03 (others held a lock for too long): asked again, it works.
        sqlx::Error::Database(error) => match error.code() {
            Some(code) if ["08", "40", "53", "55P03", "57P"].iter().any(|class| code.starts_with(class)) => {
                Code::Unavailable
            }
            _ => Code::Internal,
        },
        _ => Code::Internal,
    }
}

/// An open database, and the PostgreSQL beneath it if that is ours.
pub struct Database {
    pool: PgPool,
    embedded: Option<Embedded>,
}

impl Database {
    /// Opens the database, starting our own PostgreSQL if no other is given. The schema is not touched;
    /// see [`migrate`].
    pub async fn open(settings: &DbSettings) -> Result<Self, DbError> {
        let (options, embedded) = if let Some(url) = &settings.url {
            (PgConnectOptions::from_str(url).map_err(DbError::Url)?, None)
        } else {
            let embedded = Embedded::start(&settings.data, settings.pg_bin.as_deref()).await?;
            (embedded.connect_options(), Some(embedded))
        };
        match connect(options, settings.connections).await {
            Ok(pool) => Ok(Self { pool, embedded }),
            Err(error) => {
                if let Some(embedded) = embedded {
                    embedded.stop().await;
                }
                Err(error)
            }
        }
    }

    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    pub fn embedded(&self) -> Option<&Embedded> {
        self.embedded.as_ref()
    }

    /// Closes the connections and stops our own PostgreSQL.
    pub async fn close(self) {
        // Someone may be slow to give a connection back; that must not keep PostgreSQL from being stopped.
        _ = tokio::time::timeout(Duration::from_secs(5), self.pool.close()).await;
        if let Some(embedded) = self.embedded {
            embedded.stop().await;
        }
    }
}

/// How long a connection is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// The pool tells only that its time was up; a single connection tells why.
async fn why_not(options: &PgConnectOptions) -> sqlx::Error {
    match tokio::time::timeout(PATIENCE, PgConnection::connect_with(options)).await {
        Ok(Err(error)) => error,
        Ok(Ok(_)) | Err(_) => sqlx::Error::PoolTimedOut,
    }
}

/// What every connection of ours is told.
///
/// PostgreSQL settles for one plan of a prepared statement where that is as good as one made for the values at hand;
/// planning takes longer than following the plan of most of ours. So pages' statements say in their text what a plan
/// depends on (how many rows are wanted), and leave to parameters what it does not.
///
/// Such a plan is kept while its tables grow: one that was made when an order's table had a page would go on reading all of
/// it, for every row that a constraint looks up, until statistics are taken anew. Pages are in memory nearly always, so
/// they are told to cost little beside the rows on them: then a plan goes by an index even where a table is small.
pub fn session(options: PgConnectOptions) -> PgConnectOptions {
    options.application_name("pasar").statement_cache_capacity(STATEMENTS).options([
        ("timezone", "UTC"),
        ("idle_in_transaction_session_timeout", "60s"),
        ("lock_timeout", "20s"),
        ("seq_page_cost", "0.1"),
        ("random_page_cost", "0.1"),
    ])
}

/// Statements a connection keeps prepared: more than the whole program has.
const STATEMENTS: usize = 1000;

/// A connection that lay idle for so long is asked whether it still works before it is used. Each is asked when it is
/// given back, which is enough for those in use.
const IDLE: Duration = Duration::from_secs(2);

/// A pool of connections to a PostgreSQL that is recent enough.
async fn connect(options: PgConnectOptions, connections: u32) -> Result<PgPool, DbError> {
    let options = session(options);
    let pool = PgPoolOptions::new()
        .max_connections(connections.max(2))
        .acquire_timeout(PATIENCE)
        .test_before_acquire(false)
        .before_acquire(|db, about| {
            Box::pin(async move {
                if about.idle_for > IDLE {
                    db.ping().await?;
                }
                Ok(true)
            })
        });
    let pool = match pool.connect_with(options.clone()).await {
        Ok(pool) => pool,
        Err(sqlx::Error::PoolTimedOut) => return Err(DbError::Unreachable(why_not(&options).await)),
        Err(error) => return Err(DbError::Unreachable(error)),
    };
    let version =
        sqlx::query_scalar!(r#"select current_setting('server_version_num')::integer as "version!""#)
            .fetch_one(&pool)
            .await?;
    let major = version / 10_000;
    if major < OLDEST_MAJOR {
        return Err(DbError::TooOld { found: major });
    }
    Ok(pool)
}
