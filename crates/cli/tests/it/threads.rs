//! A check is one thread: it starts no runtime and no pool.
#![cfg(target_os = "linux")]

use std::fs;
use std::io::Read as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{CONTRACT, Folder};

/// What a pipe holds at least before its writer waits, in bytes.
const PIPE: usize = 64 << 10;

/// A line of the kernel's about the process.
fn status(process: u32, name: &str) -> Option<String> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    Some(line.trim().to_owned())
}

#[test]
fn a_check_has_one_thread_from_its_beginning_to_its_end() {
    let mut wide = CONTRACT.replace("slaProperties:", "      - name: last\nslaProperties:");
    for column in 0..400 {
        let line = format!("      - {{name: c{column}, logicalType: integer}}\n      - name: last");
        wide = wide.replacen("      - name: last", &line, 1);
    }
    let folder = Folder::new();
    folder.write("before.yaml", &wide);
    folder.write("after.yaml", &wide.replace("integer", "string"));
    let mut check = Command::new(env!("CARGO_BIN_EXE_zonecut"))
        .args(["check", "--before", "before.yaml", "--after", "after.yaml"])
        .args(["--format", "json"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    // It waits when nobody reads what it says, after all of its work.
    let began = Instant::now();
    let mut waits = 0;
    while waits < 5 {
        assert!(began.elapsed() < Duration::from_mins(1), "it never waits");
        std::thread::sleep(Duration::from_millis(5));
        let sleeping = status(check.id(), "State:").is_some_and(|it| it.starts_with('S'));
        waits = if sleeping { waits + 1 } else { 0 };
    }
    let threads = status(check.id(), "Threads:");
    let mut said = String::new();
    let stdout = check.stdout.as_mut().unwrap();
    stdout.read_to_string(&mut said).unwrap();
    assert_eq!(check.wait().unwrap().code(), Some(1));

    let told = format!("{} bytes, {threads:?} threads", said.len());
    assert!(said.len() > PIPE, "{told}");
    assert_eq!(threads.as_deref(), Some("1"), "{told}");
}
