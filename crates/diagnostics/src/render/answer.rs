//! The one answer that every format gives first: may this be published, is this valid, and if not,
//! what would help.

use std::fmt;

use crate::{
    CheckReport, ContractReport, Finding, LintFinding, LintReport, LintSeverity, Perspective,
    Severity,
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
    let mut remedies = Vec::new();
    let breaks = breaking(contract, Perspective::Consumer);
    if contract.after.is_none() {
        if breaks > 0 {
            remedies.push(
                "consumers lose a contract that was never retired: retire it before deleting it"
                    .to_owned(),
            );
        }
    } else if unpaid(contract) {
        let who = if breaks > 0 {
            format!("consumers break ({})", count(breaks, "finding"))
        } else {
            "the contract changed".to_owned()
        };
        remedies.push(format!(
            "{who}: set `version: {}`",
            contract.version.required
        ));
    }
    let objections = breaking(contract, Perspective::Governance);
    if objections > 0 {
        remedies.push(format!(
            "governance objects ({}): undo, or have it approved",
            count(objections, "finding")
        ));
    }
    (!remedies.is_empty()).then(|| remedies.join("; "))
}

/// Whether a producer finding says that the version does not pay.
fn unpaid(contract: &ContractReport) -> bool {
    contract
        .findings
        .iter()
        .any(|finding| finding.path == "version" && blocks(finding, Perspective::Producer))
}

fn breaking(contract: &ContractReport, perspective: Perspective) -> usize {
    contract
        .findings
        .iter()
        .filter(|finding| blocks(finding, perspective))
        .count()
}

fn blocks(finding: &Finding, perspective: Perspective) -> bool {
    finding.perspective == perspective
        && finding.severity == Severity::Breaking
        && finding.waiver.is_none()
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
