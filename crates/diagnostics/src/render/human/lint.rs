//! What `lint` found, for people.

use std::fmt::Write as _;

use super::{BAD, BOLD, DIM, GOOD, Options, count, excerpt, lint_style};
use crate::source::Sources;
use crate::{LintFinding, LintReport, LintSeverity};

/// The whole report: valid or not, then why.
#[must_use]
pub fn lint(report: &LintReport, sources: &Sources, options: Options) -> String {
    let mut out = String::new();
    let answer = if report.valid {
        options.paint(GOOD, "valid")
    } else {
        options.paint(BAD, "invalid")
    };
    // Writing into a string does not fail.
    let _ = writeln!(out, "{answer}: {}", summary(&report.findings));
    if !options.quiet {
        for finding in &report.findings {
            self::finding(&mut out, finding, sources, options);
        }
    }
    out
}

fn summary(findings: &[LintFinding]) -> String {
    let of = |severity| {
        findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    };
    let parts: Vec<String> = [
        (LintSeverity::Error, "error"),
        (LintSeverity::Warning, "warning"),
        (LintSeverity::Note, "note"),
    ]
    .into_iter()
    .filter(|(severity, _)| of(*severity) > 0)
    .map(|(severity, what)| count(of(severity), what))
    .collect();
    if parts.is_empty() {
        "nothing to say".to_owned()
    } else {
        parts.join(", ")
    }
}

fn finding(out: &mut String, finding: &LintFinding, sources: &Sources, options: Options) {
    let severity = match finding.severity {
        LintSeverity::Note => "note",
        LintSeverity::Warning => "warning",
        LintSeverity::Error => "error",
    };
    let label = options.paint(lint_style(finding.severity), severity);
    let _ = writeln!(
        out,
        "\n{label}: {} [{}]",
        options.paint(BOLD, &finding.message),
        finding.rule
    );
    excerpt::write(out, "    at", &finding.at, sources, options);
    let _ = writeln!(out, "  {} {}", options.paint(DIM, "  help"), finding.help);
}
