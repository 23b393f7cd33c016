//! Finding the programs of PostgreSQL on this machine.

use super::{
    super::OLDEST_MAJOR,
    error::{Doing, EmbeddedError},
};
use std::{
    env, fmt, fs,
    path::{Path, PathBuf},
    process::Command,
};

const DEBIAN: &str = "/usr/lib/postgresql";

/// The first number of a PostgreSQL version; data of one cannot be read by another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Major(pub i32);

impl fmt::Display for Major {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[derive(Clone, Debug)]
pub(super) struct Binaries {
    pub dir: PathBuf,
    pub major: Major,
}

impl Binaries {
    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// The folder that was named; else the first on `PATH`; else the newest of Debian's. Unless a folder was
    /// named, one whose version is that of existing data goes before others.
    pub(super) fn find(named: Option<&Path>, data_is: Option<Major>) -> Result<Self, EmbeddedError> {
        if let Some(dir) = named {
            return if has_programs(dir) {
                Self::at(dir.to_owned())
            } else {
                Err(EmbeddedError::NoBinaries { looked_in: vec![dir.to_owned()] })
            };
        }
        let mut dirs: Vec<PathBuf> =
            env::var_os("PATH").map(|path| env::split_paths(&path).collect()).unwrap_or_default();
        dirs.extend(debian());
        let mut first = None;
        for dir in dirs.iter().filter(|dir| dir.is_absolute() && has_programs(dir)) {
            let Ok(found) = Self::at(dir.clone()) else { continue };
            if data_is.is_none_or(|major| major == found.major) {
                return Ok(found);
            }
            first.get_or_insert(found);
        }
        first.ok_or_else(|| {
            dirs.push(Path::new(DEBIAN).join("*/bin"));
            EmbeddedError::NoBinaries { looked_in: dirs }
        })
    }

    fn at(dir: PathBuf) -> Result<Self, EmbeddedError> {
        let program = dir.join("postgres");
        let output = Command::new(&program)
            .arg("--version")
            .output()
            .doing(|| format!("running {}", program.display()))?;
        let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        let Some(major) = parse_version(&said) else {
            return Err(EmbeddedError::NotPostgres { program, said });
        };
        if major.0 < OLDEST_MAJOR {
            return Err(EmbeddedError::BinariesTooOld { dir, found: major });
        }
        Ok(Self { dir, major })
    }
}

fn has_programs(dir: &Path) -> bool {
    ["postgres", "initdb"].iter().all(|name| dir.join(name).is_file())
}

/// Debian's folders, newest version first.
fn debian() -> Vec<PathBuf> {
    let mut versions: Vec<(i32, PathBuf)> = fs::read_dir(DEBIAN)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    versions.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    versions.into_iter().map(|(_, dir)| dir).collect()
}

/// `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`, `postgres (PostgreSQL) 18beta1`
fn parse_version(said: &str) -> Option<Major> {
    let (_, version) = said.split_once("(PostgreSQL) ")?;
    let digits = version.find(|c: char| !c.is_ascii_digit()).map_or(version, |end| &version[..end]);
    digits.parse().ok().map(Major)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_postgres_writes_them() {
        for (said, major) in [
            ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", Some(15)),
            ("postgres (PostgreSQL) 17.10", Some(17)),
            ("postgres (PostgreSQL) 18beta1", Some(18)),
            ("mysqld 8.0", None),
            ("postgres (PostgreSQL) devel", None),
        ] {
            assert_eq!(parse_version(said), major.map(Major), "{said}");
        }
    }

    #[test]
    fn a_named_folder_without_programs_is_an_error_that_names_it() {
        let error = Binaries::find(Some(Path::new("/nowhere/at/all")), None).unwrap_err();
        assert!(error.to_string().contains("/nowhere/at/all"), "{error}");
    }
}
