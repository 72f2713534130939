//! `zonecut-bench-measure TIMES EXIT-CODE PROGRAM [ARGUMENT…]`: runs a program that often, and prints
//! the milliseconds of each run and the highest peak of resident memory in KiB, as JSON.
//!
//! A program of its own because a process's peak begins with that of the one that started it: this
//! one must be smaller than anything that it measures.

use std::error::Error;
use std::process::{Command, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let mut number = || {
        arguments
            .next()
            .and_then(|text| text.to_str()?.parse::<i32>().ok())
    };
    let (Some(times), Some(code)) = (number(), number()) else {
        return Err("usage: zonecut-bench-measure TIMES EXIT-CODE PROGRAM [ARGUMENT…]".into());
    };
    let program = arguments.next().ok_or("which program?")?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut milliseconds = Vec::new();
    for _ in 0..times {
        let begin = Instant::now();
        let status = command.status()?;
        milliseconds.push(begin.elapsed().as_secs_f64() * 1000.0);
        if status.code() != Some(code) {
            return Err(format!("{command:?} ended with {status} instead of code {code}").into());
        }
    }
    let peak = getrusage(UsageWho::RUSAGE_CHILDREN)?.max_rss();
    println!(
        "{}",
        serde_json::json!({ "milliseconds": milliseconds, "peak_kib": peak })
    );
    Ok(())
}
