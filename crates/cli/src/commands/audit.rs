//! `zonecut audit`: proves offline that nobody touched an exported audit log.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde::Serialize;
use zonecut_audit::{Bounds, Head, Report, Verifier};

use crate::exit::{Exit, Failure};
use crate::output::{Output, json, print, say};

/// A longer line is not one that the server wrote; what is read of it is no entry.
const LONGEST_LINE: u64 = 16 << 20;

/// Everything about the audit log.
#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Check an exported audit log: exit 0 when it holds, 1 when it was touched, 2 when it can't be read
    Verify(Verify),
}

/// Arguments of `audit verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// The log as exported from `/v1/audit` (`application/x-ndjson`); `-` is standard input
    file: PathBuf,
    /// The entry before the first line, when the file is only a later part of the log
    #[arg(long, value_name = "SEQ:HASH")]
    after: Option<Head>,
    /// An entry that you know is in the log, such as the head an earlier check printed
    #[arg(long, value_name = "SEQ:HASH")]
    head: Option<Head>,
}

/// The answer as JSON.
#[derive(Serialize)]
struct Answer {
    holds: bool,
    entries: u64,
    head: String,
    line: Option<u64>,
    reason: Option<String>,
}

impl Audit {
    /// Prints the head of a log that holds, or the first line that does not.
    pub fn run(&self, output: &Output) -> Result<Exit, Failure> {
        let Self::Verify(verify) = self;
        let as_json = output.is_json()?;
        let report = verify.check().map_err(|source| Failure::Read {
            path: verify.file.display().to_string(),
            source,
        })?;
        if as_json {
            json(&Answer::of(&report))?;
        } else {
            verify.tell(&report)?;
        }
        Ok(if report.broken.is_none() {
            Exit::Fine
        } else {
            Exit::Blocks
        })
    }
}

impl Verify {
    fn check(&self) -> io::Result<Report> {
        let mut reader = open(&self.file)?;
        let mut verifier = Verifier::new(Bounds {
            after: self.after,
            head: self.head,
        });
        let mut line = Vec::new();
        while reader
            .by_ref()
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)?
            > 0
        {
            verifier.push(line.strip_suffix(b"\n").unwrap_or(&line));
            line.clear();
        }
        Ok(verifier.finish())
    }

    /// The head is data; the rest is for a person.
    fn tell(&self, report: &Report) -> Result<(), Failure> {
        let (file, entries) = (self.file.display(), report.entries);
        let Some(broken) = &report.broken else {
            print(&format!("{}\n", report.head))?;
            // Who closed standard error still has the head and the exit code.
            let _ = writeln!(
                io::stderr(),
                "{file}: all {entries} entries hold; keep the head to check a later export against"
            );
            return Ok(());
        };
        let (line, reason) = (broken.line, &broken.reason);
        say(&format!(
            "{file}:{line}: {reason}; the {entries} entries before that hold"
        ));
        Ok(())
    }
}

impl Answer {
    fn of(report: &Report) -> Self {
        Self {
            holds: report.broken.is_none(),
            entries: report.entries,
            head: report.head.to_string(),
            line: report.broken.as_ref().map(|broken| broken.line),
            reason: report
                .broken
                .as_ref()
                .map(|broken| broken.reason.to_string()),
        }
    }
}

fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
    if path == Path::new("-") {
        Ok(Box::new(io::stdin().lock()))
    } else {
        Ok(Box::new(BufReader::new(File::open(path)?)))
    }
}
