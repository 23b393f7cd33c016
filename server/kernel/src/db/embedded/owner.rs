//! As whom PostgreSQL runs. It refuses to run as root, so a server started by root lends its cluster to another
//! user of the machine.

use super::error::{Doing, EmbeddedError};
use rustix::process::geteuid;
use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt, chown},
    path::Path,
    process::Command,
};

/// Who PostgreSQL's processes and files belong to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Owner {
    /// The user we run as.
    Ourselves,
    /// We are root, and lend it to this one.
    Other { name: String, uid: u32, gid: u32 },
}

impl Owner {
    /// Whoever owns the cluster if there is one; else `postgres`, where that user exists, else `nobody`.
    pub(super) fn choose(cluster: &Path) -> Result<Self, EmbeddedError> {
        let us = geteuid().as_raw();
        let existing = fs::metadata(cluster).ok().map(|meta| (meta.uid(), meta.gid()));
        if us != 0 {
            return match existing {
                Some((owner, _)) if owner != us => {
                    Err(EmbeddedError::NotOurs { dir: cluster.to_owned(), owner })
                }
                _ => Ok(Self::Ourselves),
            };
        }
        if let Some((uid, gid)) = existing
            && uid != 0
        {
            return Ok(Self::Other { name: name_of(uid), uid, gid });
        }
        let passwd = fs::read_to_string("/etc/passwd").unwrap_or_default();
        Ok(["postgres", "nobody"]
            .into_iter()
            .find_map(|name| {
                let (uid, gid) = ids_of(&passwd, name)?;
                Some(Self::Other { name: name.to_owned(), uid, gid })
            })
            .unwrap_or(Self::Other { name: "nobody".to_owned(), uid: 65534, gid: 65534 }))
    }

    pub(super) fn uid(&self) -> u32 {
        match self {
            Self::Ourselves => geteuid().as_raw(),
            Self::Other { uid, .. } => *uid,
        }
    }

    /// Makes the command run as the owner.
    pub(super) fn run_as(&self, command: &mut Command) {
        use std::os::unix::process::CommandExt;
        if let Self::Other { uid, gid, .. } = self {
            command.uid(*uid).gid(*gid);
        }
    }

    /// Makes a folder that only the owner (and root) may enter.
    pub(super) fn private_folder(&self, dir: &Path) -> Result<(), EmbeddedError> {
        fs::create_dir_all(dir).doing(|| format!("making the folder {}", dir.display()))?;
        self.give(dir)?;
        fs::set_permissions(dir, fs::Permissions::from_mode(0o700))
            .doing(|| format!("setting the permissions of {}", dir.display()))
    }

    pub(super) fn give(&self, path: &Path) -> Result<(), EmbeddedError> {
        if let Self::Other { name, uid, gid } = self {
            chown(path, Some(*uid), Some(*gid))
                .doing(|| format!("giving {} to the user {name}", path.display()))?;
        }
        Ok(())
    }

    /// Whether the owner can get into this folder of ours, by trying it: the program, run as the owner, with the
    /// folder as its place.
    pub(super) fn can_reach(&self, dir: &Path, program: &Path) -> Result<(), EmbeddedError> {
        let Self::Other { name, uid, gid } = self else { return Ok(()) };
        let mut command = Command::new(program);
        command.arg("--version").current_dir(dir).stdout(std::process::Stdio::null());
        self.run_as(&mut command);
        if command.status().is_ok_and(|status| status.success()) {
            return Ok(());
        }
        let blocked = [dir, program]
            .into_iter()
            .flat_map(|path| path.ancestors().collect::<Vec<_>>().into_iter().rev())
            .find(|step| !may_enter(step, *uid, *gid))
            .unwrap_or(dir);
        Err(EmbeddedError::Unreachable { user: name.clone(), blocked: blocked.to_owned() })
    }
}

/// By the permission bits alone, which is enough to name the culprit.
fn may_enter(path: &Path, uid: u32, gid: u32) -> bool {
    fs::metadata(path).is_ok_and(|meta| {
        let shift = if meta.uid() == uid {
            6
        } else if meta.gid() == gid {
            3
        } else {
            0
        };
        (meta.mode() >> shift) & 1 == 1
    })
}

/// User and group id from the text of `/etc/passwd`.
fn ids_of(passwd: &str, name: &str) -> Option<(u32, u32)> {
    passwd.lines().map(|line| line.split(':').collect::<Vec<_>>()).find_map(|fields| match fields[..] {
        [user, _, uid, gid, ..] if user == name => Some((uid.parse().ok()?, gid.parse().ok()?)),
        _ => None,
    })
}

fn name_of(uid: u32) -> String {
    let passwd = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let wanted = uid.to_string();
    passwd
        .lines()
        .map(|line| line.split(':').collect::<Vec<_>>())
        .find(|fields| fields.get(2) == Some(&wanted.as_str()))
        .and_then(|fields| fields.first().map(ToString::to_string))
        .unwrap_or(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_found_in_passwd() {
        let passwd =
            "root:x:0:0:root:/root:/bin/bash\npostgres:x:101:104:,,,:/var/lib/postgresql:/bin/bash\nodd\n";
        assert_eq!(ids_of(passwd, "postgres"), Some((101, 104)));
        assert_eq!(ids_of(passwd, "nobody"), None);
    }
}
