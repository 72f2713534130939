//! From a configuration to a running service, and back down in order.

use std::future::Future;
use std::io::Write as _;
use std::net::SocketAddr;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::pin::{Pin, pin};
use std::str::FromStr as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;
use zonecut_audit::SigningKey;
use zonecut_policy::Questions;

use crate::app::verify_audit::Audit;
use crate::app::{checkpoint, load, seed, sign_in};
use crate::attempts::Attempts;
use crate::audit_key::{self, AuditKeyError};
use crate::authorization::Unlisted;
use crate::clock::Clock;
use crate::compute::Compute;
use crate::config::Config;
use crate::control_plane::{ControlPlane, ControlPlaneError};
use crate::datasets::Datasets;
use crate::decision_plane::DecisionPlane;
use crate::identity::Directory;
use crate::ids::{Ids, NoRandomness};
use crate::jobs;
use crate::metrics::Metrics;
use crate::private_postgres::{self, PrivatePostgres, PrivatePostgresError};
use crate::recorder::Recorder;
use crate::router::router;
use crate::secret::Secret;
use crate::state::{AppState, Shared};
use crate::store;
use crate::webhooks::client::Client;

/// How long open requests and jobs may take to end.
const DRAIN: Duration = Duration::from_secs(10);

/// The service could not start or had to stop.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The database's address is no address.
    #[error("`{0}` is not a PostgreSQL URL")]
    DatabaseUrl(&'static str),
    /// The private cluster.
    #[error(transparent)]
    PrivatePostgres(#[from] PrivatePostgresError),
    /// The schema.
    #[error("the database could not be migrated: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// The database.
    #[error("the database could not be used: {0}")]
    Store(#[from] sqlx::Error),
    /// The control-plane policy.
    #[error(transparent)]
    ControlPlane(#[from] ControlPlaneError),
    /// A route without a row.
    #[error(transparent)]
    Unlisted(#[from] Unlisted),
    /// No secret could be made.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// The key that signs the audit log.
    #[error(transparent)]
    AuditKey(#[from] AuditKeyError),
    /// The first token or the sign-in code.
    #[error("the administrator's credential could not be made: {0}")]
    Bootstrap(#[from] sign_in::SignInError),
    /// The registry could not be read.
    #[error("the registry could not be read: {0}")]
    Load(#[from] load::LoadError),
    /// The folder of documents.
    #[error("nothing was loaded: {0}")]
    Seed(#[from] seed::SeedError),
    /// The address.
    #[error("can't listen at `{0}`: {1}")]
    Listen(String, std::io::Error),
    /// A job is gone.
    #[error("a job ended by itself: {0}")]
    Job(String),
    /// Serving failed.
    #[error("serving failed: {0}")]
    Io(#[from] std::io::Error),
}

/// Starts the service, serves until `end`, and stops it in order: not ready, no new requests, open
/// ones finished, jobs ended, the private cluster stopped. When `end` comes before it is ready, it
/// starts no further.
///
/// # Errors
/// When it can't start, or something it stands on fails.
pub async fn serve(config: Config, end: impl Future<Output = ()>) -> Result<(), ServeError> {
    let mut end = pin!(end);
    let private = match config.database_url {
        None => match start_private(&config, end.as_mut()).await? {
            None => return Ok(()),
            started => started,
        },
        Some(_) => None,
    };
    let served = serve_with(config, private.as_ref(), end).await;
    if let Some(private) = private {
        stop_private(private).await?;
    }
    served
}

/// Starts the private cluster; nothing, when `end` comes first.
async fn start_private(
    config: &Config,
    end: Pin<&mut impl Future<Output = ()>>,
) -> Result<Option<PrivatePostgres>, ServeError> {
    let options = private_postgres::Options {
        directory: config.data_dir.join("postgres"),
        pg_bin: config.pg_bin.clone(),
    };
    let given_up = Arc::new(AtomicBool::new(false));
    let told = given_up.clone();
    let mut starting =
        tokio::task::spawn_blocking(move || PrivatePostgres::start_unless(&options, &told));
    tokio::select! {
        started = &mut starting => {
            return Ok(Some(started.map_err(std::io::Error::other)??));
        }
        () = end => given_up.store(true, Ordering::Relaxed),
    }
    // It blocks, so it has to come to its end by itself; it may have started just now.
    match starting.await.map_err(std::io::Error::other)? {
        Ok(private) => stop_private(private).await?,
        Err(PrivatePostgresError::GivenUp) => {}
        Err(error) => tracing::warn!(%error, "the private PostgreSQL was not started to its end"),
    }
    Ok(None)
}

async fn stop_private(private: PrivatePostgres) -> Result<(), ServeError> {
    let stopped = tokio::task::spawn_blocking(|| private.stop()).await;
    Ok(stopped.map_err(std::io::Error::other)??)
}

async fn serve_with(
    config: Config,
    private: Option<&PrivatePostgres>,
    mut end: Pin<&mut impl Future<Output = ()>>,
) -> Result<(), ServeError> {
    let (state, listener) = tokio::select! {
        ready = make_ready(config, private) => ready?,
        () = end.as_mut() => {
            tracing::info!("told to end while starting");
            return Ok(());
        }
    };
    let address = listener.local_addr()?;
    // Not given up half-way: a token that was written to its file has to be kept as well.
    greet(&state, address).await?;
    sign_audit_log(&state).await;

    let (ended, shutdown) = watch::channel(false);
    let mut jobs = jobs::start(&state, &shutdown);
    let (drain, mut draining) = watch::channel(false);
    // A `Router` served as it is would copy all its routes for each connection.
    let service = router(state.clone())?.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        // An error means that the sender is gone, which is the end as well.
        let _ = draining.wait_for(|drain| *drain).await;
    });
    let server = tokio::spawn(server.into_future());
    writeln!(std::io::stdout(), "ready http://{address}")?;
    let until = until_end(end, &mut jobs).await;
    tracing::info!("stopping");
    state.draining.store(true, Ordering::Relaxed);
    // Load balancers see that this node is not ready, and send nothing more, before it hangs up.
    tokio::time::sleep(Duration::from_secs(state.config.drain_seconds.into())).await;
    drain.send_replace(true);
    if tokio::time::timeout(DRAIN, server).await.is_err() {
        tracing::warn!("requests were still open after {DRAIN:?}");
    }
    // Only now: the last requests may have left something for the jobs to write.
    ended.send_replace(true);
    let all_ended = async { while jobs.join_next().await.is_some() {} };
    if tokio::time::timeout(DRAIN, all_ended).await.is_err() {
        tracing::warn!("jobs were still running after {DRAIN:?}");
    }
    jobs.shutdown().await;
    sign_audit_log(&state).await;
    state.pool.close().await;
    until
}

/// Signs all of the audit log, at the beginning what starting has added, at the end what the last requests
/// have: nothing waits unsigned for a service that does not run.
async fn sign_audit_log(state: &AppState) {
    match tokio::time::timeout(DRAIN, checkpoint::sign(state)).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::error!(%error, "the audit log could not be signed"),
        Err(_) => tracing::warn!("the audit log was not signed within {DRAIN:?}"),
    }
}

/// Waits for `end`. A job runs as long as the service: a service without one, which would open no
/// incident or deliver nothing, has to be started again by whoever looks after it.
async fn until_end(
    end: impl Future<Output = ()>,
    jobs: &mut JoinSet<()>,
) -> Result<(), ServeError> {
    tokio::select! {
        () = end => Ok(()),
        Some(ended) = jobs.join_next() => {
            let why = ended.map_or_else(|error| error.to_string(), |()| "it returned".to_owned());
            tracing::error!(why, "a job ended by itself");
            Err(ServeError::Job(why))
        }
    }
}

/// Migrates, reads the registry and takes the address: all that may be given up at any moment.
async fn make_ready(
    config: Config,
    private: Option<&PrivatePostgres>,
) -> Result<(AppState, TcpListener), ServeError> {
    let (migration, application) = match (&config.database_url, private) {
        (Some(url), _) => {
            let service = database("database_url", url)?;
            let owner = config.migration_database_url.as_ref();
            let owner = owner.map(|url| database("migration_database_url", url));
            (
                owner.transpose()?.unwrap_or_else(|| service.clone()),
                service,
            )
        }
        (None, Some(private)) => (private.migration_options()?, private.connect_options()?),
        (None, None) => return Err(ServeError::DatabaseUrl("database_url")),
    };
    store::migrate(&migration, application.get_username()).await?;
    let state = prepare(config, application).await?;
    let listener = listen(&state.config.listen).await?;
    Ok((state, listener))
}

fn database(key: &'static str, url: &Secret) -> Result<PgConnectOptions, ServeError> {
    PgConnectOptions::from_str(url.reveal()).map_err(|_| ServeError::DatabaseUrl(key))
}

/// Connects, loads what is to be loaded, and reads the registry.
async fn prepare(config: Config, options: PgConnectOptions) -> Result<AppState, ServeError> {
    let pool = store::pool(options, config.database_connections);
    let key = audit_key::load(&config, &Ids::new()?)?;
    let state = assemble(pool, config, Clock::system(), key).await?;
    if let Some(folder) = &state.config.seed {
        let loaded = seed::seed(&state, folder).await?;
        tracing::info!(loaded, folder = %folder.display(), "documents loaded");
    }
    load::refresh(&state).await?;
    Ok(state)
}

/// Puts the service together on a database that is migrated; nothing is read yet.
///
/// # Errors
/// When the control-plane policy can't be used, or there is no randomness.
pub async fn assemble(
    pool: PgPool,
    config: Config,
    clock: Clock,
    key: SigningKey,
) -> Result<AppState, ServeError> {
    let webhooks = Client::new(config.allow_private_webhooks);
    Ok(AppState::new(Shared {
        pool,
        clock,
        ids: Ids::new()?,
        compute: Compute::default(),
        config,
        control_plane: ControlPlane::shipped().await?,
        attempts: Attempts::default(),
        draining: AtomicBool::new(false),
        directory: Directory::default(),
        decisions: DecisionPlane::default(),
        audit: Audit::new(key),
        recorder: Recorder::default(),
        questions: Questions::default(),
        metrics: Metrics::default(),
        datasets: Datasets::default(),
        webhooks,
        changed: Notify::new(),
    }))
}

async fn listen(address: &str) -> Result<TcpListener, ServeError> {
    let bound = TcpListener::bind(address).await;
    bound.map_err(|error| ServeError::Listen(address.to_owned(), error))
}

/// Tells whoever started the service how to get in.
async fn greet(state: &AppState, address: SocketAddr) -> Result<(), ServeError> {
    sign_in::first_token(state, |token| {
        if let Some(path) = &state.config.bootstrap_token_file {
            return write_token(path, token);
        }
        let token = token.reveal();
        writeln!(
            std::io::stdout(),
            "administrator's token, shown this once: {token}"
        )
    })
    .await?;
    if state.config.bootstrap_token_file.is_some() {
        // Who wants the token in a file wants no secret in the log of standard output either.
        return Ok(());
    }
    let code = sign_in::issue_code(state).await?;
    let code = code.reveal();
    writeln!(
        std::io::stdout(),
        "sign in within 15 minutes: http://{address}/sign-in#code={code}"
    )?;
    Ok(())
}

fn write_token(path: &Path, token: &Secret) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    let named = |error| std::io::Error::other(format!("`{}`: {error}", path.display()));
    let mut file = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .map_err(named)?;
    writeln!(file, "{}", token.reveal())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_job_that_ends_by_itself_ends_the_service() {
        let mut jobs = JoinSet::new();
        jobs.spawn(std::future::pending());
        jobs.spawn(async { panic!("a job fails") });
        let watched = until_end(std::future::pending(), &mut jobs);
        let watched = tokio::time::timeout(Duration::from_secs(5), watched).await;
        let error = watched.expect("it is noticed").unwrap_err().to_string();
        assert!(error.contains("panicked"), "{error}");
    }

    #[tokio::test]
    async fn an_end_that_was_asked_for_is_no_error() {
        let mut jobs = JoinSet::new();
        jobs.spawn(std::future::pending());
        until_end(async {}, &mut jobs).await.unwrap();
    }
}
