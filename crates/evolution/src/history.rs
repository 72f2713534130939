//! The transitive modes: readers of every older version count, not only of the last.

use std::collections::HashSet;

use zonecut_contract::Contract;
use zonecut_diagnostics::{ContractReport, Finding, Perspective, Severity};

use crate::compare::{compare, mode, order, unpaid, verdicts};
use crate::rules;
use crate::settings::{Mode, Reads, Settings};
use crate::version::{self, Bump};

/// Judges a change against the last version and, in a transitive mode, against readers of every
/// older one.
///
/// What breaks readers of an older version only is added to the findings, and names that version and
/// the document it stands in.
#[must_use]
pub fn compare_with_history(
    before: Option<&Contract>,
    after: Option<&Contract>,
    history: &[&Contract],
    settings: &Settings<'_>,
) -> ContractReport {
    let mut report = compare(before, after, settings);
    let mode = mode(before, after, settings);
    let history = if mode.transitive { history } else { &[] };
    // What an older version promised for itself counts no more: one mode for the whole change.
    let settings = Settings {
        mode: Some(mode),
        ..*settings
    };
    let mut known: HashSet<(String, String)> = report
        .findings
        .iter()
        .filter(|finding| breaks_readers(finding))
        .map(place)
        .collect();
    let mut broken = false;
    for older in history {
        for finding in compare(Some(older), after, &settings).findings {
            if breaks_readers(&finding) && known.insert(place(&finding)) {
                broken |= finding.waiver.is_none();
                let message = format!(
                    "{} ({} `{}` in `{}`)",
                    finding.message,
                    whom(mode),
                    older.version,
                    older.document.file
                );
                // Storage holds the last version: what an older one asked of it is done.
                report.findings.push(Finding {
                    message,
                    targets: Vec::new(),
                    ..finding
                });
            }
        }
    }
    if let (true, Some(before), Some(after)) = (broken, before, after) {
        let advice = version::advise(&before.version, &after.version, Bump::Major);
        report
            .findings
            .retain(|finding| finding.rule != rules::VERSION_TOO_SMALL);
        report
            .findings
            .extend(unpaid(before.into(), after.into(), &advice, &settings));
        report.version.required = advice.required;
    }
    report.findings.sort_by(order);
    report.verdict = verdicts(&report.findings);
    report
}

fn breaks_readers(finding: &Finding) -> bool {
    finding.perspective == Perspective::Consumer && finding.severity == Severity::Breaking
}

/// What a finding is about, whichever older version it is seen from.
fn place(finding: &Finding) -> (String, String) {
    (finding.rule.clone(), finding.path.clone())
}

/// How the older version takes part.
fn whom(mode: Mode) -> &'static str {
    match mode.reads {
        Reads::Forward => "for readers of",
        Reads::Backward => "for data of",
        Reads::Full => "for readers or data of",
    }
}
