//! The user that PostgreSQL runs as: ourselves, or someone unprivileged when we are root.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use super::error::{PrivatePostgresError, io};

/// Who owns the directory and runs the server.
#[derive(Clone, Debug)]
pub(super) enum Account {
    /// We are not root, and it is us.
    Ourselves,
    /// We are root, and become this user.
    Other { uid: u32, gid: u32, name: String },
}

impl Account {
    /// The owner of a directory that exists, or who should own a new one.
    pub(super) fn of(directory: &Path) -> Result<Self, PrivatePostgresError> {
        let ours = rustix::process::geteuid().as_raw();
        let owner = fs::metadata(directory)
            .ok()
            .map(|metadata| (metadata.uid(), metadata.gid()));
        match owner {
            Some((uid, gid)) if ours == 0 && uid != 0 => Ok(Self::Other {
                uid,
                gid,
                name: name_of(uid).unwrap_or_else(|| uid.to_string()),
            }),
            _ if ours == 0 => unprivileged().ok_or(PrivatePostgresError::NoAccount),
            Some((owner, _)) if owner != ours => Err(PrivatePostgresError::NotOurs {
                directory: directory.to_owned(),
                owner,
            }),
            _ => Ok(Self::Ourselves),
        }
    }

    /// Gives a file or folder that we made to the user.
    pub(super) fn own(&self, path: &Path) -> Result<(), PrivatePostgresError> {
        match self {
            Self::Ourselves => Ok(()),
            Self::Other { uid, gid, .. } => {
                chown(path, Some(*uid), Some(*gid)).map_err(io("change the owner of", path))
            }
        }
    }

    /// A command that the user will run, without our settings for clients.
    pub(super) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        for (name, _) in std::env::vars_os() {
            if name.as_encoded_bytes().starts_with(b"PG") {
                command.env_remove(name);
            }
        }
        command.env("LC_ALL", "C").env("TZ", "UTC").current_dir("/");
        if let Self::Other { uid, gid, .. } = self {
            // The standard library drops root's supplementary groups too.
            command.uid(*uid).gid(*gid);
        }
        command
    }

    /// Whether the user may walk to the directory, as far as permission bits tell.
    pub(super) fn reaches(&self, directory: &Path) -> bool {
        let Self::Other { uid, gid, .. } = *self else {
            return true;
        };
        let may_pass = |folder: &Path| {
            fs::metadata(folder).is_ok_and(|metadata| {
                let bit = match () {
                    () if metadata.uid() == uid => 0o100,
                    () if metadata.gid() == gid => 0o010,
                    () => 0o001,
                };
                metadata.mode() & bit != 0
            })
        };
        directory.ancestors().all(may_pass)
    }
}

impl std::fmt::Display for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Ourselves => f.write_str("ourselves"),
            Self::Other { name, .. } => f.write_str(name),
        }
    }
}

fn unprivileged() -> Option<Account> {
    let users = users();
    let named = |wanted: &str| {
        users
            .iter()
            .find(|user| user.name == wanted && user.uid != 0)
    };
    let user = named("postgres").or_else(|| named("nobody"))?;
    Some(Account::Other {
        uid: user.uid,
        gid: user.gid,
        name: user.name.clone(),
    })
}

fn name_of(uid: u32) -> Option<String> {
    users()
        .into_iter()
        .find(|user| user.uid == uid)
        .map(|user| user.name)
}

struct User {
    name: String,
    uid: u32,
    gid: u32,
}

/// The users of this machine; `name:password:uid:gid:…` is the form of POSIX systems.
fn users() -> Vec<User> {
    let text = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let user = |line: &str| {
        let mut fields = line.split(':');
        let name = fields.next()?.to_owned();
        let (uid, gid) = (fields.nth(1)?.parse().ok()?, fields.next()?.parse().ok()?);
        Some(User { name, uid, gid })
    };
    text.lines().filter_map(user).collect()
}
