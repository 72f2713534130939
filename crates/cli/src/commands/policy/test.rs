//! `zonecut policy test`.

use std::fmt::Write as _;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;
use serde::Serialize;
use zonecut_policy::testing::{TestOutcome, run};

use super::bundle::Bundle;
use crate::exit::{Exit, Failure};
use crate::output::{self, Format, Output};

/// Arguments of `policy test`.
#[derive(Debug, Args)]
pub struct Test {
    /// Files and folders
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// The time of every question, RFC 3339 [default: the clock]
    #[arg(long, value_name = "TIME")]
    now: Option<DateTime<Utc>>,
}

/// What `--format json` prints.
#[derive(Serialize)]
struct Report<'a> {
    passed: usize,
    failed: usize,
    cases: &'a [TestOutcome],
}

impl Test {
    /// Runs every case and prints how it went.
    pub fn run(&self, output: &Output) -> Result<Exit, Failure> {
        let mut bundle = Bundle::read(&self.paths)?;
        let Some(snapshot) = bundle.compile() else {
            output.lint(&bundle.report(), &bundle.sources)?;
            return Ok(Exit::Invalid);
        };
        if bundle.cases.is_empty() {
            return Err(Failure::Usage(
                "no policy test found: they are named `*.test.yaml`".to_owned(),
            ));
        }
        let outcomes = run(&snapshot, &bundle.cases, self.now.unwrap_or_else(clock));
        let failed = outcomes
            .iter()
            .filter(|outcome| !outcome.failures.is_empty())
            .count();
        let report = Report {
            passed: outcomes.len() - failed,
            failed,
            cases: &outcomes,
        };
        match output.format() {
            Format::Json => output::json(&report)?,
            Format::Human => output::print(&human(&report))?,
        }
        Ok(if failed == 0 {
            Exit::Fine
        } else {
            Exit::Blocks
        })
    }
}

/// The failures with their places, then one line of counts.
fn human(report: &Report<'_>) -> String {
    let mut text = String::new();
    for case in report.cases.iter().filter(|case| !case.failures.is_empty()) {
        let _ = writeln!(
            text,
            "failed: {}\n  --> {}:{}:{}",
            case.name, case.at.file, case.at.line, case.at.column
        );
        for failure in &case.failures {
            let _ = writeln!(text, "  {failure}");
        }
    }
    let _ = writeln!(
        text,
        "policy tests: {} passed, {} failed",
        report.passed, report.failed
    );
    text
}

#[expect(
    clippy::disallowed_methods,
    reason = "the command line is where the clock is read"
)]
fn clock() -> DateTime<Utc> {
    Utc::now()
}
