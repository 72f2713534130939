//! Promises over time: sunsets, and readers of every older version.

use zonecut_contract::Contract;
use zonecut_diagnostics::{Severity, Verdict};
use zonecut_evolution::{Settings, compare, compare_with_history, publishable};

use crate::support::contract;

/// A contract with a property that is announced to end, in an object that is not.
fn queries(version: &str, more: &str, properties: &str) -> Contract {
    contract(
        version,
        &format!(
            "apiVersion: v3.1.0\nkind: DataContract\nid: c\nversion: {version}\nstatus: active\n{more}schema:\n  - name: queries\n    properties:\n      - name: qname\n{properties}"
        ),
    )
}

const ENDS: &str =
    "      - name: rcode\n        customProperties: [{property: sunset, value: '2026-06-30'}]\n";

fn on(day: &str) -> Settings<'static> {
    Settings::at(format!("{day}T12:00:00Z").parse().unwrap())
}

#[test]
fn removal_before_the_sunset_is_refused_and_after_it_what_was_promised() {
    let (before, after) = (queries("1.0.0", "", ENDS), queries("2.0.0", "", ""));
    let early = compare(Some(&before), Some(&after), &on("2026-06-29"));
    assert_eq!(early.verdict.consumer, Verdict::Breaking);
    assert!(
        !publishable(&early),
        "a major version pays for no broken promise"
    );
    let late = compare(
        Some(&before),
        Some(&queries("1.0.1", "", "")),
        &on("2026-06-30"),
    );
    assert_eq!(late.verdict.consumer, Verdict::Compatible);
    assert_eq!(late.version.required, "1.0.1");
    assert!(publishable(&late));
}

#[test]
fn a_draft_promises_nobody_a_day() {
    let draft = |properties| {
        let text = queries("1.0.0", "", properties).document.text;
        contract("draft", &text.replace("active", "draft"))
    };
    let after = draft("").document.text.replace("1.0.0", "1.0.1");
    let report = compare(
        Some(&draft(ENDS)),
        Some(&contract("after", &after)),
        &on("2026-01-01"),
    );
    assert!(publishable(&report), "{report:#?}");
}

#[test]
fn the_sunset_of_an_object_covers_what_is_in_it() {
    let object = |property: &str| {
        contract(
            "c",
            &format!(
                "apiVersion: v3.1.0\nkind: DataContract\nid: c\nversion: 1.0.0\nstatus: active\nschema:\n  - name: queries\n    customProperties: [{{property: sunset, value: '2026-06-30'}}]\n    properties:\n      - name: qname\n{property}"
            ),
        )
    };
    let (before, after) = (object("      - name: rcode\n"), object(""));
    let rules = |day: &str| -> Vec<(String, Severity)> {
        let report = compare(Some(&before), Some(&after), &on(day));
        let findings = report
            .findings
            .into_iter()
            .filter(|found| found.path == "queries.rcode");
        findings.map(|found| (found.rule, found.severity)).collect()
    };
    assert_eq!(
        rules("2026-01-01"),
        [
            ("property-removed".to_owned(), Severity::Breaking),
            ("removed-before-sunset".to_owned(), Severity::Breaking)
        ]
    );
    assert_eq!(
        rules("2026-07-01"),
        [("property-removed".to_owned(), Severity::Note)]
    );
}

#[test]
fn the_sunset_of_a_contract_is_when_it_may_retire() {
    const SUNSET: &str = "customProperties: [{property: sunset, value: '2026-06-30'}]\n";
    let before = queries("1.0.0", SUNSET, "");
    let retired = contract(
        "after",
        &before
            .document
            .text
            .replace("1.0.0", "2.0.0")
            .replace("active", "retired"),
    );
    for after in [Some(&retired), None] {
        let early = compare(Some(&before), after, &on("2026-01-01"));
        assert!(
            early
                .findings
                .iter()
                .any(|found| found.rule == "removed-before-sunset")
        );
        assert!(!publishable(&early));
        let late = compare(Some(&before), after, &on("2026-07-01"));
        assert_eq!(late.verdict.consumer, Verdict::Compatible, "{late:#?}");
        assert!(publishable(&late));
    }
}

/// What a transitive mode finds in 3.0.0 after 2.0.0, given 1.0.0 as well.
fn with_history(mode: &str, versions: [&str; 3]) -> Vec<(String, String)> {
    let mut settings = on("2026-01-01");
    settings.mode = Some(mode.parse().unwrap());
    let [one, two, three] = ["1.0.0", "2.0.0", "3.0.0"];
    let oldest = queries(one, "", versions[0]);
    let (before, after) = (
        queries(two, "", versions[1]),
        queries(three, "", versions[2]),
    );
    let report = compare_with_history(Some(&before), Some(&after), &[&oldest], &settings);
    let breaking = report
        .findings
        .into_iter()
        .filter(|found| found.severity == Severity::Breaking);
    breaking.map(|found| (found.rule, found.message)).collect()
}

#[test]
fn the_transitive_modes_name_the_version_that_breaks() {
    // 1.0.0 has a property that 2.0.0 lost: only its readers miss it.
    let lost = ["      - name: rcode\n", "", ""];
    assert_eq!(with_history("forward", lost), []);
    let found = with_history("forward-transitive", lost);
    assert_eq!(found[0].0, "property-removed");
    assert!(
        found[0].1.ends_with("(for readers of `1.0.0` in `1.0.0`)"),
        "{found:?}"
    );
    assert_eq!(with_history("backward-transitive", lost), []);
    // 3.0.0 requires what 2.0.0 has always and 1.0.0 did not: only its data lacks it.
    let optional = "      - name: rcode\n";
    let required = "      - name: rcode\n        required: true\n";
    let tightened = [optional, required, required];
    assert_eq!(with_history("backward", tightened), []);
    let found = with_history("backward-transitive", tightened);
    assert_eq!(found[0].0, "property-required");
    assert!(
        found[0].1.ends_with("(for data of `1.0.0` in `1.0.0`)"),
        "{found:?}"
    );
    assert_eq!(with_history("forward-transitive", tightened), []);
    let found = with_history("full-transitive", tightened);
    assert!(
        found[0]
            .1
            .ends_with("(for readers or data of `1.0.0` in `1.0.0`)"),
        "{found:?}"
    );
}

/// The rules and severities of what is found, but for the price.
fn found(before: &Contract, after: &Contract, day: &str) -> Vec<(String, Severity)> {
    let report = compare(Some(before), Some(after), &on(day));
    let findings = report.findings.into_iter();
    findings
        .filter(|finding| finding.rule != "version-too-small")
        .map(|finding| (finding.rule, finding.severity))
        .collect()
}

fn only(rule: &str, severity: Severity) -> Vec<(String, Severity)> {
    vec![(rule.to_owned(), severity)]
}

#[test]
fn a_sunset_on_a_day_that_has_come_is_no_announcement() {
    let plain = queries("1.0.0", "", "      - name: rcode\n");
    let ends = queries("1.0.1", "", ENDS);
    let announced = |day| found(&plain, &ends, day);
    assert_eq!(
        announced("2026-06-29"),
        only("deprecation-announced", Severity::Warning)
    );
    for day in ["2026-06-30", "2027-01-01"] {
        assert_eq!(
            announced(day),
            only("deprecation-announced", Severity::Breaking),
            "{day}"
        );
    }
    // A word that was no day announced nothing.
    let vague = queries("1.0.0", "", &ENDS.replace("'2026-06-30'", "soon"));
    assert_eq!(
        found(&vague, &ends, "2027-01-01"),
        only("deprecation-announced", Severity::Breaking)
    );
}

#[test]
fn a_sunset_that_moves_later_or_goes_is_called_so() {
    let ends = queries("1.0.0", "", ENDS);
    let later = queries("1.0.1", "", &ENDS.replace("2026-06", "2026-09"));
    let never = queries("1.0.1", "", "      - name: rcode\n");
    for after in [&later, &never] {
        assert_eq!(
            found(&ends, after, "2026-01-01"),
            only("sunset-moved-later", Severity::Note)
        );
    }
}

#[test]
fn a_new_name_before_the_sunset_is_a_removal_before_it() {
    let with_id = ENDS.replace("- name: rcode", "- id: rcode\n        name: rcode");
    let before = queries("1.0.0", "", &with_id);
    let after = queries("2.0.0", "", &with_id.replace("name: rcode", "name: status"));
    let early = compare(Some(&before), Some(&after), &on("2026-06-29"));
    let rules: Vec<&str> = early.findings.iter().map(|it| it.rule.as_str()).collect();
    assert!(rules.contains(&"removed-before-sunset"), "{rules:?}");
    assert!(!publishable(&early));
    assert_eq!(
        found(&before, &after, "2026-06-30"),
        only("property-renamed", Severity::Note)
    );
}

#[test]
fn the_slo_of_a_contract_is_a_promise() {
    let slo = |version, slo: &str| {
        queries(
            version,
            &format!("customProperties: [{{property: other, value: 1}}{slo}]\n"),
            "",
        )
    };
    let before = slo(
        "1.0.0",
        ", {property: slo, value: {objective: 99.5, window: P30D}}",
    );
    for (after, rule, severity) in [
        (
            ", {property: slo, value: {objective: 99.0, window: P30D}}",
            "sla-weakened",
            Severity::Breaking,
        ),
        (
            ", {property: slo, value: {objective: 99.9, window: P30D}}",
            "sla-strengthened",
            Severity::Warning,
        ),
        (
            ", {property: slo, value: {objective: 99.5, window: P90D}}",
            "sla-weakened",
            Severity::Breaking,
        ),
        (
            ", {property: slo, value: {objective: 99.5, window: P7D}}",
            "sla-strengthened",
            Severity::Warning,
        ),
        ("", "sla-weakened", Severity::Breaking),
    ] {
        let after = slo("1.1.0", after);
        assert_eq!(found(&before, &after, "2026-01-01"), only(rule, severity));
    }
    let (none, some) = (
        slo("1.0.0", ""),
        slo(
            "1.1.0",
            ", {property: slo, value: {objective: 99, window: P1D}}",
        ),
    );
    assert_eq!(
        found(&none, &some, "2026-01-01"),
        only("sla-strengthened", Severity::Warning)
    );
}
