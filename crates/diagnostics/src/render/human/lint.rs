//! What `lint` found, for people.

use std::fmt::Write as _;

use super::{BAD, BOLD, DIM, GOOD, Options, excerpt, lint_style};
use crate::render::answer::Answer;
use crate::source::Sources;
use crate::text::plain;
use crate::{LintFinding, LintReport};

/// The whole report: valid or not, then why.
#[must_use]
pub fn lint(report: &LintReport, sources: &Sources, options: Options) -> String {
    let mut out = String::new();
    let answer = Answer::of_lint(report);
    let style = if answer.good { GOOD } else { BAD };
    let verdict = options.paint(style, answer.verdict);
    // Writing into a string does not fail.
    let _ = writeln!(out, "{verdict}: {}", answer.summary);
    if !options.quiet {
        for finding in &report.findings {
            self::finding(&mut out, finding, sources, options);
        }
    }
    out
}

fn finding(out: &mut String, finding: &LintFinding, sources: &Sources, options: Options) {
    let label = options.paint(lint_style(finding.severity), finding.severity.as_str());
    let _ = writeln!(
        out,
        "\n{label}: {} [{}]",
        options.paint(BOLD, &plain(&finding.message)),
        finding.rule
    );
    excerpt::write(out, "    at", &finding.at, sources, options);
    let _ = writeln!(
        out,
        "  {} {}",
        options.paint(DIM, "  help"),
        plain(&finding.help)
    );
}
