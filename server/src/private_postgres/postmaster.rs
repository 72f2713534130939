//! The server process: its settings, its start, and its end.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use super::PORT;
use super::directory::Layout;
use super::error::{PrivatePostgresError, io};
use super::installation::Installation;
use super::processes::{self, wait_until};

/// What is not PostgreSQL's default, or must not depend on it. The command line wins over the
/// cluster's own files. Sized for a control plane with few writes; durability stays on.
const SETTINGS: &[&str] = &[
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "password_encryption=scram-sha-256",
    "fsync=on",
    "full_page_writes=on",
    "synchronous_commit=on",
    "max_connections=50",
    "shared_buffers=16MB",
    "min_wal_size=32MB",
    "max_wal_size=256MB",
    "jit=off",
    "timezone=UTC",
    "log_timezone=UTC",
    "logging_collector=off",
    "log_destination=stderr",
    "log_line_prefix=%m [%p] %u ",
    "log_min_messages=warning",
    "log_min_error_statement=panic",
];

/// How long a start may take, recovery after a crash included.
const START: Duration = Duration::from_mins(5);

/// How long open sessions have to be ended in, before the server is stopped harder.
const FAST_STOP: Duration = Duration::from_secs(20);

/// How long the harder stop has.
const IMMEDIATE_STOP: Duration = Duration::from_secs(5);

/// A log longer than this is put aside at the next start.
const LONGEST_LOG: u64 = 8 << 20;

/// How much of the log is shown when a start fails.
const SHOWN: u64 = 4000;

/// A server that takes connections.
pub(super) struct Postmaster {
    child: Child,
}

impl Postmaster {
    /// Ends what is left of an earlier server, starts one, and waits until it takes connections;
    /// stops it again when `given_up` is set before.
    pub(super) fn start(
        installation: &Installation,
        layout: &Layout,
        given_up: &AtomicBool,
    ) -> Result<Self, PrivatePostgresError> {
        if given_up.load(Ordering::Relaxed) {
            return Err(PrivatePostgresError::GivenUp);
        }
        processes::settle(layout)?;
        let log = open_log(layout)?;
        let before = log.metadata().map_or(0, |metadata| metadata.len());
        let mut postmaster = Self::spawn(installation, layout, log)?;
        postmaster.wait_until_ready(layout, before, given_up)?;
        Ok(postmaster)
    }

    /// Whether the server has ended by itself.
    pub(super) fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Stops the server, harder each time it does not obey.
    pub(super) fn stop(&mut self) -> Result<(), PrivatePostgresError> {
        if self.ends_on(Signal::INT, FAST_STOP) || self.ends_on(Signal::QUIT, IMMEDIATE_STOP) {
            return Ok(());
        }
        self.child
            .kill()
            .and_then(|()| self.child.wait())
            .map_err(io("stop", Path::new("postgres")))?;
        Err(PrivatePostgresError::Killed(
            (FAST_STOP + IMMEDIATE_STOP).as_secs(),
        ))
    }

    fn spawn(
        installation: &Installation,
        layout: &Layout,
        log: File,
    ) -> Result<Self, PrivatePostgresError> {
        let program = installation.program("postgres");
        let mut command = layout.account().command(&program);
        command
            .arg("-D")
            .arg(layout.for_server(&layout.cluster()))
            .args(["-p", &PORT.to_string()]);
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        command
            .arg("-c")
            .arg(socket_setting(&layout.for_server(layout.root())));
        // A group of its own: the terminal's interrupt is ours to pass on, when we are done with it.
        command
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log);
        let child = command.spawn().map_err(io("run", &program))?;
        Ok(Self { child })
    }

    fn wait_until_ready(
        &mut self,
        layout: &Layout,
        before: u64,
        given_up: &AtomicBool,
    ) -> Result<(), PrivatePostgresError> {
        let cluster = layout.cluster();
        let (mut ended, mut unwanted) = (false, false);
        let settled = wait_until(START, || {
            ended = self.has_ended();
            unwanted = given_up.load(Ordering::Relaxed);
            ended || unwanted || is_ready(&cluster, self.child.id())
        });
        if unwanted {
            self.stop()?;
            return Err(PrivatePostgresError::GivenUp);
        }
        if settled && !ended {
            return Ok(());
        }
        let what = if ended {
            "ended at once"
        } else {
            "is not ready yet"
        };
        self.stop().ok();
        let tail = log_tail(&layout.log(), before);
        Err(PrivatePostgresError::NotStarted {
            what: what.to_owned(),
            log: layout.log(),
            tail,
        })
    }

    fn ends_on(&mut self, signal: Signal, patience: Duration) -> bool {
        // Not reaped yet, so the number is still the child's.
        if !self.has_ended()
            && let Some(pid) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw)
        {
            kill_process(pid, signal).ok();
        }
        wait_until(patience, || self.has_ended())
    }
}

/// The folder of the socket, in the quotes that PostgreSQL's lists of folders need.
fn socket_setting(root: &Path) -> OsString {
    let root = root.as_os_str().as_bytes();
    let mut setting = b"unix_socket_directories=\"".to_vec();
    for &byte in root {
        setting.push(byte);
        if byte == b'"' {
            setting.push(byte);
        }
    }
    setting.push(b'"');
    OsString::from_vec(setting)
}

/// The last line of the pid file says when the server takes connections.
fn is_ready(cluster: &Path, pid: u32) -> bool {
    let Ok(text) = fs::read_to_string(cluster.join("postmaster.pid")) else {
        return false;
    };
    let mut lines = text.lines();
    let ours = lines
        .next()
        .is_some_and(|line| line.trim() == pid.to_string());
    ours && lines.next_back().is_some_and(|line| line.trim() == "ready")
}

fn open_log(layout: &Layout) -> Result<File, PrivatePostgresError> {
    let path = layout.log();
    if fs::metadata(&path).is_ok_and(|metadata| metadata.len() > LONGEST_LOG) {
        fs::rename(&path, path.with_extension("log.1")).map_err(io("rename", &path))?;
    }
    layout.create(&path, OpenOptions::new().append(true))
}

/// What the log says since it had `before` bytes, or the end of that.
fn log_tail(path: &Path, before: u64) -> String {
    let read = || {
        let mut file = File::open(path)?;
        let end = file.metadata()?.len();
        file.seek(SeekFrom::Start(before.max(end.saturating_sub(SHOWN))))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok::<_, std::io::Error>(String::from_utf8_lossy(&bytes).trim().to_owned())
    };
    read().unwrap_or_else(|error| format!("(can't be read: {error})"))
}
