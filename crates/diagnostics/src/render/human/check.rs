//! What `check` found, for people.

use std::fmt::Write as _;

use super::{BAD, BOLD, DIM, DOUBTFUL, GOOD, MILD, Options, count, excerpt, severity_style};
use crate::report::{Side, WaiverState};
use crate::source::Sources;
use crate::{CheckReport, ContractReport, Finding, Perspective, Severity, Verdict};

/// The whole report: may it be published, if not who breaks and what would help, then why.
#[must_use]
pub fn check(report: &CheckReport, sources: &Sources, options: Options) -> String {
    let mut out = String::new();
    headline(&mut out, report, options);
    if !options.quiet {
        for contract in &report.contracts {
            self::contract(&mut out, contract, sources, options);
        }
        exceptions(&mut out, report, options);
    }
    out
}

fn headline(out: &mut String, report: &CheckReport, options: Options) {
    let answer = if report.publishable {
        options.paint(GOOD, "publishable")
    } else {
        options.paint(BAD, "not publishable")
    };
    let compared = report.compared.unwrap_or(report.contracts.len());
    let differ = if report
        .contracts
        .iter()
        .all(|contract| contract.findings.is_empty())
    {
        "nothing differs".to_owned()
    } else {
        let blocking = report
            .contracts
            .iter()
            .filter(|contract| !remedies(contract).is_empty())
            .count();
        if blocking > 0 && compared > 1 {
            format!("{blocking} of {} must change", count(compared, "contract"))
        } else if blocking > 0 {
            "the contract must change".to_owned()
        } else {
            format!("{} compared", count(compared, "contract"))
        }
    };
    // Writing into a string does not fail.
    let _ = writeln!(out, "{answer}: {differ}");
    for contract in &report.contracts {
        let remedies = remedies(contract);
        if !remedies.is_empty() {
            let _ = writeln!(
                out,
                "  {}: {}",
                options.paint(BOLD, &contract.id),
                remedies.join("; ")
            );
        }
    }
}

/// Why a contract may not be published, and what would make it so.
fn remedies(contract: &ContractReport) -> Vec<String> {
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
    remedies
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

fn contract(out: &mut String, contract: &ContractReport, sources: &Sources, options: Options) {
    let version = |side: &Option<Side>| {
        side.as_ref()
            .map_or("nothing", |side| side.version.as_str())
            .to_owned()
    };
    let title = if contract.name == contract.id {
        contract.id.clone()
    } else {
        format!("{} ({})", contract.id, contract.name)
    };
    let _ = writeln!(
        out,
        "\n{} {} -> {}, at least {}",
        options.paint(BOLD, &title),
        version(&contract.before),
        version(&contract.after),
        contract.version.required
    );
    let verdict = &contract.verdict;
    let _ = writeln!(
        out,
        "consumer {}, producer {}, governance {}",
        verdict_text(verdict.consumer, options),
        verdict_text(verdict.producer, options),
        verdict_text(verdict.governance, options)
    );
    for finding in &contract.findings {
        self::finding(out, finding, sources, options);
    }
}

fn verdict_text(verdict: Verdict, options: Options) -> String {
    match verdict {
        Verdict::Compatible => options.paint(GOOD, "compatible"),
        Verdict::Warning => options.paint(DOUBTFUL, "warning"),
        Verdict::Breaking => options.paint(BAD, "breaking"),
    }
}

fn finding(out: &mut String, finding: &Finding, sources: &Sources, options: Options) {
    let severity = match finding.severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Breaking => "breaking",
    };
    let whom = match finding.perspective {
        Perspective::Consumer => "consumer",
        Perspective::Producer => "producer",
        Perspective::Governance => "governance",
    };
    let label = options.paint(severity_style(finding.severity), severity);
    let _ = writeln!(
        out,
        "\n{label} for {whom}: {} [{}]",
        options.paint(BOLD, &finding.message),
        finding.rule
    );
    if let Some(place) = &finding.before {
        excerpt::write(out, "before", place, sources, options);
    }
    if let Some(place) = &finding.after {
        excerpt::write(out, " after", place, sources, options);
    }
    let _ = writeln!(out, "  {} {}", options.paint(DIM, "  help"), finding.help);
    if let Some(waiver) = &finding.waiver {
        let _ = writeln!(
            out,
            "  {} by {} until {}: {}",
            options.paint(DIM, "waived"),
            waiver.owner,
            waiver.expires,
            waiver.reason
        );
    }
}

/// The waivers that do nothing, and the rules that are not judged as everywhere.
fn exceptions(out: &mut String, report: &CheckReport, options: Options) {
    for it in &report.waivers {
        let why = match it.state {
            WaiverState::Used => continue,
            WaiverState::Unused => "covers no finding: remove it".to_owned(),
            WaiverState::Expired => format!("expired on {}: renew or remove it", it.waiver.expires),
            WaiverState::Refused => format!(
                "does not count: `{}` is not among the approvers that the contract names",
                it.waiver.owner
            ),
        };
        let _ = writeln!(
            out,
            "\n{} waiver of `{}` {why}\n  {}:{}:{}",
            options.paint(DOUBTFUL, "warning:"),
            it.fingerprint.as_str(),
            it.at.file,
            it.at.line,
            it.at.column
        );
    }
    for it in &report.overrides {
        let whom = it.perspective.map_or("", |it| match it {
            Perspective::Consumer => " for consumers",
            Perspective::Producer => " for producers",
            Perspective::Governance => " for governance",
        });
        let reason = it.reason.as_ref().map(|reason| format!(": {reason}"));
        let _ = writeln!(
            out,
            "\n{} rule `{}` counts as {}{whom} here{}",
            options.paint(MILD, "note:"),
            it.rule,
            it.severity,
            reason.unwrap_or_default()
        );
    }
}
