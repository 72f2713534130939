//! `zonecut-bench-measure TIMES EXIT-CODE PROGRAM [ARGUMENT…]`: runs a program that often, and prints
//! the milliseconds of each run, those of them that a processor worked for it, its last exit code and the
//! highest peak of resident memory in KiB, as JSON. An exit code of -1 stands for any.
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
    let [mut milliseconds, mut worked] = [const { Vec::new() }; 2];
    let mut last = None;
    for _ in 0..times {
        let before = work()?;
        let begin = Instant::now();
        let status = command.status()?;
        milliseconds.push(begin.elapsed().as_secs_f64() * 1000.0);
        worked.push(work()? - before);
        last = status.code();
        if last.is_none() || (code >= 0 && last != Some(code)) {
            return Err(format!("{command:?} ended with {status} instead of code {code}").into());
        }
    }
    let peak = getrusage(UsageWho::RUSAGE_CHILDREN)?.max_rss();
    println!(
        "{}",
        serde_json::json!({
            "milliseconds": milliseconds,
            "worked_milliseconds": worked,
            "code": last,
            "peak_kib": peak,
        })
    );
    Ok(())
}

/// How many milliseconds processors worked for the programs that ended, which does not depend on what
/// else they do.
fn work() -> Result<f64, Box<dyn Error>> {
    let used = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let microseconds = [used.user_time(), used.system_time()]
        .into_iter()
        .map(|time| time.tv_sec() * 1_000_000 + time.tv_usec());
    let milliseconds = microseconds.sum::<i64>() / 1000;
    Ok(f64::from(i32::try_from(milliseconds)?))
}
