//! One run of PostgreSQL's main process.

use super::{
    binaries::Binaries,
    cluster::{Cluster, NAME},
    error::{Doing, EmbeddedError},
    leftovers,
    owner::Owner,
};
use rustix::process::{Pid, Signal, kill_process};
use sqlx::{
    Connection, PgConnection,
    postgres::{PgConnectOptions, PgSslMode},
};
use std::{
    fs,
    os::unix::process::CommandExt,
    path::Path,
    process::{Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};
use tokio::process::Child;

const ASK_EVERY: Duration = Duration::from_millis(50);
const REPORT_EVERY: Duration = Duration::from_secs(5);
/// How long PostgreSQL may take to write everything out when told to stop; and, after that, to just stop.
const STOP_WITHIN: [(Signal, Duration); 3] = [
    (Signal::INT, Duration::from_mins(1)),
    (Signal::QUIT, Duration::from_secs(10)),
    (Signal::KILL, Duration::from_secs(5)),
];

/// What differs from PostgreSQL's own defaults, and why.
const SETTINGS: &[(&str, &str)] = &[
    // Nobody but us: no network, and a socket in a folder that is closed to others.
    ("listen_addresses", ""),
    ("port", "5432"),
    ("unix_socket_permissions", "0700"),
    // A small machine's share; the operating system's cache does the rest.
    ("shared_buffers", "256MB"),
    ("max_connections", "100"),
    ("work_mem", "16MB"),
    ("maintenance_work_mem", "128MB"),
    // After a checkpoint each page is written whole once more, which for a large import is most of the work: so they
    // are rarer, and nobody waits for these pages to be compressed.
    ("checkpoint_timeout", "15min"),
    ("wal_compression", "off"),
    // Said although it is the default, since everything rests on it.
    ("fsync", "on"),
    ("synchronous_commit", "on"),
    // Our queries are short: compiling them takes longer than running them.
    ("jit", "off"),
    // Solid-state disks.
    ("random_page_cost", "1.1"),
    ("timezone", "UTC"),
    ("log_timezone", "UTC"),
    // One file per weekday, written over after a week.
    ("logging_collector", "on"),
    ("log_directory", "log"),
    ("log_filename", "postgresql-%a.log"),
    ("log_rotation_age", "1d"),
    ("log_rotation_size", "0"),
    ("log_truncate_on_rotation", "on"),
    ("log_line_prefix", "%m [%p] "),
    ("log_checkpoints", "off"),
    ("cluster_name", NAME),
];

/// All that is needed to start PostgreSQL, again if need be.
#[derive(Debug)]
pub(super) struct Launcher {
    pub cluster: Cluster,
    pub binaries: Binaries,
    pub owner: Owner,
}

impl Launcher {
    /// Starts PostgreSQL and waits until it answers.
    pub(super) async fn launch(&self) -> Result<Running, EmbeddedError> {
        leftovers::clear(&self.cluster).await?;
        self.cluster.prepare_socket_folder(&self.owner)?;
        let mut running = self.spawn()?;
        let started = Instant::now();
        let mut reported = started;
        loop {
            if answers(&self.cluster).await {
                return Ok(running);
            }
            if let Some(status) = running.child.try_wait().doing(|| "looking after PostgreSQL".to_owned())? {
                return Err(EmbeddedError::DidNotStart { said: self.last_words(status) });
            }
            if reported.elapsed() >= REPORT_EVERY {
                reported = Instant::now();
                let secs = started.elapsed().as_secs();
                tracing::info!(
                    "PostgreSQL is still starting after {secs} s; it may be recovering from a crash"
                );
            }
            tokio::time::sleep(ASK_EVERY).await;
        }
    }

    fn spawn(&self) -> Result<Running, EmbeddedError> {
        let Cluster { dir, socket, startup_log, .. } = &self.cluster;
        let log = fs::File::create(startup_log).doing(|| format!("writing {}", startup_log.display()))?;
        let mut command = Command::new(self.binaries.program("postgres"));
        command.arg("-D").arg(dir).current_dir(dir);
        for (name, value) in SETTINGS {
            command.arg("-c").arg(format!("{name}={value}"));
        }
        let mut folder = std::ffi::OsString::from("unix_socket_directories=");
        folder.push(socket);
        command.arg("-c").arg(folder);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        // In a group of its own: an interrupt typed at the terminal is for the server, which then stops
        // PostgreSQL when it no longer needs it.
        command.process_group(0);
        self.owner.run_as(&mut command);
        let child =
            tokio::process::Command::from(command).spawn().doing(|| "starting PostgreSQL".to_owned())?;
        Ok(Running { child })
    }

    /// What PostgreSQL said before it gave up.
    fn last_words(&self, status: ExitStatus) -> String {
        let newest_log = fs::read_dir(self.cluster.dir.join("log"))
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
            .max();
        let startup = tail(&self.cluster.startup_log);
        let log = newest_log.map(|(_, path)| tail(&path)).unwrap_or_default();
        format!("{status}\n{startup}\n{log}").trim_end().to_owned()
    }
}

fn tail(path: &Path) -> String {
    let text = String::from_utf8_lossy(&fs::read(path).unwrap_or_default()).into_owned();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(10)..].join("\n")
}

pub(super) fn connect_options(cluster: &Cluster, database: &str) -> PgConnectOptions {
    PgConnectOptions::new_without_pgpass()
        .socket(&cluster.socket)
        .port(5432)
        .username(NAME)
        .database(database)
        .ssl_mode(PgSslMode::Disable)
}

async fn answers(cluster: &Cluster) -> bool {
    let options = connect_options(cluster, "postgres");
    let attempt = tokio::time::timeout(Duration::from_secs(5), PgConnection::connect_with(&options)).await;
    match attempt {
        Ok(Ok(connection)) => {
            _ = connection.close().await;
            true
        }
        Ok(Err(_)) | Err(_) => false,
    }
}

/// A PostgreSQL of ours. Dropped without [`stop`](Self::stop), it is told to stop and not waited for.
#[derive(Debug)]
pub(super) struct Running {
    child: Child,
}

impl Running {
    pub(super) fn pid(&self) -> Option<u32> {
        self.child.id()
    }

    /// Returns when it has ended by itself.
    pub(super) async fn ended(&mut self) -> std::io::Result<ExitStatus> {
        self.child.wait().await
    }

    /// Stops it cleanly: connections are closed, everything is written out.
    pub(super) async fn stop(mut self) {
        for (signal, patience) in STOP_WITHIN {
            self.signal(signal);
            if tokio::time::timeout(patience, self.child.wait()).await.is_ok() {
                return;
            }
            tracing::warn!("PostgreSQL does not stop");
        }
    }

    fn signal(&self, signal: Signal) {
        // There is an id only until the process has been waited for, so the number is not yet another's.
        if let Some(pid) = self.child.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?)) {
            _ = kill_process(pid, signal);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.signal(Signal::INT);
    }
}
