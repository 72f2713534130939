//! The real `zonecut` binary as a test drives it: run to an end, or served in the background.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

pub use crate::checkout::{binary, root as repository};

/// How long a server may take until it says `ready`; the private cluster is made within it.
const READY_WITHIN: Duration = Duration::from_mins(1);

/// Runs `zonecut` with `arguments` to its end in `folder`.
pub fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(binary())
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .expect("zonecut can be started")
}

/// The standard output of a run, as JSON.
pub fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!(
            "stdout is not JSON ({error}):\n{}\nstderr:\n{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )
    })
}

/// A server of our own, on a free port, with its private PostgreSQL in `data`. Stopped on drop.
pub struct Server {
    child: Child,
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    /// The administrator's token.
    pub token: String,
    /// How long it took from start to `ready`.
    pub ready_after: Duration,
}

impl Server {
    /// Serves the shipped mesh from `data`, and waits until it is ready.
    pub fn start(data: &Path) -> Self {
        Self::start_with(data, &repository())
    }

    /// Serves the documents in `seed` from `data`, and waits until it is ready.
    pub fn start_with(data: &Path, seed: &Path) -> Self {
        let token_file = data.join("admin.token");
        let began = Instant::now();
        let mut child = Command::new(binary())
            .arg("serve")
            .args(["--listen", "127.0.0.1:0"])
            .arg("--data-dir")
            .arg(data.join("zonecut"))
            .arg("--seed")
            .arg(seed)
            .arg("--bootstrap-token-file")
            .arg(&token_file)
            .env("ZONECUT_ALLOW_PRIVATE_WEBHOOKS", "true")
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("zonecut can be started");
        let url = wait_for_ready(&mut child, began);
        let token = std::fs::read_to_string(&token_file).expect("the first start wrote the token");
        Self {
            child,
            url,
            token: token.trim().to_owned(),
            ready_after: began.elapsed(),
        }
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Sends SIGTERM and waits for a clean end.
    pub fn stop(mut self) {
        self.signal("TERM");
        let status = self.child.wait().expect("the server can be waited for");
        assert!(
            status.success(),
            "SIGTERM must end the server cleanly, not with {status}"
        );
    }

    /// Ends the server at once, as a crash would. Its PostgreSQL is left behind.
    pub fn crash(mut self) {
        self.child.kill().expect("the server can be killed");
        self.child.wait().expect("the server can be waited for");
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &self.child.id().to_string()])
            .status()
            .expect("kill can be started");
        assert!(sent.success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.signal("TERM");
            let _ = self.child.wait();
        }
    }
}

/// Reads standard output up to the line `ready http://HOST:PORT`, then keeps draining it.
fn wait_for_ready(child: &mut Child, began: Instant) -> String {
    let stdout = child.stdout.take().expect("stdout is piped");
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            if let Some(url) = line.strip_prefix("ready ") {
                let _ = sender.send(url.to_owned());
            }
        }
    });
    match receiver.recv_timeout(READY_WITHIN.saturating_sub(began.elapsed())) {
        Ok(url) => url,
        Err(error) => {
            let _ = child.kill();
            panic!(
                "the server did not say `ready`: {error}, {:?}",
                child.wait()
            )
        }
    }
}
