//! `zonecut serve`: the API, the decision plane and the admin UI on one port.

use std::path::PathBuf;

use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;
use zonecut_server::config::{Config, Flags};

use crate::exit::Exit;

/// What `zonecut serve` takes. Every flag can also stand in `zonecut.toml` or as `ZONECUT_*` in the
/// environment; flags win.
#[derive(Debug, clap::Args)]
pub struct Serve {
    /// The PostgreSQL to use; without it, a private one is started in the data directory
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// Where the private PostgreSQL lives, and the key that signs the audit log [default: .zonecut]
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// The address to serve at; port 0 takes any free one [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// Load the documents of this folder first: contracts/, products/, policies/
    #[arg(long, value_name = "DIR")]
    seed: Option<PathBuf>,
    /// The folder of the PostgreSQL programs for the private one
    #[arg(long, value_name = "DIR")]
    pg_bin: Option<PathBuf>,
    /// Write the first administrator's token to this file (mode 0600) instead of printing it, and print no sign-in code
    #[arg(long, value_name = "FILE")]
    bootstrap_token_file: Option<PathBuf>,
    /// The configuration file [default: zonecut.toml, where there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Print the effective configuration, secrets left out, and end
    #[arg(long)]
    show_config: bool,
}

impl Serve {
    /// Serves until it is told to end: exit 0 when it ended in order, 2 when the configuration is
    /// wrong, 3 when it could not start or go on.
    pub fn run(self) -> Exit {
        let flags = Flags {
            database_url: self.database_url,
            data_dir: self.data_dir,
            listen: self.listen,
            seed: self.seed,
            pg_bin: self.pg_bin,
            bootstrap_token_file: self.bootstrap_token_file,
        };
        let config = match Config::load(self.config.as_deref(), &flags) {
            Ok(config) => config,
            Err(error) => {
                eprintln!("zonecut serve: {error}");
                return Exit::Invalid;
            }
        };
        if self.show_config {
            print!("{}", config.to_toml());
            return Exit::Fine;
        }
        match start(config) {
            Ok(()) => Exit::Fine,
            Err(error) => {
                eprintln!("zonecut serve: {error}");
                Exit::Unreachable
            }
        }
    }
}

fn start(config: Config) -> Result<(), Box<dyn std::error::Error>> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let end = async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        };
        Ok(zonecut_server::serve(config, end).await?)
    })
}
