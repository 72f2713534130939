//! Which way is better for a service level, whatever its unit.

use zonecut_diagnostics::Perspective::{self, Consumer, Producer};
use zonecut_diagnostics::Severity::{self, Breaking, Note, Warning};

use crate::support::{found, with};

/// What readers and writers hear when a service level turns from one promise into the other.
fn judged(property: &str, before: &str, after: &str) -> Vec<(String, Perspective, Severity)> {
    let document = |promise: &str| {
        with(&format!(
            "slaProperties: [{{property: {property}, {promise}}}]\n"
        ))
    };
    let findings = found(&document(before), &document(after)).into_iter();
    findings
        .filter(|finding| finding.perspective != Perspective::Governance)
        .map(|finding| (finding.rule, finding.perspective, finding.severity))
        .collect()
}

fn weakened() -> Vec<(String, Perspective, Severity)> {
    vec![("sla-weakened".to_owned(), Consumer, Breaking)]
}

fn strengthened() -> Vec<(String, Perspective, Severity)> {
    vec![("sla-strengthened".to_owned(), Producer, Warning)]
}

#[test]
fn each_kind_of_amount_has_its_own_better() {
    for (property, better, worse) in [
        ("frequency", "value: 1, unit: h", "value: 1, unit: d"),
        (
            "frequency",
            "value: 24, unit: per day",
            "value: 1, unit: per day",
        ),
        ("frequency", "value: 24, unit: 1/d", "value: 1, unit: 1/d"),
        (
            "frequency",
            "value: 24, unit: times/day",
            "value: 1, unit: times/day",
        ),
        ("frequency", "value: 24, unit: /d", "value: 1, unit: /d"),
        (
            "frequency",
            "value: 24, unit: updates per day",
            "value: 1, unit: d",
        ),
        ("frequency", "value: 2, unit: Hz", "value: 1, unit: Hz"),
        ("frequency", "value: 2, unit: per hour", "value: 2, unit: d"),
        ("latency", "value: 1, unit: s", "value: 1, unit: min"),
        ("latency", "value: 1", "value: 2"),
        ("freshness", "value: 1, unit: h", "value: 1, unit: d"),
        ("timeToRepair", "value: 1, unit: h", "value: 1, unit: d"),
        ("timeOfAvailability", "value: '08:00'", "value: '09:00'"),
        (
            "generalAvailability",
            "value: '2026-01-01'",
            "value: '2026-02-01'",
        ),
        (
            "errorRate",
            "value: 1, unit: percent",
            "value: 2, unit: percent",
        ),
        (
            "errorRate",
            "value: 1, unit: errors/day",
            "value: 2, unit: errors/h",
        ),
        (
            "errorRate",
            "value: 3, unit: errors",
            "value: 4, unit: errors",
        ),
        (
            "availability",
            "value: 99.9, unit: percent",
            "value: 0.99, unit: ratio",
        ),
        ("availability", "value: 99.9", "value: 99"),
        (
            "throughput",
            "value: 100, unit: queries/s",
            "value: 100, unit: queries/min",
        ),
        (
            "throughput",
            "value: 1, unit: octets/s",
            "value: 7, unit: bits/s",
        ),
        (
            "completeness",
            "value: 99, unit: '%'",
            "value: 98, unit: '%'",
        ),
        ("accuracy", "value: 99, unit: '%'", "value: 98, unit: '%'"),
        ("retention", "value: 1, unit: y", "value: 11, unit: months"),
        (
            "retention",
            "value: 2, unit: octets",
            "value: 1, unit: octets",
        ),
        ("endOfSupport", "value: '2030-01-01'", "value: '2029-01-01'"),
        ("endOfLife", "value: 3, unit: y", "value: 2, unit: y"),
        ("noticePeriod", "value: P30D", "value: P14D"),
    ] {
        assert_eq!(
            judged(property, better, worse),
            weakened(),
            "{property} {better} {worse}"
        );
        assert_eq!(
            judged(property, worse, better),
            strengthened(),
            "{property} {worse} {better}"
        );
    }
}

#[test]
fn an_amount_of_another_kind_has_no_better() {
    for (property, one, other) in [
        ("frequency", "value: 1", "value: 24"),
        (
            "frequency",
            "value: 1, unit: moons",
            "value: 2, unit: moons",
        ),
        ("latency", "value: 1, unit: hops", "value: 2, unit: hops"),
        (
            "latency",
            "value: 1, unit: per day",
            "value: 2, unit: per day",
        ),
        (
            "freshness",
            "value: 98, unit: percent",
            "value: 99, unit: percent",
        ),
        ("availability", "value: 1, unit: d", "value: 2, unit: d"),
        ("availability", "value: '08:00'", "value: '09:00'"),
        ("errorRate", "value: 1, unit: d", "value: 2, unit: d"),
        ("throughput", "value: 1, unit: d", "value: 2, unit: d"),
        ("completeness", "value: 1, unit: d", "value: 2, unit: d"),
        (
            "retention",
            "value: 98, unit: percent",
            "value: 99, unit: percent",
        ),
        (
            "endOfSupport",
            "value: 98, unit: percent",
            "value: 99, unit: percent",
        ),
    ] {
        for (before, after) in [(one, other), (other, one)] {
            assert_eq!(
                judged(property, before, after),
                [("sla-changed".to_owned(), Consumer, Warning)],
                "{property} {before} {after}"
            );
        }
    }
}

#[test]
fn as_often_is_the_same() {
    for (property, one, other) in [
        ("frequency", "value: 24, unit: per day", "value: 1, unit: h"),
        (
            "frequency",
            "value: 24, unit: times/day",
            "value: 1, unit: per hour",
        ),
        (
            "throughput",
            "value: 1, unit: queries/s",
            "value: 60, unit: queries/min",
        ),
        (
            "throughput",
            "value: 1, unit: octets/s",
            "value: 8, unit: bits/s",
        ),
        (
            "throughput",
            "value: 5, unit: qps",
            "value: 5, unit: queries/second",
        ),
    ] {
        let found = judged(property, one, other);
        assert!(
            !found.is_empty()
                && found
                    .iter()
                    .all(|(rule, _, severity)| rule == "respelled" && *severity == Note),
            "{property} {one} {other} {found:?}"
        );
    }
}
