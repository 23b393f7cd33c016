//! The folder PostgreSQL keeps its data in.

use super::{
    binaries::{Binaries, Major},
    error::{Doing, EmbeddedError},
    owner::Owner,
};
use sha2::{Digest, Sha256};
use std::{
    fs,
    os::unix::fs::{DirBuilderExt, MetadataExt},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The database's superuser, and the database's name.
pub(super) const NAME: &str = "pasar";
/// What PostgreSQL puts into its socket folder.
pub(super) const SOCKET: &str = ".s.PGSQL.5432";
pub(super) const SOCKET_LOCK: &str = ".s.PGSQL.5432.lock";
/// The operating system's limit on a socket's path, in bytes.
const LONGEST_SOCKET: usize = 107;
const PARTIAL: &str = "postgres.partial";

#[derive(Clone, Debug)]
pub(super) struct Cluster {
    pub dir: PathBuf,
    /// Where PostgreSQL puts its socket. Whoever can enter it is trusted; so only the owner and root can.
    pub socket: PathBuf,
    /// Where PostgreSQL writes what it has to say before its own log is open.
    pub startup_log: PathBuf,
}

impl Cluster {
    pub(super) fn of(data: &Path) -> Self {
        let run = data.join("run");
        let socket = if run.join(SOCKET_LOCK).as_os_str().len() <= LONGEST_SOCKET {
            run
        } else {
            let hash = hex::encode(&Sha256::digest(data.as_os_str().as_encoded_bytes())[..8]);
            PathBuf::from(format!("/tmp/pasar-{hash}"))
        };
        Self { dir: data.join("postgres"), socket, startup_log: data.join("postgres-startup.log") }
    }

    pub(super) fn exists(&self) -> bool {
        self.dir.join("PG_VERSION").exists()
    }

    /// The version the data belongs to, if there is data.
    pub(super) fn major(&self) -> Option<Major> {
        fs::read_to_string(self.dir.join("PG_VERSION")).ok()?.trim().parse().ok().map(Major)
    }

    /// Makes the socket folder, and refuses one that someone else has put there.
    pub(super) fn prepare_socket_folder(&self, owner: &Owner) -> Result<(), EmbeddedError> {
        let unsafe_folder = || EmbeddedError::UnsafeSocketFolder { dir: self.socket.clone() };
        _ = fs::DirBuilder::new().mode(0o700).create(&self.socket);
        let meta = fs::symlink_metadata(&self.socket)
            .doing(|| format!("making the folder {}", self.socket.display()))?;
        let us = rustix::process::geteuid().as_raw();
        if !meta.is_dir() || ![us, owner.uid()].contains(&meta.uid()) {
            return Err(unsafe_folder());
        }
        owner.private_folder(&self.socket)
    }

    /// Makes a new, empty cluster. It appears under its name only when it is whole, so this can be interrupted at
    /// any time. Each try has a folder of its own: an `initdb` left over from a killed server may still be
    /// writing into the last one.
    pub(super) fn init(&self, data: &Path, binaries: &Binaries, owner: &Owner) -> Result<(), EmbeddedError> {
        for entry in fs::read_dir(data).doing(|| format!("reading {}", data.display()))?.flatten() {
            if entry.file_name().as_encoded_bytes().starts_with(PARTIAL.as_bytes()) {
                _ = fs::remove_dir_all(entry.path());
            }
        }
        let partial = data.join(format!("{PARTIAL}.{}", std::process::id()));
        owner.private_folder(&partial)?;
        let mut initdb = Command::new(binaries.program("initdb"));
        initdb
            .args([
                "--encoding=UTF8",
                "--locale=C",
                "--auth-local=trust",
                "--auth-host=reject",
                "--no-instructions",
                "--data-checksums",
            ])
            .arg(format!("--username={NAME}"))
            .arg("-D")
            .arg(&partial)
            .current_dir(&partial)
            .stdin(Stdio::null());
        owner.run_as(&mut initdb);
        let output = initdb.output().doing(|| "running initdb".to_owned())?;
        if !output.status.success() {
            _ = fs::remove_dir_all(&partial);
            let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            return Err(EmbeddedError::Initdb { said });
        }
        // Something without a PG_VERSION may stand there; only an empty folder gives way.
        _ = fs::remove_dir(&self.dir);
        fs::rename(&partial, &self.dir).doing(|| format!("moving the new database to {}", self.dir.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_data_path_gets_a_short_socket_folder() {
        assert_eq!(Cluster::of(Path::new("/srv/pasar")).socket, Path::new("/srv/pasar/run"));
        let long = PathBuf::from(format!("/srv/{}", "long/".repeat(30)));
        let socket = Cluster::of(&long).socket;
        assert!(socket.starts_with("/tmp") && socket.as_os_str().len() < 40, "{}", socket.display());
        assert_ne!(socket, Cluster::of(&long.join("other")).socket);
    }
}
