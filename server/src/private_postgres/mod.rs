//! A PostgreSQL server of our own, for `zonecut serve` without a database URL.
//!
//! It is made from the binaries that the system has, lives in one directory, listens on a socket in
//! that directory and nowhere else, and stops with us. Everything about running it belongs here;
//! what is stored in it does not: migrations and queries are the same for any PostgreSQL.
//!
//! The directory, `0700` and owned by the user that PostgreSQL runs as:
//!
//! | name | what |
//! |---|---|
//! | `cluster/` | PostgreSQL's own data directory; `new-cluster/` while it is being made |
//! | `passwords/` | one file per role: `postgres` (superuser, for backups and repair), `zonecut_owner`, `zonecut` |
//! | `lock` | held by the one process that owns the directory |
//! | `postgresql.log` | the server's log |
//! | `.s.PGSQL.5432` | the socket |
//!
//! Everything here blocks: in asynchronous code, call it where blocking is fine.

mod account;
mod cluster;
mod directory;
mod error;
mod installation;
mod postmaster;
mod processes;
mod supervisor;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use sqlx::postgres::{PgConnectOptions, PgSslMode};

pub use error::PrivatePostgresError;

use directory::{Directory, Role};
use installation::Installation;
use postmaster::Postmaster;
use supervisor::Supervisor;

/// The database in the cluster.
const DATABASE: &str = "zonecut";

/// The port in the name of the socket; nothing listens on TCP.
const PORT: u16 = 5432;

/// Where the server lives and what it is made from.
#[derive(Clone, Debug)]
pub struct Options {
    /// The directory of the server; made when it is not there.
    pub directory: PathBuf,
    /// The folder of `postgres` and `initdb`; looked for when not given.
    pub pg_bin: Option<PathBuf>,
}

/// A running server. Dropping it stops it, as [`PrivatePostgres::stop`] does.
pub struct PrivatePostgres {
    // In this order: the lock is given up after the server has stopped.
    supervisor: Supervisor,
    directory: Directory,
}

impl PrivatePostgres {
    /// Starts the server, making its cluster first where there is none, and waits until it takes
    /// connections. A server that an earlier owner left running is stopped before.
    ///
    /// # Errors
    ///
    /// When PostgreSQL is not installed, is of another major version than the cluster, or does not
    /// start; when another process owns the directory, or the directory can't be used.
    pub fn start(options: &Options) -> Result<Self, PrivatePostgresError> {
        Self::start_unless(options, &AtomicBool::new(false))
    }

    /// The same, unless `given_up` is set meanwhile: recovery after a crash takes its time, and what
    /// blocks can't be dropped.
    ///
    /// # Errors
    ///
    /// As above, and when the start was given up; then nothing is left running.
    pub fn start_unless(
        options: &Options,
        given_up: &AtomicBool,
    ) -> Result<Self, PrivatePostgresError> {
        let directory = Directory::open(&options.directory)?;
        let installation = Installation::find(options.pg_bin.as_deref(), &directory)?;
        if directory.version()?.is_none() && !given_up.load(Ordering::Relaxed) {
            cluster::create(&installation, &directory)?;
        }
        let postmaster = Postmaster::start(&installation, &directory, given_up)?;
        let supervisor = Supervisor::watch(postmaster, installation, directory.layout())?;
        Ok(Self {
            supervisor,
            directory,
        })
    }

    /// How the application connects: as a role that reads and writes rows and owns nothing.
    ///
    /// # Errors
    ///
    /// When the role's password can't be read.
    pub fn connect_options(&self) -> Result<PgConnectOptions, PrivatePostgresError> {
        self.options_of(Role::Application)
    }

    /// How migrations connect: as the role that owns the database and what is in it.
    ///
    /// # Errors
    ///
    /// When the role's password can't be read.
    pub fn migration_options(&self) -> Result<PgConnectOptions, PrivatePostgresError> {
        self.options_of(Role::Owner)
    }

    /// Stops the server: running statements are cancelled, what was committed is kept.
    ///
    /// # Errors
    ///
    /// When the server had to be killed, or can't be.
    pub fn stop(mut self) -> Result<(), PrivatePostgresError> {
        self.supervisor.stop()
    }

    fn options_of(&self, role: Role) -> Result<PgConnectOptions, PrivatePostgresError> {
        let password = self.directory.password(role)?;
        Ok(PgConnectOptions::new_without_pgpass()
            .socket(self.directory.root())
            .port(PORT)
            .username(role.name())
            .password(&password)
            .database(DATABASE)
            .ssl_mode(PgSslMode::Disable)
            .application_name("zonecut"))
    }
}
