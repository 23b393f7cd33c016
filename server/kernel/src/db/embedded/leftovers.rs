//! PostgreSQL processes that outlived the server that started them.
//!
//! After `kill -9` of the server its PostgreSQL runs on; after `kill -9` of PostgreSQL's main process its children
//! may linger for a moment. Both are found by their working folder, which is the cluster: that holds whatever
//! became of `postmaster.pid`, and never mistakes another process that was given the same number.

use super::{
    cluster::{Cluster, SOCKET, SOCKET_LOCK},
    error::EmbeddedError,
};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

const LOOK_EVERY: Duration = Duration::from_millis(50);
/// Write everything out and stop; just stop; die.
const PATIENCE: [(Signal, Duration); 3] = [
    (Signal::INT, Duration::from_secs(20)),
    (Signal::QUIT, Duration::from_secs(10)),
    (Signal::KILL, Duration::from_secs(10)),
];

/// Ends whatever still runs on the cluster, and clears away notes about processes that are no more.
pub(super) async fn clear(cluster: &Cluster) -> Result<(), EmbeddedError> {
    let main = main_process(&cluster.dir.join("postmaster.pid"));
    if !running_in(&cluster.dir).is_empty() {
        tracing::info!("Stopping a PostgreSQL left over from a server that ended abruptly");
        end(&cluster.dir, main).await?;
    }
    // PostgreSQL believes its notes while any process has the number: another program's, or one that was killed
    // and that nobody has reaped. We know better, where we can see which processes are at work here.
    if Path::new("/proc/self/cwd").exists() && main.is_some_and(|pid| test_kill_process(pid).is_ok()) {
        for stale in [
            cluster.dir.join("postmaster.pid"),
            cluster.socket.join(SOCKET),
            cluster.socket.join(SOCKET_LOCK),
        ] {
            _ = fs::remove_file(stale);
        }
    }
    Ok(())
}

/// Ends all processes, gently first.
async fn end(dir: &Path, main: Option<Pid>) -> Result<(), EmbeddedError> {
    for (signal, patience) in PATIENCE {
        let left = running_in(dir);
        // The main process takes its children with it. Without one each has to be told.
        let told = match main.filter(|pid| left.contains(pid)) {
            Some(main) if signal != Signal::KILL => vec![main],
            _ => left,
        };
        for pid in told {
            _ = kill_process(pid, signal);
        }
        if gone_within(dir, patience).await {
            return Ok(());
        }
    }
    running_in(dir).first().map_or(Ok(()), |pid| Err(EmbeddedError::LeftoverStays { pid: pid.as_raw_pid() }))
}

async fn gone_within(dir: &Path, patience: Duration) -> bool {
    let until = Instant::now() + patience;
    while Instant::now() < until {
        if running_in(dir).is_empty() {
            return true;
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    false
}

/// The processes whose working folder is the cluster: PostgreSQL goes there at its start, and nobody else does.
/// Elsewhere than on Linux none are found, and PostgreSQL's own checks have to do.
fn running_in(dir: &Path) -> Vec<Pid> {
    let Ok(dir) = dir.canonicalize() else { return Vec::new() };
    fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| fs::read_link(entry.path().join("cwd")).is_ok_and(|cwd| cwd == dir))
        .filter(|entry| is_postgres(&entry.path()))
        .filter_map(|entry| Pid::from_raw(entry.file_name().to_str()?.parse().ok()?))
        .collect()
}

/// A shell someone left standing in the folder is not a PostgreSQL. Processes keep the name of the program in
/// `comm` even when they change what `ps` shows.
fn is_postgres(process: &Path) -> bool {
    fs::read_to_string(process.join("comm")).is_ok_and(|name| name.trim_end() == "postgres")
}

fn main_process(pid_file: &Path) -> Option<Pid> {
    let text = fs::read_to_string(pid_file).ok()?;
    Pid::from_raw(text.lines().next()?.trim().parse().ok()?)
}
