//! The one answer that every format gives first: may this be published, is this valid, and if not,
//! what would help.

use std::fmt;

use crate::{
    CheckReport, ContractReport, Finding, LintFinding, LintReport, LintSeverity, Obstacle,
    Perspective, Severity,
};

/// The answer of a report, in words.
pub(super) struct Answer {
    /// Whether nothing blocks.
    pub(super) good: bool,
    /// The answer: `not publishable`.
    pub(super) verdict: &'static str,
    /// Why: `1 of 3 contracts must change`.
    pub(super) summary: String,
    /// The id of each contract that blocks, with what would help.
    pub(super) remedies: Vec<(String, String)>,
}

impl Answer {
    pub(super) fn of_check(report: &CheckReport) -> Self {
        let remedies: Vec<(String, String)> = report
            .contracts
            .iter()
            .filter_map(|contract| Some((contract.id.clone(), remedy(contract)?)))
            .collect();
        let compared = report.compared.unwrap_or(report.contracts.len());
        let same = |contract: &ContractReport| contract.findings.is_empty();
        let summary = if report.contracts.iter().all(same) {
            "nothing differs".to_owned()
        } else if remedies.is_empty() {
            format!("{} compared", count(compared, "contract"))
        } else if compared > 1 {
            let all = count(compared, "contract");
            format!("{} of {all} must change", remedies.len())
        } else {
            "the contract must change".to_owned()
        };
        Self {
            good: report.publishable,
            verdict: if report.publishable {
                "publishable"
            } else {
                "not publishable"
            },
            summary,
            remedies,
        }
    }

    pub(super) fn of_lint(report: &LintReport) -> Self {
        let summary = tally(&report.findings);
        Self {
            good: report.valid,
            verdict: if report.valid { "valid" } else { "invalid" },
            summary: if summary.is_empty() {
                "nothing to say".to_owned()
            } else {
                summary
            },
            remedies: Vec::new(),
        }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.verdict, self.summary)
    }
}

/// Why a contract may not be published, and what would make it so; nothing where it may.
pub(super) fn remedy(contract: &ContractReport) -> Option<String> {
    let mut obstacles: Vec<Obstacle> = contract.obstacles().collect();
    obstacles.sort_unstable();
    let alike = obstacles.chunk_by(|a, b| a == b);
    let remedies: Vec<String> = alike
        .filter_map(|alike| Some(way_round(contract, *alike.first()?, alike.len())))
        .collect();
    (!remedies.is_empty()).then(|| remedies.join("; "))
}

/// What would help against as many findings that stand in the way alike.
fn way_round(contract: &ContractReport, obstacle: Obstacle, number: usize) -> String {
    let findings = count(number, "finding");
    match obstacle {
        Obstacle::Orphaned => {
            "consumers lose what was never retired: retire it before deleting it".to_owned()
        }
        Obstacle::Unpaid => {
            let who = match breaks(contract) {
                0 => "the contract changed".to_owned(),
                breaks => format!("consumers break ({})", count(breaks, "finding")),
            };
            format!("{who}: set `version: {}`", contract.version.required)
        }
        Obstacle::TooEarly => format!(
            "what was promised for longer goes ({findings}): keep it until its day, or waive the finding"
        ),
        Obstacle::Objection => {
            format!("governance objects ({findings}): undo, or have it approved")
        }
    }
}

/// How many findings break consumers.
fn breaks(contract: &ContractReport) -> usize {
    let breaks = |finding: &&Finding| {
        finding.perspective == Perspective::Consumer
            && finding.severity == Severity::Breaking
            && finding.waiver.is_none()
    };
    contract.findings.iter().filter(breaks).count()
}

/// "2 errors, 1 note"; empty where there is nothing.
fn tally(findings: &[LintFinding]) -> String {
    let of = |severity| {
        findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    };
    let parts: Vec<String> = [
        LintSeverity::Error,
        LintSeverity::Warning,
        LintSeverity::Note,
    ]
    .into_iter()
    .filter(|severity| of(*severity) > 0)
    .map(|severity| count(of(severity), severity.as_str()))
    .collect();
    parts.join(", ")
}

/// "1 warning", "2 warnings".
pub(super) fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
