//! Processes of PostgreSQL that already use a cluster, and how they are ended.
//!
//! An owner killed with SIGKILL leaves its server running; a server killed so leaves a pid file, and
//! for a moment its own children. A pid alone proves nothing, since numbers are used again: a
//! process counts when it is a PostgreSQL that works in the cluster's folder.

use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::directory::Layout;
use super::error::{PrivatePostgresError, io};

/// How often a process is looked at while we wait for its end.
const POLL: Duration = Duration::from_millis(5);

/// How long a server has for each way of ending.
const PATIENCE: Duration = Duration::from_secs(20);

/// Ends what an earlier owner left running in the cluster, and removes the pid files of what is gone.
pub(super) fn settle(layout: &Layout) -> Result<(), PrivatePostgresError> {
    let cluster = &layout.cluster();
    let users = users(cluster);
    if let Some(postmaster) = pid_in_file(cluster).filter(|pid| users.contains(pid)) {
        tracing::warn!(
            pid = postmaster.as_raw_nonzero(),
            "stopping the PostgreSQL that an earlier process left running"
        );
        // Fast shutdown, immediate shutdown, and the end.
        for signal in [Signal::INT, Signal::QUIT, Signal::KILL] {
            kill_process(postmaster, signal).ok();
            if wait_until(PATIENCE, || !users_contain(cluster, postmaster)) {
                break;
            }
        }
    }
    // Children notice by themselves that their postmaster is gone.
    if !wait_until(PATIENCE, || self::users(cluster).is_empty()) {
        return Err(PrivatePostgresError::Lingering(listed(&self::users(
            cluster,
        ))));
    }
    remove_pid_files(layout)
}

/// Whether a condition comes true in time.
pub(super) fn wait_until(patience: Duration, mut condition: impl FnMut() -> bool) -> bool {
    let start = Instant::now();
    loop {
        if condition() {
            return true;
        }
        if start.elapsed() > patience {
            return false;
        }
        sleep(POLL);
    }
}

/// The process that the pid file names.
fn pid_in_file(cluster: &Path) -> Option<Pid> {
    let text = fs::read_to_string(cluster.join("postmaster.pid")).ok()?;
    Pid::from_raw(text.lines().next()?.trim().parse().ok()?)
}

/// PostgreSQL would take a pid file for a running server when any process has that number now.
fn remove_pid_files(layout: &Layout) -> Result<(), PrivatePostgresError> {
    // Where processes can't be looked at, PostgreSQL judges for itself.
    if !Path::new("/proc/self/cwd").exists() {
        return Ok(());
    }
    let socket_lock = layout.socket().with_added_extension("lock");
    for file in [layout.cluster().join("postmaster.pid"), socket_lock] {
        if file.exists() {
            fs::remove_file(&file).map_err(io("remove", &file))?;
        }
    }
    Ok(())
}

fn users_contain(cluster: &Path, pid: Pid) -> bool {
    uses(
        &Path::new("/proc").join(pid.as_raw_nonzero().to_string()),
        cluster,
    )
}

/// The PostgreSQL processes that work in the cluster's folder.
fn users(cluster: &Path) -> Vec<Pid> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pid = |entry: &fs::DirEntry| Pid::from_raw(entry.file_name().to_str()?.parse().ok()?);
    entries
        .filter(|entry| uses(&entry.path(), cluster))
        .filter_map(|entry| pid(&entry))
        .collect()
}

fn uses(process: &Path, cluster: &Path) -> bool {
    let works_here = fs::read_link(process.join("cwd")).is_ok_and(|folder| folder == cluster);
    works_here
        && fs::read_link(process.join("exe")).is_ok_and(|program| {
            // An upgraded package leaves `postgres (deleted)`.
            program
                .file_name()
                .is_some_and(|name| name.as_encoded_bytes().starts_with(b"postgres"))
        })
}

fn listed(pids: &[Pid]) -> String {
    pids.iter()
        .map(|pid| format!("`{}`", pid.as_raw_nonzero()))
        .collect::<Vec<_>>()
        .join(", ")
}
