//! `zonecut policy test`.

use std::fmt::Write as _;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;
use serde::Serialize;
use zonecut_diagnostics::render::junit::{Case, Outcome, Suite};
use zonecut_diagnostics::render::{self, json, junit};
use zonecut_diagnostics::{Fingerprint, LintFinding, LintReport, LintSeverity};
use zonecut_policy::testing::{TestOutcome, run};

use super::bundle::Bundle;
use crate::exit::{Exit, Failure};
use crate::output::{Format, Output};

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
        let failures = failures(&outcomes);
        output.findings(|format, _| match format {
            Format::Json => Ok(json::render(&report)?),
            Format::Human => Ok(human(&report)),
            Format::Junit => Ok(junit::write("policy test", &suites(&outcomes))),
            other => Ok(output.render(render::Report::Lint(&failures), other)),
        })?;
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

/// What failed, as findings at the cases.
fn failures(outcomes: &[TestOutcome]) -> LintReport {
    let findings: Vec<LintFinding> = outcomes
        .iter()
        .flat_map(|case| case.failures.iter().map(move |failure| (case, failure)))
        .map(|(case, failure)| LintFinding {
            rule: "policy-test-failed".to_owned(),
            severity: LintSeverity::Error,
            path: case.name.clone(),
            message: format!("{}: {failure}", case.name),
            help: "mend the policy, or what the test expects of it".to_owned(),
            fingerprint: Fingerprint::of(&["policy-test-failed", &case.name, failure]),
            at: case.at.clone(),
        })
        .collect();
    LintReport {
        valid: findings.is_empty(),
        findings,
    }
}

/// All cases, by file.
fn suites(outcomes: &[TestOutcome]) -> Vec<Suite> {
    let files = outcomes.chunk_by(|a, b| a.at.file == b.at.file);
    let suite = |cases: &[TestOutcome]| Suite {
        name: cases
            .first()
            .map_or_else(String::new, |case| case.at.file.to_string()),
        cases: cases.iter().map(case).collect(),
    };
    files.map(suite).collect()
}

fn case(outcome: &TestOutcome) -> Case {
    Case {
        name: outcome.name.clone(),
        outcome: if outcome.failures.is_empty() {
            Outcome::Passed
        } else {
            Outcome::Failed
        },
        text: outcome.failures.join("\n"),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the command line is where the clock is read"
)]
fn clock() -> DateTime<Utc> {
    Utc::now()
}
