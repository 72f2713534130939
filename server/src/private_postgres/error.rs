//! Why there is no private server, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

use super::installation::Major;

/// Why the private server can't be used. Every message says what would help.
#[derive(Debug, thiserror::Error)]
pub enum PrivatePostgresError {
    /// No binaries anywhere.
    #[error(
        "no PostgreSQL server found in `PATH` or the usual folders: install it \
         (Debian, Ubuntu: `apt-get install postgresql`; Fedora, RHEL: `dnf install postgresql-server`; \
         Alpine: `apk add postgresql`; Arch: `pacman -S postgresql`; macOS: `brew install postgresql@17`), \
         name its folder with `--pg-bin`, or use a running one with `--database-url`"
    )]
    NotInstalled,
    /// The folder given has no binaries in it.
    #[error("`{}` has no `postgres` and `initdb`: `--pg-bin` is the folder of both", .0.display())]
    NotABinFolder(PathBuf),
    /// Too old to be used.
    #[error("PostgreSQL {found} in `{}` is too old: {needed} or newer is needed", .folder.display())]
    TooOld {
        /// Its version.
        found: Major,
        /// The first that will do.
        needed: Major,
        /// Its folder.
        folder: PathBuf,
    },
    /// The cluster is of a major version that is not installed.
    #[error(
        "`{}` was made by PostgreSQL {made}, but found {found}: install PostgreSQL {made} \
         (Debian, Ubuntu: `apt-get install postgresql-{made}`) or name its folder with `--pg-bin`; \
         to move to {found}, upgrade the cluster with `pg_upgrade` first",
        .cluster.display()
    )]
    OtherMajor {
        /// The cluster.
        cluster: PathBuf,
        /// The version it is of.
        made: Major,
        /// The versions there are.
        found: String,
    },
    /// The version of the cluster can't be told.
    #[error("`{}` says `{found}` instead of a major version such as `15`: restore it from a backup", .file.display())]
    NoVersion {
        /// The file that says so.
        file: PathBuf,
        /// What it says.
        found: String,
    },
    /// Whoever asked for the server does not want it any more.
    #[error("the start was given up")]
    GivenUp,
    /// Another process owns the directory.
    #[error("`{}` is in use by process `{holder}`: stop that, or choose another data directory", .directory.display())]
    InUse {
        /// The directory.
        directory: PathBuf,
        /// The process that holds the lock, as the lock says.
        holder: String,
    },
    /// The directory holds other things.
    #[error("`{}` is not empty and holds no server of ours: choose a new folder for it", .0.display())]
    Foreign(PathBuf),
    /// Another user owns the directory.
    #[error("`{}` belongs to user id {owner}: run as that user or as root, or choose another data directory", .directory.display())]
    NotOurs {
        /// The directory.
        directory: PathBuf,
        /// Its owner.
        owner: u32,
    },
    /// The path of the socket does not fit into a socket address.
    #[error(
        "the socket path `{}` has {} bytes, at most {longest} fit: choose a data directory with a shorter path",
        .path.display(), .path.as_os_str().len()
    )]
    SocketPath {
        /// The path of the socket.
        path: PathBuf,
        /// How long it may be.
        longest: usize,
    },
    /// We are root, and there is no one to become.
    #[error(
        "PostgreSQL refuses to run as root, and there is no user `postgres` or `nobody`: create one, or run as another user"
    )]
    NoAccount,
    /// The unprivileged user can't get there.
    #[error(
        "user `{account}`, whom PostgreSQL runs as since root may not, can't enter `{}`, and there is no `/proc` to reach it otherwise: \
         choose a data directory outside of private folders, such as `/var/lib/zonecut`, or run as another user",
        .directory.display()
    )]
    OutOfReach {
        /// The user.
        account: String,
        /// The directory.
        directory: PathBuf,
    },
    /// A program of PostgreSQL failed.
    #[error("`{program}` failed ({status}): {output}")]
    Program {
        /// Which.
        program: &'static str,
        /// How it ended.
        status: String,
        /// What it said last.
        output: String,
    },
    /// The server did not start, or not in time.
    #[error("PostgreSQL {what}; its log `{}` ends with:\n{tail}", .log.display())]
    NotStarted {
        /// What it did instead.
        what: String,
        /// The log.
        log: PathBuf,
        /// The end of the log since this start.
        tail: String,
    },
    /// Server processes of an earlier owner are still there.
    #[error(
        "processes {0} of an earlier PostgreSQL still use the cluster and do not end: end them"
    )]
    Lingering(String),
    /// The server did not stop when asked to, and was killed.
    #[error(
        "PostgreSQL did not stop within {0} s and was killed: the next start recovers from its write-ahead log"
    )]
    Killed(u64),
    /// The operating system refused.
    #[error("can't {doing} `{}`: {source}", .path.display())]
    Io {
        /// What we were doing.
        doing: &'static str,
        /// On what.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
}

/// Names what was being done to which path.
pub(super) fn io(
    doing: &'static str,
    path: &Path,
) -> impl FnOnce(io::Error) -> PrivatePostgresError {
    let path = path.to_owned();
    move |source| PrivatePostgresError::Io {
        doing,
        path,
        source,
    }
}
