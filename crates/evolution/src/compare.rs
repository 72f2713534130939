//! From two versions to a report: facts, findings, verdicts, version advice.

use std::cell::OnceCell;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use zonecut_contract::Contract;
use zonecut_diagnostics::report::{Verdicts, VersionAdvice};
use zonecut_diagnostics::{ContractReport, Finding, Perspective, Severity, Verdict};

use crate::comparison::{Comparison, Findings};
use crate::diff::diff;
use crate::edition::Edition;
use crate::encoding::encoded;
use crate::fact::Fact;
use crate::rules;
use crate::settings::{Mode, Settings};
use crate::targets;
use crate::version::{self, Advice, Bump};

/// Judges what differs between two versions of a contract.
///
/// Without `before` the contract is new, without `after` it was deleted; without both there is
/// nothing to say, and the report is empty.
#[must_use]
pub fn compare(
    before: Option<&Contract>,
    after: Option<&Contract>,
    settings: &Settings<'_>,
) -> ContractReport {
    let facts = match (before, after) {
        (Some(before), Some(after)) => diff(before, after),
        _ => Vec::new(),
    };
    judge(before, after, &facts, settings)
}

/// Whether the contract may be published as it is: the version pays, nothing goes before the day it
/// was promised until, governance does not object,
/// and nobody is left with a contract that was deleted under them.
#[must_use]
pub fn publishable(report: &ContractReport) -> bool {
    report.is_publishable()
}

fn judge<'a>(
    before: Option<&'a Contract>,
    after: Option<&'a Contract>,
    facts: &'a [Fact<'a>],
    settings: &Settings<'a>,
) -> ContractReport {
    let judged = targets::judged(settings.targets, before, after);
    let holding = targets::holding(settings.targets, before, &judged);
    let impacts = targets::impacts(facts, &holding);
    let unjudged = targets::unjudged(settings.targets, before, after);
    let encoded = match (before, after) {
        (Some(before), Some(after)) => encoded(before, after),
        _ => Vec::new(),
    };
    let comparison = Comparison {
        before,
        after,
        gone: None,
        facts,
        mode: mode(before, after, settings),
        now: settings.now,
        classification: settings.classification,
        personal: before
            .into_iter()
            .chain(after)
            .any(|contract| settings.classification.holds_personal_data(contract)),
        impacts: &impacts,
        unjudged: &unjudged,
        encoded: &encoded,
        classes: OnceCell::new(),
    };
    let (before, after) = (before.map(Edition::from), after.map(Edition::from));
    let mut found = Findings::new(before, after, settings);
    found.encoded = &encoded;
    let mut findings = findings(&comparison, found);
    let advice = advice(&comparison, &findings);
    findings.name_broken_targets(&impacts);
    let targets = findings.verdicts(&judged);
    ContractReport {
        targets,
        ..report(before, after, findings.finish(), advice)
    }
}

/// What all rules say.
pub(crate) fn findings<'a>(
    comparison: &Comparison<'a>,
    mut findings: Findings<'a>,
) -> Findings<'a> {
    for rule in rules::ALL {
        findings.rule = rule.name;
        findings.category = rule.category;
        (rule.check)(comparison, &mut findings);
    }
    findings
}

/// What the findings so far ask of the version.
pub(crate) fn advice(comparison: &Comparison<'_>, findings: &Findings<'_>) -> Advice {
    match (comparison.before, comparison.after) {
        (Some(before), Some(after)) => {
            let bump = findings.bump().max(least_bump(comparison.facts));
            version::advise(&before.version, &after.version, bump)
        }
        (only, other) => Advice {
            required: only
                .or(other)
                .map(|contract| contract.version.clone())
                .unwrap_or_default(),
            pays: true,
        },
    }
}

/// Documents that differ are two versions, even where nobody needs to hear about it. The version
/// itself is the price, not the change.
pub(crate) fn least_bump(facts: &[Fact<'_>]) -> Bump {
    if facts.iter().any(|fact| fact.path != "version") {
        Bump::Patch
    } else {
        Bump::None
    }
}

/// The finding that the version does not pay for what `advice` asks.
pub(crate) fn unpaid(
    before: Edition<'_>,
    after: Edition<'_>,
    advice: &Advice,
    settings: &Settings<'_>,
) -> Option<Finding> {
    let mut findings = Findings::new(Some(before), Some(after), settings);
    findings.rule = rules::VERSION_TOO_SMALL;
    rules::report_unpaid(&mut findings, before, after, advice);
    findings.finish().pop()
}

/// The mode that a change is judged in: the one asked for, else the declared one, else forward.
#[must_use]
pub fn mode(before: Option<&Contract>, after: Option<&Contract>, settings: &Settings<'_>) -> Mode {
    let declared = || declared_mode(before, after);
    settings.mode.or_else(declared).unwrap_or(Mode::FORWARD)
}

/// The promise that the old version made; a new one can't take it back for itself, not even where
/// the old one is misspelt.
fn declared_mode(before: Option<&Contract>, after: Option<&Contract>) -> Option<Mode> {
    before
        .into_iter()
        .chain(after)
        .find_map(|contract| contract.root().custom("compatibility"))?
        .as_str()?
        .parse()
        .ok()
}

pub(crate) fn report(
    before: Option<Edition<'_>>,
    after: Option<Edition<'_>>,
    mut findings: Vec<Finding>,
    advice: Advice,
) -> ContractReport {
    let shown = after.or(before);
    let id = before.or(after).map_or("", |edition| edition.id);
    findings.sort_by(order);
    ContractReport {
        name: shown
            .and_then(|edition| edition.name)
            .unwrap_or(id)
            .to_owned(),
        before: before.map(Edition::side),
        after: after.map(Edition::side),
        verdict: verdicts(&findings),
        version: VersionAdvice {
            declared: shown.map_or_else(String::new, |edition| edition.version.to_owned()),
            required: advice.required,
        },
        targets: BTreeMap::new(),
        findings,
        id: id.to_owned(),
    }
}

/// By place, the new document's where there is one; then so that equal runs print equally.
pub(crate) fn order(one: &Finding, other: &Finding) -> Ordering {
    key(one).cmp(&key(other))
}

fn key(finding: &Finding) -> impl Ord {
    let place = finding.after.as_ref().or(finding.before.as_ref());
    (
        place.map(|place| (place.line, place.column)),
        &finding.path,
        finding.perspective,
        &finding.rule,
        &finding.message,
    )
}

/// The highest unwaived severity of each perspective.
pub(crate) fn verdicts(findings: &[Finding]) -> Verdicts {
    let of = |perspective| -> Verdict {
        let highest: Option<Severity> = findings
            .iter()
            .filter(|finding| finding.perspective == perspective && finding.waiver.is_none())
            .map(|finding| finding.severity)
            .max();
        highest.into()
    };
    Verdicts {
        consumer: of(Perspective::Consumer),
        producer: of(Perspective::Producer),
        governance: of(Perspective::Governance),
    }
}
