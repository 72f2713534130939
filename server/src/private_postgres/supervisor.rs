//! Keeps the server running while we do, and ends it when we end.

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::directory::Layout;
use super::error::{PrivatePostgresError, io};
use super::installation::Installation;
use super::postmaster::Postmaster;

/// How often we look whether the server still runs, and try again when it does not start.
const POLL: Duration = Duration::from_millis(250);

/// A thread that owns the server process.
pub(super) struct Supervisor {
    // The thread stops the server when this is dropped.
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<Result<(), PrivatePostgresError>>>,
}

impl Supervisor {
    pub(super) fn watch(
        postmaster: Postmaster,
        installation: Installation,
        layout: Layout,
    ) -> Result<Self, PrivatePostgresError> {
        let (stop, stopped) = channel();
        let thread = thread::Builder::new()
            .name("private-postgres".to_owned())
            .spawn(move || supervise(postmaster, &installation, &layout, &stopped))
            .map_err(io("start a thread for", Path::new("postgres")))?;
        Ok(Self {
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Stops the server; a second call does nothing.
    pub(super) fn stop(&mut self) -> Result<(), PrivatePostgresError> {
        self.stop = None;
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(result)) => result,
            Some(Err(panic)) => std::panic::resume_unwind(panic),
            None => Ok(()),
        }
    }
}

impl Drop for Supervisor {
    fn drop(&mut self) {
        if let Err(error) = self.stop() {
            tracing::error!(%error, "stopping the private PostgreSQL failed");
        }
    }
}

fn supervise(
    mut postmaster: Postmaster,
    installation: &Installation,
    layout: &Layout,
    stopped: &Receiver<()>,
) -> Result<(), PrivatePostgresError> {
    while let Err(RecvTimeoutError::Timeout) = stopped.recv_timeout(POLL) {
        if !postmaster.has_ended() {
            continue;
        }
        tracing::error!("the private PostgreSQL ended by itself: starting it again");
        match Postmaster::start(installation, layout, &AtomicBool::new(false)) {
            Ok(again) => postmaster = again,
            Err(error) => tracing::error!(%error, "starting the private PostgreSQL again failed"),
        }
    }
    postmaster.stop()
}
