//! A PostgreSQL of our own, in the server's data folder.
//!
//! The server starts it as its child, brings it back if it dies, and stops it when it ends. Whatever was killed,
//! server or PostgreSQL or both, the next start finds its way: PostgreSQL recovers its data from its log, and
//! processes left over are stopped first.
//!
//! In the data folder: `postgres/` is the cluster, `run/` holds the socket, `lock` is held by the server.

mod binaries;
mod cluster;
mod error;
mod leftovers;
mod lock;
mod owner;
mod process;

pub use binaries::Major;
pub use error::EmbeddedError;

use binaries::Binaries;
use cluster::{Cluster, NAME};
use error::Doing;
use lock::DataLock;
use owner::Owner;
use process::{Launcher, Running};
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};
use std::{
    fs,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};
use tokio::{sync::watch, task::JoinHandle};
use tokio_util::sync::CancellationToken;

/// A PostgreSQL that dies sooner than this after its start is brought back ever more slowly.
const STEADY: Duration = Duration::from_secs(30);
const SLOWEST: Duration = Duration::from_secs(10);

/// A running PostgreSQL of our own. [`stop`](Self::stop) it before the process ends.
#[derive(Debug)]
pub struct Embedded {
    options: PgConnectOptions,
    main: watch::Receiver<Option<u32>>,
    stop: CancellationToken,
    supervisor: JoinHandle<()>,
}

impl Embedded {
    /// Starts it, making a new cluster if there is none, and returns when it answers.
    /// `binaries` is the folder of PostgreSQL's programs; without it they are looked for.
    pub async fn start(data: &Path, binaries: Option<&Path>) -> Result<Self, EmbeddedError> {
        let data = prepare_data_folder(data)?;
        let lock = DataLock::take(&data)?;
        let cluster = Cluster::of(&data);
        let binaries = Binaries::find(binaries, cluster.major())?;
        if let Some(major) = cluster.major()
            && major != binaries.major
        {
            return Err(EmbeddedError::OtherMajor {
                dir: cluster.dir,
                cluster: major,
                binaries: binaries.dir,
                found: binaries.major,
            });
        }
        let owner = Owner::choose(&cluster.dir)?;
        owner.can_reach(&data, &binaries.program("postgres"))?;
        if !cluster.exists() {
            tracing::info!("Making a new database in {}", cluster.dir.display());
            let (cluster, data, binaries, owner) =
                (cluster.clone(), data.clone(), binaries.clone(), owner.clone());
            tokio::task::spawn_blocking(move || cluster.init(&data, &binaries, &owner))
                .await
                .unwrap_or_else(|error| Err(EmbeddedError::Initdb { said: error.to_string() }))?;
        }
        let options = process::connect_options(&cluster, NAME);
        let launcher = Launcher { cluster, binaries, owner };
        tracing::info!("Starting PostgreSQL {}", launcher.binaries.major);
        let running = launcher.launch().await?;
        create_database(&launcher.cluster).await?;
        tracing::info!("PostgreSQL answers");
        let (said, main) = watch::channel(running.pid());
        let stop = CancellationToken::new();
        let supervisor = tokio::spawn(supervise(launcher, running, said, stop.clone(), lock));
        Ok(Self { options, main, stop, supervisor })
    }

    /// How to connect to it. Stays the same when PostgreSQL is brought back.
    pub fn connect_options(&self) -> PgConnectOptions {
        self.options.clone()
    }

    /// The id of PostgreSQL's main process while it answers; none while it is being brought back.
    pub fn main_process(&self) -> watch::Receiver<Option<u32>> {
        self.main.clone()
    }

    /// Stops it cleanly and lets go of the data folder.
    pub async fn stop(mut self) {
        self.stop.cancel();
        if let Err(error) = (&mut self.supervisor).await {
            tracing::error!(%error, "PostgreSQL may not have been stopped");
        }
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// The data folder, made if need be, as an absolute path. Open to be walked through, since PostgreSQL may run as
/// another user; what is private in it has folders of its own.
fn prepare_data_folder(data: &Path) -> Result<PathBuf, EmbeddedError> {
    let what = || format!("making the data folder {}", data.display());
    if !data.exists() {
        fs::DirBuilder::new().recursive(true).mode(0o755).create(data).doing(what)?;
    }
    data.canonicalize().doing(what)
}

async fn create_database(cluster: &Cluster) -> Result<(), EmbeddedError> {
    let mut connection = PgConnection::connect_with(&process::connect_options(cluster, "postgres")).await?;
    let there: bool = sqlx::query_scalar("select exists (select from pg_database where datname = 'pasar')")
        .fetch_one(&mut connection)
        .await?;
    if !there {
        sqlx::query("create database pasar").execute(&mut connection).await?;
    }
    connection.close().await?;
    Ok(())
}

/// Brings PostgreSQL back whenever it ends, until told to stop. The lock on the data folder is held until it has.
async fn supervise(
    launcher: Launcher,
    mut running: Running,
    said: watch::Sender<Option<u32>>,
    stop: CancellationToken,
    _lock: DataLock,
) {
    let mut wait = Duration::ZERO;
    let mut started = Instant::now();
    loop {
        let status = tokio::select! {
            status = running.ended() => status,
            () = stop.cancelled() => {
                tracing::info!("Stopping PostgreSQL");
                running.stop().await;
                return;
            }
        };
        said.send_replace(None);
        let status = status.map_or_else(|error| error.to_string(), |status| status.to_string());
        tracing::error!(%status, "PostgreSQL has ended; it is brought back");
        wait = if started.elapsed() > STEADY { Duration::ZERO } else { slower(wait) };
        let back = tokio::select! {
            back = bring_back(&launcher, wait) => back,
            () = stop.cancelled() => {
                _ = leftovers::clear(&launcher.cluster).await;
                return;
            }
        };
        running = back;
        started = Instant::now();
        said.send_replace(running.pid());
        tracing::info!("PostgreSQL answers again");
    }
}

async fn bring_back(launcher: &Launcher, mut wait: Duration) -> Running {
    loop {
        tokio::time::sleep(wait).await;
        match launcher.launch().await {
            Ok(running) => return running,
            Err(error) => {
                wait = slower(wait);
                tracing::error!(%error, "PostgreSQL could not be brought back; the next try is in {wait:?}");
            }
        }
    }
}

fn slower(wait: Duration) -> Duration {
    (wait * 2).clamp(Duration::from_millis(200), SLOWEST)
}
