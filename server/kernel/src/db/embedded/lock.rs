//! One server per data folder.

use super::error::{Doing, EmbeddedError};
use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{Read, Seek, Write},
    path::Path,
};

/// Held for as long as the server lives. The operating system lets go of it when the process ends, however it
/// ends; and PostgreSQL does not inherit it, since files are opened close-on-exec.
#[derive(Debug)]
pub(super) struct DataLock(#[expect(dead_code, reason = "held, never looked at")] File);

impl DataLock {
    pub(super) fn take(data: &Path) -> Result<Self, EmbeddedError> {
        let path = data.join("lock");
        let what = || format!("locking {}", path.display());
        let mut file =
            OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&path).doing(what)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                _ = file.read_to_string(&mut holder);
                let holder = Some(holder.trim().to_owned()).filter(|pid| !pid.is_empty());
                return Err(EmbeddedError::InUse { data: data.to_owned(), holder });
            }
            Err(TryLockError::Error(error)) => return Err(error).doing(what),
        }
        // Only so that the other one can say who holds it.
        file.set_len(0).and_then(|()| file.rewind()).doing(what)?;
        writeln!(file, "{}", std::process::id()).doing(what)?;
        Ok(Self(file))
    }
}
