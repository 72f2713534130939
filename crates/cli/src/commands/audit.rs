//! `zonecut audit`: proves offline that nobody touched an exported audit log.

mod evidence;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde::Serialize;
use zonecut_audit::{Bounds, Head, Report, Verifier};

use self::evidence::{Evidence, Flaw};
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
    /// The log as exported from `/v1/audit` (`application/x-ndjson`); `-` is standard input. May be left out with a proof
    #[arg(required_unless_present = "proof")]
    file: Option<PathBuf>,
    /// The entry before the first line, when the file is only a later part of the log
    #[arg(long, value_name = "SEQ:HASH")]
    after: Option<Head>,
    /// An entry that you know is in the log, such as the head an earlier check printed
    #[arg(long, value_name = "SEQ:HASH")]
    head: Option<Head>,
    /// The keys that you trust, as `/v1/audit/keys` gave them when you first asked
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
    /// Signed checkpoints, as exported from `/v1/audit/checkpoints` (`application/x-ndjson`): the log must be the one that was signed
    #[arg(long, value_name = "FILE", requires = "keys", conflicts_with = "after")]
    checkpoints: Option<PathBuf>,
    /// A proof, as `/v1/audit/SEQ/proof` or `/v1/audit/checkpoints/SIZE/consistency` gave it
    #[arg(long, value_name = "FILE", requires = "keys")]
    proof: Vec<PathBuf>,
}

/// The answer as JSON.
#[derive(Serialize)]
struct Answer {
    holds: bool,
    entries: u64,
    head: String,
    signed: u64,
    proofs: usize,
    file: Option<String>,
    line: Option<u64>,
    reason: Option<String>,
}

impl Audit {
    /// Prints the head of a log that holds, or the first line that does not.
    pub fn run(&self, output: &Output) -> Result<Exit, Failure> {
        let Self::Verify(verify) = self;
        let as_json = output.is_json()?;
        let answer = verify.answer()?;
        if as_json {
            json(&answer)?;
        } else {
            verify.tell(&answer)?;
        }
        Ok(if answer.holds {
            Exit::Fine
        } else {
            Exit::Blocks
        })
    }
}

impl Verify {
    fn answer(&self) -> Result<Answer, Failure> {
        let (keys, checkpoints) = (self.keys.as_deref(), self.checkpoints.as_deref());
        let evidence = match Evidence::read(keys, checkpoints, &self.proof)? {
            Ok(evidence) => evidence,
            Err(flaw) => return Ok(Answer::flawed(flaw)),
        };
        let proofs = evidence.proofs;
        let Some(file) = &self.file else {
            return Ok(Answer::of(Report::default(), proofs, None));
        };
        let report = self.check(file, evidence);
        let report = report.map_err(|source| Failure::Read {
            path: file.display().to_string(),
            source,
        })?;
        Ok(Answer::of(report, proofs, Some(file)))
    }

    fn check(&self, file: &Path, evidence: Evidence) -> io::Result<Report> {
        let mut reader = open(file)?;
        let mut verifier = Verifier::new(Bounds {
            after: self.after,
            head: self.head,
        });
        // A later part of a log has no root of its own.
        if self.after.is_none() {
            verifier = verifier.signed_by(evidence.checkpoints);
        }
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
    fn tell(&self, answer: &Answer) -> Result<(), Failure> {
        let Answer {
            entries,
            signed,
            proofs,
            ..
        } = answer;
        if let (Some(file), Some(reason)) = (&answer.file, &answer.reason) {
            let line = answer.line.map_or(String::new(), |line| format!(":{line}"));
            let before = if self.is_the_log(file) {
                format!("; the {entries} entries before that hold")
            } else {
                String::new()
            };
            say(&format!("{file}{line}: {reason}{before}"));
            return Ok(());
        }
        let mut held = Vec::new();
        if let Some(file) = &self.file {
            print(&format!("{}\n", answer.head))?;
            let file = file.display();
            held.push(format!("{file}: all {entries} entries hold"));
        }
        if *signed > 0 {
            held.push(format!("the first {signed} are those that were signed"));
        }
        if *proofs > 0 {
            held.push(format!("{proofs} of {proofs} proofs hold"));
        }
        if self.file.is_some() {
            held.push("keep the head to check a later export against".to_owned());
        }
        // Who closed standard error still has the head and the exit code.
        let _ = writeln!(io::stderr(), "{}", held.join("; "));
        Ok(())
    }

    fn is_the_log(&self, file: &str) -> bool {
        let log = self.file.as_ref().map(|log| log.display().to_string());
        log.as_deref() == Some(file)
    }
}

impl Answer {
    fn of(report: Report, proofs: usize, file: Option<&Path>) -> Self {
        let broken = report.broken;
        let file = file.filter(|_| broken.is_some());
        Self {
            holds: broken.is_none(),
            entries: report.entries,
            head: report.head.to_string(),
            signed: report.signed,
            proofs,
            file: file.map(|file| file.display().to_string()),
            line: broken.as_ref().map(|broken| broken.line),
            reason: broken.map(|broken| broken.reason.to_string()),
        }
    }

    /// Of what the log would have been held against.
    fn flawed(flaw: Flaw) -> Self {
        Self {
            holds: false,
            file: Some(flaw.file),
            line: flaw.line,
            reason: Some(flaw.reason),
            ..Self::of(Report::default(), 0, None)
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
