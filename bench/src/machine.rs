//! Where a run took place.

use std::fs;
use std::process::Command;

use serde::Serialize;

/// What a reader needs to compare figures.
#[derive(Debug, Serialize)]
pub struct Machine {
    /// The processor's name.
    pub processor: String,
    /// How many of its cores we may use.
    pub cores: usize,
    /// Its memory in MiB.
    pub memory_mib: u64,
    /// The kernel's release.
    pub kernel: String,
    /// The compiler's version.
    pub compiler: String,
    /// How many processes wanted to run when we began; above one, somebody else was at work.
    pub load: String,
}

impl Machine {
    /// This machine.
    #[must_use]
    pub fn this() -> Self {
        let memory = value_of("/proc/meminfo", "MemTotal");
        let kib = memory
            .split(' ')
            .next()
            .and_then(|number| number.parse::<u64>().ok());
        Self {
            processor: value_of("/proc/cpuinfo", "model name"),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            memory_mib: kib.unwrap_or(0) / 1024,
            kernel: text("/proc/sys/kernel/osrelease"),
            compiler: compiler(),
            load: text("/proc/loadavg")
                .split(' ')
                .next()
                .unwrap_or_default()
                .to_owned(),
        }
    }
}

impl std::fmt::Display for Machine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            processor,
            cores,
            memory_mib,
            kernel,
            compiler,
            load,
        } = self;
        write!(
            f,
            "{processor}, {cores} cores, {memory_mib} MiB; Linux {kernel}; {compiler}; load {load}"
        )
    }
}

/// The value of `name` in a file of `name: value` lines.
pub(crate) fn value_of(file: &str, name: &str) -> String {
    let text = text(file);
    let values = text.lines().filter_map(|line| line.split_once(':'));
    let found = values.into_iter().find(|(key, _)| key.trim() == name);
    found
        .map(|(_, value)| value.trim().to_owned())
        .unwrap_or_default()
}

fn text(file: &str) -> String {
    fs::read_to_string(file)
        .unwrap_or_default()
        .trim()
        .to_owned()
}

fn compiler() -> String {
    let output = Command::new("rustc").arg("--version").output();
    output
        .map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
        .unwrap_or_default()
}
