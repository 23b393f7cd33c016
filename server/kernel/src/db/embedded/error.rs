//! Why our own PostgreSQL could not be had.

use super::binaries::Major;
use std::{io, path::PathBuf};

#[derive(thiserror::Error, Debug)]
pub enum EmbeddedError {
    #[error(
        "another server is using the data folder {} (process {}); stop that one, or give this one a data folder of \
         its own",
        data.display(),
        holder.as_deref().unwrap_or("unknown")
    )]
    InUse { data: PathBuf, holder: Option<String> },
    #[error(
        "PostgreSQL was not found: looked in {}. Install PostgreSQL 14 or later, set PASAR_PG_BIN to the folder of its \
         programs, or set DATABASE_URL to use one that is running",
        looked_in.iter().map(|dir| dir.display().to_string()).collect::<Vec<_>>().join(", ")
    )]
    NoBinaries { looked_in: Vec<PathBuf> },
    #[error("PostgreSQL in {} is version {found}; version {} or later is needed", dir.display(), super::super::OLDEST_MAJOR)]
    BinariesTooOld { dir: PathBuf, found: Major },
    #[error("{} is not what it should be: {said:?}", program.display())]
    NotPostgres { program: PathBuf, said: String },
    #[error(
        "the database in {} belongs to PostgreSQL {cluster}, and the programs found in {} are version {found}. Install \
         PostgreSQL {cluster} beside it (or point PASAR_PG_BIN to it); or bring the data over: start with version \
         {cluster}, write it out with pg_dumpall, move the folder away, start with version {found}, read it in",
        dir.display(),
        binaries.display()
    )]
    OtherMajor { dir: PathBuf, cluster: Major, binaries: PathBuf, found: Major },
    #[error(
        "PostgreSQL does not run as root, so it runs as the user {user}; and that user may not enter {}. Allow it with \
         `chmod o+x {}`, choose a data folder elsewhere, or start the server as an ordinary user",
        blocked.display(),
        blocked.display()
    )]
    Unreachable { user: String, blocked: PathBuf },
    #[error("the database in {} belongs to another user (id {owner}); start the server as that user", dir.display())]
    NotOurs { dir: PathBuf, owner: u32 },
    #[error("{} is in the way: it should be a folder that only we may enter", dir.display())]
    UnsafeSocketFolder { dir: PathBuf },
    #[error("a new database could not be made: {said}")]
    Initdb { said: String },
    #[error("PostgreSQL did not start: {said}")]
    DidNotStart { said: String },
    #[error("a PostgreSQL left over from before (process {pid}) could not be stopped")]
    LeftoverStays { pid: i32 },
    #[error("PostgreSQL answers, but not as it should: {0}")]
    Sql(#[from] sqlx::Error),
    #[error("{what}: {source}")]
    Io { what: String, source: io::Error },
}

/// Says what was being done when it failed.
pub(super) trait Doing<T> {
    fn doing(self, what: impl FnOnce() -> String) -> Result<T, EmbeddedError>;
}

impl<T> Doing<T> for io::Result<T> {
    fn doing(self, what: impl FnOnce() -> String) -> Result<T, EmbeddedError> {
        self.map_err(|source| EmbeddedError::Io { what: what(), source })
    }
}
