//! Changes of real DNS schemas that hurt, or did not hurt, real readers: each is found.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use zonecut_diagnostics::Verdict::{self, Breaking as B, Compatible as C, Warning as W};
use zonecut_diagnostics::{ContractReport, Perspective};
use zonecut_evolution::compare;

use crate::support::{read, settings, vectors};

/// An event, the verdicts for consumer, producer and governance, and rules that must speak.
type Event = (&'static str, [Verdict; 3], &'static [&'static str]);

#[rustfmt::skip]
const EVENTS: &[Event] = &[
    ("01", [B, C, C], &["property-removed"]),
    ("02", [B, C, C], &["property-optional"]),
    ("03", [B, B, C], &["enum-value-added", "description-changed", "version-too-small"]),
    ("04", [C, C, C], &["property-added"]),
    ("06", [C, C, C], &["property-added"]),
    ("08", [B, C, C], &["property-removed", "property-added"]),
    ("09", [B, C, C], &["enum-value-added"]),
    ("11-rename", [B, B, C], &["property-renamed", "version-too-small"]),
    ("11-removal", [B, B, C], &["property-removed", "version-too-small"]),
    ("12", [B, B, C], &["property-optional", "version-too-small"]),
    ("13", [B, C, C], &["property-removed", "property-added"]),
    ("16", [B, B, C], &["property-removed", "property-added", "version-too-small"]),
    ("17", [B, C, C], &["property-removed", "property-added"]),
    ("18", [B, B, C], &["type-changed", "version-too-small"]),
    ("19", [B, B, C], &["type-changed", "server-changed", "version-too-small"]),
    ("22", [B, C, C], &["property-removed"]),
    ("23", [B, C, C], &["property-removed", "property-added"]),
    ("24", [B, B, C], &["type-changed"]),
    ("26", [B, C, C], &["property-removed"]),
    ("27", [B, B, C], &["type-changed", "property-added"]),
    ("29", [B, B, C], &["type-changed", "version-too-small"]),
    ("31", [B, B, C], &["property-renamed", "type-changed", "version-too-small"]),
    ("32", [B, B, C], &["type-changed", "version-too-small"]),
    ("34", [B, B, C], &["type-changed", "version-too-small"]),
    ("36", [C, C, B], &["property-added", "personal-data-added"]),
    ("37", [B, B, C], &["enum-value-added", "enum-value-removed", "version-too-small"]),
    ("38", [B, C, C], &["physical-name-changed", "server-changed"]),
    ("39", [C, C, C], &["property-added"]),
    ("41-addition", [C, C, C], &["property-added"]),
    ("41-removal", [B, B, C], &["property-removed", "version-too-small"]),
    ("43", [B, B, C], &["property-removed", "property-added", "version-too-small"]),
    ("44", [B, B, C], &["type-changed", "version-too-small"]),
    ("46", [B, B, C], &["property-renamed", "type-changed", "property-removed", "primary-key-changed"]),
    ("47", [B, C, C], &["sla-weakened", "property-removed"]),
    ("48", [C, B, C], &["property-added", "version-too-small"]),
];

/// Events that are no change from one version of a contract to another: see `docs/conformance.md`.
const INEXPRESSIBLE: [&str; 1] = ["33"];

fn folder(event: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/dns_events")
        .join(event)
}

fn report(event: &str) -> ContractReport {
    let side = |name: &str| read(&folder(event).join(format!("{name}.odcs.yaml"))).unwrap();
    compare(Some(&side("before")), Some(&side("after")), &settings())
}

fn verdicts(report: &ContractReport) -> [Verdict; 3] {
    Perspective::ALL.map(|perspective| match perspective {
        Perspective::Consumer => report.verdict.consumer,
        Perspective::Producer => report.verdict.producer,
        Perspective::Governance => report.verdict.governance,
    })
}

#[test]
fn every_event_is_found_with_its_verdict() {
    let mut wrong = Vec::new();
    for (event, wanted, rules) in EVENTS {
        let report = report(event);
        let found: BTreeSet<&str> = report
            .findings
            .iter()
            .map(|found| found.rule.as_str())
            .collect();
        let silent: Vec<_> = rules
            .iter()
            .filter(|rule| !found.contains(**rule))
            .collect();
        let got = verdicts(&report);
        if got != *wanted || !silent.is_empty() {
            wrong.push(format!(
                "{event}: {got:?}, not {wanted:?}; {found:?} lacks {silent:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn lost_names_are_traced_to_their_successors() {
    for (event, old, new) in [
        ("17", "dns_queries.qname", "dns_queries.dns_qname"),
        ("17", "dns_queries.rcode", "dns_queries.dns_rcode"),
        (
            "22",
            "message.timestamp-rfc3339",
            "message.timestamp-rfc3339ns",
        ),
        (
            "26",
            "message.reducer.occurences",
            "message.reducer.occurrences",
        ),
    ] {
        let report = report(event);
        let removed = report
            .findings
            .iter()
            .find(|found| found.path == old)
            .unwrap();
        assert!(
            removed
                .help
                .contains(&format!("if `{new}` is its new name")),
            "{event}: {}",
            removed.help
        );
    }
}

/// Every row of the list is either a case here or stated not to be one, and agrees about harm.
#[test]
fn no_event_is_forgotten() {
    let Some(folder) = vectors("dns") else {
        return;
    };
    let text = std::fs::read_to_string(folder.join("evolution-events.tsv")).unwrap();
    let mut missing = Vec::new();
    for line in text.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let (id, broke) = (format!("{:0>2}", columns[0]), columns[6]);
        let cases: Vec<_> = EVENTS
            .iter()
            .filter(|(event, ..)| event.split('-').next() == Some(&id))
            .collect();
        if cases.is_empty() && !INEXPRESSIBLE.contains(&id.as_str()) {
            missing.push(id.clone());
        }
        let harmed = broke.starts_with("yes") || broke == "silently";
        let breaking = cases.iter().any(|(_, verdicts, _)| verdicts[0] == B);
        let spoken = cases
            .iter()
            .any(|(_, verdicts, _)| verdicts.contains(&B) || verdicts.contains(&W));
        assert!(
            cases.is_empty() || !harmed || breaking,
            "{id} hurt readers: {broke}"
        );
        assert!(!broke.starts_with("breaks") || spoken, "{id}: {broke}");
    }
    assert!(missing.is_empty(), "{missing:?}");
}
