//! A running `zonecut serve` on a database that is already up: how soon it is ready, how much memory
//! it holds when nobody asks anything.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::figure::{Figure, Target, median};
use crate::machine::value_of;
use crate::tools::{Effort, Error, Tools, pinned};

/// How long a server is left alone before its memory counts as idle.
const SETTLE: Duration = Duration::from_secs(2);

/// An empty database for one run: `scripts/with-postgres` says where.
pub struct Database {
    url: String,
    folder: TempDir,
}

impl Database {
    /// The database named by `DATABASE_URL`.
    ///
    /// # Errors
    ///
    /// When none is named.
    pub fn given() -> Result<Self, Error> {
        let url = std::env::var("DATABASE_URL");
        let url = url.map_err(|_| "no `DATABASE_URL`: run it by `scripts/with-postgres`")?;
        let folder = tempfile::tempdir()?;
        Ok(Self { url, folder })
    }

    /// Where the first start leaves the administrator's token.
    #[must_use]
    pub fn token_file(&self) -> PathBuf {
        self.folder.path().join("token")
    }
}

/// A server that says it serves; killed when dropped.
pub struct Serving {
    child: Child,
    /// Where.
    pub address: SocketAddr,
    /// How long it took from the start of the process.
    pub ready: Duration,
}

impl Serving {
    /// Starts a program on the first core and waits for its line `ready http://ADDRESS`.
    ///
    /// # Errors
    ///
    /// When it ends before that.
    pub fn start(mut command: Command) -> Result<Self, Error> {
        let begin = Instant::now();
        let mut child = command
            .stdout(Stdio::piped())
            .stdin(Stdio::null())
            .spawn()?;
        let stdout = child.stdout.take().ok_or("no standard output")?;
        for line in BufReader::new(stdout).lines() {
            if let Some(address) = line?.strip_prefix("ready http://") {
                return Ok(Self {
                    child,
                    address: address.parse()?,
                    ready: begin.elapsed(),
                });
            }
        }
        Err(format!(
            "{command:?} ended ({}) without saying that it is ready",
            child.wait()?
        )
        .into())
    }

    /// Resident memory in MiB.
    #[must_use]
    pub fn resident(&self) -> f64 {
        let value = value_of(&format!("/proc/{}/status", self.child.id()), "VmRSS");
        value
            .split(' ')
            .next()
            .and_then(|kib| kib.parse::<f64>().ok())
            .unwrap_or(f64::NAN)
            / 1024.0
    }

    /// Waits until it has nothing left to do; not for ever.
    pub fn rest(&self) {
        // Longer than the pause between two batches of records.
        const LOOK: Duration = Duration::from_millis(1_100);
        for _ in 0..10 {
            let before = self.processor_time();
            sleep(LOOK);
            // At most one tick of the kernel's clock: what its jobs need when nobody asks.
            if self.processor_time() - before < 0.015 {
                return;
            }
        }
    }

    /// Processor time used so far, in seconds.
    #[must_use]
    pub fn processor_time(&self) -> f64 {
        let stat =
            fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
        let ticks = fields
            .split_whitespace()
            .skip(11)
            .take(2)
            .filter_map(|ticks| ticks.parse::<f64>().ok());
        ticks.sum::<f64>() / 100.0
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// `zonecut serve` with the shipped mesh, on the first core.
///
/// # Errors
///
/// When it does not come to serve.
pub fn zonecut(tools: &Tools, database: &Database) -> Result<Serving, Error> {
    let mut command = pinned(0, &tools.zonecut);
    command
        .args(["serve", "--listen", "127.0.0.1:0", "--seed"])
        .arg(&tools.root)
        .arg("--bootstrap-token-file")
        .arg(database.token_file())
        .env("ZONECUT_DATABASE_URL", &database.url)
        .current_dir(Path::new("/"));
    Serving::start(command)
}

/// How soon a server is ready, and what it holds when idle.
///
/// # Errors
///
/// When a server does not come to serve.
pub fn figures(tools: &Tools, effort: Effort, database: &Database) -> Result<Vec<Figure>, Error> {
    let first = zonecut(tools, database)?;
    let empty = first.ready.as_secs_f64() * 1000.0;
    drop(first);
    let mut times = Vec::new();
    for _ in 0..effort.rounds {
        times.push(zonecut(tools, database)?.ready.as_secs_f64() * 1000.0);
    }
    let serving = zonecut(tools, database)?;
    sleep(SETTLE);
    Ok(vec![
        Figure::new(
            "`zonecut serve`: ready, shipped mesh",
            median(&times).unwrap_or(f64::NAN),
            "ms",
        )
        .target(Target::AtMost(300.0)),
        Figure::new(
            "`zonecut serve`: ready, empty database, mesh loaded",
            empty,
            "ms",
        ),
        Figure::new("`zonecut serve`: resident, idle", serving.resident(), "MiB")
            .target(Target::AtMost(60.0)),
    ])
}
