//! SQL, one module per aggregate. Rows are private to the service; functions take the connection of
//! the caller's transaction and never open one.

pub mod audit;
pub mod audit_tree;
pub mod contract;
pub mod credential;
pub mod domain;
pub mod expectation;
pub mod idempotency;
pub mod incident;
pub mod lineage;
pub mod measurement;
pub mod outbox;
pub mod policy;
pub mod product;
pub mod registry;
pub mod retention;
pub mod seeded;
pub mod webhook;

use std::io;
use std::time::Duration;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection as _, PgConnection, PgPool};
use tokio::time::timeout;

/// A connection for reading.
pub type Connection = PoolConnection<sqlx::Postgres>;

/// The schema's history. Applied under PostgreSQL's advisory lock, so servers may start together.
pub static MIGRATIONS: Migrator = sqlx::migrate!("../migrations");

/// How long a request waits for a connection: a caller is told of a lost database quickly.
const ACQUIRE_TIMEOUT: Duration = Duration::from_millis(1_500);
/// How long the first connection, which migrates, may take to be made; what it does may take longer.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const STATEMENT_TIMEOUT: &str = "15s";

/// Opens the pool. Connections are made when they are needed.
#[must_use]
pub fn pool(options: PgConnectOptions, connections: u32) -> PgPool {
    let options = options
        .application_name("zonecut")
        .options([("statement_timeout", STATEMENT_TIMEOUT)]);
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .connect_lazy_with(options)
}

/// Brings the schema up to date, and gives the role `service` the rights that the service needs and no
/// others, unless it is the role that migrates, which owns everything.
///
/// # Errors
/// When the database can't be reached, has a newer schema than this service knows, or has no such role.
pub async fn migrate(options: &PgConnectOptions, service: &str) -> Result<(), MigrateError> {
    let connection = PgConnection::connect_with(options);
    let mut connection = timeout(CONNECT_TIMEOUT, connection)
        .await
        .map_err(|_| sqlx::Error::Io(never_answered()))??;
    MIGRATIONS.run(&mut connection).await?;
    if service != options.get_username() {
        sqlx::query!("SELECT grant_service($1::text::name)", service)
            .execute(&mut connection)
            .await?;
    }
    connection.close().await?;
    Ok(())
}

fn never_answered() -> io::Error {
    let message = format!("the database did not answer within {CONNECT_TIMEOUT:?}");
    io::Error::new(io::ErrorKind::TimedOut, message)
}

/// Whether `error` says that the database can't be reached, rather than that it refuses something.
#[must_use]
pub fn is_unavailable(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        // Class 08: connection; 53: no resources; 57P: shut down by the operator; 57014: too slow.
        sqlx::Error::Database(error) => error.code().is_some_and(|code| {
            ["08", "53", "57P"]
                .iter()
                .any(|class| code.starts_with(class))
                || code == "57014"
        }),
        _ => false,
    }
}

/// Whether `error` says that a text holds what PostgreSQL's text can't: U+0000.
#[must_use]
pub fn is_unstorable(error: &sqlx::Error) -> bool {
    let code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    // 22021: character not in repertoire; 22P05: untranslatable character, of JSON.
    code.is_some_and(|code| code == "22021" || code == "22P05")
}

/// The constraint that `error` says was violated.
#[must_use]
pub fn violated(error: &sqlx::Error) -> Option<&str> {
    error.as_database_error()?.constraint()
}
