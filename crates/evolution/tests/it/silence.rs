//! What means the same is silence, or at most a note that it is written otherwise.

use zonecut_diagnostics::Severity;
use zonecut_evolution::{FactKind, compare, diff};

use crate::support::{contract, settings};

const BASE: &str = include_str!("../probes/base.odcs.yaml");

/// Documents that differ in what is written, never in what is meant.
fn is_silent(before: &str, after: &str, what: &str) {
    let (before, after) = (contract("before", before), contract("after", after));
    let facts = diff(&before, &after);
    assert!(
        facts.iter().all(|fact| fact.kind == FactKind::Respelled),
        "{what}: {facts:#?}"
    );
    let report = compare(Some(&before), Some(&after), &settings());
    let loud = report
        .findings
        .iter()
        .find(|finding| finding.severity > Severity::Note && finding.rule != "version-too-small");
    assert!(loud.is_none(), "{what}: {loud:#?}");
}

/// The same document, byte for byte another one.
fn is_no_fact(before: &str, after: &str, what: &str) {
    assert_ne!(before, after, "{what}");
    let (before, after) = (contract("before", before), contract("after", after));
    let facts = diff(&before, &after);
    assert!(facts.is_empty(), "{what}: {facts:#?}");
}

#[test]
fn another_notation_is_no_fact() {
    let json = contract("base", BASE).root().to_json().to_string();
    is_no_fact(BASE, &json, "JSON");
    is_no_fact(
        BASE,
        &BASE.replace("    tags: [raw]\n", "    tags:\n      - raw\n"),
        "block style",
    );
    is_no_fact(
        BASE,
        &BASE.replace("name: Recursive queries", "name: 'Recursive queries'"),
        "quotes",
    );
    is_no_fact(
        BASE,
        &BASE.replace("status: active\n", "status: active # since May\n"),
        "comments",
    );
    let moved = BASE.replace("domain: resolvers\n", "") + "domain: resolvers\n";
    is_no_fact(BASE, &moved, "the order of keys");
}

#[test]
fn the_order_of_what_has_a_name_is_no_fact() {
    for (one, other) in [
        (
            "  - role: operator\n    access: write\n    firstLevelApprovers: head of operations\n    secondLevelApprovers: privacy office\n",
            "  - role: auditor\n    access: read\n",
        ),
        (
            "  - property: errorRate\n    value: 1\n    unit: percent\n",
            "  - property: timeOfAvailability\n    value: 09:00-03:00\n    driver: regulatory\n",
        ),
        (
            "  - channel: help\n    tool: slack\n    url: https://chat.example.net/help\n",
            "  - channel: announcements\n    url: mailto:dns@example.net\n",
        ),
        (
            "          - value: 0\n            label: NOERROR\n",
            "          - value: 3\n            label: NXDOMAIN\n",
        ),
        (
            "      - name: few-refused\n        type: sql\n        query: select count(*) from queries where rcode = 5\n        mustBeLessThan: 100\n",
            "      - name: engine-check\n        type: custom\n        engine: soda\n        implementation: checks for queries\n",
        ),
    ] {
        let swapped = BASE.replace(&format!("{one}{other}"), &format!("{other}{one}"));
        is_no_fact(BASE, &swapped, one);
    }
}

#[test]
fn the_team_of_3_0_is_the_team_of_3_1() {
    let document = |version: &str, team: &str| {
        format!(
            "apiVersion: {version}\nkind: DataContract\nid: c\nversion: 1.0.0\nstatus: active\n{team}"
        )
    };
    let member = "username: ana\n    role: Owner\n";
    let old = document("v3.1.0", &format!("team:\n  - {member}"));
    let new = document("v3.1.0", &format!("team:\n  members:\n  - {member}"));
    is_no_fact(&old, &new, "team");
    is_no_fact(&new, &old, "team");
}

#[test]
fn equal_amounts_and_moments_are_silence() {
    for (old, new) in [
        ("value: 24\n    unit: h", "value: 1\n    unit: d"),
        ("value: 24\n    unit: h", "value: 1440\n    unit: m"),
        ("value: 24\n    unit: h", "value: 24\n    unit: hours"),
        ("value: 24\n    unit: h", "value: '24'\n    unit: h"),
        ("value: 30\n    unit: d", "value: 30\n    unit: days"),
        (
            "value: 99.9\n    unit: percent",
            "value: 99.90\n    unit: '%'",
        ),
        (
            "value: 1\n    unit: percent",
            "value: 0.01\n    unit: ratio",
        ),
        ("09:00-03:00", "12:00Z"),
        ("2030-01-01T00:00:00Z", "2029-12-31T21:00:00-03:00"),
        ("value: P90D", "value: P12W6D"),
        ("2026-01-15T02:59:43Z", "2026-01-15T02:59:43+00:00"),
        ("maximum: 4095", "exclusiveMaximum: 4096"),
        ("mustBeGreaterThan: 1000", "mustBeGreaterOrEqualTo: 1001"),
    ] {
        assert!(BASE.contains(old), "{old}");
        is_silent(BASE, &BASE.replacen(old, new, 1), new);
    }
}

#[test]
fn spelling_and_spelled_out_defaults_are_silence() {
    for (old, new) in [
        ("decimal(10,3)", "DECIMAL (10, 3)"),
        ("timestamp(3)", "TIMESTAMP(3)"),
        ("physicalType: int\n", "physicalType: INTEGER\n"),
        ("status: active", "status: Active"),
        ("classification: internal", "classification: Internal"),
        ("tenant: Example", "tenant: EXAMPLE"),
        (
            "      - id: rcode\n",
            "      - id: rcode\n        required: false\n        unique: false\n        primaryKey: false\n        primaryKeyPosition: -1\n        partitioned: false\n        partitionKeyPosition: -1\n        criticalDataElement: false\n        deprecated: false\n        semanticType: column\n        tags: []\n",
        ),
        (
            "        name: rcode\n",
            "        name: rcode\n        physicalName: rcode\n",
        ),
        (
            "          maxItems: 64\n",
            "          maxItems: 64\n          minItems: 0\n",
        ),
        (
            "          dimensions: 384\n",
            "          dimensions: 384\n          elementType: float32\n          normalized: false\n",
        ),
        (
            "          - to: sites.name\n",
            "          - to: sites.name\n            type: foreignKey\n",
        ),
        (
            "      - metric: rowCount\n",
            "      - metric: rowCount\n        type: library\n",
        ),
        ("    host: pg.example.net\n", "    host: PG.Example.net\n"),
    ] {
        assert!(BASE.contains(old), "{old}");
        let other = BASE.replacen(old, new, 1);
        is_silent(BASE, &other, new);
        is_silent(&other, BASE, new);
    }
}

#[test]
fn adopting_an_id_is_silence() {
    for (old, new) in [
        (
            "      - name: name\n",
            "      - id: name_id\n        name: name\n",
        ),
        (
            "  - role: auditor\n",
            "  - id: auditor_id\n    role: auditor\n",
        ),
        (
            "  - property: gentleness\n",
            "  - id: gentle_id\n    property: gentleness\n",
        ),
        (
            "      - name: engine-check\n",
            "      - id: engine_id\n        name: engine-check\n",
        ),
    ] {
        let (before, after) = (
            contract("before", BASE),
            contract("after", &BASE.replacen(old, new, 1)),
        );
        let report = compare(Some(&before), Some(&after), &settings());
        let rules: Vec<_> = report
            .findings
            .iter()
            .map(|found| found.rule.as_str())
            .collect();
        assert_eq!(rules, ["version-too-small"], "{new}");
    }
}
