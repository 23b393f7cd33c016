//! Secrets that nobody gave are made once and kept in the data folder, readable by the server alone.

use anyhow::Context;
use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::Path,
};

/// The secret of this name, made where it does not exist yet: 64 hexadecimal digits (256 bits).
pub fn load_or_make(data: &Path, name: &str, random: [u8; 32]) -> anyhow::Result<String> {
    let folder = data.join("secrets");
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&folder)
        .with_context(|| format!("cannot create {}", folder.display()))?;
    let path = folder.join(name);
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
        Ok(mut file) => {
            let secret = hex::encode(random);
            file.write_all(secret.as_bytes())
                .and_then(|()| file.sync_all())
                .with_context(|| format!("cannot write {}", path.display()))?;
            Ok(secret)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let secret =
                fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let secret = secret.trim().to_owned();
            anyhow::ensure!(
                secret.len() >= 32,
                "{} is too short to be a secret; delete it to have a new one made",
                path.display()
            );
            Ok(secret)
        }
        Err(error) => Err(error).with_context(|| format!("cannot create {}", path.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_secret_is_made_once_and_only_its_owner_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let first = load_or_make(folder.path(), "token", [1; 32]).unwrap();
        assert_eq!(load_or_make(folder.path(), "token", [2; 32]).unwrap(), first);
        let mode = fs::metadata(folder.path().join("secrets/token")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
