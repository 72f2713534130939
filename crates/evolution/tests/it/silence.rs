//! What means the same is silence, or at most a note that it is written otherwise.

use std::collections::BTreeSet;

use zonecut_diagnostics::Severity;
use zonecut_evolution::{FactKind, compare, diff};

use crate::support::{contract, found, settings, short, with, with_property};

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

/// Two properties that say the same in other words: at most notes that they do.
fn is_respelled(one: &str, other: &str) {
    for (before, after) in [(one, other), (other, one)] {
        let findings = found(&with_property(before), &with_property(after));
        let rules: Vec<_> = short(&findings).into_iter().map(|it| it.0).collect();
        assert_eq!(rules, ["respelled"], "{before} -> {after}: {findings:#?}");
    }
}

#[test]
fn units_have_many_spellings() {
    let unit = |name: &str| format!("customProperties: [{{property: unit, value: '{name}'}}]");
    let mut tried = BTreeSet::new();
    for (symbol, spellings) in [
        ("ns", &["nanosecond", "nanoseconds", "NS"][..]),
        ("us", &["microseconds", "\u{b5}s", "\u{3bc}s"]),
        ("ms", &["milliseconds", "millisecond", "millis", "msec"]),
        ("s", &["second", "seconds", "sec", "secs"]),
        ("min", &["minute", "minutes", "mins"]),
        ("h", &["hour", "hours", "hr", "hrs"]),
        ("d", &["day", "days"]),
        ("bits", &["bit", "Bits"]),
        ("octets", &["octet", "byte", "bytes", "Bytes "]),
        ("count", &["Count"]),
        ("hops", &["hop"]),
        ("ratio", &["Ratio"]),
        ("percent", &["%", "pct", "percentage"]),
        ("permille", &["\u{2030}"]),
        (
            "queries/s",
            &["qps", "queries per second", "queries/second"],
        ),
        ("packets/s", &["pps", "packets/sec"]),
        ("bits/s", &["bps", "bit/s", "bits per second"]),
        ("octets/s", &["bytes/s", "byte/s", "bytes per second"]),
    ] {
        for spelling in spellings {
            is_respelled(&unit(symbol), &unit(spelling));
        }
        tried.insert(symbol);
    }
    let all: BTreeSet<&str> = zonecut_dns::units().map(|unit| unit.name).collect();
    assert_eq!(tried, all, "a unit is not tried");
    let turned = found(
        &with_property(&unit("ms")),
        &with_property(&unit("seconds")),
    );
    assert_eq!(turned[0].rule, "unit-changed");
    let unknown = found(&with_property(&unit("m")), &with_property(&unit("min")));
    assert_eq!(unknown[0].rule, "unit-changed");
}

#[test]
fn zones_have_many_names() {
    let zone = |name: &str| {
        format!("logicalType: timestamp, logicalTypeOptions: {{defaultTimezone: '{name}'}}")
    };
    for name in [
        "Etc/UTC",
        "etc/utc",
        "Z",
        "GMT",
        "+00:00",
        "-00:00",
        "+0000",
        "+00",
        "Etc/GMT",
        "Etc/GMT+0",
        "Zulu",
        "Universal",
        "Greenwich",
        "UTC+0",
        "UTC+00:00",
    ] {
        is_respelled(&zone("UTC"), &zone(name));
    }
    for (one, other) in [
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("US/Eastern", "America/New_York"),
        ("Brazil/East", "America/Sao_Paulo"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("+02:00", "UTC+2"),
        // The sign of POSIX.
        ("+02:00", "Etc/GMT-2"),
    ] {
        is_respelled(&zone(one), &zone(other));
    }
    let unstated = "logicalType: timestamp, logicalTypeOptions: {format: yyyy}";
    let stated = "logicalType: timestamp, logicalTypeOptions: {format: yyyy, defaultTimezone: UTC}";
    is_respelled(unstated, stated);
    for (one, other) in [
        ("UTC", "Europe/London"),
        ("Etc/GMT-2", "-02:00"),
        ("Europe/Berlin", "Europe/Stockholm"),
        ("UTC", "nowhere"),
    ] {
        let findings = found(&with_property(&zone(one)), &with_property(&zone(other)));
        assert_eq!(findings[0].rule, "constraint-changed", "{one} {other}");
    }
}

#[test]
fn a_tag_or_a_class_in_other_letters_is_the_same() {
    is_respelled("tags: [PII]", "tags: [pii]");
    is_respelled("tags: [Dns, PII]", "tags: [pii, Dns]");
    is_respelled("tags: [Resolver]", "tags: [RESOLVER]");
    is_respelled(
        "classification: Restricted",
        "classification: ' restricted'",
    );
    is_respelled("classification: Tier-2", "classification: TIER-2");
    let doubled = found(
        &with_property("tags: [PII, pii]"),
        &with_property("tags: [pii]"),
    );
    assert_eq!(short(&doubled).len(), 1, "{doubled:#?}");
    assert_eq!(doubled[0].severity, Severity::Note, "{doubled:#?}");
    let gained = found(
        &with_property("tags: [pii]"),
        &with_property("tags: [PII, pii]"),
    );
    assert_eq!(gained[0].severity, Severity::Note, "{gained:#?}");
}

#[test]
fn a_query_is_its_words() {
    let rule = |query: &str, extra: &str| {
        let query = serde_json::to_string(query).unwrap();
        format!("quality: [{{type: sql, query: {query}, mustBe: 0{extra}}}]")
    };
    for other in [
        "SELECT COUNT(*) FROM q WHERE a = 'x  Y'\n",
        "SELECT COUNT(*)\nFROM q\n  WHERE a = 'x  Y'",
        "select count(*) from q where a = 'x  Y'",
        "select  count ( * )  from q where a='x  Y'",
        "SELECT COUNT(*) -- all of them\nFROM q WHERE a = 'x  Y'",
        "SELECT /* all */ COUNT(*) FROM q WHERE a = 'x  Y'",
        "SELECT COUNT(*) FROM q WHERE a = 'x  Y';",
    ] {
        let query = "SELECT COUNT(*) FROM q WHERE a = 'x  Y'";
        is_respelled(&rule(query, ""), &rule(other, ""));
        is_respelled(&rule(query, ", name: n"), &rule(other, ", name: n"));
    }
    for other in [
        "SELECT COUNT(*) FROM q WHERE a = 'x Y'",
        "SELECT COUNT(*) FROM q WHERE a = 'x  y'",
        "SELECT COUNT(*) FROM Q WHERE a = 'x  Y'",
        "SELECT COUNT(*) FROM \"q\" WHERE a = 'x  Y'",
        "SELECT COUNT(*) FROM q WHERE a = 'x  Y' OR 1",
    ] {
        let query = "SELECT COUNT(*) FROM q WHERE a = 'x  Y'";
        let findings = found(
            &with_property(&rule(query, ", name: n")),
            &with_property(&rule(other, ", name: n")),
        );
        assert_eq!(findings[0].rule, "quality-rule-changed", "{other}");
    }
    // What no dialect reads, and what dialects read differently, is compared by its blanks at most.
    is_respelled(
        &rule("it''s  \"open", ", name: n"),
        &rule(" it''s  \"open\n", ", name: n"),
    );
    let findings = found(
        &with_property(&rule("SELECT 'a\\'  B', 'c\\'d'", ", name: n")),
        &with_property(&rule("SELECT 'a\\' B', 'c\\'d'", ", name: n")),
    );
    assert_eq!(findings[0].rule, "quality-rule-changed");
    is_respelled("transformLogic: lower(a)", "transformLogic: LOWER( a )");
}

#[test]
fn a_path_is_one_line_and_short() {
    let rule = |bound: u32| {
        let query =
            "SELECT COUNT(*)\\n  FROM q WHERE a IS NULL AND b IS NULL AND c IS NULL AND d IS NULL";
        with_property(&format!(
            "quality: [{{type: sql, query: \"{query}\", mustBeLessThan: {bound}}}]"
        ))
    };
    let findings = found(&rule(1), &rule(2));
    assert_eq!(
        findings[0].path,
        "queries.it.quality[SELECT COUNT(*) FROM q WHERE a IS NULL AND b IS NULL AND c I…]"
    );
}

#[test]
fn a_check_in_another_language_is_its_lines() {
    let rule = |text: &str| {
        let text = serde_json::to_string(text).unwrap();
        format!("quality: [{{type: custom, engine: soda, implementation: {text}, mustBe: 0}}]")
    };
    is_respelled(&rule("checks:\n  - a"), &rule("checks:  \n  - a\n"));
    let findings = found(
        &with_property(&rule("checks:\n  - a")),
        &with_property(&rule("checks:\n- a")),
    );
    assert_eq!(findings[0].rule, "quality-rule-changed");
}

#[test]
fn modes_regions_and_percentages_have_several_spellings() {
    let custom = |property: &str, value: &str| {
        with(&format!(
            "customProperties: [{{property: {property}, value: {value}}}]\n"
        ))
    };
    let server = |keys: &str| {
        let personal = "schema: [{name: q, tags: [pii]}]\n";
        with(&format!(
            "{personal}servers: [{{server: lake, type: glue, account: a, database: d, format: f, {keys}}}]\n"
        ))
    };
    let region = |name: &str| {
        server(&format!(
            "customProperties: [{{property: region, value: {name}}}]"
        ))
    };
    let unit = |name: &str| {
        with_property(&format!(
            "quality: [{{metric: nullValues, mustBeLessThan: 5, unit: '{name}'}}]"
        ))
    };
    for (before, after) in [
        (
            custom("compatibility", "forward-transitive"),
            custom("compatibility", "FORWARD_TRANSITIVE"),
        ),
        (
            custom("noticePeriod", "P30D"),
            custom("noticePeriod", "PT720H"),
        ),
        (region("br"), region("BR")),
        (unit("percent"), unit("%")),
        (unit("percent"), unit("Percentage")),
    ] {
        let findings = found(&before, &after);
        let rules: Vec<_> = short(&findings).into_iter().map(|it| it.0).collect();
        assert_eq!(rules, ["respelled"], "{after}: {findings:#?}");
    }
}

#[test]
fn blanks_between_the_fields_of_a_schedule_say_nothing() {
    let scheduled = |schedule: &str| {
        format!(
            "apiVersion: v3.1.0\nkind: DataContract\nid: q\nversion: 1.0.0\nstatus: active\nslaProperties:\n  - {{property: frequency, value: 1, unit: d, scheduler: cron, schedule: {schedule:?}}}\nschema:\n  - name: o\n    quality:\n      - {{metric: rowCount, mustBe: 1, scheduler: cron, schedule: {schedule:?}}}\n"
        )
    };
    is_silent(
        &scheduled("0 20 * * *"),
        &scheduled(" 0  20 * * * "),
        "cron",
    );
}

/// ODCS 3.1 calls `metric` what 3.0 called `rule`, and counts duplicates by another name.
#[test]
fn a_rule_of_the_library_is_its_metric() {
    let with_rules = |version: &str, object: &str, property: &str| {
        format!(
            "apiVersion: {version}\nkind: DataContract\nid: q\nversion: 1.0.0\nstatus: active\nschema:\n  - name: o\n    quality:\n      - {{{object}, mustBeGreaterThan: 10}}\n    properties:\n      - name: a\n        quality:\n          - {{{property}, mustBeLessThan: 10, unit: rows}}\n"
        )
    };
    let old = |version| {
        with_rules(
            version,
            "type: library, rule: rowCount",
            "rule: duplicateCount",
        )
    };
    let new = |version| with_rules(version, "metric: rowCount", "metric: duplicateValues");
    is_silent(&old("v3.0.2"), &new("v3.0.2"), "`rule` is `metric`");
    is_silent(&new("v3.0.2"), &old("v3.0.2"), "and the other way round");
    let other = with_rules("v3.0.2", "metric: rowCount", "metric: nullValues");
    let (old, other) = (
        contract("before", &old("v3.0.2")),
        contract("after", &other),
    );
    let loud = compare(Some(&old), Some(&other), &settings());
    assert!(
        loud.findings
            .iter()
            .any(|it| it.rule == "quality-rule-removed"),
        "{loud:#?}"
    );
}
